/* Sends what is rare: group membership reports. An interface, a lock and buffers of its own. */
#include "source.h"

#include <errno.h>
#include <string.h>

#define FRAME_MOST 1518 /* Ethernet header, 1500 bytes, one VLAN tag */
#define FRAME_LEAST 14

static struct message sender_error(struct tb_source *source) {
    return (struct message){source->sender.error, sizeof source->sender.error};
}

int sender_open(struct tb_source *source, struct message error) {
    struct sender *sender = &source->sender;
    /* Default sizes: the smallest that every NIC has. */
    int result = ef_vi_alloc_from_pd(&sender->vi, source->driver, &source->domain, source->driver, -1, 0, -1, NULL, -1,
                                     EF_VI_FLAGS_DEFAULT);
    if (result < 0) {
        return refuse(error, "%s: no second virtual interface, for sending: %s; stop another ef_vi or Onload program on the"
                             " NIC", source->settings.interface, strerror(-result));
    }
    sender->open = true;
    if (memory_open(source, &sender->buffers, (size_t)SEND_BUFFERS * BUFFER_BYTES, HUGE_NEVER, error) != 0) {
        return -1;
    }
    for (int id = 0; id < SEND_BUFFERS; id++) {
        sender->free_ids[sender->free_count++] = id;
    }
    return 0;
}

/* Takes back the buffers of what went out. */
static int collect(struct tb_source *source) {
    struct sender *sender = &source->sender;
    ef_event events[EF_VI_EVENT_POLL_MIN_EVS * 4];
    ef_request_id ids[EF_VI_TRANSMIT_BATCH];
    int count_of_events = ef_eventq_poll(&sender->vi, events, (int)(sizeof events / sizeof *events));
    for (int i = 0; i < count_of_events; i++) {
        switch (EF_EVENT_TYPE(events[i])) {
            case EF_EVENT_TYPE_TX:
            case EF_EVENT_TYPE_TX_ERROR: {
                int done = ef_vi_transmit_unbundle(&sender->vi, &events[i], ids);
                for (int k = 0; k < done; k++) {
                    sender->free_ids[sender->free_count++] = ids[k];
                }
                break;
            }
            case EF_EVENT_TYPE_RESET:
                return refuse(sender_error(source), "%s: the NIC was reset and sends no more", source->settings.interface);
            default:
                break;
        }
    }
    return 0;
}

static int send_locked(struct tb_source *source, const void *frame, int32_t length) {
    struct sender *sender = &source->sender;
    if (collect(source) != 0) {
        return -1;
    }
    if (sender->free_count == 0) {
        return refuse(sender_error(source), "%s: %d frames wait to be sent already", source->settings.interface,
                      SEND_BUFFERS);
    }
    ef_request_id id = sender->free_ids[sender->free_count - 1];
    size_t offset = (size_t)id * BUFFER_BYTES;
    memcpy(sender->buffers.memory + offset, frame, (size_t)length);
    int result = ef_vi_transmit(&sender->vi, ef_memreg_dma_addr(&sender->buffers.registration, offset), length, id);
    if (result < 0) {
        return refuse(sender_error(source), "%s: not sent: %s", source->settings.interface, strerror(-result));
    }
    sender->free_count--;
    sender->sent++;
    return 0;
}

int32_t tb_source_send(struct tb_source *source, int32_t port, const void *frame, int32_t length) {
    pthread_mutex_lock(&source->sender.lock);
    int result;
    if (port != 0) {
        result = refuse(sender_error(source), "no port %d: an ef_vi source has port 0 only", port);
    } else if (length < FRAME_LEAST || length > FRAME_MOST) {
        result = refuse(sender_error(source), "a frame of %d bytes: wanted %d to %d", length, FRAME_LEAST, FRAME_MOST);
    } else {
        result = send_locked(source, frame, length);
    }
    pthread_mutex_unlock(&source->sender.lock);
    return result;
}

void sender_close(struct tb_source *source) {
    if (source->sender.open) {
        ef_vi_free(&source->sender.vi, source->driver);
        source->sender.open = false;
    }
    memory_close(source, &source->sender.buffers);
}
