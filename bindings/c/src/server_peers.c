/* The bodies of fastnet_server_* about one peer, or the list of them. */
#include "inside.h"

#include <string.h>

enum { DEFAULT_MAX_RELIABLE = 1 << 20, DEFAULT_MAX_UNRELIABLE = 16 << 10 };

FN_HOT FastNetResult fn_server_send(fn_session *session, FastNetPeerId peer_id, FastNetChannel channel,
                                    const uint8_t *data, uint32_t data_len) {
    if (channel >= FN_CHANNELS)
        return fn_failf(FASTNET_ERROR_NO_CHANNEL, "channel %u; there are four, 0 to 3", (unsigned)channel);
    FastNetState state = atomic_load_explicit(&session->state, memory_order_acquire);
    if (state != FASTNET_STATE_CONNECTED)
        return fn_refuse_state(session, state);
    fn_peer *peer = fn_peer_find(session, peer_id);
    if (!peer)
        return FASTNET_ERROR_UNKNOWN_PEER;
    const fn_message message = {.data = data, .length = data_len, .peer = peer_id, .channel = channel};
    return fn_send(session, peer, &message);
}

static FastNetResult kick(fn_session *session, fn_command *command) {
    return fn_is_pumped(session) ? fn_pumped_carry_out(command) : fn_post(command);
}

FastNetResult fn_server_disconnect_peer(fn_session *session, FastNetPeerId peer_id, uint32_t close_code,
                                        const char *message) {
    FastNetResult result = fn_check_close_code(close_code);
    if (result != FASTNET_OK)
        return result;
    const fn_peer *peer = fn_peer_find(session, peer_id);
    if (!peer)
        return FASTNET_ERROR_UNKNOWN_PEER;
    if (atomic_load_explicit(&peer->state, memory_order_acquire) == FASTNET_STATE_CLOSED)
        return fn_refuse_state(session, FASTNET_STATE_CLOSED);
    fn_command command = {
        .kind = FN_KICK, .session = session, .peer = peer_id, .code = close_code ? close_code : FASTNET_REASON_KICKED};
    if (message)
        strncpy(command.text, message, sizeof command.text - 1);
    result = kick(session, &command);
    fn_log_deliver();
    return result;
}

uint32_t fn_server_peer_count(fn_session *session) {
    return atomic_load_explicit(&session->peer_count, memory_order_relaxed);
}

static int compare(const void *a, const void *b) {
    uint32_t left, right;
    memcpy(&left, a, sizeof left);
    memcpy(&right, b, sizeof right);
    return (left > right) - (left < right);
}

/* Places are in the order of slots; numbers carry the generation above the slot, so they are put in order. */
static uint32_t collect(const fn_session *session, uint32_t *found) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < session->peers_max; i++) {
        uint32_t id = atomic_load_explicit(&session->peers[i].id, memory_order_acquire);
        if (id && atomic_load_explicit(&session->peers[i].state, memory_order_relaxed) == FASTNET_STATE_CONNECTED)
            found[count++] = id;
    }
    qsort(found, count, sizeof *found, compare);
    return count;
}

uint32_t fn_server_peers(fn_session *session, FastNetPeerId *buffer, uint32_t capacity) {
    uint32_t *found = malloc(sizeof *found * session->peers_max);
    if (!found) {
        fn_fail(FASTNET_ERROR_OUT_OF_MEMORY, "no memory for the list of peers");
        return 0;
    }
    uint32_t count = collect(session, found);
    uint32_t fits = count < capacity ? count : capacity;
    if (fits > 0)
        memcpy(buffer, found, fits * sizeof *found);
    free(found);
    return count;
}

FastNetState fn_server_peer_state(fn_session *session, FastNetPeerId peer_id) {
    const fn_peer *peer = fn_peer_find(session, peer_id);
    return peer ? atomic_load_explicit(&peer->state, memory_order_acquire) : FASTNET_STATE_CLOSED;
}

uint32_t fn_server_peer_address(fn_session *session, FastNetPeerId peer_id, char *buffer, uint32_t capacity) {
    const fn_peer *peer = fn_peer_find(session, peer_id);
    if (!peer)
        return 0;
    char address[FN_ADDRESS_BYTES];
    fn_peer_address(peer, address);
    return fn_text_out(address, buffer, capacity);
}

uint64_t fn_server_peer_rtt_us(fn_session *session, FastNetPeerId peer_id) {
    const fn_peer *peer = fn_peer_find(session, peer_id);
    if (!peer)
        return 0;
    FastNetStats stats;
    fn_stats_read(&peer->version, &peer->stats, &stats);
    return stats.rtt_us;
}

FastNetResult fn_server_peer_stats(fn_session *session, FastNetPeerId peer_id, FastNetStats *stats) {
    const fn_peer *peer = fn_peer_find(session, peer_id);
    if (!peer)
        return FASTNET_ERROR_UNKNOWN_PEER;
    fn_stats_read(&peer->version, &peer->stats, stats);
    return FASTNET_OK;
}

/* Under the out ring's lock, so that a place that changes hands meanwhile does not get another peer's pointer. */
FastNetResult fn_server_peer_set_user_data(fn_session *session, FastNetPeerId peer_id, void *user_data) {
    fn_peer *peer = fn_peer_find(session, peer_id);
    if (!peer)
        return FASTNET_ERROR_UNKNOWN_PEER;
    fn_out_acquire(session);
    bool same = atomic_load_explicit(&peer->id, memory_order_relaxed) == peer_id;
    if (same)
        atomic_store_explicit(&peer->user_data, user_data, memory_order_relaxed);
    fn_out_release(session);
    return same ? FASTNET_OK : fn_fail(FASTNET_ERROR_UNKNOWN_PEER, "the peer is gone");
}

void *fn_server_peer_user_data(fn_session *session, FastNetPeerId peer_id) {
    const fn_peer *peer = fn_peer_find(session, peer_id);
    return peer ? atomic_load_explicit(&peer->user_data, memory_order_relaxed) : NULL;
}

static uint32_t own_limit(const FastNetServerConfig *config, FastNetChannel channel) {
    if (fn_is_reliable(channel))
        return config->max_reliable_message ? config->max_reliable_message : DEFAULT_MAX_RELIABLE;
    return config->max_unreliable_message ? config->max_unreliable_message : DEFAULT_MAX_UNRELIABLE;
}

uint32_t fn_server_max_message(fn_session *session, FastNetPeerId peer_id, FastNetChannel channel) {
    if (channel >= FN_CHANNELS) {
        fn_failf(FASTNET_ERROR_NO_CHANNEL, "channel %u; there are four, 0 to 3", (unsigned)channel);
        return 0;
    }
    if (peer_id == 0)
        return own_limit(session->config.server, channel);
    const fn_peer *peer = fn_peer_find(session, peer_id);
    return peer ? fn_peer_max_message(peer, channel) : 0;
}
