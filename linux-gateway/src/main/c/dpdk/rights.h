/* What this process may do, before a driver is refused it and says something else. */
#ifndef TB_DPDK_RIGHTS_H
#define TB_DPDK_RIGHTS_H

#include <stddef.h>
#include <stdint.h>

#define RIGHT_NET_RAW 1u   /* packet sockets: capabilities(7) */
#define RIGHT_NET_ADMIN 2u /* programs and redirections at an interface */
#define RIGHT_BPF 4u       /* loading XDP programs, Linux 5.8 and later */

/* 0, or -1 and one line that names what of `rights` the calling thread lacks and how it is given. */
int rights_check(unsigned rights, const char *device, char *error, int32_t error_size);

/* Says, to be put behind a failure, that memory may not be locked here, if so; or "". Gives `text` back. */
const char *rights_to_lock(char *text, size_t size);

#endif
