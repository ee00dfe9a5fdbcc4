/* Memory that the NIC reads or writes: on huge pages where they are, registered with the NIC, and not inherited by children. */
#include "source.h"

#include <errno.h>
#include <linux/mman.h>
#include <string.h>
#include <sys/mman.h>

#define HUGE_PAGE ((size_t)2 << 20) /* what ef_memreg maps with the fewest entries */
#define HUGE_PAGES (MAP_HUGETLB | 21 << MAP_HUGE_SHIFT) /* of 2^21 bytes, whatever the machine's default (mmap(2)) */

static size_t round_up(size_t bytes, size_t step) {
    return (bytes + step - 1) / step * step;
}

static void *map(size_t bytes, int flags) {
    void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE | flags, -1, 0);
    return memory == MAP_FAILED ? NULL : memory;
}

int memory_open(struct tb_source *source, struct buffers *buffers, size_t bytes, enum huge_pages huge,
                struct message error) {
    if (huge != HUGE_NEVER) {
        buffers->bytes = round_up(bytes, HUGE_PAGE);
        buffers->memory = map(buffers->bytes, HUGE_PAGES);
        if (buffers->memory == NULL && huge == HUGE_REQUIRE) {
            return refuse(error, "%zu huge pages of 2 MiB are not free: reserve more with vm.nr_hugepages, or set huge-pages"
                                 " auto", buffers->bytes / HUGE_PAGE);
        } else if (buffers->memory == NULL) {
            notice(source, "no %zu huge pages of 2 MiB free for receive buffers: ordinary pages are used; reserve more with"
                           " vm.nr_hugepages", buffers->bytes / HUGE_PAGE);
        }
    }
    if (buffers->memory == NULL) {
        buffers->bytes = round_up(bytes, EF_VI_NIC_PAGE_SIZE);
        buffers->memory = map(buffers->bytes, 0);
    }
    if (buffers->memory == NULL) {
        return refuse(error, "no memory for %zu bytes of buffers: %s", bytes, strerror(errno));
    }
    /* A child's copy-on-write would move the pages away from under the NIC. */
    madvise(buffers->memory, buffers->bytes, MADV_DONTFORK);
    int result = ef_memreg_alloc(&buffers->registration, source->driver, &source->domain, source->driver, buffers->memory,
                                 buffers->bytes);
    if (result < 0) {
        return refuse(error, "%s: the NIC did not take %zu bytes of buffers: %s; raise the limit of locked memory"
                             " (ulimit -l unlimited) or lower rx-ring", source->settings.interface, buffers->bytes,
                      strerror(-result));
    }
    buffers->registered = true;
    return 0;
}

void memory_close(struct tb_source *source, struct buffers *buffers) {
    if (buffers->registered) {
        ef_memreg_free(&buffers->registration, source->driver);
        buffers->registered = false;
    }
    if (buffers->memory != NULL) {
        munmap(buffers->memory, buffers->bytes);
        buffers->memory = NULL;
    }
}
