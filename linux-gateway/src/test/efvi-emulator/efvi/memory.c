/* Registered memory. The NIC's addresses are no pointers, as behind a real NIC's translation. */
#include "emulator.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

#define REGIONS 64
#define REGION_SHIFT 40 /* a region has 1 TiB of NIC addresses to itself */
#define STEP 2048

struct emulated_region {
    int number;
    uint8_t *memory;
    size_t bytes;
};

static struct emulated_region *regions[REGIONS];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

int ef_memreg_alloc(ef_memreg *mr, ef_driver_handle driver, struct ef_pd *pd, ef_driver_handle pd_driver, void *memory,
                    size_t bytes) {
    (void)driver;
    (void)pd;
    (void)pd_driver;
    if ((uintptr_t)memory % EF_VI_NIC_PAGE_SIZE != 0 || bytes % STEP != 0) {
        return -EINVAL;
    }
    struct emulated_region *region = calloc(1, sizeof *region);
    pthread_mutex_lock(&lock);
    int number = 0;
    while (number < REGIONS && regions[number] != NULL) {
        number++;
    }
    if (number < REGIONS) {
        *region = (struct emulated_region){.number = number, .memory = memory, .bytes = bytes};
        regions[number] = region;
    }
    pthread_mutex_unlock(&lock);
    if (number == REGIONS) {
        free(region);
        return -ENOMEM;
    }
    mr->region = region;
    return 0;
}

int ef_memreg_free(ef_memreg *mr, ef_driver_handle driver) {
    (void)driver;
    pthread_mutex_lock(&lock);
    regions[mr->region->number] = NULL;
    pthread_mutex_unlock(&lock);
    free(mr->region);
    mr->region = NULL;
    return 0;
}

ef_addr ef_memreg_dma_addr(ef_memreg *mr, size_t offset) {
    if (offset >= mr->region->bytes) {
        misuse("offset %zu lies outside a region of %zu bytes", offset, mr->region->bytes);
    }
    return ((ef_addr)(mr->region->number + 1) << REGION_SHIFT) + offset;
}

uint8_t *memory_of(ef_addr address, int length) {
    uint64_t number = (address >> REGION_SHIFT) - 1;
    uint64_t offset = address & (((uint64_t)1 << REGION_SHIFT) - 1);
    bool crosses = offset % EF_VI_NIC_PAGE_SIZE + (uint64_t)length > EF_VI_NIC_PAGE_SIZE;
    if (number >= REGIONS || regions[number] == NULL || offset + (uint64_t)length > regions[number]->bytes || crosses) {
        misuse("address %#llx was never registered, or %d bytes there cross a page", (unsigned long long)address, length);
    }
    return regions[number]->memory + offset;
}
