/*
 * Memberships in multicast groups, so that switches deliver them: the kernel reports them (IGMP) for as long as sockets
 * hold them. The sockets are bound to no port and receive nothing, and the XDP program takes the frames before.
 */
#ifndef TB_AFXDP_MEMBERSHIP_H
#define TB_AFXDP_MEMBERSHIP_H

#include "device.h"
#include "settings.h"

struct memberships {
    int count;
    int sockets[MOST_GROUPS]; /* each holds as many groups as the kernel lets it, 20 by default */
};

/* Joins what is wanted from one interface; 0, or -1 with the reason in `error`. Left by memberships_close either way. */
int memberships_join(struct memberships *memberships, const struct device *device, const struct settings *settings,
        int interface, struct text *error);

void memberships_close(struct memberships *memberships);

#endif
