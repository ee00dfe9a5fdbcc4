/* What the kernel dropped in front of net_af_packet, which does not count it itself. */
#ifndef TB_DPDK_PACKET_SOCKETS_H
#define TB_DPDK_PACKET_SOCKETS_H

#include <stdint.h>

#define MAX_PACKET_SOCKETS 16 /* one a queue */

struct packet_sockets {
    int count;
    int descriptors[MAX_PACKET_SOCKETS];
    uint64_t drops;
};

/* Finds this process's packet sockets on an interface: the driver's, since the interface is claimed. */
void packet_sockets_find(struct packet_sockets *sockets, unsigned interface_index);

/* Frames dropped since they were found, for want of room in the sockets' rings. For one thread at a time. */
uint64_t packet_sockets_drops(struct packet_sockets *sockets);

#endif
