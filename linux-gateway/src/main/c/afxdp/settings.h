/* What a source is to be, as the `key=value` lines of tb_source_open say it. */
#ifndef TB_AFXDP_SETTINGS_H
#define TB_AFXDP_SETTINGS_H

#include <net/if.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>

#include "text.h"

#define MOST_INTERFACES 16
#define MOST_QUEUES 64 /* of one interface */
#define MOST_GROUPS 1024

enum wish { WISH_AUTO, WISH_FIRST, WISH_SECOND };

/* One destination to take from one interface. */
struct wanted_group {
    int interface; /* its place in `interfaces` */
    struct in_addr address;
    uint16_t port; /* host byte order */
};

struct settings {
    char interfaces[MOST_INTERFACES][IF_NAMESIZE];
    int interface_count;
    struct wanted_group groups[MOST_GROUPS];
    int group_count;
    uint32_t queues[MOST_QUEUES]; /* which to receive from; none means all */
    int queue_count;
    enum wish mode;        /* auto, zero-copy, copy */
    enum wish attach;      /* auto, native, generic */
    uint32_t frames;       /* of each queue; a power of two */
    uint32_t frame_size;   /* bytes, 2048 or 4096 */
    uint32_t ring;         /* descriptors of the receive ring; a power of two */
    bool need_wakeup;
    enum wish huge_pages;  /* auto, require, never */
    uint32_t busy_poll;        /* us that the kernel polls the device in one call; 0: no busy polling */
    uint32_t busy_poll_budget; /* packets that it takes in one such call */
};

/*
 * Reads the lines; 0, or -1 with the reason in `error`. Keys:
 *   groups=ADDRESS:PORT@INTERFACE,...    what to take from which interface; an interface's place among them, from 0, is the
 *                                        port of its frames
 *   queues=all | N,N,...                 default all
 *   mode=auto | zero-copy | copy         default auto
 *   attach=auto | native | generic       default auto
 *   frames=N frame-size=N ring=N         default 4096, 4096, 2048
 *   need-wakeup=1 | 0                    default 1
 *   huge-pages=auto | require | never    default auto
 *   busy-poll=US busy-poll-budget=N      default 0, 64
 */
int settings_read(struct settings *settings, const char *lines, struct text *error);

#endif
