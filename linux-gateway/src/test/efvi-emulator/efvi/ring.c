/* The emulated X2's receive side: descriptors, prefixes, and events for one frame or several. */
#include "emulator.h"

#include <endian.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define STEP 8              /* descriptors reach the NIC in multiples of this */
#define ROOM (2048 - 256)   /* bytes written into one buffer, as EF10 has it by default */
#define PREFIX 14
#define MAGIC 0xef

/* What stands before a frame. Time and number of the poll are ours; the length's place and order are EF10's. */
struct __attribute__((packed)) prefix {
    int64_t time;
    uint16_t length;
    int8_t clock;
    uint8_t magic;
    uint16_t poll;
};
_Static_assert(sizeof(struct prefix) == PREFIX, "prefix of an X2");

int descriptors_open(struct emulated *vi, int size) {
    struct ring *ring = &vi->ring;
    if (size < 512 || size > 4096 || (size & (size - 1)) != 0) {
        return -EINVAL;
    }
    ring->size = (uint32_t)size;
    ring->ids = calloc((size_t)size, sizeof *ring->ids);
    ring->buffers = calloc((size_t)size, sizeof *ring->buffers);
    vi->prefix = (vi->flags & (EF_VI_RX_TIMESTAMPS | EF_VI_RX_EVENT_MERGE)) != 0 ? PREFIX : 0;
    return 0;
}

void descriptors_close(struct emulated *vi) {
    free(vi->ring.ids);
    free(vi->ring.buffers);
}

int ef_vi_receive_prefix_len(const ef_vi *vi) {
    return vi->emulated->prefix;
}

int ef_vi_receive_buffer_len(const ef_vi *vi) {
    (void)vi;
    return ROOM;
}

int ef_vi_receive_capacity(const ef_vi *vi) {
    return (int)vi->emulated->ring.size - 1;
}

int ef_vi_receive_space(const ef_vi *vi) {
    const struct ring *ring = &vi->emulated->ring;
    return (int)(ring->size - 1 - (ring->added - ring->removed));
}

int ef_vi_receive_init(ef_vi *vi, ef_addr address, ef_request_id id) {
    struct ring *ring = &vi->emulated->ring;
    if (ef_vi_receive_space(vi) == 0) {
        return -EAGAIN;
    }
    uint8_t *buffer = memory_of(address, ROOM);
    for (uint32_t i = ring->removed; i != ring->added; i++) {
        if (ring->buffers[i % ring->size] == buffer) {
            misuse("buffer %d is posted while the NIC has it", id);
        }
    }
    memset(buffer, POISON, ROOM); /* who still reads it reads this */
    ring->ids[ring->added % ring->size] = id;
    ring->buffers[ring->added % ring->size] = buffer;
    ring->added++;
    return 0;
}

void ef_vi_receive_push(ef_vi *vi) {
    struct ring *ring = &vi->emulated->ring;
    ring->posted = ring->added / STEP * STEP;
}

static void write_frame(struct emulated *vi, const struct wire_frame *frame, int64_t time, uint32_t descriptors) {
    struct ring *ring = &vi->ring;
    int written = 0;
    for (uint32_t i = 0; i < descriptors; i++) {
        uint8_t *buffer = ring->buffers[(ring->filled + i) % ring->size];
        int room = ROOM;
        if (i == 0 && vi->prefix != 0) {
            struct prefix prefix = {.time = time, .length = htole16((uint16_t)frame->length), .clock = (int8_t)vi->clock,
                                    .magic = MAGIC};
            memcpy(buffer, &prefix, sizeof prefix);
            buffer += PREFIX;
            room -= PREFIX;
        }
        int part = frame->length - written < room ? frame->length - written : room;
        memcpy(buffer, frame->data + written, (size_t)part);
        written += part;
    }
}

/* Whether the last event can stand for one more frame. */
static struct queued_event *mergeable(struct emulated *vi, unsigned type, uint32_t descriptors) {
    if (vi->events_from == vi->events_to) {
        return NULL;
    }
    struct queued_event *last = &vi->events[(vi->events_to - 1) % EVENTS];
    bool room = last->event.generic.type == type && last->count + descriptors <= EF_VI_RECEIVE_BATCH;
    return room && (type == EF_EVENT_TYPE_RX_MULTI_PKTS || last->event.rx_multi.flags == EF_EVENT_FLAG_SOP) ? last : NULL;
}

static void raise_merged(struct emulated *vi, unsigned type, uint32_t first, uint32_t descriptors, unsigned flags) {
    struct queued_event *event = flags == EF_EVENT_FLAG_SOP && type == EF_EVENT_TYPE_RX_MULTI
        ? mergeable(vi, type, descriptors) : NULL;
    if (event == NULL) {
        event = event_raise(vi, type);
        event->first = first;
        event->event.rx_multi.flags = flags & 0xffff;
    }
    event->count += descriptors;
    event->event.rx_multi.n_descs = event->count & 0xffff;
}

static void raise_packets(struct emulated *vi, uint32_t first, uint32_t descriptors) {
    struct queued_event *event = mergeable(vi, EF_EVENT_TYPE_RX_MULTI_PKTS, descriptors);
    if (event == NULL) {
        event = event_raise(vi, EF_EVENT_TYPE_RX_MULTI_PKTS);
        event->first = first;
    }
    event->count += descriptors;
    event->event.rx_multi_pkts.n_pkts++;
}

static void raise_single(struct emulated *vi, uint32_t first, uint32_t descriptors, int written, int discard) {
    for (uint32_t i = 0; i < descriptors; i++) {
        bool last = i + 1 == descriptors;
        struct queued_event *event = event_raise(vi, last && discard >= 0 ? EF_EVENT_TYPE_RX_DISCARD : EF_EVENT_TYPE_RX);
        event->first = first + i;
        event->count = 1;
        event->event.rx.flags = (i == 0 ? EF_EVENT_FLAG_SOP : 0) | (last ? 0 : EF_EVENT_FLAG_CONT);
        event->event.rx.len = (unsigned)(last ? written : ROOM * (int)(i + 1)) & 0xffff;
        if (last && discard >= 0) {
            event->event.rx_discard.subtype = (unsigned)discard & 0xffff;
        }
    }
}

bool ring_receive(struct emulated *vi, const struct wire_frame *frame, int64_t time, int discard) {
    struct ring *ring = &vi->ring;
    int written = frame->length + vi->prefix;
    uint32_t descriptors = (uint32_t)((written + ROOM - 1) / ROOM);
    uint32_t first = ring->filled;
    if (ring->posted - ring->filled < descriptors) {
        return false;
    }
    write_frame(vi, frame, time, descriptors);
    if ((vi->flags & EF_VI_RX_EVENT_MERGE) == 0) {
        raise_single(vi, first, descriptors, written, discard);
    } else if (discard >= 0) {
        raise_merged(vi, EF_EVENT_TYPE_RX_MULTI_DISCARD, first, descriptors, EF_EVENT_FLAG_SOP);
        vi->events[(vi->events_to - 1) % EVENTS].event.rx_multi_discard.subtype = (unsigned)discard & 0xffff;
    } else if (vi->nic->packets_events) {
        raise_packets(vi, first, descriptors);
    } else if (descriptors > 1) {
        raise_merged(vi, EF_EVENT_TYPE_RX_MULTI, first, 1, EF_EVENT_FLAG_SOP | EF_EVENT_FLAG_CONT);
        raise_merged(vi, EF_EVENT_TYPE_RX_MULTI, first + 1, descriptors - 1, 0);
    } else {
        raise_merged(vi, EF_EVENT_TYPE_RX_MULTI, first, 1, EF_EVENT_FLAG_SOP);
    }
    ring->filled += descriptors;
    return true;
}

void ring_hand_out(struct emulated *vi, struct queued_event *event) {
    struct ring *ring = &vi->ring;
    for (uint32_t i = 0; i < event->count && vi->prefix != 0; i++) {
        struct prefix prefix;
        uint8_t *buffer = ring->buffers[(event->first + i) % ring->size];
        memcpy(&prefix, buffer, sizeof prefix);
        if (prefix.magic == MAGIC) { /* a frame's later buffers have none; data that looks like one is put back */
            uint16_t poll = (uint16_t)vi->poll;
            memcpy(buffer + offsetof(struct prefix, poll), &poll, sizeof poll);
        }
    }
    unsigned type = event->event.generic.type;
    if (type == EF_EVENT_TYPE_RX || type == EF_EVENT_TYPE_RX_DISCARD) {
        if (event->first != ring->removed) {
            misuse("descriptors of a merged event were not all taken before the next poll");
        }
        event->event.rx.rq_id = (unsigned)ring->ids[ring->removed % ring->size];
        ring->buffers[ring->removed % ring->size] = NULL;
        ring->removed++;
    }
}

ef_request_id ef_vi_rxq_next_desc_id(ef_vi *vi) {
    struct ring *ring = &vi->emulated->ring;
    if (ring->removed == ring->filled) {
        misuse("took a descriptor that the NIC has not filled");
    }
    ring->buffers[ring->removed % ring->size] = NULL;
    return ring->ids[ring->removed++ % ring->size];
}

int ef_vi_receive_unbundle(ef_vi *vi, const ef_event *event, ef_request_id *ids) {
    unsigned type = event->generic.type;
    if (type != EF_EVENT_TYPE_RX_MULTI && type != EF_EVENT_TYPE_RX_MULTI_DISCARD) {
        misuse("unbundled an event of type %u", type);
    }
    for (unsigned i = 0; i < event->rx_multi.n_descs; i++) {
        ids[i] = ef_vi_rxq_next_desc_id(vi);
    }
    return (int)event->rx_multi.n_descs;
}

static struct prefix read_prefix(const struct emulated *vi, const void *packet, const char *what) {
    struct prefix prefix;
    memcpy(&prefix, packet, sizeof prefix);
    if (vi->prefix == 0 || prefix.magic != MAGIC || prefix.poll != (uint16_t)vi->poll) {
        misuse("asked for the %s of what is no prefix of this poll", what);
    }
    return prefix;
}

int ef_vi_receive_get_bytes(ef_vi *vi, const void *packet, uint16_t *out) {
    *out = le16toh(read_prefix(vi->emulated, packet, "length").length);
    return 0;
}

int ef_vi_receive_get_precise_timestamp(ef_vi *vi, const void *packet, ef_precisetime *out) {
    struct emulated *emulated = vi->emulated;
    int64_t time;
    int clock;
    *out = (ef_precisetime){0};
    if ((emulated->flags & EF_VI_RX_TIMESTAMPS) == 0) {
        misuse("asked for a time without EF_VI_RX_TIMESTAMPS");
    } else if (emulated->nic->x3) {
        if (lending_time(emulated, packet, &time, &clock) != 0) {
            misuse("asked for the time of what is no frame of this poll");
        }
    } else {
        struct prefix prefix = read_prefix(emulated, packet, "time");
        time = prefix.time;
        clock = prefix.clock;
    }
    if (clock == CLOCK_NONE) {
        return -ENODATA;
    }
    *out = (ef_precisetime){.tv_sec = time / 1000000000, .tv_nsec = (uint32_t)(time % 1000000000), .tv_flags = (uint16_t)clock};
    return 0;
}
