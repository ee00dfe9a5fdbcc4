/* Emulated ef_vi: frames lent by reference, as an X3 does. See ef_vi.h. */
#ifndef EFVI_EMULATOR_EFCT_VI_H
#define EFVI_EMULATOR_EFCT_VI_H

#include <etherfabric/ef_vi.h>

const void *efct_vi_rxpkt_get(struct ef_vi *vi, uint32_t packet);
void efct_vi_rxpkt_release(struct ef_vi *vi, uint32_t packet);

#endif
