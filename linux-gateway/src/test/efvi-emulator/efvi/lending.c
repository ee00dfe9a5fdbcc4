/* The emulated X3's receive side: superbuffers of its own, whose frames are lent by number and must come back once each. */
#include "emulator.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define NUMBER(buffer, slot) ((uint32_t)(buffer) << 16 | (uint32_t)(slot))

int lending_open(struct emulated *vi) {
    vi->lending.memory = calloc(SUPERBUFFERS * SLOTS, SLOT_BYTES);
    return vi->lending.memory == NULL ? -ENOMEM : 0;
}

static uint8_t *slot_memory(const struct lending *lending, int buffer, int slot) {
    return lending->memory + ((size_t)buffer * SLOTS + (size_t)slot) * SLOT_BYTES;
}

static bool all_back(const struct lending *lending, int buffer) {
    for (int slot = 0; slot < SLOTS; slot++) {
        if (lending->slots[buffer][slot] != SLOT_FREE) {
            return false;
        }
    }
    return true;
}

bool lending_receive(struct emulated *vi, const struct wire_frame *frame, int64_t time, unsigned discard_flags) {
    struct lending *lending = &vi->lending;
    if (lending->slot == SLOTS) {
        int next = (lending->buffer + 1) % SUPERBUFFERS;
        if (!all_back(lending, next)) {
            return false; /* one frame that is kept holds up the whole superbuffer */
        }
        lending->buffer = next;
        lending->slot = 0;
    }
    int buffer = lending->buffer;
    int slot = lending->slot++;
    bool fits = frame->length <= SLOT_BYTES;
    memcpy(slot_memory(lending, buffer, slot), frame->data, (size_t)(fits ? frame->length : SLOT_BYTES));
    lending->slots[buffer][slot] = SLOT_WAITING;
    lending->times[buffer][slot] = time;
    lending->clocks[buffer][slot] = vi->clock;
    unsigned flags = discard_flags | (fits ? 0 : EF_VI_DISCARD_RX_ETH_LEN_ERR);
    struct queued_event *event = event_raise(vi, flags != 0 ? EF_EVENT_TYPE_RX_REF_DISCARD : EF_EVENT_TYPE_RX_REF);
    event->first = NUMBER(buffer, slot);
    event->event.rx_ref.pkt_id = NUMBER(buffer, slot);
    event->event.rx_ref.len = (unsigned)frame->length & 0xffff;
    if (flags != 0) {
        event->event.rx_ref_discard.flags = flags & 0xffff;
    }
    return true;
}

static enum slot *slot_of(struct lending *lending, uint32_t packet) {
    uint32_t buffer = packet >> 16;
    uint32_t slot = packet & 0xffff;
    if (buffer >= SUPERBUFFERS || slot >= SLOTS) {
        misuse("packet %#x was never lent", packet);
    }
    return &lending->slots[buffer][slot];
}

void lending_hand_out(struct emulated *vi, uint32_t packet) {
    *slot_of(&vi->lending, packet) = SLOT_LENT;
    vi->lending.polls[packet >> 16][packet & 0xffff] = vi->poll;
}

const void *efct_vi_rxpkt_get(struct ef_vi *vi, uint32_t packet) {
    struct lending *lending = &vi->emulated->lending;
    if (*slot_of(lending, packet) != SLOT_LENT) {
        misuse("packet %#x is asked for and not lent", packet);
    }
    return slot_memory(lending, (int)(packet >> 16), (int)(packet & 0xffff));
}

void efct_vi_rxpkt_release(struct ef_vi *vi, uint32_t packet) {
    struct lending *lending = &vi->emulated->lending;
    enum slot *slot = slot_of(lending, packet);
    if (*slot != SLOT_LENT) {
        misuse("packet %#x is released and not lent", packet);
    }
    *slot = SLOT_FREE;
    memset(slot_memory(lending, (int)(packet >> 16), (int)(packet & 0xffff)), POISON, SLOT_BYTES);
}

int lending_time(struct emulated *vi, const void *packet, int64_t *time, int *clock) {
    ptrdiff_t offset = (const uint8_t *)packet - vi->lending.memory;
    if (offset < 0 || offset % SLOT_BYTES != 0 || offset / SLOT_BYTES >= SUPERBUFFERS * SLOTS) {
        return -1;
    }
    ptrdiff_t buffer = offset / SLOT_BYTES / SLOTS;
    ptrdiff_t slot = offset / SLOT_BYTES % SLOTS;
    *time = vi->lending.times[buffer][slot];
    *clock = vi->lending.clocks[buffer][slot];
    return vi->lending.polls[buffer][slot] == vi->poll ? 0 : -1;
}
