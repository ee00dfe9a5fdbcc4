/* Looks after an open port from time to time, on a thread of DPDK's own. */
#ifndef TB_DPDK_WATCH_H
#define TB_DPDK_WATCH_H

#include "device.h"
#include "port.h"

#include <pthread.h>

struct watch {
    struct device *device;
    struct port *port;
    pthread_mutex_t control; /* held while the port is asked for anything but packets */
    bool gone;               /* read by the receive thread when nothing is there */
    bool was_up;
    uint64_t link_downs, link_ups; /* a link that is down at the start has gone down, too */
};

void watch_start(struct watch *watch, struct device *device, struct port *port);

static inline bool watch_sees_it_gone(const struct watch *watch) { return __atomic_load_n(&watch->gone, __ATOMIC_ACQUIRE); }

void watch_stop(struct watch *watch);

#endif
