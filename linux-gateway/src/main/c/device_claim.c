/* Makes sure that two gateways do not receive from one device, where one of them would starve in silence. */
#include "device_claim.h"

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/*
 * A claim is an abstract UNIX socket name: one holder at a time, no file to clean up, gone with its process even after
 * SIGKILL. Such names belong to a network namespace, and so do interfaces and their indexes. The gateway's udp source has no
 * library and claims the same names in Java (capture.claim); a test holds the two together.
 *
 * Each use has names of its own, numbered where several may have it. Everybody takes theirs first and looks for those it
 * does not get along with after: of two at once at least one sees the other.
 */
static const struct use {
    const char *suffix;
    int most;         /* that may have it at once */
    unsigned against; /* uses that it does not get along with, a bit for each */
} USES[] = {
    [TB_TAKES] = {"", 1, 1U << TB_COPIES | 1U << TB_SHARES | 1U << TB_SOCKETS},
    [TB_COPIES] = {" by copy", 1, 1U << TB_TAKES | 1U << TB_SHARES},
    [TB_SHARES] = {" by ef_vi", TB_MOST_SHARERS, 1U << TB_TAKES | 1U << TB_COPIES | 1U << TB_SOCKETS},
    [TB_SOCKETS] = {" by udp", TB_MOST_SHARERS, 1U << TB_TAKES | 1U << TB_SHARES},
};
#define USE_COUNT (sizeof USES / sizeof *USES)

static socklen_t address(struct sockaddr_un *name, const char *key, const struct use *use, int number) {
    /* The first byte stays 0, which makes the name abstract. */
    *name = (struct sockaddr_un){.sun_family = AF_UNIX};
    char numbered[16] = "";
    if (use->most > 1) {
        snprintf(numbered, sizeof numbered, "/%d", number);
    }
    int length = snprintf(name->sun_path + 1, sizeof name->sun_path - 1, "tickbridge/receives from %s%s%s", key, use->suffix, numbered);
    return (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + (size_t)length);
}

/* A socket that has the name, -1 where it is taken or cannot be had, as errno says. */
static int take_one(const char *key, const struct use *use, int number) {
    struct sockaddr_un name;
    socklen_t length = address(&name, key, use, number);
    int claim = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (claim < 0) {
        return -1;
    }
    /*
     * Listening, so that `ss -xl` lists it and others can look whether it is there. Nobody is accepted, and who looked stays in
     * the queue: a long one, so that they still learn whose it is.
     */
    if (bind(claim, (struct sockaddr *)&name, length) != 0 || listen(claim, SOMAXCONN) != 0) {
        int reason = errno;
        close(claim);
        errno = reason;
        return -1;
    }
    return claim;
}

static int take(const char *key, const struct use *use) {
    int claim = -1;
    errno = EADDRINUSE;
    for (int number = 0; claim < 0 && errno == EADDRINUSE && number < use->most; number++) {
        claim = take_one(key, use, number);
    }
    return claim;
}

/* Whether somebody has one of a use's names: where nobody has, nobody can be connected to. */
static bool is_taken(const char *key, const struct use *use) {
    bool taken = false;
    for (int number = 0; !taken && number < use->most; number++) {
        struct sockaddr_un name;
        socklen_t length = address(&name, key, use, number);
        int probe = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        taken = probe < 0 || connect(probe, (struct sockaddr *)&name, length) == 0 || errno != ECONNREFUSED;
        if (probe >= 0) {
            close(probe);
        }
    }
    return taken;
}

/* What the two of them would do to each other. */
static void refuse(enum tb_use use, enum tb_use other, const char *key, const char *device, char *error, int32_t error_size) {
    const char *what = use == TB_SOCKETS     ? "another gateway takes frames from it before the kernel sees them, none would reach a socket"
                       : other == TB_SOCKETS ? "a gateway with `source: udp` receives from it already, and frames taken from the kernel "
                                               "would not reach it any more"
                                             : "another gateway receives from it already";
    snprintf(error, (size_t)error_size, "%s: %s; stop that one (`ss -xlp | grep \"tickbridge.*%s\"` shows it) or name another device",
             device, what, key);
}

static int claim_key(const char *key, const char *device, enum tb_use use, char *error, int32_t error_size) {
    int claim = take(key, &USES[use]);
    if (claim < 0 && errno == EADDRINUSE) {
        refuse(use, use, key, device, error, error_size);
        return -1;
    }
    if (claim < 0) {
        snprintf(error, (size_t)error_size, "cannot claim %s: %s", device, strerror(errno));
        return -1;
    }
    for (unsigned other = 0; other < USE_COUNT; other++) {
        if ((USES[use].against >> other & 1) != 0 && is_taken(key, &USES[other])) {
            refuse(use, (enum tb_use)other, key, device, error, error_size);
            close(claim);
            return -1;
        }
    }
    return claim;
}

int tb_interface_claim(unsigned index, const char *device, enum tb_use use, char *error, int32_t error_size) {
    char key[32];
    snprintf(key, sizeof key, "interface %u", index);
    return claim_key(key, device, use, error, error_size);
}

int tb_pci_claim(const char *pci_address, const char *device, char *error, int32_t error_size) {
    char key[32];
    snprintf(key, sizeof key, "PCI %.20s", pci_address);
    return claim_key(key, device, TB_TAKES, error, error_size);
}

void tb_device_unclaim(int claim) {
    if (claim >= 0) {
        close(claim);
    }
}
