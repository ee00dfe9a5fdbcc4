/* Reads the settings of a DPDK source. */
#include "settings.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int number(const char *value, uint64_t least, uint64_t most, uint64_t *result) {
    char *end;
    errno = 0;
    *result = strtoull(value, &end, 10);
    return errno == 0 && end != value && *end == 0 && *value != '-' && *result >= least && *result <= most ? 0 : -1;
}

static int flag(const char *value, bool *result) {
    uint64_t n;
    if (number(value, 0, 1, &n) != 0) {
        return -1;
    }
    *result = n == 1;
    return 0;
}

static int small(const char *value, uint16_t *result) {
    uint64_t n;
    if (number(value, 1, UINT16_MAX, &n) != 0) {
        return -1;
    }
    *result = (uint16_t)n;
    return 0;
}

static int text(const char *value, char *result, size_t size) {
    return (size_t)snprintf(result, size, "%s", value) < size ? 0 : -1;
}

static int huge(const char *value, enum huge_pages *result) {
    static const char *const names[] = {"auto", "require", "never"};
    for (int i = 0; i < 3; i++) {
        if (strcmp(value, names[i]) == 0) {
            *result = (enum huge_pages)i;
            return 0;
        }
    }
    return -1;
}

static int groups(char *value, struct settings *s) {
    for (char *entry; (entry = strsep(&value, ",")) != NULL;) {
        char *colon = strchr(entry, ':');
        uint64_t port;
        if (colon == NULL) {
            return -1;
        }
        *colon = 0;
        struct in_addr address;
        if (inet_pton(AF_INET, entry, &address) != 1 || number(colon + 1, 1, UINT16_MAX, &port) != 0) {
            return -1;
        }
        if (s->group_count < MAX_GROUPS) {
            s->groups[s->group_count] = (struct group){address.s_addr, htons((uint16_t)port)};
        }
        s->group_count++; /* counted beyond what fits, for settings_read to judge when it knows whether they matter */
    }
    return 0;
}

/* What is allowed, for an error: the words of `tickbridge check-config --reference`. */
static const struct {
    const char *key, *allowed;
} KEYS[] = {
    {"device", "a PCI address or a software device of 511 bytes at most"},
    {"eal", "arguments of 1023 bytes at most"},
    {"huge-pages", "auto, require or never"},
    {"memory", "0 to 1099511627776 bytes"},
    {"buffers", "0 to 16777216"},
    {"burst", "1 to 65535"},
    {"descriptors", "1 to 65535"},
    {"queues", "1 to 65535"},
    {"promiscuous", "0 or 1"},
    {"all-multicast", "0 or 1"},
    {"steering", "0 or 1"},
    {"timestamps", "0 or 1"},
    {"groups", "IPv4 addresses with a port, 224.0.31.1:14310, separated by commas"},
};

static const char *allowed(const char *key) {
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++) {
        if (strcmp(key, KEYS[i].key) == 0) {
            return KEYS[i].allowed;
        }
    }
    return NULL;
}

static int take(struct settings *s, const char *key, char *value) {
    uint64_t n;
    if (strcmp(key, "device") == 0) return text(value, s->device, sizeof s->device);
    if (strcmp(key, "eal") == 0) return text(value, s->eal, sizeof s->eal);
    if (strcmp(key, "huge-pages") == 0) return huge(value, &s->huge_pages);
    if (strcmp(key, "memory") == 0) return number(value, 0, 1ULL << 40, &s->memory);
    if (strcmp(key, "buffers") == 0) {
        int wrong = number(value, 0, 1 << 24, &n);
        s->buffers = (uint32_t)n;
        return wrong;
    }
    if (strcmp(key, "burst") == 0) return small(value, &s->burst);
    if (strcmp(key, "descriptors") == 0) return small(value, &s->descriptors);
    if (strcmp(key, "queues") == 0) return small(value, &s->queues);
    if (strcmp(key, "promiscuous") == 0) return flag(value, &s->promiscuous);
    if (strcmp(key, "all-multicast") == 0) return flag(value, &s->all_multicast);
    if (strcmp(key, "steering") == 0) return flag(value, &s->steering);
    if (strcmp(key, "timestamps") == 0) return flag(value, &s->timestamps);
    if (strcmp(key, "groups") == 0) return groups(value, s);
    return -1;
}

int settings_read(struct settings *settings, const char *lines, char *error, int32_t error_size) {
    *settings = (struct settings){.burst = 64, .descriptors = 1024, .queues = 1, .all_multicast = true, .steering = true,
                                  .timestamps = true};
    char *copy = strdup(lines), *rest = copy;
    int result = 0;
    for (char *line; result == 0 && (line = strsep(&rest, "\n")) != NULL;) {
        if (*line == 0) {
            continue;
        }
        char whole[128];
        snprintf(whole, sizeof whole, "%s", line);
        char *value = strchr(line, '=');
        if (value != NULL) {
            *value++ = 0;
        }
        if (value == NULL || take(settings, line, value) != 0) {
            if (allowed(line) == NULL) {
                snprintf(error, error_size, "%.64s: there is no such setting", line);
            } else {
                snprintf(error, error_size, "%s: found \"%s\", allowed: %s", line, strchr(whole, '=') == NULL ? "" : strchr(whole, '=') + 1,
                         allowed(line));
            }
            result = -1;
        }
    }
    free(copy);
    if (result == 0 && settings->device[0] == 0) {
        snprintf(error, error_size, "no device is named; name a PCI address or a software device such as net_af_packet0,iface=eth0");
        result = -1;
    }
    if (result == 0 && !settings->steering) {
        settings->group_count = 0;
    } else if (result == 0 && settings->group_count > MAX_GROUPS) {
        snprintf(error, error_size, "groups: %d of them, at most %d can be steered by a NIC; set steering: false",
                 settings->group_count, MAX_GROUPS);
        result = -1;
    }
    return result;
}
