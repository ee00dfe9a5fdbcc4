/* Checks what of the DPDK backend is arithmetic alone; DpdkArithmeticTest builds and runs it. Prints the checks that failed. */
#include "../../main/c/dpdk/clock_line.h"
#include "../../main/c/dpdk/cores.h"

#include <stdio.h>
#include <string.h>

#define SECOND 1000000000LL

static int failures;

#define CHECK(condition) \
    do { \
        if (!(condition)) { \
            printf("line %d: %s\n", __LINE__, #condition); \
            failures++; \
        } \
    } while (0)

/* A NIC of 2.5 ns a tick, whose host's time of day is set forward by 37 s between two readings. */
static void a_step_of_the_clock_is_no_rate(void) {
    const struct clock_reading first = {.ticks = 1000, .steady = 5 * SECOND, .time = 1700000000 * SECOND};
    const struct clock_reading second = {.ticks = 1000 + 400000000, .steady = 6 * SECOND, .time = 1700000038 * SECOND};
    uint64_t rate = clock_rate(&first, &second);
    CHECK(rate == (uint64_t)5 << 31);
    const struct clock_line line = {.ticks = second.ticks, .time = second.time, .per_tick = rate};
    CHECK(clock_line_time(&line, second.ticks + 400000000) == 1700000039 * SECOND);
    CHECK(clock_line_time(&line, second.ticks - 400000000) == 1700000037 * SECOND);
}

static void a_clock_that_stands_or_runs_back_has_no_rate(void) {
    const struct clock_reading at = {.ticks = 10, .steady = 10}, later = {.ticks = 10, .steady = 20}, earlier = {.ticks = 9, .steady = 20};
    CHECK(clock_rate(&at, &later) == 0);
    CHECK(clock_rate(&at, &earlier) == 0);
    CHECK(clock_rate(&later, &at) == 0);
}

static void rates_further_off_than_crystals_are_refused(void) {
    const uint64_t rate = (uint64_t)1 << 32;
    CHECK(clock_rate_is_near(rate + rate / 1000000 * 499, rate));
    CHECK(clock_rate_is_near(rate - rate / 1000000 * 499, rate));
    CHECK(!clock_rate_is_near(rate + rate / 1000000 * 502, rate));
    CHECK(!clock_rate_is_near(rate - rate / 1000000 * 502, rate));
}

static void cpus_are_named_as_ranges_that_fit(void) {
    char text[1024], small[32], guard[1024];
    bool all[2048], none[64] = {0}, odd[2048], few[16] = {[1] = true, [3] = true, [4] = true, [5] = true};
    for (size_t i = 0; i < 2048; i++) {
        all[i] = true;
        odd[i] = i % 2 == 1;
    }
    CHECK(cores_write(all, 512, text, sizeof text) && strcmp(text, "--lcores=0@(0-511)") == 0);
    CHECK(cores_write(all, 2048, text, sizeof text) && strcmp(text, "--lcores=0@(0-1023)") == 0);
    CHECK(cores_write(few, 16, text, sizeof text) && strcmp(text, "--lcores=0@(1,3-5)") == 0);
    CHECK(!cores_write(none, 64, text, sizeof text));
    /* Every other CPU of a large machine does not fit: the first do, and the text ends as it must. */
    CHECK(cores_write(odd, 1024, guard, sizeof guard) && strncmp(guard, "--lcores=0@(1,3,5,", 18) == 0 && guard[strlen(guard) - 1] == ')');
    CHECK(cores_write(odd, 1024, small, sizeof small) && strcmp(small, "--lcores=0@(1,3,5,7,9,11,13,15)") == 0);
    CHECK(cores_allowed(text, sizeof text));
}

int main(void) {
    a_step_of_the_clock_is_no_rate();
    a_clock_that_stands_or_runs_back_has_no_rate();
    rates_further_off_than_crystals_are_refused();
    cpus_are_named_as_ranges_that_fit();
    return failures == 0 ? 0 : 1;
}
