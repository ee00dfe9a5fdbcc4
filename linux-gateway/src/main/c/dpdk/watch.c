/* Notices that a device was removed or its link went down, and follows the NIC's clock. */
#include "watch.h"

#include <rte_alarm.h>
#include <rte_ethdev.h>

#define PERIOD_US 100000 /* a vanished device is told within a tenth of a second */

static void set_gone(struct watch *w) { __atomic_store_n(&w->gone, true, __ATOMIC_RELEASE); }

static int removed(uint16_t port, enum rte_eth_event_type event, void *argument, void *result) {
    (void)port;
    (void)event;
    (void)result;
    set_gone(argument);
    return 0;
}

static void look(void *argument) {
    struct watch *w = argument;
    if (device_is_gone(w->device)) {
        set_gone(w);
        return; /* its registers must not be touched any more */
    }
    pthread_mutex_lock(&w->control);
    bool up = port_link_is_up(w->port, w->device);
    if (w->was_up != up) {
        __atomic_add_fetch(up ? &w->link_ups : &w->link_downs, 1, __ATOMIC_RELAXED);
    }
    w->was_up = up;
    if (w->port->has_clock) {
        nic_clock_follow(&w->port->clock, w->port->id);
    }
    pthread_mutex_unlock(&w->control);
    rte_eal_alarm_set(PERIOD_US, look, w);
}

void watch_start(struct watch *w, struct device *device, struct port *port) {
    w->device = device;
    w->port = port;
    w->was_up = true;
    pthread_mutex_init(&w->control, NULL);
    rte_eth_dev_callback_register(port->id, RTE_ETH_EVENT_INTR_RMV, removed, w);
    rte_eal_alarm_set(PERIOD_US, look, w);
}

void watch_stop(struct watch *w) {
    /* Waits for one that runs. */
    rte_eal_alarm_cancel(look, w);
    rte_eth_dev_callback_unregister(w->port->id, RTE_ETH_EVENT_INTR_RMV, removed, w);
    pthread_mutex_destroy(&w->control);
}
