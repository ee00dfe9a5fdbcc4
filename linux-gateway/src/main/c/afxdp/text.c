/* Text of bounded length, for errors and notices. */
#include "text.h"

#include <stdarg.h>
#include <stdio.h>

static void append(struct text *text, const char *format, va_list values)
{
    size_t room = TEXT_CAPACITY - text->length;
    int wanted = vsnprintf(text->bytes + text->length, room, format, values);
    if (wanted > 0) {
        text->length += (size_t)wanted < room ? (size_t)wanted : room - 1;
    }
}

void text_add(struct text *text, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    append(text, format, values);
    va_end(values);
}

void text_line(struct text *text, const char *format, ...)
{
    if (text->length > 0) {
        text_add(text, "\n");
    }
    va_list values;
    va_start(values, format);
    append(text, format, values);
    va_end(values);
}

int text_fail(struct text *text, const char *format, ...)
{
    text->length = 0;
    va_list values;
    va_start(values, format);
    append(text, format, values);
    va_end(values);
    return -1;
}
