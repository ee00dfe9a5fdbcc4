/* Asks the kernel about the driver's packet sockets: packet(7), PACKET_STATISTICS. */
#include "packet_sockets.h"

#include <dirent.h>
#include <linux/if_packet.h>
#include <stdlib.h>
#include <sys/socket.h>

static int is_on(int descriptor, unsigned interface_index) {
    struct sockaddr_ll address = {0};
    socklen_t length = sizeof address;
    return getsockname(descriptor, (struct sockaddr *)&address, &length) == 0 && address.sll_family == AF_PACKET
           && (unsigned)address.sll_ifindex == interface_index;
}

void packet_sockets_find(struct packet_sockets *s, unsigned interface_index) {
    DIR *directory = opendir("/proc/self/fd");
    s->count = 0;
    for (struct dirent *entry; directory != NULL && (entry = readdir(directory)) != NULL;) {
        int descriptor = atoi(entry->d_name);
        if (descriptor > 2 && s->count < MAX_PACKET_SOCKETS && is_on(descriptor, interface_index)) {
            s->descriptors[s->count++] = descriptor;
        }
    }
    if (directory != NULL) {
        closedir(directory);
    }
    packet_sockets_drops(s);
    s->drops = 0;
}

uint64_t packet_sockets_drops(struct packet_sockets *s) {
    for (int i = 0; i < s->count; i++) {
        struct tpacket_stats since_last; /* asking sets them back */
        socklen_t length = sizeof since_last;
        if (getsockopt(s->descriptors[i], SOL_PACKET, PACKET_STATISTICS, &since_last, &length) == 0) {
            s->drops += since_last.tp_drops;
        }
    }
    return s->drops;
}
