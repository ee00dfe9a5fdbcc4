/* Memberships in multicast groups, so that switches deliver them. */
#include "membership.h"

#include <arpa/inet.h>
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* By number, not by address: an interface that only receives needs no address. 0, or an error code. */
static int join(int socket, struct in_addr group, const struct device *device)
{
    const struct ip_mreqn membership = {.imr_multiaddr = group, .imr_ifindex = (int)device->index};
    if (setsockopt(socket, IPPROTO_IP, IP_ADD_MEMBERSHIP, &membership, sizeof membership) == 0 || errno == EADDRINUSE) {
        return 0; /* in use: another port of the same group */
    }
    return errno;
}

static int join_on_another_socket(struct memberships *memberships, struct in_addr group, const struct device *device)
{
    int fd = memberships->count < MOST_GROUPS ? socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0) : -1;
    if (fd < 0) {
        return errno;
    }
    memberships->sockets[memberships->count++] = fd;
    return join(fd, group, device);
}

int memberships_join(struct memberships *memberships, const struct device *device, const struct settings *settings,
        int interface, struct text *error)
{
    for (int i = 0; i < settings->group_count; i++) {
        const struct wanted_group *group = &settings->groups[i];
        if (group->interface != interface || !IN_MULTICAST(ntohl(group->address.s_addr))) {
            continue;
        }
        int last = memberships->count - 1;
        int code = last < 0 ? ENOBUFS : join(memberships->sockets[last], group->address, device);
        if (code == ENOBUFS) { /* the socket holds its most */
            code = join_on_another_socket(memberships, group->address, device);
        }
        if (code != 0) {
            char address[INET_ADDRSTRLEN];
            inet_ntop(AF_INET, &group->address, address, sizeof address);
            return text_fail(error, "%s: cannot join %s: %s%s", device->name, address, strerror(code),
                    code == ENOBUFS ? "; raise sysctl net.ipv4.igmp_max_memberships" : "");
        }
    }
    return 0;
}

void memberships_close(struct memberships *memberships)
{
    for (int i = 0; i < memberships->count; i++) {
        close(memberships->sockets[i]);
    }
}
