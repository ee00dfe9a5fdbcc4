/* Emulated ef_vi: virtual interfaces, their filters and statistics. See ef_vi.h. */
#ifndef EFVI_EMULATOR_VI_H
#define EFVI_EMULATOR_VI_H

#include <etherfabric/pd.h>

int ef_vi_alloc_from_pd(ef_vi *vi, ef_driver_handle driver, struct ef_pd *pd, ef_driver_handle pd_driver, int events,
                        int receive_ring, int transmit_ring, ef_vi *event_queue_of, ef_driver_handle event_queue_driver,
                        enum ef_vi_flags flags);
int ef_vi_free(ef_vi *vi, ef_driver_handle driver);
int ef_vi_get_mac(ef_vi *vi, ef_driver_handle driver, void *out);

enum ef_filter_flags {
    EF_FILTER_FLAG_NONE = 0,
    EF_FILTER_FLAG_EXCLUSIVE_RXQ = 0x4,
};

typedef struct ef_filter_spec {
    unsigned type;
    unsigned flags;
    unsigned data[12];
} ef_filter_spec;

typedef struct ef_filter_cookie {
    int filter_id;
    int filter_type;
} ef_filter_cookie;

void ef_filter_spec_init(ef_filter_spec *spec, enum ef_filter_flags flags);
int ef_filter_spec_set_ip4_local(ef_filter_spec *spec, int protocol, unsigned host, int port);
int ef_filter_spec_set_vlan(ef_filter_spec *spec, int vlan);
int ef_vi_filter_add(ef_vi *vi, ef_driver_handle driver, const ef_filter_spec *spec, ef_filter_cookie *out);

typedef struct {
    char *evsfl_name;
    int evsfl_offset;
    int evsfl_size;
} ef_vi_stats_field_layout;

typedef struct {
    int evsl_data_size;
    int evsl_fields_num;
    ef_vi_stats_field_layout evsl_fields[];
} ef_vi_stats_layout;

int ef_vi_stats_query_layout(ef_vi *vi, const ef_vi_stats_layout **const out);
int ef_vi_stats_query(ef_vi *vi, ef_driver_handle driver, void *data, int do_reset);

#endif
