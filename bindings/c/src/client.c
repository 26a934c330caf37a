/* The bodies of fastnet_client_*. What they share with servers is in open.c, poll.c, wait.c, send.c and peers.c. */
#include "inside.h"

#include <string.h>

enum {
    CONNECT_MS = 15000,
    CONNECT_OPEN_MS = 14500, /* So that the core's own sentence about what failed comes before our bare TIMEOUT. */
};

FastNetResult fn_client_config_init(FastNetClientConfig *config, uint32_t struct_size) {
    return fn_sized_init(config, struct_size);
}

static FastNetClient open_client(const FastNetClientConfig *config) {
    if (fn_client_config_check(config) != FASTNET_OK)
        return NULL;
    return fn_open(fn_session_new_client(fn_client_config_copy(config)));
}

FastNetResult fn_client_open(const FastNetClientConfig *config, FastNetClient *out_client) {
    *out_client = open_client(config);
    FastNetResult result = *out_client ? FASTNET_OK : fn_last_result();
    fn_log_deliver();
    return result;
}

/* The end of a connection that never was, as the result of `connect`. */
static FastNetResult fail_final(const fn_session *session) {
    int32_t error = session->final_outcome.error;
    const char *reason = fn_reason_name(session->final_outcome.reason);
    return fn_failf(error < 0 ? error : FASTNET_ERROR_CLOSED, "%s",
                    session->final_text[0] ? session->final_text : reason);
}

static FastNetResult await_connected(FastNetClient client) {
    uint64_t deadline_us = fn_deadline_us(CONNECT_MS);
    fn_session *session = fn_enter_one(client, FN_CLIENT);
    if (!session)
        return fn_last_result();
    FastNetResult result = fn_wait_event(session, deadline_us, false);
    if (result == FASTNET_ERROR_TIMEOUT)
        fn_fail(result, "the server did not answer within 15 seconds; is it there, and are TCP and UDP let through?");
    else if (result == FASTNET_ERROR_CLOSED)
        fn_fail(result, "the library was shut down meanwhile");
    else if (result == FASTNET_OK && fn_ring_is_empty(&session->in))
        result = fail_final(session);
    fn_leave_one(session);
    return result;
}

FastNetClient fn_client_connect(const char *host, uint16_t port) {
    FastNetClientConfig config = {
        .struct_size = sizeof config, .host = host, .port = port, .open_timeout_ms = CONNECT_OPEN_MS};
    FastNetClient client = open_client(&config);
    if (client && await_connected(client) != FASTNET_OK) {
        fn_failure why;
        fn_failure_save(&why);
        fn_session *session = fn_end(client, FN_CLIENT);
        if (session)
            fn_session_end(session);
        fn_failure_restore(&why);
        client = NULL;
    }
    fn_log_deliver();
    return client;
}

void fn_client_disconnect(fn_session *session) {
    fn_session_end(session);
    fn_log_deliver();
}

static FastNetResult carry_close(fn_session *session, fn_command *command) {
    return fn_is_pumped(session) ? fn_pumped_carry_out(command) : fn_post(command);
}

FastNetResult fn_client_close(fn_session *session, uint32_t close_code, const char *message) {
    FastNetResult result = fn_check_close_code(close_code);
    if (result != FASTNET_OK)
        return result;
    FastNetState state = fn_client_state(session);
    if (state == FASTNET_STATE_CLOSED || state == FASTNET_STATE_CLOSING)
        return fn_refuse_state(session, state);
    fn_command command = {.kind = FN_CLOSE, .session = session, .code = close_code};
    if (message)
        strncpy(command.text, message, sizeof command.text - 1);
    atomic_store_explicit(&fn_of(session)->closing, 1, memory_order_relaxed);
    result = carry_close(session, &command);
    if (result != FASTNET_OK)
        atomic_store_explicit(&fn_of(session)->closing, 0, memory_order_relaxed);
    fn_log_deliver();
    return result;
}

FN_HOT FastNetBool fn_client_poll(fn_session *session, FastNetEvent *out_event) {
    bool found = fn_poll(session, out_event);
    fn_log_deliver();
    return found;
}

FastNetResult fn_client_wait(fn_session *session, uint32_t timeout_ms) {
    return fn_wait(session, timeout_ms);
}

FastNetResult fn_client_wake(fn_session *session) {
    return fn_wake_waiter(session);
}

/* The place of the one peer is filled when the connection is there; before, the session's own state decides. */
FN_HOT FastNetResult fn_client_send(fn_session *session, FastNetChannel channel, const uint8_t *data,
                                    uint32_t data_len) {
    if (channel >= FN_CHANNELS)
        return fn_failf(FASTNET_ERROR_NO_CHANNEL, "channel %u; there are four, 0 to 3", (unsigned)channel);
    FastNetState state = atomic_load_explicit(&session->state, memory_order_acquire);
    if (state != FASTNET_STATE_CONNECTED)
        return fn_refuse_state(session, state);
    const fn_message message = {.data = data, .length = data_len, .peer = 1, .channel = channel};
    return fn_send(session, session->peers, &message);
}

FastNetResult fn_client_flush(fn_session *session) {
    return fn_flush(session);
}

FastNetState fn_client_state(fn_session *session) {
    FastNetState state = atomic_load_explicit(&session->state, memory_order_acquire);
    bool closing = atomic_load_explicit(&fn_of(session)->closing, memory_order_relaxed);
    return closing && state != FASTNET_STATE_CLOSED ? FASTNET_STATE_CLOSING : state;
}

FastNetPeerId fn_client_peer_id(fn_session *session) {
    return atomic_load_explicit(&session->client_id, memory_order_acquire);
}

uint64_t fn_client_rtt_us(fn_session *session) {
    FastNetStats stats;
    fn_stats_read(&session->peers->version, &session->peers->stats, &stats);
    return stats.rtt_us;
}

uint32_t fn_client_max_message(fn_session *session, FastNetChannel channel) {
    if (channel < FN_CHANNELS)
        return fn_peer_max_message(session->peers, channel);
    fn_failf(FASTNET_ERROR_NO_CHANNEL, "channel %u; there are four, 0 to 3", (unsigned)channel);
    return 0;
}

FastNetResult fn_client_stats(fn_session *session, FastNetStats *stats) {
    fn_stats_read(&session->stats_version, &session->stats, stats);
    return FASTNET_OK;
}
