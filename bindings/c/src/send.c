/* Sending: the decision falls here, by the peer table, without entering the core. What is accepted is in the out ring
 * and counted against the channel's budget; what is not gets the reason.
 */
#include "inside.h"

FastNetResult fn_refuse_state(const fn_session *session, FastNetState state) {
    if (fn_is_lost(session))
        return fn_failf(FASTNET_ERROR_RUNTIME, "%s", session->final_text);
    if (state == FASTNET_STATE_CONNECTING)
        return fn_fail(FASTNET_ERROR_NOT_CONNECTED, "not connected yet; poll until CONNECTED comes, then send");
    return fn_fail(FASTNET_ERROR_CLOSED, "the connection is closed or closing");
}

static uint64_t cost_of(const fn_message *message) {
    return (uint64_t)message->length + FN_MESSAGE_COST_BYTES;
}

FN_HOT static FastNetResult check_size(const fn_session *session, const fn_peer *peer, const fn_message *message) {
    uint32_t max = atomic_load_explicit(&peer->max_message[message->channel], memory_order_relaxed);
    if (message->length > max)
        return fn_failf(FASTNET_ERROR_TOO_LARGE, "%u bytes; at most %u were agreed for channel %u",
                        (unsigned)message->length, (unsigned)max, (unsigned)message->channel);
    if (fn_is_reliable(message->channel) && cost_of(message) > session->send_queue_bytes)
        return fn_failf(FASTNET_ERROR_TOO_LARGE, "%u bytes never fit the budget of %u; raise send_queue_bytes",
                        (unsigned)message->length, (unsigned)session->send_queue_bytes);
    return FASTNET_OK;
}

/* Under the out ring's lock. Unreliable channels have no budget here: the core's queues drop their oldest. */
static bool has_budget(const fn_session *session, const fn_peer *peer, const fn_message *message) {
    if (!fn_is_reliable(message->channel))
        return true;
    uint64_t accepted = atomic_load_explicit(&peer->accepted[message->channel], memory_order_relaxed);
    uint64_t done = atomic_load_explicit(&peer->done[message->channel], memory_order_acquire);
    return accepted + cost_of(message) - done <= session->send_queue_bytes;
}

static void spend(fn_peer *peer, const fn_message *message) {
    uint64_t accepted = atomic_load_explicit(&peer->accepted[message->channel], memory_order_relaxed);
    atomic_store_explicit(&peer->accepted[message->channel], accepted + cost_of(message), memory_order_relaxed);
}

static FastNetResult explain(FastNetResult result) {
    if (result == FASTNET_ERROR_WOULD_BLOCK)
        return fn_fail(result, "the channel's budget or the ring is full; try again after a few polls");
    return fn_fail(result, "no memory to keep the message");
}

FN_HOT static FastNetResult push(fn_session *session, uint8_t kind, const fn_message *message, uint64_t number) {
    const fn_record header = {
        .length = message->length, .peer = message->peer, .kind = kind, .channel = message->channel, .time_us = number};
    switch (fn_ring_push(&session->out, &header, NULL, message->data)) {
    case FN_PUSHED:
        fn_ring_fetch(&session->out);
        return FASTNET_OK;
    case FN_PUSH_NO_MEMORY:
        return FASTNET_ERROR_OUT_OF_MEMORY;
    default:
        return FASTNET_ERROR_WOULD_BLOCK;
    }
}

/* With a tick the thread comes by itself. A full ring is news under every policy. */
FN_HOT static void set_off(fn_session *session, FastNetResult result) {
    bool full = result == FASTNET_ERROR_WOULD_BLOCK;
    if (session->manual_flush && !full)
        return;
    if (fn_is_pumped(session))
        fn_pump(session, full ? 0 : FN_ONLY_OUT);
    else if (full || atomic_load_explicit(&fn_the_bridge.idle_policy, memory_order_relaxed) != FASTNET_IDLE_TICK)
        fn_wake_network();
}

static FastNetResult check(const fn_session *session, const fn_peer *peer, const fn_message *message) {
    FastNetState state = atomic_load_explicit(&peer->state, memory_order_acquire);
    if (atomic_load_explicit(&fn_of(session)->closing, memory_order_relaxed))
        state = FASTNET_STATE_CLOSING;
    if (state != FASTNET_STATE_CONNECTED)
        return fn_refuse_state(session, state);
    return check_size(session, peer, message);
}

/* Under the out ring's lock the id still means this peer, whose place is not given away meanwhile. */
static FastNetResult accept(fn_session *session, fn_peer *peer, const fn_message *message) {
    fn_out_acquire(session);
    FastNetResult result = FASTNET_ERROR_WOULD_BLOCK;
    if (atomic_load_explicit(&peer->id, memory_order_relaxed) != message->peer)
        result = FASTNET_ERROR_UNKNOWN_PEER;
    else if (has_budget(session, peer, message))
        result = push(session, FN_KIND_SEND, message, 0);
    if (result == FASTNET_OK && fn_is_reliable(message->channel))
        spend(peer, message);
    fn_out_release(session);
    return result;
}

FastNetResult fn_send(fn_session *session, fn_peer *peer, const fn_message *message) {
    fn_fetch_to_write(&session->out.head); /* A network thread that spins has it. It comes while we check. */
    FastNetResult result = check(session, peer, message);
    if (result != FASTNET_OK)
        return result;
    result = accept(session, peer, message);
    if (result == FASTNET_ERROR_UNKNOWN_PEER)
        return fn_fail(result, "the peer is gone");
    set_off(session, result);
    return result == FASTNET_OK ? result : explain(result);
}

/* Whom a broadcast goes to. */
static bool is_meant(const fn_peer *peer, const fn_message *message) {
    uint32_t id = atomic_load_explicit(&peer->id, memory_order_relaxed);
    return id != 0 && id != message->peer &&
           atomic_load_explicit(&peer->state, memory_order_relaxed) == FASTNET_STATE_CONNECTED;
}

static uint32_t places(const fn_session *session) {
    uint32_t used = atomic_load_explicit(&session->peers_used, memory_order_relaxed);
    return used ? used : session->peers_max;
}

/* Under the out ring's lock: all or none. */
static FastNetResult check_all(const fn_session *session, const fn_message *message) {
    FastNetResult result = FASTNET_OK;
    uint32_t count = places(session);
    for (uint32_t i = 0; i < count && result == FASTNET_OK; i++) {
        const fn_peer *peer = session->peers + i;
        if (!is_meant(peer, message))
            continue;
        result = check_size(session, peer, message);
        if (result == FASTNET_OK && !has_budget(session, peer, message))
            result = FASTNET_ERROR_WOULD_BLOCK;
    }
    return result;
}

static void spend_all(fn_session *session, const fn_message *message) {
    uint32_t count = places(session);
    for (uint32_t i = 0; i < count; i++)
        if (is_meant(session->peers + i, message))
            spend(session->peers + i, message);
}

static FastNetResult accept_broadcast(fn_session *session, const fn_message *message) {
    fn_out_acquire(session);
    FastNetResult result = check_all(session, message);
    if (result == FASTNET_OK)
        result = push(session, FN_KIND_BROADCAST, message, session->out.broadcasts + 1);
    if (result == FASTNET_OK)
        session->out.broadcasts++;
    if (result == FASTNET_OK && fn_is_reliable(message->channel))
        spend_all(session, message);
    fn_out_release(session);
    return result;
}

FastNetResult fn_broadcast(fn_session *session, const fn_message *message) {
    FastNetState state = atomic_load_explicit(&session->state, memory_order_acquire);
    if (state != FASTNET_STATE_CONNECTED)
        return fn_refuse_state(session, state);
    FastNetResult result = accept_broadcast(session, message);
    if (result == FASTNET_ERROR_TOO_LARGE)
        return result;
    set_off(session, result);
    return result == FASTNET_OK ? result : explain(result);
}

FastNetResult fn_flush(fn_session *session) {
    atomic_store_explicit(&session->out.flush_wanted, 1, memory_order_release);
    if (fn_is_pumped(session))
        fn_pump(session, FN_ONLY_OUT);
    else
        fn_wake_network();
    return FASTNET_OK;
}
