/* A kernel interface beneath a software device. */
#ifndef TB_DPDK_INTERFACE_H
#define TB_DPDK_INTERFACE_H

#include <stdbool.h>

struct interface {
    unsigned index;       /* 0 for none; names may change, this does not */
    bool was_promiscuous; /* by the administrator's will, when it was first looked at */
    int membership;       /* socket that keeps it promiscuous or takes all multicast; -1 for none */
};

/* By name or alternative name. 0, or -1 when there is none. */
int interface_find(struct interface *interface, const char *name);

/* Its name as it is now, in IF_NAMESIZE bytes; false when it is gone. */
bool interface_name(const struct interface *interface, char *name);

/* Whether its link is up, as the kernel sees it. */
bool interface_is_up(const struct interface *interface);

/* Receive queues that its NIC uses, 0 where nobody says. */
unsigned interface_receive_queues(const struct interface *interface);

/*
 * Has it take every frame, or every multicast frame, until it is let go or the process ends in whatever way: packet(7),
 * PACKET_ADD_MEMBERSHIP. Drivers set IFF_PROMISC instead, which stays. 0, or -1 with errno.
 */
int interface_take(struct interface *interface, bool promiscuous, bool all_multicast);

/* Lets go, and gives it back the promiscuous mode that an administrator had set and a driver has cleared. */
void interface_release(struct interface *interface);

#endif
