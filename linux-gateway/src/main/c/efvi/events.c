/* Takes one event of the NIC apart: into frames, or into a count that says why there is none. */
#include "source.h"

#include <stdio.h>

#define NS_PER_SECOND 1000000000
#define VLAN_TAG_AT 12   /* EtherType of an untagged frame, tag protocol identifier of a tagged one (IEEE 802.1Q) */
#define VLAN_TAGGED_BYTES 18
#define TPID_HIGH 0x81   /* 0x8100, the customer tag */
#define VLAN_ID_MASK 0xfff

/* The clock behind a time has been set at all, and follows its reference now. */
#define CLOCK_GOOD (EF_VI_SYNC_FLAG_CLOCK_SET | EF_VI_SYNC_FLAG_CLOCK_IN_SYNC)

static uint8_t *buffer(const struct tb_source *source, ef_request_id id) {
    return source->buffers.memory + (size_t)id * BUFFER_BYTES;
}

static void give_back(struct tb_source *source, uint32_t handle) {
    if (source->by_reference) {
        efct_vi_rxpkt_release(&source->vi, handle);
    } else {
        source->free_ids[source->free_count++] = (ef_request_id)handle;
    }
}

void frames_release(struct tb_source *source) {
    for (int i = 0; i < source->held_count; i++) {
        give_back(source, source->held[i]);
    }
    source->held_count = 0;
}

/* `metadata` is where the NIC began to write: the prefix on an X2, the frame on an X3. Must run before the next poll. */
static void read_time(struct tb_source *source, const void *metadata, struct tb_frame *frame) {
    ef_precisetime time;
    enum clock_state clock = CLOCK_NONE;
    if (ef_vi_receive_get_precise_timestamp(&source->vi, metadata, &time) != 0) {
        count(source, SEEN_FRAMES_WITHOUT_TIME);
    } else if ((time.tv_flags & EF_VI_SYNC_FLAG_CLOCK_SET) == 0) {
        count(source, SEEN_FRAMES_CLOCK_UNSET); /* counts from the NIC's power-on: no time of day */
    } else {
        frame->time = time.tv_sec * NS_PER_SECOND + time.tv_nsec;
        clock = CLOCK_SYNCED;
        if ((time.tv_flags & CLOCK_GOOD) == CLOCK_GOOD) {
            frame->flags |= TB_CLOCK_SYNCED;
        } else {
            clock = CLOCK_UNSYNCED;
            count(source, SEEN_FRAMES_CLOCK_UNSYNCED);
        }
    }
    atomic_store_explicit(&source->clock, clock, memory_order_relaxed);
}

static bool of_other_vlan(const struct tb_source *source, const uint8_t *frame, int length) {
    bool tagged = length >= VLAN_TAGGED_BYTES && frame[VLAN_TAG_AT] == TPID_HIGH && frame[VLAN_TAG_AT + 1] == 0;
    int vlan = tagged ? (frame[VLAN_TAG_AT + 2] << 8 | frame[VLAN_TAG_AT + 3]) & VLAN_ID_MASK : NO_VLAN;
    return vlan != source->settings.vlan;
}

static void queue(struct tb_source *source, const void *metadata, const uint8_t *address, int length, uint32_t handle) {
    if (source->check_vlan && of_other_vlan(source, address, length)) {
        count(source, SEEN_OTHER_VLAN);
        give_back(source, handle);
        return;
    }
    int at = source->queued_to++;
    struct tb_frame *frame = &source->queued[at];
    frame->address = (uintptr_t)address;
    frame->length = (uint32_t)length;
    frame->time = TB_NO_TIME;
    frame->port = 0;
    frame->flags = 0;
    source->queued_handles[at] = handle;
    if (source->timed) {
        read_time(source, metadata, frame);
    }
    __builtin_prefetch(address);
}

static enum count discard_count(unsigned subtype) {
    switch (subtype) {
        case EF_EVENT_RX_DISCARD_CSUM_BAD: return REFUSED_CHECKSUM_BAD;
        case EF_EVENT_RX_DISCARD_MCAST_MISMATCH: return REFUSED_MULTICAST_MISMATCH;
        case EF_EVENT_RX_DISCARD_CRC_BAD: return REFUSED_CRC_BAD;
        case EF_EVENT_RX_DISCARD_TRUNC: return LOST_CUT_SHORT;
        case EF_EVENT_RX_DISCARD_RIGHTS: return LOST_BUFFER_RIGHTS;
        case EF_EVENT_RX_DISCARD_EV_ERROR: return LOST_EVENT_LOST;
        case EF_EVENT_RX_DISCARD_INNER_CSUM_BAD: return REFUSED_INNER_CHECKSUM_BAD;
        default: return REFUSED_OTHER;
    }
}

/* X3 reports all that is wrong with a frame as flags; the first that explains it counts. */
static enum count reference_discard_count(unsigned flags) {
    if ((flags & EF_VI_DISCARD_RX_ETH_FCS_ERR) == 0 && (flags & EF_VI_DISCARD_RX_ETH_LEN_ERR) != 0) {
        return REFUSED_LENGTH_BAD; /* of the frame itself; on an X2 the same subtype means cut short by the NIC */
    }
    return flags == 0 ? REFUSED_OTHER : discard_count(ef_vi_get_rx_discard_subtype_from_flags(flags));
}

static void take_single(struct tb_source *source, const ef_event *event) {
    ef_request_id id = (ef_request_id)EF_EVENT_RX_RQ_ID(*event);
    if (EF_EVENT_RX_SOP(*event) && !EF_EVENT_RX_CONT(*event)) {
        uint8_t *start = buffer(source, id);
        queue(source, start, start + source->prefix, EF_EVENT_RX_BYTES(*event) - source->prefix, (uint32_t)id);
        return;
    }
    if (EF_EVENT_RX_SOP(*event)) {
        count(source, LOST_LARGER_THAN_BUFFER); /* once a frame; the rest of it only gives buffers back */
    }
    give_back(source, (uint32_t)id);
}

static void take_single_discard(struct tb_source *source, const ef_event *event) {
    if (EF_EVENT_RX_DISCARD_SOP(*event)) {
        count(source, discard_count(EF_EVENT_RX_DISCARD_TYPE(*event)));
    }
    give_back(source, (uint32_t)EF_EVENT_RX_DISCARD_RQ_ID(*event));
}

/* One descriptor of a merged event. Only a frame's first buffer carries its length, and that is the whole frame's. */
static void take_merged_buffer(struct tb_source *source, ef_request_id id) {
    if (source->scattered > 0) {
        source->scattered--;
        give_back(source, (uint32_t)id);
        return;
    }
    uint8_t *start = buffer(source, id);
    uint16_t length = 0;
    ef_vi_receive_get_bytes(&source->vi, start, &length);
    int written = length + source->prefix;
    if (written <= source->buffer_room) {
        queue(source, start, start + source->prefix, length, (uint32_t)id);
        return;
    }
    source->scattered = (written - 1) / source->buffer_room;
    count(source, LOST_LARGER_THAN_BUFFER);
    give_back(source, (uint32_t)id);
}

static void take_merged(struct tb_source *source, const ef_event *event) {
    ef_request_id ids[EF_VI_RECEIVE_BATCH];
    int count_of_ids = ef_vi_receive_unbundle(&source->vi, event, ids);
    for (int i = 0; i < count_of_ids; i++) {
        take_merged_buffer(source, ids[i]);
    }
}

/* A merged discard stands for descriptors that share an error; none of their frames is handed over. */
static void take_merged_discard(struct tb_source *source, const ef_event *event) {
    ef_request_id ids[EF_VI_RECEIVE_BATCH];
    int count_of_ids = ef_vi_receive_unbundle(&source->vi, event, ids);
    for (int i = 0; i < count_of_ids; i++) {
        if (source->scattered > 0) {
            source->scattered--;
        } else {
            count(source, discard_count(EF_EVENT_RX_MULTI_DISCARD_TYPE(*event)));
        }
        give_back(source, (uint32_t)ids[i]);
    }
}

static void take_merged_packets(struct tb_source *source, const ef_event *event) {
    for (unsigned i = 0; i < event->rx_multi_pkts.n_pkts; i++) {
        take_merged_buffer(source, ef_vi_rxq_next_desc_id(&source->vi));
        while (source->scattered > 0) {
            take_merged_buffer(source, ef_vi_rxq_next_desc_id(&source->vi));
        }
    }
}

static void take_reference(struct tb_source *source, const ef_event *event) {
    uint32_t packet = event->rx_ref.pkt_id;
    const uint8_t *frame = efct_vi_rxpkt_get(&source->vi, packet);
    queue(source, frame, frame, event->rx_ref.len, packet);
}

static void take_reference_discard(struct tb_source *source, const ef_event *event) {
    count(source, reference_discard_count(event->rx_ref_discard.flags));
    give_back(source, event->rx_ref_discard.pkt_id);
}

static void go(struct tb_source *source, const char *why) {
    snprintf(source->gone_text, sizeof source->gone_text, "%s: %s", source->settings.interface, why);
    atomic_store_explicit(&source->gone, true, memory_order_release);
}

void event_take(struct tb_source *source, const ef_event *event) {
    switch (EF_EVENT_TYPE(*event)) {
        case EF_EVENT_TYPE_RX_REF: take_reference(source, event); break;
        case EF_EVENT_TYPE_RX: take_single(source, event); break;
        case EF_EVENT_TYPE_RX_MULTI: take_merged(source, event); break;
        case EF_EVENT_TYPE_RX_MULTI_PKTS: take_merged_packets(source, event); break;
        case EF_EVENT_TYPE_RX_DISCARD: take_single_discard(source, event); break;
        case EF_EVENT_TYPE_RX_MULTI_DISCARD: take_merged_discard(source, event); break;
        case EF_EVENT_TYPE_RX_REF_DISCARD: take_reference_discard(source, event); break;
        case EF_EVENT_TYPE_RX_NO_DESC_TRUNC:
            source->scattered = 0;
            count(source, LOST_CUT_OFF);
            break;
        case EF_EVENT_TYPE_OFLOW:
            /* Events are gone, and with them what became of the buffers: nothing after this can be trusted. */
            count(source, LOST_EVENT_QUEUE_OVERFLOW);
            go(source, "the NIC's event queue overflowed and frames were lost unseen; restart the gateway, with a larger"
                       " rx-ring or a core of its own for the receive thread");
            break;
        case EF_EVENT_TYPE_RESET:
            go(source, "the NIC was reset or removed and this receive queue is dead; restart the gateway when the interface"
                       " is up again");
            break;
        default: count(source, SEEN_UNKNOWN_EVENTS); break;
    }
}
