/* Emulated ef_vi: protection domains. See ef_vi.h. */
#ifndef EFVI_EMULATOR_PD_H
#define EFVI_EMULATOR_PD_H

#include <etherfabric/base.h>

enum ef_pd_flags { EF_PD_DEFAULT = 0 };

struct emulated_nic;
typedef struct ef_pd {
    struct emulated_nic *nic;
} ef_pd;

int ef_pd_alloc_by_name(ef_pd *pd, ef_driver_handle driver, const char *interface, enum ef_pd_flags flags);
int ef_pd_free(ef_pd *pd, ef_driver_handle driver);

#endif
