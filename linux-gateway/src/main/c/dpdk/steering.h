/* Lets the NIC pick the configured groups out of everything else. */
#ifndef TB_DPDK_STEERING_H
#define TB_DPDK_STEERING_H

#include "environment.h"
#include "settings.h"

/*
 * Asks the port, configured and not started, to deliver nothing but what rules name. Returns whether it will; where not, the
 * port is as before.
 */
bool steering_isolate(uint16_t port, const struct settings *settings, struct notices *notices);

enum steering {
    STEERED,   /* nothing but the groups and IGMP is delivered */
    UNSTEERED, /* a rule could not be had; everything is delivered again, with a notice */
    STUCK,     /* a rule could not be had, nor everything: the port, which may deliver nothing, is of no use as it is */
};

/* Makes the rules, on the started port. */
enum steering steering_start(uint16_t port, const struct settings *settings, struct notices *notices);

#endif
