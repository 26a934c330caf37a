/* The latest failure of each thread: its result and a sentence that says what to do. Success leaves both. */
#include "inside.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static _Thread_local fn_failure latest;

/* A text is cut between characters, never inside one. */
static size_t whole_characters(const char *text, size_t bytes) {
    while (bytes > 0 && ((unsigned char)text[bytes] & 0xC0) == 0x80)
        bytes--;
    return bytes;
}

FastNetResult fn_fail(FastNetResult result, const char *text) {
    size_t length = strlen(text);
    if (length >= sizeof latest.text)
        length = whole_characters(text, sizeof latest.text - 1);
    memmove(latest.text, text, length);
    latest.text[length] = 0;
    latest.result = result;
    return result;
}

FastNetResult fn_failf(FastNetResult result, const char *format, ...) {
    char text[FN_FOLDER_BYTES + FN_TEXT_BYTES];
    va_list values;
    va_start(values, format);
    (void)vsnprintf(text, sizeof text, format, values);
    va_end(values);
    return fn_fail(result, text);
}

void fn_failure_save(fn_failure *to) {
    *to = latest;
}

void fn_failure_restore(const fn_failure *from) {
    latest = *from;
}

FastNetResult fn_last_result(void) {
    return latest.result;
}

const char *fn_last_error(void) {
    return latest.text;
}

uint32_t fn_text_out(const char *text, char *buffer, uint32_t capacity) {
    size_t length = strlen(text);
    if (capacity > 0) {
        size_t fits = length < capacity ? length : whole_characters(text, capacity - 1);
        memcpy(buffer, text, fits);
        buffer[fits] = 0;
    }
    return (uint32_t)length + 1;
}

uint32_t fn_last_error_copy(char *buffer, uint32_t capacity) {
    return fn_text_out(latest.text, buffer, capacity);
}
