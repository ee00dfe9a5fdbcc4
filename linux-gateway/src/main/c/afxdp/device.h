/* A network interface: what must be known of it, and what it counts. */
#ifndef TB_AFXDP_DEVICE_H
#define TB_AFXDP_DEVICE_H

#include <net/if.h>
#include <stdbool.h>
#include <stdint.h>

#include "text.h"

struct device {
    char name[IF_NAMESIZE];
    unsigned index;
    unsigned mtu;       /* bytes, without the Ethernet header */
    unsigned queues;    /* that receive, numbered from 0 */
    uint8_t mac[6];
    char driver[32];    /* "" when it does not say */
    int packet_socket;  /* for sending */
    int route_socket;   /* for its counters */
};

struct device_counts {
    uint64_t missed;  /* frames that the host was too slow for */
    uint64_t broken;  /* frames with a wrong length, alignment or frame check sequence */
    uint64_t dropped; /* frames that the kernel dropped on their way up, for whatever reason */
};

/* Looks up the interface; 0, or -1 with the reason in `error`. Closed by device_close either way. */
int device_open(struct device *device, const char *name, struct text *error);

/* Whether it still is where it was: not when it was removed, or moved to another network namespace. */
bool device_present(const struct device *device);

/* Totals since the interface exists. 0, or -1 when there are none to be had. */
int device_counts(const struct device *device, struct device_counts *counts);

/* Sends one frame, past XDP; 0, or -1 with the reason in `error`. */
int device_send(const struct device *device, const void *frame, int32_t length, struct text *error);

void device_close(struct device *device);

#endif
