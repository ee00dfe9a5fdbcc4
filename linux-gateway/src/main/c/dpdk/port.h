/* A DPDK port set up to receive. */
#ifndef TB_DPDK_PORT_H
#define TB_DPDK_PORT_H

#include "device.h"
#include "environment.h"
#include "nic_clock.h"

#include <rte_mempool.h>

#define MAX_XSTATS 16

struct port {
    uint16_t id, queues, transmit_queues;
    bool started;
    bool stuck;               /* in isolated mode, with a part of its rules: only a device opened anew leaves it */
    bool over_kernel_sockets; /* net_af_packet or net_af_xdp */
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
uint32_t port_buffers(const struct settings *settings, uint16_t queues, uint64_t looped_packets, uint16_t descriptors);
uint64_t port_bytes(uint32_t buffers);

/* Sets the port up and starts it. 0, or -1 with the reason; what was made is then left to port_stop. */
int port_start(struct port *port, struct device *device, const struct settings *settings, struct notices *notices, char *error, int32_t error_size);

/* Whether its link is up; of a software device over an interface, the interface's. */
bool port_link_is_up(const struct port *port, const struct device *device);

/* Stops it; before the device is released. */
void port_stop(struct port *port);

/* Frees the packet buffers; after the device is released. */
void port_free(struct port *port);

#endif
