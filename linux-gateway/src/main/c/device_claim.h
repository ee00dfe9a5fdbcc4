/* Makes sure that two gateways do not receive from one device, where one of them would starve in silence. */
#ifndef TB_DEVICE_CLAIM_H
#define TB_DEVICE_CLAIM_H

#include <stdint.h>

#define TB_MOST_SHARERS 64 /* of a device: far above the gateways that one machine runs */

/* What a source does with the frames of an interface, which decides who else may receive there. */
enum tb_use {
    TB_TAKES,   /* nobody after it sees them: AF_XDP, by itself or under DPDK */
    TB_COPIES,  /* the kernel has them as well: packet sockets under DPDK. Not for two, whose statistics are one */
    TB_SHARES,  /* the NIC gives each program those of its groups, and the kernel none of them: ef_vi */
    TB_SOCKETS, /* the kernel's sockets, which get what nobody takes: the udp source */
};

/*
 * Claims a device for as long as the descriptor that is given back stays open; at the latest the end of the process, however
 * it comes, lets go. `device` is how an error names it. Interfaces are told apart by their index, since one may go by several
 * names. Returns -1 and writes one line when another process, or another source of this one, has it for a use that this one
 * does not get along with.
 */
int tb_interface_claim(unsigned index, const char *device, enum tb_use use, char *error, int32_t error_size);

/* The same for a PCI device that the kernel shows no interface of, always alone. */
int tb_pci_claim(const char *address, const char *device, char *error, int32_t error_size);

/* Lets go. -1 is allowed. */
void tb_device_unclaim(int claim);

#endif
