/* Makes sure that two gateways do not receive from one device. */
#include "device_claim.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/*
 * The claim is an abstract UNIX socket name: one holder at a time, no file to clean up, gone with its process even after
 * SIGKILL. Such names belong to a network namespace, and so do interfaces.
 */
int tb_device_claim(const char *device, char *error, int32_t error_size) {
    struct sockaddr_un name = {.sun_family = AF_UNIX};
    /* The first byte stays 0, which makes the name abstract. */
    int length = snprintf(name.sun_path + 1, sizeof name.sun_path - 1, "tickbridge/receives from %s", device);
    if (length >= (int)sizeof name.sun_path - 1) {
        length = sizeof name.sun_path - 2;
    }
    int claim = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (claim < 0) {
        snprintf(error, error_size, "cannot claim %s: %s", device, strerror(errno));
        return -1;
    }
    if (bind(claim, (struct sockaddr *)&name, offsetof(struct sockaddr_un, sun_path) + 1 + length) != 0) {
        if (errno == EADDRINUSE) {
            snprintf(error, error_size,
                     "%s is in use: another gateway receives from it; stop that one (`ss -xlp | grep tickbridge` shows it) or "
                     "name another device",
                     device);
        } else {
            snprintf(error, error_size, "cannot claim %s: %s", device, strerror(errno));
        }
        close(claim);
        return -1;
    }
    listen(claim, 1); /* so that `ss -xl` lists it; nobody is accepted */
    return claim;
}

void tb_device_unclaim(int claim) {
    if (claim >= 0) {
        close(claim);
    }
}
