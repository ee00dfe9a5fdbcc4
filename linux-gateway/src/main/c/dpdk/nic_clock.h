/* Turns a NIC's free-running clock into ns since the Unix epoch. */
#ifndef TB_DPDK_NIC_CLOCK_H
#define TB_DPDK_NIC_CLOCK_H

#include "clock_line.h"

/* Written by one thread, read by another, which waits for nothing. */
struct nic_clock {
    /*
     * The newest line is lines[newest & 3]; the writer, which comes once a second, goes round the others. A reader would have to
     * stop for three seconds within a copy of 24 bytes to see one change.
     */
    uint32_t newest;
    struct clock_line lines[4];
    struct clock_reading last; /* for the writer alone, as is what follows */
    uint64_t nominal;          /* rate at first */
};

/* Reads the clocks for the first time, for a few ms; false where the port's clock cannot be read. */
bool nic_clock_start(struct nic_clock *clock, uint16_t port);

/* Reads them again and draws the line anew, at most once a second. */
void nic_clock_follow(struct nic_clock *clock, uint16_t port);

/* The line as it is now. For the receive thread, once a burst. */
static inline struct clock_line nic_clock_line(const struct nic_clock *clock) {
    return clock->lines[__atomic_load_n(&clock->newest, __ATOMIC_ACQUIRE) & 3];
}

#endif
