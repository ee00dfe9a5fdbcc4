/* What the emulated NIC does with what comes: control frames, filters, checksums, buffers, events. */
#include "emulator.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CONTROL_TYPE_HIGH 0x88 /* 0x88b5, IEEE 802's local experimental Ethernet type 1 */
#define CONTROL_TYPE_LOW 0xb5
#define ETHERNET 14
#define TEXT_MOST 64
#define UNKNOWN_EVENT 200
#define EVENT_ROOM 256 /* events that one frame can cause, with a margin */

struct discard {
    const char *name;
    int subtype;    /* on an X2 */
    unsigned flags; /* on an X3, which knows fewer reasons */
};

static const struct discard DISCARDS[] = {
    {"checksum", EF_EVENT_RX_DISCARD_CSUM_BAD, EF_VI_DISCARD_RX_L4_CSUM_ERR},
    {"multicast", EF_EVENT_RX_DISCARD_MCAST_MISMATCH, EF_VI_DISCARD_RX_L2_CLASS_OTHER},
    {"crc", EF_EVENT_RX_DISCARD_CRC_BAD, EF_VI_DISCARD_RX_ETH_FCS_ERR},
    {"truncated", EF_EVENT_RX_DISCARD_TRUNC, EF_VI_DISCARD_RX_ETH_LEN_ERR},
    {"rights", EF_EVENT_RX_DISCARD_RIGHTS, EF_VI_DISCARD_RX_L2_CLASS_OTHER},
    {"event", EF_EVENT_RX_DISCARD_EV_ERROR, EF_VI_DISCARD_RX_L2_CLASS_OTHER},
    {"other", EF_EVENT_RX_DISCARD_OTHER, EF_VI_DISCARD_RX_L4_CLASS_OTHER},
    {"inner", EF_EVENT_RX_DISCARD_INNER_CSUM_BAD, EF_VI_DISCARD_RX_INNER_L4_CSUM_ERR},
    {"length", EF_EVENT_RX_DISCARD_TRUNC, EF_VI_DISCARD_RX_ETH_LEN_ERR},
};

struct queued_event *event_raise(struct emulated *vi, unsigned type) {
    struct queued_event *event = &vi->events[vi->events_to++ % EVENTS];
    memset(event, 0, sizeof *event);
    event->event.generic.type = type & 0xffff;
    return event;
}

static void control_event(struct emulated *vi, const char *value) {
    if (strcmp(value, "reset") == 0) {
        event_raise(vi, EF_EVENT_TYPE_RESET);
    } else if (strcmp(value, "overflow") == 0) {
        event_raise(vi, EF_EVENT_TYPE_OFLOW);
    } else if (strcmp(value, "no-descriptor") == 0) {
        event_raise(vi, EF_EVENT_TYPE_RX_NO_DESC_TRUNC);
    } else if (strcmp(value, "unknown") == 0) {
        event_raise(vi, UNKNOWN_EVENT);
    } else {
        misuse("control frame with event=%s", value);
    }
}

static void control_clock(struct emulated *vi, const char *value) {
    if (strcmp(value, "synced") == 0) {
        vi->clock = EF_VI_SYNC_FLAG_CLOCK_SET | EF_VI_SYNC_FLAG_CLOCK_IN_SYNC;
    } else if (strcmp(value, "set") == 0) {
        vi->clock = EF_VI_SYNC_FLAG_CLOCK_SET;
    } else if (strcmp(value, "unset") == 0) {
        vi->clock = 0;
    } else if (strcmp(value, "none") == 0) {
        vi->clock = CLOCK_NONE;
    } else {
        misuse("control frame with clock=%s", value);
    }
}

static void control_discard(struct emulated *vi, const char *value) {
    for (size_t i = 0; i < sizeof DISCARDS / sizeof *DISCARDS; i++) {
        if (strcmp(value, DISCARDS[i].name) == 0) {
            vi->next_discard = DISCARDS[i].subtype;
            vi->next_discard_flags = DISCARDS[i].flags;
            return;
        }
    }
    misuse("control frame with discard=%s", value);
}

static bool control(struct emulated *vi, const struct wire_frame *frame) {
    char text[TEXT_MOST + 1] = "";
    char key[TEXT_MOST + 1];
    char value[TEXT_MOST + 1];
    if (frame->length < ETHERNET || frame->data[12] != CONTROL_TYPE_HIGH || frame->data[13] != CONTROL_TYPE_LOW) {
        return false;
    }
    int bytes = frame->length - ETHERNET < TEXT_MOST ? frame->length - ETHERNET : TEXT_MOST;
    memcpy(text, frame->data + ETHERNET, (size_t)bytes);
    if (sscanf(text, "efvi %64[^=]=%64s", key, value) != 2) {
        return true; /* another experiment on the same wire */
    }
    if (strcmp(key, "event") == 0) {
        control_event(vi, value);
    } else if (strcmp(key, "clock") == 0) {
        control_clock(vi, value);
    } else if (strcmp(key, "discard") == 0) {
        control_discard(vi, value);
    } else if (strcmp(key, "time") == 0) {
        vi->next_time = strtoll(value, NULL, 10);
    } else {
        misuse("control frame with %s", key);
    }
    return true;
}

/* False when there is no buffer for the frame. */
static bool receive(struct emulated *vi, const struct wire_frame *frame) {
    const unsigned checksums = EF_VI_DISCARD_RX_L3_CSUM_ERR | EF_VI_DISCARD_RX_L4_CSUM_ERR;
    int discard = vi->next_discard;
    unsigned flags = discard < 0 ? 0 : vi->next_discard_flags;
    if (discard < 0 && (vi->discards & checksums) == checksums && !frame_checksums_good(frame->data, frame->length)) {
        discard = EF_EVENT_RX_DISCARD_CSUM_BAD;
        flags = EF_VI_DISCARD_RX_L4_CSUM_ERR;
    }
    int64_t time = vi->next_time != 0 ? vi->next_time : frame->time;
    bool received = vi->nic->x3 ? lending_receive(vi, frame, time, flags) : ring_receive(vi, frame, time, discard);
    if (!received && !vi->nic->lossy) {
        return false;
    }
    vi->dropped += received ? 0 : 1;
    vi->next_discard = -1;
    vi->next_time += vi->next_time != 0 ? 1 : 0;
    return true;
}

void nic_work(struct emulated *vi) {
    struct wire_frame *frame;
    while (vi->events_to - vi->events_from < EVENTS - EVENT_ROOM && (frame = wire_peek(vi->nic, vi->wire)) != NULL) {
        if (!control(vi, frame) && frame_matches(vi, frame->data, frame->length) && !receive(vi, frame)) {
            return;
        }
        wire_next(vi->wire);
    }
    if (vi->wire->unplugged && !vi->reset) {
        event_raise(vi, EF_EVENT_TYPE_RESET);
        vi->reset = true;
    }
}

static bool by_reference(const struct queued_event *event) {
    unsigned type = event->event.generic.type;
    return type == EF_EVENT_TYPE_RX_REF || type == EF_EVENT_TYPE_RX_REF_DISCARD;
}

int ef_eventq_poll(ef_vi *vi, ef_event *events, int count) {
    struct emulated *emulated = vi->emulated;
    if (count < EF_VI_EVENT_POLL_MIN_EVS) {
        misuse("polled for %d events, fewer than EF_VI_EVENT_POLL_MIN_EVS", count);
    }
    emulated->poll++;
    if (emulated->wire != NULL) {
        nic_work(emulated);
    }
    int given = 0;
    while (given < count && emulated->events_from != emulated->events_to) {
        struct queued_event *event = &emulated->events[emulated->events_from++ % EVENTS];
        if (by_reference(event)) {
            lending_hand_out(emulated, event->first);
        } else if (event->count > 0) {
            ring_hand_out(emulated, event);
        }
        events[given++] = event->event;
    }
    return given;
}

int ef_eventq_capacity(ef_vi *vi) {
    (void)vi;
    return EVENTS - EVENT_ROOM;
}

unsigned ef_vi_get_rx_discard_subtype_from_flags(unsigned flags) {
    if ((flags & EF_VI_DISCARD_RX_ETH_FCS_ERR) != 0) {
        return EF_EVENT_RX_DISCARD_CRC_BAD;
    } else if ((flags & EF_VI_DISCARD_RX_ETH_LEN_ERR) != 0) {
        return EF_EVENT_RX_DISCARD_TRUNC;
    } else if ((flags & (EF_VI_DISCARD_RX_L4_CSUM_ERR | EF_VI_DISCARD_RX_L3_CSUM_ERR)) != 0) {
        return EF_EVENT_RX_DISCARD_CSUM_BAD;
    } else if ((flags & (EF_VI_DISCARD_RX_INNER_L4_CSUM_ERR | EF_VI_DISCARD_RX_INNER_L3_CSUM_ERR)) != 0) {
        return EF_EVENT_RX_DISCARD_INNER_CSUM_BAD;
    }
    return flags == 0 ? 0 : EF_EVENT_RX_DISCARD_OTHER;
}
