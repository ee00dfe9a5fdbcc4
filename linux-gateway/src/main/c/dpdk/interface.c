/* Asks the kernel about an interface, and to have it take more frames than its own. */
#include "interface.h"

#include <dirent.h>
#include <linux/ethtool.h>
#include <linux/if_packet.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

/* One question about it, by its present name. */
static bool ask(const struct interface *interface, unsigned long request, struct ifreq *answer) {
    int any = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    bool answered = any >= 0 && interface_name(interface, answer->ifr_name) && ioctl(any, request, answer) == 0;
    if (any >= 0) {
        close(any);
    }
    return answered;
}

static bool is_promiscuous(const struct interface *interface) {
    struct ifreq flags = {0};
    return ask(interface, SIOCGIFFLAGS, &flags) && (flags.ifr_flags & IFF_PROMISC) != 0;
}

int interface_find(struct interface *interface, const char *name) {
    *interface = (struct interface){.index = if_nametoindex(name), .membership = -1};
    if (interface->index == 0) {
        return -1;
    }
    interface->was_promiscuous = is_promiscuous(interface);
    return 0;
}

bool interface_name(const struct interface *interface, char *name) { return if_indextoname(interface->index, name) != NULL; }

bool interface_is_up(const struct interface *interface) {
    struct ifreq flags = {0};
    return ask(interface, SIOCGIFFLAGS, &flags) && (flags.ifr_flags & IFF_UP) != 0 && (flags.ifr_flags & IFF_RUNNING) != 0;
}

/* The kernel's files show queues where a driver does not answer ethtool, if /sys is of this network namespace. */
static unsigned queues_of_files(const struct interface *interface) {
    char name[IF_NAMESIZE], path[64];
    unsigned queues = 0;
    if (!interface_name(interface, name)) {
        return 0;
    }
    snprintf(path, sizeof path, "/sys/class/net/%s/queues", name);
    DIR *directory = opendir(path);
    for (struct dirent *entry; directory != NULL && (entry = readdir(directory)) != NULL;) {
        queues += strncmp(entry->d_name, "rx-", 3) == 0;
    }
    if (directory != NULL) {
        closedir(directory);
    }
    return queues;
}

unsigned interface_receive_queues(const struct interface *interface) {
    struct ethtool_channels channels = {.cmd = ETHTOOL_GCHANNELS};
    struct ifreq question = {.ifr_data = (void *)&channels};
    if (ask(interface, SIOCETHTOOL, &question) && channels.rx_count + channels.combined_count > 0) {
        return channels.rx_count + channels.combined_count;
    }
    return queues_of_files(interface);
}

int interface_take(struct interface *interface, bool promiscuous, bool all_multicast) {
    if (interface->membership < 0) {
        interface->membership = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0); /* of protocol 0, so that it receives nothing */
    }
    const bool wanted[] = {promiscuous, all_multicast};
    const unsigned short types[] = {PACKET_MR_PROMISC, PACKET_MR_ALLMULTI};
    for (int i = 0; interface->membership >= 0 && i < 2; i++) {
        struct packet_mreq request = {.mr_ifindex = (int)interface->index, .mr_type = types[i]};
        if (wanted[i] && setsockopt(interface->membership, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &request, sizeof request) != 0) {
            return -1;
        }
    }
    return interface->membership >= 0 ? 0 : -1;
}

void interface_release(struct interface *interface) {
    if (interface->membership >= 0) {
        close(interface->membership);
        interface->membership = -1;
    }
    struct ifreq flags = {0};
    if (interface->was_promiscuous && ask(interface, SIOCGIFFLAGS, &flags) && (flags.ifr_flags & IFF_PROMISC) == 0) {
        flags.ifr_flags |= IFF_PROMISC;
        ask(interface, SIOCSIFFLAGS, &flags);
    }
}
