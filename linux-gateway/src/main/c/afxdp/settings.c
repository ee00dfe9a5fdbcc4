/* Reads the `key=value` lines of tb_source_open. */
/* strsep */
#define _DEFAULT_SOURCE
#include "settings.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static int refuse(struct text *error, const char *key, const char *value, const char *allowed)
{
    return text_fail(error, "AF_XDP setting %s=%s is not allowed; allowed: %s", key, value, allowed);
}

static bool number(const char *value, uint32_t least, uint32_t most, uint32_t *result)
{
    char *end;
    errno = 0;
    unsigned long parsed = strtoul(value, &end, 10);
    if (errno != 0 || end == value || *end != '\0' || *value == '-' || *value == '+' || parsed < least || parsed > most) {
        return false;
    }
    *result = (uint32_t)parsed;
    return true;
}

static bool power_of_two(const char *value, uint32_t least, uint32_t most, uint32_t *result)
{
    return number(value, least, most, result) && (*result & (*result - 1)) == 0;
}

static bool truth(const char *value, bool *result)
{
    *result = strcmp(value, "1") == 0;
    return *result || strcmp(value, "0") == 0;
}

static bool wish(const char *value, const char *first, const char *second, enum wish *result)
{
    *result = strcmp(value, first) == 0 ? WISH_FIRST : strcmp(value, second) == 0 ? WISH_SECOND : WISH_AUTO;
    return *result != WISH_AUTO || strcmp(value, "auto") == 0;
}

static bool queue(struct settings *settings, const char *value)
{
    uint32_t queue;
    if (settings->queue_count == MOST_QUEUES || !number(value, 0, UINT16_MAX, &queue)) {
        return false;
    }
    for (int i = 0; i < settings->queue_count; i++) {
        if (settings->queues[i] == queue) {
            return false;
        }
    }
    settings->queues[settings->queue_count++] = queue;
    return true;
}

/* An interface's place; a new one at its first mention. -1 when it is no name, or one too many. */
static int interface(struct settings *settings, const char *name)
{
    for (int i = 0; i < settings->interface_count; i++) {
        if (strcmp(settings->interfaces[i], name) == 0) {
            return i;
        }
    }
    if (settings->interface_count == MOST_INTERFACES || *name == '\0' || strlen(name) >= IF_NAMESIZE) {
        return -1;
    }
    strcpy(settings->interfaces[settings->interface_count], name);
    return settings->interface_count++;
}

static bool group(struct settings *settings, const char *value)
{
    char address[INET_ADDRSTRLEN + sizeof ":65535"];
    const char *at = strchr(value, '@');
    uint32_t port;
    if (settings->group_count == MOST_GROUPS || at == NULL || (size_t)(at - value) >= sizeof address) {
        return false;
    }
    memcpy(address, value, (size_t)(at - value));
    address[at - value] = '\0';
    char *colon = strchr(address, ':');
    if (colon == NULL || !number(colon + 1, 1, UINT16_MAX, &port)) {
        return false;
    }
    *colon = '\0';
    struct wanted_group *group = &settings->groups[settings->group_count];
    group->interface = interface(settings, at + 1);
    group->port = (uint16_t)port;
    bool good = group->interface >= 0 && inet_pton(AF_INET, address, &group->address) == 1;
    settings->group_count += good;
    return good;
}

/* Each item of a list between commas; the one that is refused, or NULL. */
static const char *each(struct settings *settings, char *list, bool (*take)(struct settings *, const char *))
{
    char *rest = list;
    for (char *item = strsep(&rest, ","); item != NULL; item = strsep(&rest, ",")) {
        if (!take(settings, item)) {
            return item;
        }
    }
    return NULL;
}

static int setting(struct settings *settings, const char *key, char *value, struct text *error)
{
    if (strcmp(key, "groups") == 0) {
        const char *wrong = each(settings, value, group);
        return wrong == NULL ? 0 : refuse(error, key, wrong,
                "IPv4 address:UDP port@network interface; at most 1024 of them, on at most 16 interfaces");
    } else if (strcmp(key, "queues") == 0) {
        const char *wrong = strcmp(value, "all") == 0 ? NULL : each(settings, value, queue);
        return wrong == NULL ? 0 : refuse(error, key, wrong, "all, or up to 64 different numbers with commas between");
    } else if (strcmp(key, "mode") == 0) {
        return wish(value, "zero-copy", "copy", &settings->mode) ? 0 : refuse(error, key, value, "auto, zero-copy, copy");
    } else if (strcmp(key, "attach") == 0) {
        return wish(value, "native", "generic", &settings->attach) ? 0 : refuse(error, key, value, "auto, native, generic");
    } else if (strcmp(key, "frames") == 0) {
        return power_of_two(value, 64, 1u << 20, &settings->frames) ? 0
                : refuse(error, key, value, "a power of two, 64 to 1048576");
    } else if (strcmp(key, "frame-size") == 0) {
        /* The kernel takes powers of two from 2048 up to a page. */
        return power_of_two(value, 2048, 4096, &settings->frame_size) ? 0 : refuse(error, key, value, "2048, 4096");
    } else if (strcmp(key, "ring") == 0) {
        return power_of_two(value, 64, 1u << 16, &settings->ring) ? 0
                : refuse(error, key, value, "a power of two, 64 to 65536");
    } else if (strcmp(key, "need-wakeup") == 0) {
        return truth(value, &settings->need_wakeup) ? 0 : refuse(error, key, value, "1, 0");
    } else if (strcmp(key, "huge-pages") == 0) {
        return wish(value, "require", "never", &settings->huge_pages) ? 0 : refuse(error, key, value, "auto, require, never");
    } else if (strcmp(key, "busy-poll") == 0) {
        return number(value, 0, 1000000, &settings->busy_poll) ? 0 : refuse(error, key, value, "microseconds, 0 to 1000000");
    } else if (strcmp(key, "busy-poll-budget") == 0) {
        return number(value, 1, UINT16_MAX, &settings->busy_poll_budget) ? 0 : refuse(error, key, value, "1 to 65535");
    }
    return text_fail(error, "AF_XDP setting %s is not known", key);
}

static int agree(const struct settings *settings, struct text *error)
{
    if (settings->group_count == 0) {
        return text_fail(error, "no group is named to receive through AF_XDP; lines of feeds name them");
    }
    if (settings->ring > settings->frames) {
        return text_fail(error, "AF_XDP setting ring=%u exceeds frames=%u: more descriptors than frames are of no use",
                settings->ring, settings->frames);
    }
    if (settings->mode == WISH_FIRST && settings->attach == WISH_SECOND) {
        return text_fail(error, "mode=zero-copy needs the driver, attach=generic goes around it: choose one of them");
    }
    return 0;
}

static int read_lines(struct settings *settings, char *lines, struct text *error)
{
    char *rest = lines;
    for (char *line = strsep(&rest, "\n"); line != NULL; line = strsep(&rest, "\n")) {
        char *equals = strchr(line, '=');
        if (equals != NULL) {
            *equals = '\0';
            if (setting(settings, line, equals + 1, error) != 0) {
                return -1;
            }
        } else if (*line != '\0') {
            return text_fail(error, "AF_XDP settings are key=value, found: %.60s", line);
        }
    }
    return agree(settings, error);
}

int settings_read(struct settings *settings, const char *lines, struct text *error)
{
    /*
     * A ring of 2048 (libxdp's default) outlasts 1.7 ms of 10 Gbit/s in frames of 1 KB; as many frames again are with the
     * driver meanwhile.
     */
    *settings = (struct settings){.frames = 4096, .frame_size = 4096, .ring = 2048, .need_wakeup = true, .busy_poll_budget = 64};
    char *copy = strdup(lines);
    int result = copy == NULL ? text_fail(error, "out of memory") : read_lines(settings, copy, error);
    free(copy);
    return result;
}
