/* Emulated ef_vi: what a NIC can do. See ef_vi.h. The numbers are Onload's; those left out are not asked for. */
#ifndef EFVI_EMULATOR_CAPABILITIES_H
#define EFVI_EMULATOR_CAPABILITIES_H

#include <etherfabric/pd.h>

enum ef_vi_capability {
    EF_VI_CAP_HW_MULTICAST_REPLICATION = 4,
    EF_VI_CAP_HW_RX_TIMESTAMPING = 5,
    EF_VI_CAP_RX_FILTER_TYPE_IP_VLAN = 18,
    EF_VI_CAP_RXQ_SIZES = 34,
    EF_VI_CAP_RX_MERGE = 40,
    EF_VI_CAP_RX_FORCE_EVENT_MERGING = 48,
    EF_VI_CAP_RX_REF = 55,
};

int ef_pd_capabilities_get(ef_driver_handle driver, ef_pd *pd, ef_driver_handle pd_driver, enum ef_vi_capability capability,
                           unsigned long *value);

#endif
