/* The log: lines of any thread wait in a ring of 64 KiB until a call of the host takes them to its callback.
 *
 * Rule 1: the callback runs only on a thread inside a fastnet call, one line at a time, with no lock held.
 * Rule 2: a line that finds no room is dropped and counted, and the next one that does says how many were.
 * Rule 3: `fastnet_log_set` returns when the callback before it has returned for good, so its code may be unloaded.
 */
#include "inside.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { LOG_BYTES = 65536, LINE_BYTES = 1024 };

typedef struct line_header {
    uint16_t length; /* of the text, its NUL included */
    uint16_t level;
} line_header;

static struct {
    fn_lock lock;
    fn_condition idle; /* the callback returned */
    uint64_t head, tail;
    uint64_t dropped;
    FastNetLogCallback callback;
    void *user_data;
    bool handing_over;
} ring = {.lock = FN_LOCK_INIT};

static uint8_t bytes[LOG_BYTES]; /* apart, so that the library's file does not carry it */

static fn_once_flag once = FN_ONCE_INIT;
static _Atomic uint32_t wanted_level;
static _Atomic uint32_t callbacks_running;
static _Thread_local bool in_callback;
_Atomic uint32_t fn_log_waiting;

static void make_ready(void) {
    fn_condition_init(&ring.idle);
}

uint32_t fn_log_level(void) {
    return atomic_load_explicit(&wanted_level, memory_order_relaxed);
}

/* The global count spares all other calls the look at thread-local memory. */
bool fn_in_callback(void) {
    if (!atomic_load_explicit(&callbacks_running, memory_order_relaxed) || !in_callback)
        return false;
    fn_fail(FASTNET_ERROR_BUSY,
            "this function cannot be called from the log callback; note what to do and do it later");
    return true;
}

static void copy_in(const void *from, size_t count) {
    const uint8_t *byte = from;
    for (size_t i = 0; i < count; i++)
        bytes[ring.head++ % LOG_BYTES] = byte[i];
}

static void copy_out(void *to, size_t count) {
    uint8_t *byte = to;
    for (size_t i = 0; i < count; i++)
        byte[i] = bytes[ring.tail++ % LOG_BYTES];
}

static bool put(FastNetLogLevel level, const char *text) {
    size_t length = strlen(text) + 1;
    if (length > LINE_BYTES)
        length = LINE_BYTES;
    if (ring.head - ring.tail + sizeof(line_header) + length > LOG_BYTES)
        return false;
    line_header header = {.length = (uint16_t)length, .level = (uint16_t)level};
    copy_in(&header, sizeof header);
    copy_in(text, length - 1);
    copy_in("", 1);
    atomic_fetch_add_explicit(&fn_log_waiting, 1, memory_order_relaxed);
    return true;
}

/* With the lock held: first what is owed about dropped lines. */
static void put_counting(FastNetLogLevel level, const char *text) {
    if (ring.dropped > 0) {
        char notice[64];
        (void)snprintf(notice, sizeof notice, "%llu lines of the log were dropped", (unsigned long long)ring.dropped);
        if (put(FASTNET_LOG_WARN, notice))
            ring.dropped = 0;
    }
    if (ring.dropped > 0 || !put(level, text))
        ring.dropped++;
}

void fn_log_write(FastNetLogLevel level, const char *text) {
    if (level == FASTNET_LOG_OFF || level > fn_log_level())
        return;
    fn_acquire(&ring.lock);
    if (ring.callback)
        put_counting(level, text);
    fn_release(&ring.lock);
}

void fn_log_writef(FastNetLogLevel level, const char *format, ...) {
    char text[LINE_BYTES];
    va_list values;
    va_start(values, format);
    (void)vsnprintf(text, sizeof text, format, values);
    va_end(values);
    fn_log_write(level, text);
}

static void call_back(FastNetLogCallback callback, void *user_data, FastNetLogLevel level, const char *text) {
    atomic_fetch_add_explicit(&callbacks_running, 1, memory_order_relaxed);
    in_callback = true;
    callback(level, text, user_data);
    in_callback = false;
    atomic_fetch_sub_explicit(&callbacks_running, 1, memory_order_relaxed);
}

/* With the lock held, which it lets go of for the callback. False: nothing to hand over. */
static bool hand_over_one(void) {
    if (ring.head == ring.tail || !ring.callback)
        return false;
    char text[LINE_BYTES];
    line_header header;
    copy_out(&header, sizeof header);
    copy_out(text, header.length);
    atomic_fetch_sub_explicit(&fn_log_waiting, 1, memory_order_relaxed);
    FastNetLogCallback callback = ring.callback;
    void *user_data = ring.user_data;
    fn_release(&ring.lock);
    call_back(callback, user_data, header.level, text);
    fn_acquire(&ring.lock);
    return true;
}

void fn_log_hand_over(void) {
    if (in_callback)
        return;
    fn_failure kept;
    fn_failure_save(&kept);
    fn_acquire(&ring.lock);
    if (!ring.handing_over) { /* Else the other thread takes ours along, and lines keep their order. */
        ring.handing_over = true;
        while (hand_over_one()) {
        }
        ring.handing_over = false;
        fn_condition_wake_all(&ring.idle);
    }
    fn_release(&ring.lock);
    fn_failure_restore(&kept);
}

static void forget_lines(void) {
    ring.head = ring.tail = ring.dropped = 0;
    atomic_store_explicit(&fn_log_waiting, 0, memory_order_relaxed);
}

FastNetResult fn_log_set(FastNetLogLevel level, FastNetLogCallback callback, void *user_data) {
    if (in_callback)
        return fn_fail(FASTNET_ERROR_BUSY, "the log callback cannot replace itself; do it after it returned");
    if (level > FASTNET_LOG_TRACE)
        return fn_failf(FASTNET_ERROR_UNSUPPORTED, "log level %u is unknown; the levels are 0 to 5", (unsigned)level);
    fn_once(&once, make_ready);
    fn_acquire(&ring.lock);
    ring.callback = NULL; /* Stops the hand-over in progress after its present line. */
    while (ring.handing_over)
        fn_condition_wait(&ring.idle, &ring.lock, FN_FOREVER);
    if (!callback)
        forget_lines();
    ring.callback = level == FASTNET_LOG_OFF ? NULL : callback;
    ring.user_data = user_data;
    atomic_store_explicit(&wanted_level, callback ? level : FASTNET_LOG_OFF, memory_order_relaxed);
    fn_release(&ring.lock);
    fn_log_level_changed();
    return FASTNET_OK;
}

void fn_log_before_fork(void) {
    fn_acquire(&ring.lock);
}

/* Whoever handed lines over is not in the child. */
void fn_log_after_fork(bool child) {
    if (child) {
        ring.handing_over = false;
        atomic_store_explicit(&callbacks_running, in_callback ? 1 : 0, memory_order_relaxed);
    }
    fn_release(&ring.lock);
}
