/* Pumped handles: the caller's thread does the core's work, one turn at a time, under the interpreter's lock. What
 * comes back is biased: 0 means that nothing ran, and then the handle is lost like any other of a dead core.
 */
#include "inside.h"

#include <stdio.h>
#include <string.h>

enum { WAIT_US_MAX = 1000000000 }; /* A wait for ever comes back now and then: the core reckons with finite times. */

static void tell_log_level(fn_session *session) {
    uint32_t level = fn_log_level();
    if (fn_of(session)->log_level_told == level || !fn_the_bridge.carry_out)
        return;
    fn_command command = {.kind = FN_LOG, .code = level, .session = session};
    if (fn_the_bridge.carry_out(&command) == FN_RAN)
        fn_of(session)->log_level_told = level;
}

void fn_pump(fn_session *session, uint64_t wait_us) {
    if (atomic_load_explicit(&fn_of(session)->lost, memory_order_relaxed))
        return;
    tell_log_level(session);
    bool finite = wait_us < WAIT_US_MAX || wait_us == FN_ONLY_OUT;
    int32_t ran = fn_the_bridge.turn(session, finite ? wait_us : WAIT_US_MAX);
    if (ran < FN_RAN)
        fn_lose(session, ran == 0 ? FASTNET_ERROR_RUNTIME : ran,
                "the core failed in this turn; the log has the reason");
}

FastNetResult fn_pumped_carry_out(fn_command *command) {
    int32_t ran = fn_the_bridge.carry_out(command);
    if (ran == FN_RAN && command->result != 0 && command->result != FN_RAN)
        ran = command->result;
    if (ran >= FN_RAN)
        return FASTNET_OK;
    const char *text = command->text[0] ? command->text : "the core failed; the log has the reason";
    return fn_failf(ran == 0 ? FASTNET_ERROR_RUNTIME : ran, "%s", text);
}

/* Goodbye and linger on this thread. The core frees the session, unless it did not run. */
void fn_pumped_end(fn_session *session) {
    fn_command command = {.kind = FN_END, .session = session};
    if (fn_the_bridge.carry_out(&command) == 0)
        fn_session_free(session);
}
