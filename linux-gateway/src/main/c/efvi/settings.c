/*
 * The settings of an ef_vi source.
 *
 *   interface=NAME            network interface of the NIC; required
 *   groups=IP:PORT,IP:PORT    what to receive, at least one
 *   vlan=none|0..4094         VLAN that the groups come in; none takes them as they come
 *   mode=auto|x2|x3           refuse a NIC of the other kind; auto takes either
 *   rx-ring=N                 descriptors on an X2's ring, a power of two
 *   refill-batch=N            descriptors given back at once, a multiple of 8 because the NIC takes no others
 *   event-merge=0|1           X2: one event for several frames; more throughput, more latency
 *   timestamps=0|1            the NIC's receive times
 *   huge-pages=auto|require|never   buffers on huge pages: where there are some, or not at all without, or never
 *   exclusive-queue=0|1       X3: a receive queue that no other program shares
 *   join=0|1                  whether the kernel is asked to join the groups on the interface
 */
#include "source.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define VLAN_LARGEST 4094
#define DESCRIPTOR_STEP 8 /* EF10 hardware takes new descriptors in multiples of this */

int refuse(struct message message, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    if (message.size > 0) {
        vsnprintf(message.text, (size_t)message.size, format, arguments);
    }
    va_end(arguments);
    return -1;
}

static int read_number(const char *key, const char *value, long least, long most, int *out, struct message error) {
    char *end;
    errno = 0;
    long number = strtol(value, &end, 10);
    if (errno != 0 || end == value || *end != '\0' || number < least || number > most) {
        return refuse(error, "%s=%s: wanted a whole number from %ld to %ld", key, value, least, most);
    }
    *out = (int)number;
    return 0;
}

static int read_switch(const char *key, const char *value, bool *out, struct message error) {
    *out = strcmp(value, "1") == 0;
    if (!*out && strcmp(value, "0") != 0) {
        return refuse(error, "%s=%s: wanted 0 or 1", key, value);
    }
    return 0;
}

/* Both choices have three values. */
static int read_choice(const char *key, const char *value, const char *const names[3], int *out, struct message error) {
    for (int choice = 0; choice < 3; choice++) {
        if (strcmp(value, names[choice]) == 0) {
            *out = choice;
            return 0;
        }
    }
    return refuse(error, "%s=%s: wanted %s, %s or %s", key, value, names[0], names[1], names[2]);
}

static int read_mode(const char *key, const char *value, enum mode *out, struct message error) {
    static const char *const NAMES[] = {[MODE_AUTO] = "auto", [MODE_X2] = "x2", [MODE_X3] = "x3"};
    int choice = MODE_AUTO;
    int result = read_choice(key, value, NAMES, &choice, error);
    *out = (enum mode)choice;
    return result;
}

static int read_huge_pages(const char *key, const char *value, enum huge_pages *out, struct message error) {
    static const char *const NAMES[] = {[HUGE_AUTO] = "auto", [HUGE_REQUIRE] = "require", [HUGE_NEVER] = "never"};
    int choice = HUGE_AUTO;
    int result = read_choice(key, value, NAMES, &choice, error);
    *out = (enum huge_pages)choice;
    return result;
}

static int read_group(struct settings *settings, char *text, struct message error) {
    char *colon = strchr(text, ':');
    struct in_addr address;
    int port = 0;
    if (colon == NULL) {
        return refuse(error, "groups: %s: wanted ADDRESS:PORT", text);
    }
    *colon = '\0';
    if (inet_pton(AF_INET, text, &address) != 1) {
        return refuse(error, "groups: %s: not an IPv4 address", text);
    }
    if (read_number("groups: port", colon + 1, 1, UINT16_MAX, &port, error) != 0) {
        return -1;
    }
    if (settings->group_count == GROUPS_MAX) {
        return refuse(error, "groups: more than %d", GROUPS_MAX);
    }
    struct group group = {.address = address.s_addr, .port = htons((uint16_t)port)};
    for (int i = 0; i < settings->group_count; i++) {
        if (settings->groups[i].address == group.address && settings->groups[i].port == group.port) {
            return 0;
        }
    }
    settings->groups[settings->group_count++] = group;
    return 0;
}

static int read_groups(struct settings *settings, char *value, struct message error) {
    char *rest = NULL;
    for (char *one = strtok_r(value, ",", &rest); one != NULL; one = strtok_r(NULL, ",", &rest)) {
        if (read_group(settings, one, error) != 0) {
            return -1;
        }
    }
    return 0;
}

static int read_interface(struct settings *settings, const char *value, struct message error) {
    if (strlen(value) >= sizeof settings->interface) {
        return refuse(error, "interface=%s: longer than an interface's name can be", value);
    }
    strcpy(settings->interface, value);
    return 0;
}

static int read_one(struct settings *settings, const char *key, char *value, struct message error) {
    if (strcmp(key, "interface") == 0) {
        return read_interface(settings, value, error);
    } else if (strcmp(key, "groups") == 0) {
        return read_groups(settings, value, error);
    } else if (strcmp(key, "vlan") == 0) {
        if (strcmp(value, "none") == 0) {
            return 0;
        }
        return read_number(key, value, 0, VLAN_LARGEST, &settings->vlan, error);
    } else if (strcmp(key, "mode") == 0) {
        return read_mode(key, value, &settings->mode, error);
    } else if (strcmp(key, "rx-ring") == 0) {
        return read_number(key, value, 16, RING_LARGEST, &settings->ring, error);
    } else if (strcmp(key, "refill-batch") == 0) {
        return read_number(key, value, DESCRIPTOR_STEP, 1024, &settings->refill_batch, error);
    } else if (strcmp(key, "event-merge") == 0) {
        return read_switch(key, value, &settings->event_merge, error);
    } else if (strcmp(key, "timestamps") == 0) {
        return read_switch(key, value, &settings->timestamps, error);
    } else if (strcmp(key, "huge-pages") == 0) {
        return read_huge_pages(key, value, &settings->huge_pages, error);
    } else if (strcmp(key, "exclusive-queue") == 0) {
        return read_switch(key, value, &settings->exclusive_queue, error);
    } else if (strcmp(key, "join") == 0) {
        return read_switch(key, value, &settings->join, error);
    }
    return refuse(error, "unknown setting %s", key);
}

static int check(const struct settings *settings, struct message error) {
    if (settings->interface[0] == '\0') {
        return refuse(error, "interface is missing: name the network interface of the Solarflare NIC");
    }
    if (settings->group_count == 0) {
        return refuse(error, "groups is missing: name at least one ADDRESS:PORT to receive");
    }
    if ((settings->ring & (settings->ring - 1)) != 0) {
        return refuse(error, "rx-ring=%d: wanted a power of two", settings->ring);
    }
    if (settings->refill_batch % DESCRIPTOR_STEP != 0) {
        return refuse(error, "refill-batch=%d: wanted a multiple of %d, since the NIC takes descriptors so",
                      settings->refill_batch, DESCRIPTOR_STEP);
    }
    if (settings->refill_batch * 2 > settings->ring) {
        return refuse(error, "refill-batch=%d: more than half of rx-ring=%d, which would leave the ring empty too often",
                      settings->refill_batch, settings->ring);
    }
    return 0;
}

int settings_read(struct settings *settings, const char *text, struct message error) {
    *settings = (struct settings){.vlan = NO_VLAN, .mode = MODE_AUTO, .ring = 1024, .refill_batch = 16, .timestamps = true,
                                  .huge_pages = HUGE_AUTO, .join = true};
    char *copy = strdup(text);
    if (copy == NULL) {
        return refuse(error, "out of memory");
    }
    int result = 0;
    char *rest = NULL;
    for (char *line = strtok_r(copy, "\n", &rest); line != NULL && result == 0; line = strtok_r(NULL, "\n", &rest)) {
        char *equals = strchr(line, '=');
        if (equals == NULL) {
            result = refuse(error, "setting without value: %s", line);
        } else {
            *equals = '\0';
            result = read_one(settings, line, equals + 1, error);
        }
    }
    free(copy);
    return result == 0 ? check(settings, error) : -1;
}
