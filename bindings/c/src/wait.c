/* Waiting for events, and what ends it. The waiter raises its flag, fences, looks once more and sleeps; who has news
 * fences and takes the lock only if the flag is up. It lets go of the lock before it wakes: who had it then sleeps by
 * now, or has seen the news, and who wakes does not run into a lock and sleep again. A pumped handle's waiter sleeps
 * inside the core.
 */
#include "inside.h"

void fn_notify(fn_session *session) {
    fn_shim *shim = fn_of(session);
    if (fn_is_pumped(session))
        return;
    atomic_thread_fence(memory_order_seq_cst);
    if (!atomic_load_explicit(&shim->waiting, memory_order_relaxed))
        return;
    fn_acquire(&shim->lock);
    fn_release(&shim->lock);
    fn_condition_wake_all(&shim->changed);
}

/* What there is to say without waiting; TIMEOUT: nothing yet. */
static FastNetResult look(fn_session *session, bool may_cancel) {
    fn_shim *shim = fn_of(session);
    if (atomic_load_explicit(&shim->ended, memory_order_acquire))
        return FASTNET_ERROR_CLOSED;
    if (fn_has_event(session))
        return FASTNET_OK;
    if (shim->final_told)
        return FASTNET_ERROR_CLOSED;
    if (may_cancel && atomic_load_explicit(&shim->wake_wanted, memory_order_relaxed) &&
        atomic_exchange_explicit(&shim->wake_wanted, 0, memory_order_acq_rel))
        return FASTNET_ERROR_CANCELLED;
    return FASTNET_ERROR_TIMEOUT;
}

static FastNetResult sleep_until(fn_session *session, uint64_t deadline_us, bool may_cancel) {
    fn_shim *shim = fn_of(session);
    fn_acquire(&shim->lock);
    atomic_store_explicit(&shim->waiting, 1, memory_order_relaxed);
    atomic_thread_fence(memory_order_seq_cst);
    FastNetResult result = look(session, may_cancel);
    bool in_time = true;
    while (result == FASTNET_ERROR_TIMEOUT && in_time) {
        in_time = fn_condition_wait(&shim->changed, &shim->lock, deadline_us);
        result = look(session, may_cancel);
    }
    atomic_store_explicit(&shim->waiting, 0, memory_order_relaxed);
    fn_release(&shim->lock);
    return result;
}

static uint64_t time_left_us(uint64_t deadline_us) {
    if (deadline_us == FN_FOREVER)
        return FN_FOREVER;
    uint64_t now_us = fn_clock_us();
    return deadline_us > now_us ? deadline_us - now_us : 0;
}

static FastNetResult pump_until(fn_session *session, uint64_t deadline_us, bool may_cancel) {
    FastNetResult result;
    do {
        fn_pump(session, time_left_us(deadline_us));
        result = look(session, may_cancel);
    } while (result == FASTNET_ERROR_TIMEOUT && time_left_us(deadline_us) > 0);
    return result;
}

FastNetResult fn_wait_event(fn_session *session, uint64_t deadline_us, bool may_cancel) {
    FastNetResult result = look(session, may_cancel);
    if (result != FASTNET_ERROR_TIMEOUT)
        return result;
    return fn_is_pumped(session) ? pump_until(session, deadline_us, may_cancel)
                                 : sleep_until(session, deadline_us, may_cancel);
}

static FastNetResult explain(const fn_session *session, FastNetResult result) {
    switch (result) {
    case FASTNET_ERROR_TIMEOUT:
        return fn_fail(result, "no event came in time");
    case FASTNET_ERROR_CANCELLED:
        return fn_fail(result, "the wait was ended by wake");
    case FASTNET_ERROR_CLOSED:
        if (fn_is_lost(session))
            return fn_failf(FASTNET_ERROR_RUNTIME, "%s", session->final_text);
        return fn_fail(result, "no event will come any more: the handle is closed, and its last event was polled");
    default:
        return result;
    }
}

FastNetResult fn_wait(fn_session *session, uint32_t timeout_ms) {
    fn_end_drain(session); /* What comes now belongs to a new drain; a core that holds events back hears of the room. */
    FastNetResult result = fn_wait_event(session, fn_deadline_us(timeout_ms), true);
    fn_log_deliver();
    return explain(session, result);
}

FastNetResult fn_wake_waiter(fn_session *session) {
    atomic_store_explicit(&fn_of(session)->wake_wanted, 1, memory_order_release);
    fn_notify(session);
    if (fn_is_pumped(session))
        fn_wake_pumped(session);
    return FASTNET_OK;
}
