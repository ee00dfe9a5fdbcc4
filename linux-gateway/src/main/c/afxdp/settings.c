/* Reads the `key=value` lines of tb_source_open. */
#include "settings.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define MOST_LINE 1024 /* bytes; a list of every queue fits */

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
    *result = strcmp(value, "true") == 0;
    return *result || strcmp(value, "false") == 0;
}

static bool wish(const char *value, const char *first, const char *second, enum wish *result)
{
    *result = strcmp(value, first) == 0 ? WISH_FIRST : strcmp(value, second) == 0 ? WISH_SECOND : WISH_AUTO;
    return *result != WISH_AUTO || strcmp(value, "auto") == 0;
}

static bool queues(struct settings *settings, const char *value)
{
    char list[MOST_LINE];
    strcpy(list, value); /* a part of a line, and so no longer */
    settings->queue_count = 0;
    if (strcmp(value, "all") == 0) {
        return true;
    }
    char *rest;
    for (char *item = strtok_r(list, ",", &rest); item != NULL; item = strtok_r(NULL, ",", &rest)) {
        uint32_t queue;
        if (settings->queue_count == MOST_QUEUES || !number(item, 0, UINT16_MAX, &queue)) {
            return false;
        }
        for (int i = 0; i < settings->queue_count; i++) {
            if (settings->queues[i] == queue) {
                return false;
            }
        }
        settings->queues[settings->queue_count++] = queue;
    }
    return settings->queue_count > 0;
}

static bool interface(struct settings *settings, const char *value)
{
    if (settings->interface_count == MOST_INTERFACES || *value == '\0' || strlen(value) >= IF_NAMESIZE) {
        return false;
    }
    strcpy(settings->interfaces[settings->interface_count++], value);
    return true;
}

static bool group(struct settings *settings, char *value)
{
    char *colon = strrchr(value, ':');
    uint32_t port;
    if (settings->interface_count == 0 || settings->group_count == MOST_GROUPS || colon == NULL
            || !number(colon + 1, 1, UINT16_MAX, &port)) {
        return false;
    }
    struct wanted_group *group = &settings->groups[settings->group_count];
    *colon = '\0';
    bool good = inet_pton(AF_INET, value, &group->address) == 1;
    *colon = ':';
    group->interface = settings->interface_count - 1;
    group->port = (uint16_t)port;
    settings->group_count += good;
    return good;
}

static int setting(struct settings *settings, const char *key, char *value, struct text *error)
{
    if (strcmp(key, "interface") == 0) {
        return interface(settings, value) ? 0 : refuse(error, key, value, "the name of a network interface, at most 16 of them");
    } else if (strcmp(key, "group") == 0) {
        return group(settings, value) ? 0 : refuse(error, key, value, "IPv4 address:UDP port, after an interface, at most 1024");
    } else if (strcmp(key, "queues") == 0) {
        return queues(settings, value) ? 0 : refuse(error, key, value, "all, or up to 64 different numbers with commas between");
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
        return power_of_two(value, 64, 1u << 16, &settings->ring) ? 0 : refuse(error, key, value, "a power of two, 64 to 65536");
    } else if (strcmp(key, "need-wakeup") == 0) {
        return truth(value, &settings->need_wakeup) ? 0 : refuse(error, key, value, "true, false");
    } else if (strcmp(key, "huge-pages") == 0) {
        return truth(value, &settings->huge_pages) ? 0 : refuse(error, key, value, "true, false");
    } else if (strcmp(key, "busy-poll") == 0) {
        return number(value, 0, 1000000, &settings->busy_poll) ? 0 : refuse(error, key, value, "microseconds, 0 to 1000000");
    } else if (strcmp(key, "busy-poll-budget") == 0) {
        return number(value, 1, UINT16_MAX, &settings->busy_poll_budget) ? 0 : refuse(error, key, value, "1 to 65535");
    }
    return text_fail(error, "AF_XDP setting %s is not known", key);
}

static int agree(const struct settings *settings, struct text *error)
{
    if (settings->interface_count == 0) {
        return text_fail(error, "no network interface is named to receive from through AF_XDP; lines of feeds name them");
    }
    for (int i = 0; i < settings->interface_count; i++) {
        bool any = false;
        for (int j = 0; j < settings->group_count; j++) {
            any |= settings->groups[j].interface == i;
        }
        if (!any) {
            return text_fail(error, "%s: no group is named to receive from it", settings->interfaces[i]);
        }
        for (int j = 0; j < i; j++) {
            if (strcmp(settings->interfaces[i], settings->interfaces[j]) == 0) {
                return text_fail(error, "%s is named twice", settings->interfaces[i]);
            }
        }
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

int settings_read(struct settings *settings, const char *lines, struct text *error)
{
    /*
     * A ring of 2048 (libxdp's default) outlasts 1.7 ms of 10 Gbit/s in frames of 1 KB; as many frames again are with the
     * driver meanwhile.
     */
    *settings = (struct settings){.frames = 4096, .frame_size = 4096, .ring = 2048, .need_wakeup = true,
            .huge_pages = true, .busy_poll_budget = 64};
    while (*lines != '\0') {
        char line[MOST_LINE];
        size_t length = strcspn(lines, "\n");
        if (length >= sizeof line) {
            return text_fail(error, "an AF_XDP setting is longer than %d bytes: %.40s...", MOST_LINE - 1, lines);
        }
        memcpy(line, lines, length);
        line[length] = '\0';
        lines += length + (lines[length] == '\n');
        char *equals = strchr(line, '=');
        if (equals == NULL) {
            return text_fail(error, "AF_XDP settings are key=value, found: %s", line);
        }
        *equals = '\0';
        if (setting(settings, line, equals + 1, error) != 0) {
            return -1;
        }
    }
    return agree(settings, error);
}
