/* A network interface: what must be known of it, and what it counts. */
#include "device.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <linux/ethtool.h>
#include <linux/if_packet.h>
#include <linux/rtnetlink.h>
#include <linux/sockios.h>
#include <net/ethernet.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

static bool ask(int socket, const struct device *device, unsigned long request, void *data, struct ifreq *answer)
{
    *answer = (struct ifreq){.ifr_data = data};
    memcpy(answer->ifr_name, device->name, IF_NAMESIZE);
    return ioctl(socket, request, answer) == 0;
}

/* The kernel's files of an interface show its queues too, but only where /sys belongs to the network namespace. */
static unsigned queues_of_files(const struct device *device)
{
    char path[64];
    snprintf(path, sizeof path, "/sys/class/net/%s/queues", device->name);
    DIR *directory = opendir(path);
    unsigned queues = 0;
    if (directory != NULL) {
        for (struct dirent *entry = readdir(directory); entry != NULL; entry = readdir(directory)) {
            queues += strncmp(entry->d_name, "rx-", 3) == 0;
        }
        closedir(directory);
    }
    return queues;
}

static unsigned count_queues(int socket, const struct device *device)
{
    struct ifreq answer;
    struct ethtool_channels channels = {.cmd = ETHTOOL_GCHANNELS};
    unsigned queues = ask(socket, device, SIOCETHTOOL, &channels, &answer)
            ? channels.rx_count + channels.combined_count : queues_of_files(device);
    return queues > 0 ? queues : 1;
}

int device_open(struct device *device, const char *name, struct text *error)
{
    *device = (struct device){.packet_socket = -1, .route_socket = -1};
    snprintf(device->name, sizeof device->name, "%s", name);
    device->index = if_nametoindex(name);
    if (device->index == 0) {
        return text_fail(error, "%s: there is no such network interface here; `ip link` lists them", name);
    }
    /* Of protocol 0, so that it receives nothing. */
    device->packet_socket = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
    if (device->packet_socket < 0 && errno == EPERM) {
        return text_fail(error, "%s: no permission for raw sockets; give the gateway the capabilities CAP_NET_RAW, "
                "CAP_NET_ADMIN and CAP_BPF (systemd: AmbientCapabilities=), or run it as root", name);
    }
    device->route_socket = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
    if (device->packet_socket < 0 || device->route_socket < 0) {
        return text_fail(error, "%s: no socket to be had: %s", name, strerror(errno));
    }
    struct ifreq answer;
    struct ethtool_drvinfo driver = {.cmd = ETHTOOL_GDRVINFO};
    if (!ask(device->packet_socket, device, SIOCGIFMTU, NULL, &answer)) {
        return text_fail(error, "%s: its MTU cannot be read: %s", name, strerror(errno));
    }
    device->mtu = (unsigned)answer.ifr_mtu;
    if (!ask(device->packet_socket, device, SIOCGIFHWADDR, NULL, &answer)) {
        return text_fail(error, "%s: its address cannot be read: %s", name, strerror(errno));
    }
    memcpy(device->mac, answer.ifr_hwaddr.sa_data, sizeof device->mac);
    if (ask(device->packet_socket, device, SIOCETHTOOL, &driver, &answer)) {
        snprintf(device->driver, sizeof device->driver, "%s", driver.driver);
    }
    device->queues = count_queues(device->packet_socket, device);
    return 0;
}

bool device_present(const struct device *device)
{
    struct ifreq answer = {.ifr_ifindex = (int)device->index}; /* its name may change, its number does not */
    return ioctl(device->packet_socket, SIOCGIFNAME, &answer) == 0;
}

int device_counts(const struct device *device, struct device_counts *counts)
{
    struct {
        struct nlmsghdr header;
        struct if_stats_msg message;
    } request = {
        .header = {.nlmsg_len = sizeof request, .nlmsg_type = RTM_GETSTATS, .nlmsg_flags = NLM_F_REQUEST},
        .message = {.ifindex = device->index, .filter_mask = IFLA_STATS_FILTER_BIT(IFLA_STATS_LINK_64)},
    };
    union {
        struct nlmsghdr header;
        char bytes[1024]; /* the one attribute asked for takes a fifth of it */
    } reply;
    if (send(device->route_socket, &request, sizeof request, 0) < 0) {
        return -1;
    }
    ssize_t length = recv(device->route_socket, &reply, sizeof reply, 0);
    if (length < 0 || !NLMSG_OK(&reply.header, (size_t)length) || reply.header.nlmsg_type != RTM_NEWSTATS) {
        return -1;
    }
    struct rtattr *attribute = (struct rtattr *)((char *)NLMSG_DATA(&reply.header) + NLMSG_ALIGN(sizeof(struct if_stats_msg)));
    size_t rest = NLMSG_PAYLOAD(&reply.header, sizeof(struct if_stats_msg));
    if (!RTA_OK(attribute, rest) || attribute->rta_type != IFLA_STATS_LINK_64) {
        return -1;
    }
    struct rtnl_link_stats64 stats = {0};
    size_t known = RTA_PAYLOAD(attribute); /* grows from kernel to kernel */
    memcpy(&stats, RTA_DATA(attribute), known < sizeof stats ? known : sizeof stats);
    *counts = (struct device_counts){
        .missed = stats.rx_missed_errors,
        .broken = stats.rx_length_errors + stats.rx_crc_errors + stats.rx_frame_errors,
        .dropped = stats.rx_dropped,
    };
    return 0;
}

int device_send(const struct device *device, const void *frame, int32_t length, struct text *error)
{
    struct sockaddr_ll to = {.sll_family = AF_PACKET, .sll_ifindex = (int)device->index, .sll_halen = ETH_ALEN};
    if (length < (int32_t)sizeof(struct ether_header)) {
        return text_fail(error, "%s: a frame of %d bytes is shorter than an Ethernet header", device->name, length);
    }
    memcpy(to.sll_addr, frame, ETH_ALEN);
    if (sendto(device->packet_socket, frame, (size_t)length, 0, (struct sockaddr *)&to, sizeof to) != length) {
        return text_fail(error, "%s: a frame of %d bytes could not be sent: %s", device->name, length, strerror(errno));
    }
    return 0;
}

void device_close(struct device *device)
{
    if (device->packet_socket >= 0) {
        close(device->packet_socket);
    }
    if (device->route_socket >= 0) {
        close(device->route_socket);
    }
}
