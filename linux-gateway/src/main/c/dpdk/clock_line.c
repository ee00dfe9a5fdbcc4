/* A NIC's free-running clock as a straight line against the system's: arithmetic alone. */
#include "clock_line.h"

#define FRACTION 32 /* bits of a rate behind the point */
#define MILLION 1000000

uint64_t clock_rate(const struct clock_reading *from, const struct clock_reading *to) {
    if (to->ticks <= from->ticks || to->steady <= from->steady) {
        return 0;
    }
    unsigned __int128 ns = (unsigned __int128)(uint64_t)(to->steady - from->steady) << FRACTION;
    return (uint64_t)(ns / (to->ticks - from->ticks));
}

bool clock_rate_is_near(uint64_t rate, uint64_t other) {
    unsigned __int128 difference = rate > other ? rate - other : other - rate;
    return difference * MILLION <= (unsigned __int128)other * CLOCK_MOST_PPM;
}
