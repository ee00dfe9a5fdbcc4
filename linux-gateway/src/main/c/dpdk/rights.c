/* What this process may do, before a driver is refused it and says something else. */
#define _GNU_SOURCE
#include "rights.h"

#include <linux/capability.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef CAP_BPF
#define CAP_BPF 39 /* headers before Linux 5.8 do not have it */
#endif

#define BITS 32          /* of a capability set's words */
#define LITTLE (8u << 20) /* bytes; what distributions let everybody lock, and less than the ring of a packet socket takes */

static const struct {
    unsigned right;
    int capability;
    const char *name;
} RIGHTS[] = {
    {RIGHT_NET_RAW, CAP_NET_RAW, "CAP_NET_RAW"},
    {RIGHT_NET_ADMIN, CAP_NET_ADMIN, "CAP_NET_ADMIN"},
    {RIGHT_BPF, CAP_BPF, "CAP_BPF"},
};

static bool has(int capability) {
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct sets[_LINUX_CAPABILITY_U32S_3] = {0};
    /* Where nobody tells, the driver finds out. */
    return syscall(SYS_capget, &header, sets) != 0 || (sets[capability / BITS].effective >> capability % BITS & 1) != 0;
}

int rights_check(unsigned rights, const char *device, char *error, int32_t error_size) {
    char lacking[64] = "";
    for (size_t i = 0; i < sizeof RIGHTS / sizeof *RIGHTS; i++) {
        /* CAP_SYS_ADMIN stands for CAP_BPF, as it did before there was one. */
        if ((rights & RIGHTS[i].right) != 0 && !has(RIGHTS[i].capability)
            && !(RIGHTS[i].right == RIGHT_BPF && has(CAP_SYS_ADMIN))) {
            size_t used = strlen(lacking);
            snprintf(lacking + used, sizeof lacking - used, "%s%s", used == 0 ? "" : " ", RIGHTS[i].name);
        }
    }
    if (lacking[0] == 0) {
        return 0;
    }
    snprintf(error, (size_t)error_size,
             "%s: this process lacks the right to receive from an interface this way: %s; start it as root, or give it the "
             "capabilities (systemd: AmbientCapabilities=%s)", device, lacking, lacking);
    return -1;
}

const char *rights_to_lock(char *text, size_t size) {
    struct rlimit limit;
    text[0] = 0;
    if (!has(CAP_IPC_LOCK) && getrlimit(RLIMIT_MEMLOCK, &limit) == 0 && limit.rlim_cur <= LITTLE) {
        snprintf(text, size, "; this process may lock %llu KiB of memory, and drivers lock theirs: set LimitMEMLOCK=infinity "
                 "(systemd; shell: ulimit -l unlimited), or give it CAP_IPC_LOCK", (unsigned long long)limit.rlim_cur / 1024);
    }
    return text;
}
