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

/* Makes the rules, on the started port. Where one cannot be had, all go and everything is delivered, with a notice. */
void steering_start(uint16_t port, const struct settings *settings, struct notices *notices);

#endif
