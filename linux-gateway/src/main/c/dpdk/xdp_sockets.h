/* The AF_XDP sockets of net_af_xdp: what the kernel drops in front of them uncounted, and those that the driver forgets. */
#ifndef TB_DPDK_XDP_SOCKETS_H
#define TB_DPDK_XDP_SOCKETS_H

#include <stdint.h>
#include <sys/types.h>

#define MAX_XDP_SOCKETS 64 /* of the process; one a queue of each source */

struct xdp_sockets {
    int others, count;
    ino_t of_others[MAX_XDP_SOCKETS], inodes[MAX_XDP_SOCKETS];
    int descriptors[MAX_XDP_SOCKETS];
};

/* Remembers those that this process has before the driver opens its own. */
void xdp_sockets_before(struct xdp_sockets *sockets);

/* Finds those that have come since: the driver's. */
void xdp_sockets_find(struct xdp_sockets *sockets);

/* Frames dropped since they were opened because the driver's receive rings were full. */
uint64_t xdp_sockets_drops(const struct xdp_sockets *sockets);

/*
 * Closes those that are open still; after the driver has closed its port. That of DPDK 22.11 leaves the socket open which
 * carries the packet memory, and with it the interface's queue taken until the process ends.
 */
void xdp_sockets_close(struct xdp_sockets *sockets);

#endif
