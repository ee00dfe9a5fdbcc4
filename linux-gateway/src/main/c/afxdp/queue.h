/* One AF_XDP socket: the frames of one receive queue of one interface, in memory shared with the kernel. */
#ifndef TB_AFXDP_QUEUE_H
#define TB_AFXDP_QUEUE_H

#include <stdbool.h>
#include <xdp/xsk.h>

#include "../tb_source.h"
#include "device.h"
#include "settings.h"

struct queue {
    struct xsk_ring_cons received;
    struct xsk_ring_prod fill;
    char *memory;       /* where the frames lie */
    uint32_t held;      /* descriptors of `received` that the gateway still reads */
    uint32_t first;     /* the first of them */
    uint64_t frame_mask; /* takes an address back to the beginning of its frame */
    int socket;         /* owned by `xsk` */
    bool drive;         /* a system call in each empty poll lets the kernel poll the device */
    uint16_t port;      /* of its interface */

    struct xsk_ring_cons completed; /* nothing is ever sent through it, but a UMEM has one */
    struct xsk_umem *umem;
    struct xsk_socket *xsk;
    size_t size;        /* bytes at `memory` */
    uint32_t number;    /* of the queue, at its interface */
    bool zero_copy;
};

/*
 * Opens the socket, with all its frames given to the kernel; 0, or -1 with the reason in `error`. Closed by queue_close
 * either way. `native` says whether the XDP program runs in the driver.
 */
int queue_open(struct queue *queue, const struct device *device, const struct settings *settings, uint32_t number,
        uint16_t port, bool native, struct text *notices, struct text *error);

/* Gives the frames of the last burst back to the kernel. */
void queue_give_back(struct queue *queue);

/* Takes at most `limit` frames, which stay readable until they are given back. */
int32_t queue_take(struct queue *queue, struct tb_frame *frames, int32_t limit);

/* What the kernel counts of the socket. */
void queue_statistics(const struct queue *queue, struct xdp_statistics *statistics);

void queue_close(struct queue *queue);

#endif
