/* Names the CPUs that DPDK's one logical core may float over. */
#ifndef TB_DPDK_CORES_H
#define TB_DPDK_CORES_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Writes an --lcores argument of the CPUs that are marked, as ranges: as many as fit, and fewer do. `size` is 32 bytes at least.
 * False when none of the CPUs that DPDK can name (below 1024) is marked.
 */
bool cores_write(const bool *marked, size_t cpus, char *text, size_t size);

/* The same of the CPUs that this thread may use; false with errno when the kernel does not say, or 0 when DPDK can name none. */
bool cores_allowed(char *text, size_t size);

#endif
