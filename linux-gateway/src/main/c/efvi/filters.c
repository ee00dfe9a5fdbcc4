/*
 * Which frames the NIC sends here: one filter a group and port. All else goes on to the kernel. The kernel also keeps the
 * memberships: it knows the interface, reports the groups, and answers the routers' queries, which no filter takes from it.
 */
#include "source.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define GROUPS_A_SOCKET 20 /* net.ipv4.igmp_max_memberships where nobody changed it */

static const char *group_text(struct group group, char *text, size_t size) {
    char address[INET_ADDRSTRLEN];
    inet_ntop(AF_INET, &group.address, address, sizeof address);
    snprintf(text, size, "%s:%u", address, (unsigned)ntohs(group.port));
    return text;
}

static int refuse_filter(struct tb_source *source, int index, int result, struct message error) {
    const struct settings *settings = &source->settings;
    char group[32];
    group_text(settings->groups[index], group, sizeof group);
    /* The queue that a filter leads to gets its buffers with the first filter, and they are huge pages whatever is set. */
    if (source->by_reference && (result == -ENOSPC || result == -ENOMEM)) {
        return refuse(error, "%s: no room for %s, number %d of %d: this kind of NIC receives into huge pages of 2 MiB, which are"
                             " probably not free; reserve more (sysctl -w vm.nr_hugepages=N). If enough are free, the NIC's filter"
                             " table is full: receive fewer groups here", settings->interface, group, index + 1,
                      settings->group_count);
    }
    switch (-result) {
        case EBUSY:
        case ENOSPC:
        case ENOMEM:
            if (settings->exclusive_queue) {
                return refuse(error, "%s: no receive queue free to own alone for %s: set exclusive-queue false, or stop"
                                     " another program on the NIC", settings->interface, group);
            }
            return refuse(error, "%s: no room in the NIC's filter table for %s, number %d of %d: receive fewer groups here,"
                                 " or stop another program that filters", settings->interface, group, index + 1,
                          settings->group_count);
        case EEXIST:
            return refuse(error, "%s: another program has taken %s, and this NIC's firmware gives a group to one program"
                                 " only: stop the other, or use the full-feature firmware (sfboot firmware-variant=full-feature)",
                          settings->interface, group);
        case EACCES:
        case EPERM:
            return refuse(error, "%s: no permission to steer %s: run as root or with CAP_NET_RAW", settings->interface,
                          group);
        default:
            return refuse(error, "%s: the NIC does not filter %s: %s", settings->interface, group, strerror(-result));
    }
}

static int add(struct tb_source *source, int index, bool by_vlan) {
    const struct settings *settings = &source->settings;
    struct group group = settings->groups[index];
    ef_filter_spec filter;
    bool alone = settings->exclusive_queue && source->by_reference;
    ef_filter_spec_init(&filter, alone ? EF_FILTER_FLAG_EXCLUSIVE_RXQ : EF_FILTER_FLAG_NONE);
    int result = ef_filter_spec_set_ip4_local(&filter, IPPROTO_UDP, group.address, group.port);
    if (result == 0 && by_vlan) {
        result = ef_filter_spec_set_vlan(&filter, settings->vlan);
    }
    return result < 0 ? result : ef_vi_filter_add(&source->vi, source->driver, &filter, NULL);
}

int filters_add(struct tb_source *source, struct message error) {
    const struct settings *settings = &source->settings;
    bool by_vlan = settings->vlan != NO_VLAN && device_can(source, EF_VI_CAP_RX_FILTER_TYPE_IP_VLAN);
    source->check_vlan = settings->vlan != NO_VLAN && !by_vlan;
    if (source->check_vlan) {
        notice(source, "%s cannot filter by VLAN with this firmware: frames of other VLANs are sorted out in software",
               settings->interface);
    }
    if (settings->exclusive_queue && !source->by_reference) {
        notice(source, "exclusive-queue has no meaning on %s, whose queues are never shared", settings->interface);
    }
    if (!device_can(source, EF_VI_CAP_HW_MULTICAST_REPLICATION)) {
        notice(source, "%s gives each group to one program only: no second gateway can receive the same groups here",
               settings->interface);
    }
    for (int i = 0; i < settings->group_count; i++) {
        int result = add(source, i, by_vlan);
        if (result < 0) {
            return refuse_filter(source, i, result, error);
        }
    }
    return 0;
}

/* A tagged group is joined on the kernel's VLAN interface: a report must carry the tag. */
static unsigned joining_interface(struct tb_source *source) {
    const struct settings *settings = &source->settings;
    if (settings->vlan == NO_VLAN) {
        return if_nametoindex(settings->interface);
    }
    char name[IF_NAMESIZE + 8];
    snprintf(name, sizeof name, "%s.%d", settings->interface, settings->vlan);
    unsigned index = strlen(name) < IF_NAMESIZE ? if_nametoindex(name) : 0;
    if (index == 0) {
        notice(source, "no interface %s to join the groups on: add it (ip link add link %s name %s type vlan id %d), or have the"
                       " switch deliver the groups unasked", name, settings->interface, name, settings->vlan);
    }
    return index;
}

static int join(struct tb_source *source, int index, unsigned interface, struct message error) {
    if (source->membership_count == 0 || index % GROUPS_A_SOCKET == 0) {
        int opened = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        if (opened < 0) {
            return refuse(error, "no socket for group memberships: %s", strerror(errno));
        }
        source->memberships[source->membership_count++] = opened;
    }
    struct ip_mreqn wanted = {.imr_multiaddr.s_addr = source->settings.groups[index].address, .imr_ifindex = (int)interface};
    int socket_now = source->memberships[source->membership_count - 1];
    if (setsockopt(socket_now, IPPROTO_IP, IP_ADD_MEMBERSHIP, &wanted, sizeof wanted) != 0 && errno != EADDRINUSE) {
        char group[32];
        return refuse(error, "%s: cannot join %s: %s; set join false where the switch delivers groups unasked",
                      source->settings.interface, group_text(source->settings.groups[index], group, sizeof group),
                      strerror(errno));
    }
    return 0;
}

int memberships_join(struct tb_source *source, struct message error) {
    const struct settings *settings = &source->settings;
    unsigned interface = settings->join ? joining_interface(source) : 0;
    if (interface == 0) {
        return 0;
    }
    source->memberships = calloc((size_t)settings->group_count, sizeof *source->memberships);
    if (source->memberships == NULL) {
        return refuse(error, "out of memory");
    }
    for (int i = 0; i < settings->group_count; i++) {
        if (IN_MULTICAST(ntohl(settings->groups[i].address)) && join(source, i, interface, error) != 0) {
            return -1;
        }
    }
    return 0;
}

void memberships_leave(struct tb_source *source) {
    for (int i = 0; i < source->membership_count; i++) {
        close(source->memberships[i]);
    }
    source->membership_count = 0;
    free(source->memberships);
    source->memberships = NULL;
}
