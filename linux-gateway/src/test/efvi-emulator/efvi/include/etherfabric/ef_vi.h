/*
 * Emulated ef_vi, for machines without Onload and for tests: events, flags, and what is called for each frame.
 *
 * Names, numbers and argument lists are those of Onload's public headers, so that the same source compiles against either;
 * everything else is ours. Only what Tickbridge calls is here. What is a macro in Onload is a function here.
 */
#ifndef EFVI_EMULATOR_EF_VI_H
#define EFVI_EMULATOR_EF_VI_H

#include <stddef.h>
#include <stdint.h>

typedef int ef_driver_handle;
typedef uint64_t ef_addr;
typedef int ef_request_id;

#define EF_VI_EVENT_POLL_MIN_EVS 2
#define EF_VI_RECEIVE_BATCH 15
#define EF_VI_TRANSMIT_BATCH 64

enum {
    EF_EVENT_TYPE_RX,
    EF_EVENT_TYPE_TX,
    EF_EVENT_TYPE_RX_DISCARD,
    EF_EVENT_TYPE_TX_ERROR,
    EF_EVENT_TYPE_RX_NO_DESC_TRUNC,
    EF_EVENT_TYPE_SW,
    EF_EVENT_TYPE_OFLOW,
    EF_EVENT_TYPE_TX_WITH_TIMESTAMP,
    EF_EVENT_TYPE_RX_PACKED_STREAM,
    EF_EVENT_TYPE_RX_MULTI,
    EF_EVENT_TYPE_TX_ALT,
    EF_EVENT_TYPE_RX_MULTI_DISCARD,
    EF_EVENT_TYPE_RESET,
    EF_EVENT_TYPE_RX_MULTI_PKTS,
    EF_EVENT_TYPE_RX_REF,
    EF_EVENT_TYPE_RX_REF_DISCARD,
    EF_EVENT_TYPE_MAX,
};

enum {
    EF_EVENT_RX_DISCARD_CSUM_BAD,
    EF_EVENT_RX_DISCARD_MCAST_MISMATCH,
    EF_EVENT_RX_DISCARD_CRC_BAD,
    EF_EVENT_RX_DISCARD_TRUNC,
    EF_EVENT_RX_DISCARD_RIGHTS,
    EF_EVENT_RX_DISCARD_EV_ERROR,
    EF_EVENT_RX_DISCARD_OTHER,
    EF_EVENT_RX_DISCARD_INNER_CSUM_BAD,
    EF_EVENT_RX_DISCARD_MAX,
};

#define EF_EVENT_FLAG_SOP 0x1
#define EF_EVENT_FLAG_CONT 0x2

/* Fields have the sizes that they have in Onload, since a value that does not fit must be cut here too. */
typedef union {
    struct { unsigned type : 16; } generic;
    struct { unsigned type : 16, q_id : 8, : 8, rq_id : 32, len : 16, flags : 16, ofs : 16; } rx;
    struct { unsigned type : 16, q_id : 8, : 8, rq_id : 32, len : 16, flags : 16, subtype : 16; } rx_discard;
    struct { unsigned type : 16, q_id : 8, flags : 8, desc_id : 16; } tx;
    struct { unsigned type : 16, q_id : 8, : 8, n_descs : 16, flags : 16; } rx_multi;
    struct { unsigned type : 16, q_id : 8, : 8, n_descs : 16, flags : 16, subtype : 16; } rx_multi_discard;
    struct { unsigned type : 16, q_id : 8, : 8, n_pkts : 16, flags : 16; } rx_multi_pkts;
    struct { unsigned type : 16, len : 16, pkt_id : 32, q_id : 8, filter_id : 16, user : 8; } rx_ref;
    struct { unsigned type : 16, len : 16, pkt_id : 32, q_id : 8, filter_id : 16, user : 8, flags : 16; } rx_ref_discard;
} ef_event;

#define EF_EVENT_TYPE(e) ((e).generic.type)
#define EF_EVENT_RX_BYTES(e) ((e).rx.len)
#define EF_EVENT_RX_RQ_ID(e) ((e).rx.rq_id)
#define EF_EVENT_RX_SOP(e) ((e).rx.flags & EF_EVENT_FLAG_SOP)
#define EF_EVENT_RX_CONT(e) ((e).rx.flags & EF_EVENT_FLAG_CONT)
#define EF_EVENT_RX_DISCARD_RQ_ID(e) ((e).rx_discard.rq_id)
#define EF_EVENT_RX_DISCARD_SOP(e) ((e).rx_discard.flags & EF_EVENT_FLAG_SOP)
#define EF_EVENT_RX_DISCARD_CONT(e) ((e).rx_discard.flags & EF_EVENT_FLAG_CONT)
#define EF_EVENT_RX_DISCARD_TYPE(e) ((e).rx_discard.subtype)
#define EF_EVENT_RX_MULTI_DISCARD_TYPE(e) ((e).rx_multi_discard.subtype)

#define EF_VI_SYNC_FLAG_CLOCK_SET 1
#define EF_VI_SYNC_FLAG_CLOCK_IN_SYNC 2

typedef struct {
    int64_t tv_sec;
    uint32_t tv_nsec;
    uint16_t tv_nsec_frac;
    uint16_t tv_flags;
} ef_precisetime;

enum ef_vi_flags {
    EF_VI_FLAGS_DEFAULT = 0,
    EF_VI_RX_TIMESTAMPS = 0x10000,
    EF_VI_RX_EVENT_MERGE = 0x200000,
};

enum ef_vi_rx_discard_err_flags {
    EF_VI_DISCARD_RX_L4_CSUM_ERR = 0x1,
    EF_VI_DISCARD_RX_L3_CSUM_ERR = 0x2,
    EF_VI_DISCARD_RX_ETH_FCS_ERR = 0x4,
    EF_VI_DISCARD_RX_ETH_LEN_ERR = 0x8,
    EF_VI_DISCARD_RX_INNER_L4_CSUM_ERR = 0x20,
    EF_VI_DISCARD_RX_INNER_L3_CSUM_ERR = 0x40,
    EF_VI_DISCARD_RX_L2_CLASS_OTHER = 0x80,
    EF_VI_DISCARD_RX_L3_CLASS_OTHER = 0x100,
    EF_VI_DISCARD_RX_L4_CLASS_OTHER = 0x200,
};

struct emulated;
typedef struct ef_vi {
    struct emulated *emulated;
} ef_vi;

const char *ef_vi_version_str(void);
int ef_vi_receive_prefix_len(const ef_vi *vi);
int ef_vi_receive_buffer_len(const ef_vi *vi);
int ef_vi_receive_space(const ef_vi *vi);
int ef_vi_receive_capacity(const ef_vi *vi);
int ef_vi_receive_init(ef_vi *vi, ef_addr address, ef_request_id id);
void ef_vi_receive_push(ef_vi *vi);
int ef_vi_receive_get_precise_timestamp(ef_vi *vi, const void *packet, ef_precisetime *out);
int ef_vi_receive_get_bytes(ef_vi *vi, const void *packet, uint16_t *out);
int ef_vi_receive_unbundle(ef_vi *vi, const ef_event *event, ef_request_id *ids);
ef_request_id ef_vi_rxq_next_desc_id(ef_vi *vi);
int ef_vi_receive_set_discards(ef_vi *vi, unsigned flags);
uint64_t ef_vi_receive_get_discards(ef_vi *vi);
unsigned ef_vi_get_rx_discard_subtype_from_flags(unsigned flags);
int ef_vi_transmit(ef_vi *vi, ef_addr base, int length, ef_request_id id);
int ef_vi_transmit_unbundle(ef_vi *vi, const ef_event *event, ef_request_id *ids);
int ef_eventq_poll(ef_vi *vi, ef_event *events, int count);
int ef_eventq_capacity(ef_vi *vi);

#endif
