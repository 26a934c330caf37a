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

static void give_up(void *handle, fn_session *session) {
    fn_failure why;
    fn_failure_save(&why);
    if (fn_end(handle, session->kind)) /* Else a shutdown ended it, and frees it. */
        fn_session_free(session);
    fn_failure_restore(&why);
}

static void *post_open(fn_session *session, void *handle) {
    fn_command command = {.kind = FN_OPEN, .session = session};
    if (fn_post(&command) != FASTNET_OK) {
        give_up(handle, session);
        return NULL;
    }
    fn_idle_update();
    return handle;
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

static void *carry_open(fn_session *session, void *handle) {
    fn_command command = {.kind = FN_OPEN, .session = session};
    note_both_modes();
    if (fn_pumped_carry_out(&command) == FASTNET_OK)
        return handle;
    fn_failure why;
    fn_failure_save(&why);
    if (fn_end(handle, session->kind))
        fn_pumped_end(session);
    fn_failure_restore(&why);
    return NULL;
}

void *fn_open(fn_session *session) {
    if (!session)
        return NULL;
    void *handle = start(session) == FASTNET_OK ? fn_handle_new(session) : NULL;
    if (!handle) {
        fn_session_free(session);
        return NULL;
    }
    return fn_is_pumped(session) ? carry_open(session, handle) : post_open(session, handle);
}

void fn_session_end(fn_session *session) {
    if (fn_is_pumped(session))
        fn_pumped_end(session);
    else
        fn_post_end(session);
}
