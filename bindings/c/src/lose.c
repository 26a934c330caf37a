/* The end of a session by the shim itself: its core is dead, never was, or refused to open it. The game learns of it as
 * of any other end: by the last event of the handle.
 */
#include "inside.h"

#include <string.h>

static FastNetReason reason_of(int32_t error) {
    switch (error) {
    case FASTNET_ERROR_CERTIFICATE:
        return FASTNET_REASON_CERTIFICATE_REJECTED;
    case FASTNET_ERROR_RESOLVE:
    case FASTNET_ERROR_TCP_UNREACHABLE:
        return FASTNET_REASON_TCP_UNREACHABLE;
    case FASTNET_ERROR_TIMEOUT:
        return FASTNET_REASON_HANDSHAKE_TIMEOUT;
    default:
        return FASTNET_REASON_INTERNAL_ERROR;
    }
}

bool fn_is_lost(const fn_session *session) {
    return atomic_load_explicit(&fn_of(session)->lost, memory_order_acquire) &&
           session->final_outcome.error == FASTNET_ERROR_RUNTIME;
}

static void write_final(fn_session *session, int32_t error, const char *text) {
    size_t length = strlen(text);
    if (length >= sizeof session->final_text)
        length = sizeof session->final_text - 1;
    session->final_type = session->kind == FN_CLIENT ? FASTNET_EVENT_DISCONNECTED : FASTNET_EVENT_ERROR;
    session->final_outcome = (fn_outcome){.error = error, .reason = reason_of(error)};
    session->final_time_us = fn_clock_us();
    memcpy(session->final_text, text, length);
    session->final_text[length] = 0;
}

void fn_lose(fn_session *session, int32_t error, const char *text) {
    if (!atomic_load_explicit(&session->final_ready, memory_order_acquire)) {
        write_final(session, error, text);
        atomic_store_explicit(&fn_of(session)->lost, 1, memory_order_release);
        atomic_store_explicit(&session->final_ready, 1, memory_order_release);
    }
    for (uint32_t i = 0; i < session->peers_max; i++)
        atomic_store_explicit(&session->peers[i].state, FASTNET_STATE_CLOSED, memory_order_relaxed);
    atomic_store_explicit(&session->peer_count, 0, memory_order_relaxed);
    atomic_store_explicit(&session->state, FASTNET_STATE_CLOSED, memory_order_release);
    fn_notify(session);
}
