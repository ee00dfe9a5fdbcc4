/* Emulated ef_vi: memory that the NIC may use. See ef_vi.h. */
#ifndef EFVI_EMULATOR_MEMREG_H
#define EFVI_EMULATOR_MEMREG_H

#include <etherfabric/pd.h>

struct emulated_region;
typedef struct ef_memreg {
    struct emulated_region *region;
} ef_memreg;

int ef_memreg_alloc(ef_memreg *mr, ef_driver_handle driver, struct ef_pd *pd, ef_driver_handle pd_driver, void *memory,
                    size_t bytes);
int ef_memreg_free(ef_memreg *mr, ef_driver_handle driver);
ef_addr ef_memreg_dma_addr(ef_memreg *mr, size_t offset);

#endif
