/* Reads what bounds a process's memory: the machine's, its own limit, and its control groups' (proc(5), cgroups(7)). */
#include "free_memory.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

static uint64_t number_in(const char *folder, const char *file) {
    char path[640];
    unsigned long long value;
    snprintf(path, sizeof path, "/sys/fs/cgroup%s/%s", folder, file);
    FILE *opened = fopen(path, "re");
    if (opened == NULL) {
        return UINT64_MAX;
    }
    int read = fscanf(opened, "%llu", &value); /* "max" is no number */
    fclose(opened);
    return read == 1 ? value : UINT64_MAX;
}

/* Of the process's control group and those around it, version 2. */
static uint64_t of_groups(void) {
    char line[512], *folder = NULL;
    uint64_t least = UINT64_MAX;
    FILE *file = fopen("/proc/self/cgroup", "re");
    while (file != NULL && folder == NULL && fgets(line, sizeof line, file) != NULL) {
        folder = strncmp(line, "0::", 3) == 0 ? line + 3 : NULL;
    }
    if (file != NULL) {
        fclose(file);
    }
    if (folder == NULL) {
        return least;
    }
    folder[strcspn(folder, "\n")] = 0;
    for (char *slash = folder; slash != NULL;) {
        uint64_t most = number_in(folder, "memory.max"), used = number_in(folder, "memory.current");
        if (most != UINT64_MAX && used != UINT64_MAX) {
            uint64_t left = most > used ? most - used : 0;
            least = left < least ? left : least;
        }
        slash = strrchr(folder, '/');
        if (slash != NULL) {
            *slash = 0;
        }
    }
    return least;
}

/* A line of a file under /proc/self or /proc that starts with a key and has kB. */
static uint64_t kilobytes(const char *path, const char *key) {
    char line[256];
    unsigned long long value = 0;
    uint64_t found = UINT64_MAX;
    FILE *file = fopen(path, "re");
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        if (strncmp(line, key, strlen(key)) == 0 && sscanf(line + strlen(key), " %llu", &value) == 1) {
            found = value * 1024;
        }
    }
    if (file != NULL) {
        fclose(file);
    }
    return found;
}

uint64_t free_memory(const char **limit) {
    uint64_t least = kilobytes("/proc/meminfo", "MemAvailable:"), group = of_groups();
    struct rlimit most;
    *limit = "MemAvailable in /proc/meminfo";
    if (group < least) {
        least = group;
        *limit = "memory.max of the control group, MemoryMax= of a systemd unit";
    }
    if (getrlimit(RLIMIT_AS, &most) == 0 && most.rlim_cur != RLIM_INFINITY) {
        uint64_t used = kilobytes("/proc/self/status", "VmSize:");
        uint64_t left = used < most.rlim_cur ? most.rlim_cur - used : 0;
        if (left < least) {
            least = left;
            *limit = "ulimit -v";
        }
    }
    return least;
}
