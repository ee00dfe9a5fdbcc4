/* A DPDK port set up to receive. */
#ifndef TB_DPDK_PORT_H
#define TB_DPDK_PORT_H

#include "environment.h"
#include "nic_clock.h"

#include <rte_mempool.h>

#define MAX_XSTATS 16

struct port {
    uint16_t id, queues;
    bool started, has_transmit, is_af_packet, was_promiscuous, made_promiscuous;
    struct rte_mempool *pool, *transmit_pool;
    bool has_clock;
    int time_offset;      /* of the receive time in an mbuf, */
    uint64_t time_flag;   /* there when ol_flags has this */
    struct nic_clock clock;
    char description[256];
    char address[18];
    int xstat_count;
    uint64_t xstat_ids[MAX_XSTATS];
    char xstat_names[MAX_XSTATS][80]; /* "seen.NAME" */
};

/* Packet buffers that a source needs at least, and the memory they take. */
uint32_t port_buffers(const struct settings *settings, uint64_t looped_packets, uint16_t descriptors);
uint64_t port_bytes(uint32_t buffers);

/* Sets the port up and starts it; `was_promiscuous` tells whether to leave it so. 0, or -1 with the reason; what was made is
 * then left to port_stop. */
int port_start(struct port *port, uint16_t id, const struct settings *settings, uint64_t looped_packets,
               struct notices *notices, char *error, int32_t error_size);

/* Stops it; before the device is released. */
void port_stop(struct port *port);

/* Frees the packet buffers; after the device is released. */
void port_free(struct port *port);

#endif
