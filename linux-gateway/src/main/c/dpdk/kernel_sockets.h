/* What the kernel dropped in front of net_af_packet and net_af_xdp, which count it in part or not at all. */
#ifndef TB_DPDK_KERNEL_SOCKETS_H
#define TB_DPDK_KERNEL_SOCKETS_H

#include <stdint.h>
#include <sys/types.h>

#define MAX_KERNEL_SOCKETS 256 /* one a queue, far above what an interface has */

struct kernel_sockets {
    int packet_count, xdp_count;
    int packet[MAX_KERNEL_SOCKETS], xdp[MAX_KERNEL_SOCKETS];
    ino_t xdp_inodes[MAX_KERNEL_SOCKETS]; /* a number may have been closed and given out anew */
    uint64_t packet_drops; /* asking sets the kernel's count back */
};

/* Notes the AF_XDP sockets that this process has, which are not of the source about to be opened. */
void kernel_sockets_before(struct kernel_sockets *sockets);

/*
 * Finds the driver's own: packet sockets on the interface, which is claimed, and AF_XDP sockets made since; the kernel does not
 * say of those what they are bound to.
 */
void kernel_sockets_find(struct kernel_sockets *sockets, unsigned interface_index);

/* Frames dropped for want of room in the sockets' rings, and not in the driver's count. For one thread at a time. */
uint64_t kernel_sockets_drops(struct kernel_sockets *sockets);

/*
 * Closes what the driver left open: net_af_xdp of DPDK 22.11 never closes the socket that carries the packet memory, and the
 * queue would stay taken until the process ends. For after the device is gone.
 */
void kernel_sockets_close(struct kernel_sockets *sockets);

#endif
