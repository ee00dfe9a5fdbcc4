/* Follows a NIC's free-running clock by reading it together with the system's. */
#include "nic_clock.h"

#include <rte_ethdev.h>
#include <time.h>
#include <unistd.h>

#define SECOND 1000000000LL
#define ATTEMPTS 8           /* readings, of which the tightest counts */
#define FIRST_GAP_US 100000  /* between the first two: an error of 5 us in a reading is 50 ppm for the first second */

static int64_t now(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return t.tv_sec * SECOND + t.tv_nsec;
}

/* All clocks at one moment: the NIC's and the epoch's in the middle of the shortest interval in which they could be read. */
static bool read_all(uint16_t port, struct clock_reading *reading) {
    int64_t shortest = INT64_MAX;
    for (int i = 0; i < ATTEMPTS; i++) {
        uint64_t ticks;
        int64_t before = now(CLOCK_MONOTONIC_RAW);
        if (rte_eth_read_clock(port, &ticks) != 0) {
            return false;
        }
        int64_t time = now(CLOCK_REALTIME), after = now(CLOCK_MONOTONIC_RAW);
        if (after - before < shortest) {
            shortest = after - before;
            *reading = (struct clock_reading){.ticks = ticks, .steady = before + shortest / 2, .time = time - shortest / 2};
        }
    }
    return true;
}

static void publish(struct nic_clock *clock, const struct clock_reading *at, uint64_t rate) {
    uint32_t next = clock->newest + 1;
    clock->lines[next & 3] = (struct clock_line){.ticks = at->ticks, .time = at->time, .per_tick = rate};
    __atomic_store_n(&clock->newest, next, __ATOMIC_RELEASE);
}

bool nic_clock_start(struct nic_clock *clock, uint16_t port) {
    struct clock_reading later;
    if (!read_all(port, &clock->last) || usleep(FIRST_GAP_US) != 0 || !read_all(port, &later)) {
        return false;
    }
    clock->nominal = clock_rate(&clock->last, &later);
    if (clock->nominal == 0) {
        return false;
    }
    publish(clock, &later, clock->nominal);
    clock->last = later;
    return true;
}

void nic_clock_follow(struct nic_clock *clock, uint16_t port) {
    struct clock_reading reading;
    if (now(CLOCK_MONOTONIC_RAW) - clock->last.steady < SECOND || !read_all(port, &reading)) {
        return;
    }
    uint64_t rate = clock_rate(&clock->last, &reading);
    /* A rate that cannot be is a bad reading, or a NIC whose clock was reset: the line before goes on from where time is now. */
    bool good = rate != 0 && clock_rate_is_near(rate, clock->nominal);
    publish(clock, &reading, good ? rate : nic_clock_line(clock).per_tick);
    clock->last = reading;
}
