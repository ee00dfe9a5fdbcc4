/* A receive backend whose frames come from memory: what the Java side of the boundary is tested against. */
#include "tb_source.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef MEMORY_ABI
#define MEMORY_ABI TB_SOURCE_ABI
#endif

#define FRAME_SIZE 2048 /* room for a frame of ordinary size */
#define MOST 4096       /* frames a poll */
#ifndef GIVEN_BACK
#define GIVEN_BACK 0xdd /* what a frame reads as when it is the source's again */
#endif

/* Keys: burst (frames a poll), length (of each), time (of the first; each next is 1 ns later; 0 none), bursts (then no more
 * frames), gone-after (polls after which the device is gone; 0 never), stat (the name of the second stat), clock (text
 * "time"), notices (their text, '|' for a line break). A frame begins with its number, 8 bytes. */
struct tb_source {
    int64_t burst, length, time, bursts, gone_after;
    char stat[64], clock[32], notices[128], error[128];
    uint64_t sent, polls, handed, released;
    int32_t out;
    unsigned char *memory;
};

int32_t tb_source_abi(void) { return MEMORY_ABI; }

static int take(struct tb_source *s, const char *key, const char *value) {
    if (!strcmp(key, "burst")) s->burst = atoll(value);
    else if (!strcmp(key, "length")) s->length = atoll(value);
    else if (!strcmp(key, "time")) s->time = atoll(value);
    else if (!strcmp(key, "bursts")) s->bursts = atoll(value);
    else if (!strcmp(key, "gone-after")) s->gone_after = atoll(value);
    else if (!strcmp(key, "stat")) snprintf(s->stat, sizeof s->stat, "%s", value);
    else if (!strcmp(key, "clock")) snprintf(s->clock, sizeof s->clock, "%s", value);
    else if (!strcmp(key, "notices")) {
        snprintf(s->notices, sizeof s->notices, "%s", value);
        for (char *c = s->notices; *c; c++) {
            if (*c == '|') *c = '\n';
        }
    } else return -1;
    return 0;
}

struct tb_source *tb_source_open(const char *settings, char *error, int32_t error_size) {
    struct tb_source *s = calloc(1, sizeof *s);
    char *copy = strdup(settings), *rest = copy, *line;
    s->burst = 4;
    s->length = 100;
    s->bursts = INT64_MAX;
    strcpy(s->stat, "refused.checksum");
    while ((line = strsep(&rest, "\n")) != NULL && *line) {
        char *value = strchr(line, '=');
        if (value) *value++ = 0;
        if (!value || take(s, line, value)) {
            snprintf(error, error_size, "memory source: unknown setting \"%s\"; leave it out", line);
            free(copy);
            free(s);
            return NULL;
        }
    }
    free(copy);
    s->memory = malloc((size_t)MOST * FRAME_SIZE);
    return s;
}

void tb_source_release(struct tb_source *s) {
    if (s->out > 0) {
        memset(s->memory, GIVEN_BACK, (size_t)s->out * FRAME_SIZE);
        s->released += s->out;
        s->out = 0;
    }
}

int32_t tb_source_poll(struct tb_source *s, struct tb_frame *frames, int32_t limit) {
    tb_source_release(s);
    s->polls++;
    if (s->gone_after && (int64_t)s->polls > s->gone_after) {
        snprintf(s->error, sizeof s->error, "memory was unplugged after %" PRId64 " polls", s->gone_after);
        return -1;
    }
    if ((int64_t)s->polls > s->bursts) {
        return 0;
    }
    s->out = s->burst < limit ? s->burst : limit;
    for (int32_t i = 0; i < s->out; i++) {
        unsigned char *frame = s->memory + (size_t)i * FRAME_SIZE;
        memset(frame, 0, s->length);
        memcpy(frame, &s->handed, sizeof s->handed);
        frames[i] = (struct tb_frame){.address = (uintptr_t)frame, .time = s->time ? s->time + i : TB_NO_TIME,
                                      .length = s->length, .port = (uint16_t)(65535 - i % 3), .flags = 0};
        s->handed++;
    }
    return s->out;
}

int32_t tb_source_send(struct tb_source *s, int32_t port, const void *frame, int32_t length) {
    if (port != 0) {
        snprintf(s->error, sizeof s->error, "there is no port %d", port);
        return -1;
    }
    memcpy(&s->sent, frame, length < 8 ? length : 8);
    return 0;
}

int32_t tb_source_stats(struct tb_source *s, uint64_t *values, int32_t capacity) {
    uint64_t all[] = {s->polls * 2, 7, s->released, s->sent};
    for (int32_t i = 0; i < 4 && i < capacity; i++) values[i] = all[i];
    return 4;
}

const char *tb_source_stat_name(struct tb_source *s, int32_t index) {
    const char *names[] = {"lost.ring", s->stat, "seen.released", "seen.sent"};
    return index < 4 ? names[index] : NULL;
}

const char *tb_source_text(struct tb_source *s, const char *topic) {
    if (!strcmp(topic, "error")) return s->error;
    if (!strcmp(topic, "describe")) return "frames from memory";
    if (!strcmp(topic, "notices")) return s->notices;
    if (!strcmp(topic, "time")) return s->clock;
    if (!strcmp(topic, "mac")) return "02:00:00:00:00:01\n02:00:00:00:00:02";
    return "";
}

void tb_source_close(struct tb_source *s) {
    if (s) {
        free(s->memory);
        free(s);
    }
}
