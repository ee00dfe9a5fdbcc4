/* Follows a NIC's free-running clock by reading it together with the system's. */
#include "nic_clock.h"

#include <rte_ethdev.h>
#include <time.h>
#include <unistd.h>

#define SECOND 1000000000LL
#define ATTEMPTS 8           /* readings, of which the tightest counts */
#define FIRST_GAP_US 20000   /* between the first two: an error of 100 ns in a reading is 10 ppm for the first second */
#define FRACTION 32          /* bits of per_tick behind the point */

static int64_t now(void) {
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return t.tv_sec * SECOND + t.tv_nsec;
}

/* Both clocks at one moment: the NIC's in the middle of the shortest interval in which it could be read. */
static bool read_both(uint16_t port, uint64_t *ticks, int64_t *time) {
    int64_t shortest = INT64_MAX;
    for (int i = 0; i < ATTEMPTS; i++) {
        uint64_t value;
        int64_t before = now();
        if (rte_eth_read_clock(port, &value) != 0) {
            return false;
        }
        int64_t after = now();
        if (after - before < shortest) {
            shortest = after - before;
            *ticks = value;
            *time = before + shortest / 2;
        }
    }
    return true;
}

struct clock_line clock_line_through(uint64_t ticks, int64_t time, uint64_t later_ticks, int64_t later_time) {
    unsigned __int128 ns = (unsigned __int128)(uint64_t)(later_time - time) << FRACTION;
    return (struct clock_line){.ticks = later_ticks, .time = later_time, .per_tick = (uint64_t)(ns / (later_ticks - ticks))};
}

static void publish(struct nic_clock *clock, struct clock_line line) {
    __atomic_store_n(&clock->version, clock->version + 1, __ATOMIC_RELAXED);
    __atomic_thread_fence(__ATOMIC_RELEASE);
    clock->line = line;
    __atomic_store_n(&clock->version, clock->version + 1, __ATOMIC_RELEASE);
}

bool nic_clock_start(struct nic_clock *clock, uint16_t port) {
    uint64_t ticks = 0;
    int64_t time = 0;
    if (!read_both(port, &clock->last_ticks, &clock->last_time) || usleep(FIRST_GAP_US) != 0 || !read_both(port, &ticks, &time)
        || ticks <= clock->last_ticks || time <= clock->last_time) {
        return false;
    }
    publish(clock, clock_line_through(clock->last_ticks, clock->last_time, ticks, time));
    return true;
}

void nic_clock_follow(struct nic_clock *clock, uint16_t port) {
    uint64_t ticks = 0;
    int64_t time = 0;
    if (now() - clock->last_time < SECOND && now() >= clock->last_time) {
        return;
    }
    if (read_both(port, &ticks, &time)) {
        if (ticks > clock->last_ticks && time > clock->last_time) {
            publish(clock, clock_line_through(clock->last_ticks, clock->last_time, ticks, time));
        }
        clock->last_ticks = ticks;
        clock->last_time = time;
    }
}

struct clock_line nic_clock_line(const struct nic_clock *clock) {
    for (;;) {
        uint32_t version = __atomic_load_n(&clock->version, __ATOMIC_ACQUIRE);
        struct clock_line line = clock->line;
        __atomic_thread_fence(__ATOMIC_ACQUIRE);
        if ((version & 1) == 0 && version == __atomic_load_n(&clock->version, __ATOMIC_RELAXED)) {
            return line;
        }
    }
}
