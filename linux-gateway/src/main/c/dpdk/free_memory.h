/* How much ordinary memory this process may still take. */
#ifndef TB_DPDK_FREE_MEMORY_H
#define TB_DPDK_FREE_MEMORY_H

#include <stdint.h>

/* Bytes, and what sets the limit, for an error. UINT64_MAX where nothing says. */
uint64_t free_memory(const char **limit);

#endif
