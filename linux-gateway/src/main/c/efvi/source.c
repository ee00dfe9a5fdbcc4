/* The ef_vi backend as the gateway sees it: opens the parts in order, polls, closes them in the other order. */
#include "source.h"

#include "../device_claim.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void notice(struct tb_source *source, const char *format, ...) {
    size_t used = strlen(source->notices);
    size_t room = sizeof source->notices - used;
    va_list arguments;
    if (used > 0 && room > 1) {
        source->notices[used++] = '\n';
        room--;
    }
    va_start(arguments, format);
    vsnprintf(source->notices + used, room, format, arguments);
    va_end(arguments);
}

int32_t tb_source_abi(void) {
    return TB_SOURCE_ABI;
}

/* Other programs of ef_vi on the NIC have frames of their own; the kernel's sockets get none of the groups that are filtered. */
static int claim(struct tb_source *source, struct message error) {
    const char *name = source->settings.interface;
    source->claim = tb_interface_claim(if_nametoindex(name), name, TB_SHARES, error.text, error.size);
    return source->claim < 0 ? -1 : 0;
}

static int open_parts(struct tb_source *source, struct message error) {
    if (device_open(source, error) != 0 || claim(source, error) != 0) {
        return -1;
    }
    if (!source->by_reference && ring_open(source, error) != 0) {
        return -1;
    }
    if (sender_open(source, error) != 0) {
        return -1;
    }
    counts_open(source);
    /* Last, so that no frame comes before all is ready; the memberships after the filters, so that the first frame is ours. */
    return filters_add(source, error) == 0 ? memberships_join(source, error) : -1;
}

struct tb_source *tb_source_open(const char *settings, char *error, int32_t error_size) {
    struct message message = {error, error_size};
    struct tb_source *source = calloc(1, sizeof *source);
    if (source == NULL) {
        refuse(message, "out of memory");
        return NULL;
    }
    pthread_mutex_init(&source->sender.lock, NULL);
    pthread_mutex_init(&source->nic.lock, NULL);
    source->nic.interface_socket = -1;
    source->claim = -1;
    if (settings_read(&source->settings, settings, message) != 0 || open_parts(source, message) != 0) {
        tb_source_close(source);
        return NULL;
    }
    return source;
}

static int hand_over(struct tb_source *source, struct tb_frame *frames, int32_t limit) {
    int there = source->queued_to - source->queued_from;
    int most = limit < BURST_MAX ? limit : BURST_MAX;
    int given = there < most ? there : most;
    if (given > 0) {
        memcpy(frames, &source->queued[source->queued_from], (size_t)given * sizeof *frames);
        memcpy(source->held, &source->queued_handles[source->queued_from], (size_t)given * sizeof *source->held);
        source->queued_from += given;
    }
    source->held_count = given > 0 ? given : 0;
    return source->held_count;
}

int32_t tb_source_poll(struct tb_source *source, struct tb_frame *frames, int32_t limit) {
    frames_release(source);
    if (!source->by_reference) {
        ring_refill(source);
    }
    if (source->queued_from == source->queued_to) {
        ef_event events[EVENT_BATCH];
        if (atomic_load_explicit(&source->gone, memory_order_relaxed)) {
            return -1; /* all that came before the end was handed over */
        }
        source->queued_from = 0;
        source->queued_to = 0;
        int events_now = ef_eventq_poll(&source->vi, events, EVENT_BATCH);
        for (int i = 0; i < events_now; i++) {
            event_take(source, &events[i]);
        }
    }
    return hand_over(source, frames, limit);
}

void tb_source_release(struct tb_source *source) {
    frames_release(source);
}

const char *tb_source_text(struct tb_source *source, const char *topic) {
    if (strcmp(topic, "error") == 0) {
        return atomic_load_explicit(&source->gone, memory_order_acquire) ? source->gone_text : source->sender.error;
    } else if (strcmp(topic, "describe") == 0) {
        return source->describe;
    } else if (strcmp(topic, "notices") == 0) {
        return source->notices;
    } else if (strcmp(topic, "mac") == 0) {
        return source->mac;
    } else if (strcmp(topic, "time") == 0 && source->timed) {
        switch (atomic_load_explicit(&source->clock, memory_order_relaxed)) {
            case CLOCK_SYNCED: return "nic";
            case CLOCK_UNSYNCED: return "nic-unsynced";
            default: return "";
        }
    }
    return "";
}

void tb_source_close(struct tb_source *source) {
    if (source == NULL) {
        return;
    }
    if (source->vi_open) {
        frames_release(source);
    }
    memberships_leave(source);
    counts_close(source);
    sender_close(source);
    device_close(source); /* before its buffers are unregistered: the NIC may write into them until then */
    ring_close(source);
    if (source->domain_open) {
        ef_pd_free(&source->domain, source->driver);
    }
    if (source->driver_open) {
        ef_driver_close(source->driver);
    }
    tb_device_unclaim(source->claim);
    pthread_mutex_destroy(&source->sender.lock);
    pthread_mutex_destroy(&source->nic.lock);
    free(source);
}
