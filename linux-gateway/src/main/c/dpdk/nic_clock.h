/* Turns a NIC's free-running clock into ns since the Unix epoch. */
#ifndef TB_DPDK_NIC_CLOCK_H
#define TB_DPDK_NIC_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

/* A straight line through two readings of both clocks. */
struct clock_line {
    uint64_t ticks;    /* at which */
    int64_t time;      /* it is this many ns since the epoch, */
    uint64_t per_tick; /* and a tick lasts this many ns / 2^32 */
};

/* Written by one thread, read by another, which never waits for it longer than for a few stores. */
struct nic_clock {
    uint32_t version; /* odd while the line is being written */
    struct clock_line line;
    uint64_t last_ticks; /* reading before, for the writer alone */
    int64_t last_time;
};

/* The line through two readings. */
struct clock_line clock_line_through(uint64_t ticks, int64_t time, uint64_t later_ticks, int64_t later_time);

/* Time of a tick before or after the line's own. */
static inline int64_t clock_line_time(const struct clock_line *line, uint64_t ticks) {
    return line->time + (int64_t)(((__int128)(int64_t)(ticks - line->ticks) * (__int128)line->per_tick) >> 32);
}

/* Reads both clocks for the first time, for a few ms; false where the port's clock cannot be read. */
bool nic_clock_start(struct nic_clock *clock, uint16_t port);

/* Reads them again and draws the line anew, at most once a second. */
void nic_clock_follow(struct nic_clock *clock, uint16_t port);

/* The line as it is now. For the receive thread, once a burst. */
struct clock_line nic_clock_line(const struct nic_clock *clock);

#endif
