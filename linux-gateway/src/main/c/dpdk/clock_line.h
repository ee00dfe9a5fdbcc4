/* A NIC's free-running clock as a straight line against the system's: arithmetic alone. */
#ifndef TB_DPDK_CLOCK_LINE_H
#define TB_DPDK_CLOCK_LINE_H

#include <stdbool.h>
#include <stdint.h>

/* How far a NIC's clock may be off the rate that it had at first, and still be believed. */
#define CLOCK_MOST_PPM 500

struct clock_line {
    uint64_t ticks;    /* at which */
    int64_t time;      /* it is this many ns since the epoch, */
    uint64_t per_tick; /* and a tick lasts this many ns / 2^32 */
};

/* All clocks at one moment. */
struct clock_reading {
    uint64_t ticks; /* of the NIC */
    int64_t steady; /* ns, CLOCK_MONOTONIC_RAW: nobody sets or slews it, so that rates come from it */
    int64_t time;   /* ns since the epoch, which is set and stepped */
};

/* Duration of a tick between two readings, in ns / 2^32; 0 when one of the clocks stood still or ran backwards. */
uint64_t clock_rate(const struct clock_reading *from, const struct clock_reading *to);

/* Whether a rate is within CLOCK_MOST_PPM of another. */
bool clock_rate_is_near(uint64_t rate, uint64_t other);

/* Time of a tick before or after the line's own. */
static inline int64_t clock_line_time(const struct clock_line *line, uint64_t ticks) {
    return line->time + (int64_t)(((__int128)(int64_t)(ticks - line->ticks) * (__int128)line->per_tick) >> 32);
}

#endif
