/* The way of a session into the core and out of it again. */
#include "inside.h"

#include <string.h>

FastNetResult fn_check_close_code(uint32_t close_code) {
    if (close_code == 0 || (close_code >= 1000 && close_code <= 2999))
        return FASTNET_OK;
    return fn_failf(FASTNET_ERROR_INVALID_ARGUMENT, "close code %u; give 0, or 1000 to 2999 of your own",
                    (unsigned)close_code);
}

static FastNetResult start(const fn_session *session) {
    return fn_is_pumped(session) ? fn_runtime_boot_here() : fn_runtime_start();
}

static void note_both_modes(void) {
    static _Atomic uint32_t noted;
    fn_acquire(&fn_global);
    bool both = fn_runtime_takes_commands();
    fn_release(&fn_global);
    if (both && !atomic_exchange_explicit(&noted, 1, memory_order_relaxed))
        fn_log_write(FASTNET_LOG_WARN,
                     "threaded and pumped handles in one process take turns on the interpreter's lock");
}

static void *pumped_handle(fn_session *session) {
    fn_acquire(&fn_global);
    void *handle = fn_handle_new(session);
    fn_release(&fn_global);
    return handle;
}

/* The handle comes last: until then nobody else knows of the session. */
static void *carry_open(fn_session *session) {
    fn_command command = {.kind = FN_OPEN, .session = session};
    note_both_modes();
    FastNetResult result = fn_pumped_carry_out(&command);
    void *handle = result == FASTNET_OK ? pumped_handle(session) : NULL;
    if (handle)
        return handle;
    fn_failure why;
    fn_failure_save(&why);
    fn_pumped_end(session);
    fn_failure_restore(&why);
    return NULL;
}

static void *post_open(fn_session *session) {
    void *handle = fn_post_open(session);
    if (handle)
        fn_idle_update();
    else
        fn_session_free(session);
    return handle;
}

void *fn_open(fn_session *session) {
    if (!session)
        return NULL;
    if (start(session) == FASTNET_OK)
        return fn_is_pumped(session) ? carry_open(session) : post_open(session);
    fn_session_free(session);
    return NULL;
}

void fn_session_end(fn_session *session) {
    if (fn_is_pumped(session))
        fn_pumped_end(session);
    else
        fn_post_end(session);
}
