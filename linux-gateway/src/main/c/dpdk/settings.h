/* What a DPDK source is opened with. */
#ifndef TB_DPDK_SETTINGS_H
#define TB_DPDK_SETTINGS_H

#include <stdbool.h>
#include <stdint.h>

#define MAX_GROUPS 1024 /* above what most NICs' filter tables hold */

enum huge_pages { HUGE_AUTO, HUGE_REQUIRE, HUGE_NEVER };

struct group {
    uint32_t address; /* network byte order */
    uint16_t port;    /* network byte order */
};

/*
 * Keys, each optional but `device`; booleans are 0 or 1:
 *   device         PCI address, or software device with arguments
 *   eal            further EAL arguments, separated by blanks
 *   huge-pages     auto, require, never
 *   memory         bytes, 0 for what is needed
 *   buffers        mbufs, 0 for what is needed
 *   burst          the most that one poll asks for, for the number of mbufs
 *   descriptors, queues
 *   promiscuous, all-multicast, steering, timestamps
 *   groups         address:port, separated by commas: what steering picks out; how many does not matter where it is off
 */
struct settings {
    char device[512];
    char eal[1024];
    enum huge_pages huge_pages;
    uint64_t memory;
    uint32_t buffers;
    uint16_t burst, descriptors, queues;
    bool promiscuous, all_multicast, steering, timestamps;
    struct group groups[MAX_GROUPS];
    int group_count;
};

/* Returns 0, or -1 with the reason in `error`. */
int settings_read(struct settings *settings, const char *text, char *error, int32_t error_size);

#endif
