/* The bodies of fastnet_server_* that concern the server as a whole; those about one peer are in server_peers.c. */
#include "inside.h"

enum { OPEN_MS = 15000 };

FastNetResult fn_server_config_init(FastNetServerConfig *config, uint32_t struct_size) {
    return fn_sized_init(config, struct_size);
}

/* One given up is undone: its end follows its beginning into the core. */
static FastNetServer undo(FastNetServer server) {
    fn_failure why;
    fn_failure_save(&why);
    fn_session *session = fn_end(server, FN_SERVER);
    if (session)
        fn_session_end(session);
    fn_failure_restore(&why);
    return NULL;
}

static FastNetResult fail_shut_down(void) {
    return fn_fail(FASTNET_ERROR_RUNTIME, "the library was shut down meanwhile");
}

static FastNetResult await_listening(FastNetServer server) {
    fn_session *session = fn_enter(server, FN_SERVER);
    if (!session)
        return fail_shut_down(); /* Nobody else knows this handle, so nobody else can have ended it. */
    FastNetResult result = fn_await_open(session, OPEN_MS);
    if (result == FASTNET_ERROR_TIMEOUT)
        fn_fail(result, "the server did not listen within 15 seconds; the log has the reason");
    else if (result == FASTNET_ERROR_CLOSED)
        result = fail_shut_down();
    else if (result != FASTNET_OK)
        fn_failf(result, "%s", fn_of(session)->answer_text);
    fn_leave(session);
    return result;
}

static FastNetServer open_server(const FastNetServerConfig *config) {
    if (fn_server_config_check(config) != FASTNET_OK)
        return NULL;
    FastNetServer server = fn_open(fn_session_new_server(fn_server_config_copy(config)));
    if (!server || config->io_mode == FASTNET_IO_PUMPED)
        return server;
    return await_listening(server) == FASTNET_OK ? server : undo(server);
}

FastNetResult fn_server_open(const FastNetServerConfig *config, FastNetServer *out_server) {
    *out_server = open_server(config);
    FastNetResult result = *out_server ? FASTNET_OK : fn_last_result();
    fn_log_deliver();
    return result;
}

FastNetServer fn_server_create(uint16_t udp_port, uint16_t tcp_port, const char *cert_path, const char *key_path) {
    FastNetServerConfig config = {.struct_size = sizeof config,
                                  .udp_port = udp_port,
                                  .tcp_port = tcp_port,
                                  .cert_path = cert_path,
                                  .key_path = key_path};
    FastNetServer server = open_server(&config);
    fn_log_deliver();
    return server;
}

void fn_server_destroy(fn_session *session) {
    fn_session_end(session);
    fn_log_deliver();
}

FN_HOT FastNetBool fn_server_poll(fn_session *session, FastNetEvent *out_event) {
    bool found = fn_poll(session, out_event);
    fn_log_deliver();
    return found;
}

FastNetResult fn_server_wait(fn_session *session, uint32_t timeout_ms) {
    return fn_wait(session, timeout_ms);
}

FastNetResult fn_server_wake(fn_session *session) {
    return fn_wake_waiter(session);
}

FastNetResult fn_server_flush(fn_session *session) {
    return fn_flush(session);
}

FastNetResult fn_server_broadcast(fn_session *session, FastNetPeerId except, FastNetChannel channel,
                                  const uint8_t *data, uint32_t data_len) {
    if (channel >= FN_CHANNELS)
        return fn_failf(FASTNET_ERROR_NO_CHANNEL, "channel %u; there are four, 0 to 3", (unsigned)channel);
    const fn_message message = {.data = data, .length = data_len, .peer = except, .channel = channel};
    return fn_broadcast(session, &message);
}

FastNetResult fn_server_stats(fn_session *session, FastNetStats *stats) {
    fn_stats_read(&session->stats_version, &session->stats, stats);
    stats->rtt_us = stats->rtt_min_us = stats->rtt_var_us = 0;
    return FASTNET_OK;
}

uint16_t fn_server_udp_port(fn_session *session) {
    return atomic_load_explicit(&session->udp_port, memory_order_acquire);
}

uint16_t fn_server_tcp_port(fn_session *session) {
    return atomic_load_explicit(&session->tcp_port, memory_order_acquire);
}
