/* DPDK's environment abstraction layer (EAL): started once in a process, for the first source, and kept. */
#ifndef TB_DPDK_ENVIRONMENT_H
#define TB_DPDK_ENVIRONMENT_H

#include "settings.h"

#include <stddef.h>

struct notices {
    char text[2048];
};

/* Adds a line. What does not fit is left out. */
void notice(struct notices *notices, const char *format, ...) __attribute__((format(printf, 2, 3)));

/*
 * Starts EAL unless it runs, with memory for `bytes` of packet buffers. Returns 0, or -1 with the reason in `error`. Call
 * under no lock; serialises itself.
 */
int environment_start(const struct settings *settings, uint64_t bytes, struct notices *notices, char *error,
                      int32_t error_size);

/* What EAL and drivers said since words were forgotten, as one line, cut to `size`; "" when nothing. */
const char *environment_last_words(char *line, size_t size);

/* Has what libraries of loaded drivers say kept with DPDK's words. */
void environment_quieten(void);

/* Forgets what was logged, so that last words are about what comes now. */
void environment_forget_words(void);

#endif
