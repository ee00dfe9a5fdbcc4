/* Text of bounded length, for errors and notices. */
#ifndef TB_TEXT_H
#define TB_TEXT_H

#include <stddef.h>

#define TEXT_CAPACITY 4096 /* bytes; a few lines for each of the few things that are opened */

struct text {
    size_t length;
    char bytes[TEXT_CAPACITY];
};

/* Appends; what does not fit is cut. */
void text_add(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Appends a line of its own. */
void text_line(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Replaces what is there. Always returns -1, so that a failing function can end with it. */
int text_fail(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
