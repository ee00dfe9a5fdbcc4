/* Makes sure that two gateways do not receive from one device, where one of them would starve in silence. */
#ifndef TB_DEVICE_CLAIM_H
#define TB_DEVICE_CLAIM_H

#include <stdbool.h>
#include <stdint.h>

#define TB_MOST_SHARERS 16 /* of a device: far above the programs that use ef_vi on one NIC */

/*
 * Claims a device for as long as the descriptor that is given back stays open; at the latest the end of the process, however
 * it comes, lets go. `device` is how an error names it. Interfaces are told apart by their index, since one may go by several
 * names. A `shared` claim gets along with other shared ones (a NIC that gives each program frames of its own) and with no
 * other. Returns -1 and writes one line when another process, or another source of this one, has it.
 */
int tb_interface_claim(unsigned index, const char *device, bool shared, char *error, int32_t error_size);
int tb_pci_claim(const char *address, const char *device, char *error, int32_t error_size);

/* Lets go. -1 is allowed. */
void tb_device_unclaim(int claim);

#endif
