/* Finds the process's AF_XDP sockets among its descriptors: socket(7), SO_DOMAIN. */
#include "xdp_sockets.h"

#include <dirent.h>
#include <linux/if_xdp.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

/* The socket's inode, by which it is known again; 0 for what is no AF_XDP socket. */
static ino_t inode(int descriptor) {
    int domain = 0;
    socklen_t length = sizeof domain;
    struct stat status;
    return getsockopt(descriptor, SOL_SOCKET, SO_DOMAIN, &domain, &length) == 0 && domain == AF_XDP
                   && fstat(descriptor, &status) == 0
               ? status.st_ino
               : 0;
}

static bool is_of_others(const struct xdp_sockets *s, ino_t socket) {
    for (int i = 0; i < s->others; i++) {
        if (s->of_others[i] == socket) {
            return true;
        }
    }
    return false;
}

static void look(struct xdp_sockets *s, bool before) {
    DIR *directory = opendir("/proc/self/fd");
    for (struct dirent *entry; directory != NULL && (entry = readdir(directory)) != NULL;) {
        int descriptor = atoi(entry->d_name);
        ino_t found = descriptor > 2 ? inode(descriptor) : 0; /* "." and ".." read as 0, as do the first three */
        if (found != 0 && before && s->others < MAX_XDP_SOCKETS) {
            s->of_others[s->others++] = found;
        } else if (found != 0 && !before && !is_of_others(s, found) && s->count < MAX_XDP_SOCKETS) {
            s->descriptors[s->count] = descriptor;
            s->inodes[s->count++] = found;
        }
    }
    if (directory != NULL) {
        closedir(directory);
    }
}

void xdp_sockets_before(struct xdp_sockets *s) {
    s->others = s->count = 0;
    look(s, true);
}

void xdp_sockets_find(struct xdp_sockets *s) {
    s->count = 0;
    look(s, false);
}

uint64_t xdp_sockets_drops(const struct xdp_sockets *s) {
    uint64_t drops = 0;
    for (int i = 0; i < s->count; i++) {
        struct xdp_statistics statistics = {0};
        socklen_t length = sizeof statistics;
        if (getsockopt(s->descriptors[i], SOL_XDP, XDP_STATISTICS, &statistics, &length) == 0) {
            drops += statistics.rx_ring_full; /* the driver counts rx_dropped itself */
        }
    }
    return drops;
}

void xdp_sockets_close(struct xdp_sockets *s) {
    for (int i = 0; i < s->count; i++) {
        if (inode(s->descriptors[i]) == s->inodes[i]) {
            close(s->descriptors[i]);
        }
    }
    s->count = 0;
}
