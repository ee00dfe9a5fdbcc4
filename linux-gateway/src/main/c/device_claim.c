/* Makes sure that two gateways do not receive from one device, where one of them would starve in silence. */
#include "device_claim.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/*
 * A claim is an abstract UNIX socket name: one holder at a time, no file to clean up, gone with its process even after
 * SIGKILL. Such names belong to a network namespace, and so do interfaces and their indexes.
 *
 * Who wants a device alone has the one name of its own; who shares it has one of several numbered ones. Both take theirs first
 * and look for the other kind after: of two at once at least one sees the other.
 */
static socklen_t address(struct sockaddr_un *name, const char *key, int share) {
    /* The first byte stays 0, which makes the name abstract. */
    *name = (struct sockaddr_un){.sun_family = AF_UNIX};
    int length = share < 0 ? snprintf(name->sun_path + 1, sizeof name->sun_path - 1, "tickbridge/receives from %s", key)
                           : snprintf(name->sun_path + 1, sizeof name->sun_path - 1, "tickbridge/receives from %s/%d", key, share);
    return (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + (size_t)length);
}

/* A socket that has the name, -1 where it is taken or cannot be had, as errno says. */
static int take(const char *key, int share) {
    struct sockaddr_un name;
    socklen_t length = address(&name, key, share);
    int claim = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (claim < 0) {
        return -1;
    }
    /* Listening, so that `ss -xl` lists it and others can look whether it is there; nobody is accepted. */
    if (bind(claim, (struct sockaddr *)&name, length) != 0 || listen(claim, 1) != 0) {
        int reason = errno;
        close(claim);
        errno = reason;
        return -1;
    }
    return claim;
}

/* Whether somebody has the name: where nobody has, nobody can be connected to. */
static bool is_taken(const char *key, int share) {
    struct sockaddr_un name;
    socklen_t length = address(&name, key, share);
    int probe = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    bool taken = probe < 0 || connect(probe, (struct sockaddr *)&name, length) == 0 || errno != ECONNREFUSED;
    if (probe >= 0) {
        close(probe);
    }
    return taken;
}

static int take_share(const char *key) {
    int claim = -1;
    errno = EADDRINUSE;
    for (int share = 0; claim < 0 && errno == EADDRINUSE && share < TB_MOST_SHARERS; share++) {
        claim = take(key, share);
    }
    return claim;
}

static bool other_kind_is_there(const char *key, bool shared) {
    if (shared) {
        return is_taken(key, -1);
    }
    for (int share = 0; share < TB_MOST_SHARERS; share++) {
        if (is_taken(key, share)) {
            return true;
        }
    }
    return false;
}

static int claim_key(const char *key, const char *device, bool shared, char *error, int32_t error_size) {
    int claim = shared ? take_share(key) : take(key, -1);
    if (claim >= 0 && other_kind_is_there(key, shared)) {
        close(claim);
        claim = -1;
        errno = EADDRINUSE;
    }
    if (claim < 0 && errno == EADDRINUSE) {
        snprintf(error, (size_t)error_size,
                 "%s: another gateway receives from it already; stop that one (`ss -xlp | grep \"tickbridge.*%s\"` shows it) or "
                 "name another device",
                 device, key);
    } else if (claim < 0) {
        snprintf(error, (size_t)error_size, "cannot claim %s: %s", device, strerror(errno));
    }
    return claim;
}

int tb_interface_claim(unsigned index, const char *device, bool shared, char *error, int32_t error_size) {
    char key[32];
    snprintf(key, sizeof key, "interface %u", index);
    return claim_key(key, device, shared, error, error_size);
}

int tb_pci_claim(const char *pci_address, const char *device, char *error, int32_t error_size) {
    char key[32];
    snprintf(key, sizeof key, "PCI %.20s", pci_address);
    return claim_key(key, device, false, error, error_size);
}

void tb_device_unclaim(int claim) {
    if (claim >= 0) {
        close(claim);
    }
}
