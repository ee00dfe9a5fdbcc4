/* Makes sure that two gateways do not receive from one device. */
#ifndef TB_DEVICE_CLAIM_H
#define TB_DEVICE_CLAIM_H

#include <stdint.h>

/*
 * Claims a device for as long as the descriptor that is given back stays open; at the latest the end of the process, however
 * it comes, lets go. `device` is `interface NAME` or `PCI device ADDRESS`, so that every backend means the same by it.
 * Returns -1 and writes one line when another process, or another source of this one, has it.
 */
int tb_device_claim(const char *device, char *error, int32_t error_size);

/* Lets go. -1 is allowed. */
void tb_device_unclaim(int claim);

#endif
