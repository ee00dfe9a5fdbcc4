/* Asks the kernel about the driver's sockets: packet(7), PACKET_STATISTICS; linux/if_xdp.h, XDP_STATISTICS. */
#include "kernel_sockets.h"

#include <dirent.h>
#include <linux/if_packet.h>
#include <linux/if_xdp.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_packet(int descriptor, unsigned interface_index) {
    struct sockaddr_ll address = {0};
    socklen_t length = sizeof address;
    return getsockname(descriptor, (struct sockaddr *)&address, &length) == 0 && address.sll_family == AF_PACKET
           && (unsigned)address.sll_ifindex == interface_index;
}

static bool is_xdp(int descriptor) {
    int domain = 0;
    socklen_t length = sizeof domain;
    return getsockopt(descriptor, SOL_SOCKET, SO_DOMAIN, &domain, &length) == 0 && domain == AF_XDP;
}

static ino_t inode(int descriptor) {
    struct stat status;
    return fstat(descriptor, &status) == 0 ? status.st_ino : 0;
}

static bool has(const int *descriptors, int count, int descriptor) {
    for (int i = 0; i < count; i++) {
        if (descriptors[i] == descriptor) {
            return true;
        }
    }
    return false;
}

static void find(struct kernel_sockets *found, const struct kernel_sockets *before, unsigned interface_index) {
    DIR *directory = opendir("/proc/self/fd");
    for (struct dirent *entry; directory != NULL && (entry = readdir(directory)) != NULL;) {
        int descriptor = atoi(entry->d_name);
        if (descriptor <= 2) {
            continue;
        }
        if (is_xdp(descriptor)) {
            if (found->xdp_count < MAX_KERNEL_SOCKETS && !has(before->xdp, before->xdp_count, descriptor)) {
                found->xdp_inodes[found->xdp_count] = inode(descriptor);
                found->xdp[found->xdp_count++] = descriptor;
            }
        } else if (interface_index != 0 && found->packet_count < MAX_KERNEL_SOCKETS && is_packet(descriptor, interface_index)) {
            found->packet[found->packet_count++] = descriptor;
        }
    }
    if (directory != NULL) {
        closedir(directory);
    }
}

void kernel_sockets_before(struct kernel_sockets *s) {
    const struct kernel_sockets none = {0};
    memset(s, 0, sizeof *s);
    find(s, &none, 0);
}

void kernel_sockets_find(struct kernel_sockets *s, unsigned interface_index) {
    const struct kernel_sockets before = *s;
    memset(s, 0, sizeof *s);
    find(s, &before, interface_index);
    kernel_sockets_drops(s);
    s->packet_drops = 0;
}

uint64_t kernel_sockets_drops(struct kernel_sockets *s) {
    uint64_t drops = 0;
    for (int i = 0; i < s->packet_count; i++) {
        struct tpacket_stats since_last;
        socklen_t length = sizeof since_last;
        if (getsockopt(s->packet[i], SOL_PACKET, PACKET_STATISTICS, &since_last, &length) == 0) {
            s->packet_drops += since_last.tp_drops;
        }
    }
    for (int i = 0; i < s->xdp_count; i++) {
        struct xdp_statistics total = {0}; /* since the socket was made */
        socklen_t length = sizeof total;
        if (getsockopt(s->xdp[i], SOL_XDP, XDP_STATISTICS, &total, &length) == 0) {
            drops += total.rx_ring_full; /* the driver counts rx_dropped alone */
        }
    }
    return drops + s->packet_drops;
}

void kernel_sockets_close(struct kernel_sockets *s) {
    for (int i = 0; i < s->xdp_count; i++) {
        if (s->xdp_inodes[i] != 0 && inode(s->xdp[i]) == s->xdp_inodes[i]) {
            close(s->xdp[i]);
        }
    }
    s->xdp_count = 0;
}
