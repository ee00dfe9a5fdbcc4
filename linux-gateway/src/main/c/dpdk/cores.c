/* Names the CPUs that DPDK's one logical core may float over. */
#define _GNU_SOURCE
#include "cores.h"

#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_CPUS 65536 /* that a kernel is built for, with room to spare */
#define MOST_NAMED 1024 /* CPU_SETSIZE, in which DPDK counts */

bool cores_write(const bool *marked, size_t cpus, char *text, size_t size) {
    size_t used = (size_t)snprintf(text, size, "--lcores=0@(");
    const size_t start = used;
    cpus = cpus < MOST_NAMED ? cpus : MOST_NAMED;
    for (size_t first = 0; first < cpus;) {
        if (!marked[first]) {
            first++;
            continue;
        }
        size_t last = first;
        while (last + 1 < cpus && marked[last + 1]) {
            last++;
        }
        char range[16];
        int length = last == first ? snprintf(range, sizeof range, "%s%zu", used == start ? "" : ",", first)
                                   : snprintf(range, sizeof range, "%s%zu-%zu", used == start ? "" : ",", first, last);
        if (used + (size_t)length + sizeof ")" > size) {
            break;
        }
        memcpy(text + used, range, (size_t)length + 1);
        used += (size_t)length;
        first = last + 1;
    }
    memcpy(text + used, ")", sizeof ")");
    return used > start;
}

bool cores_allowed(char *text, size_t size) {
    const size_t bytes = CPU_ALLOC_SIZE(MOST_CPUS);
    cpu_set_t *allowed = CPU_ALLOC(MOST_CPUS);
    bool marked[MOST_NAMED];
    errno = ENOMEM;
    if (allowed == NULL || sched_getaffinity(0, bytes, allowed) != 0) {
        int reason = errno;
        CPU_FREE(allowed);
        errno = reason;
        return false;
    }
    for (size_t cpu = 0; cpu < MOST_NAMED; cpu++) {
        marked[cpu] = CPU_ISSET_S(cpu, bytes, allowed);
    }
    CPU_FREE(allowed);
    errno = 0;
    return cores_write(marked, MOST_NAMED, text, size);
}
