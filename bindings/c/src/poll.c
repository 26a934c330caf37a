/* Taking events. A drain is a run of polls up to the one that returns 0: it hands out what was queued when it began, so
 * that `while (poll)` ends even under a flood. Events lie in the ring and are released by the next poll; the end of a
 * handle has a place of its own behind it. Everything here belongs to the holder of the polling bit.
 */
#include "inside.h"

#include <string.h>

FN_HOT static void *user_data_of(const fn_session *session, uint32_t peer_id) {
    if (session->kind == FN_CLIENT)
        return session->user_data;
    const fn_peer *peer = fn_peer_place(session, peer_id);
    void *own = NULL;
    if (peer && atomic_load_explicit(&peer->id, memory_order_acquire) == peer_id)
        own = atomic_load_explicit(&peer->user_data, memory_order_relaxed);
    return own ? own : session->user_data;
}

static void fill_outcome(FastNetEvent *event, const fn_outcome *outcome, const char *text, uint32_t text_bytes) {
    event->error_code = outcome->error;
    event->reason = outcome->reason;
    event->by_peer = outcome->by_peer;
    event->data = (const uint8_t *)text;
    event->data_len = text_bytes;
}

/* Whom the game was told of, so that a dead core can still end them one by one. */
static void note_told(fn_session *session, const FastNetEvent *event) {
    const fn_peer *place = session->kind == FN_SERVER ? fn_peer_place(session, event->peer_id) : NULL;
    if (place && event->type == FASTNET_EVENT_CONNECTED)
        fn_of(session)->told[place - session->peers] = event->peer_id;
    if (place && event->type == FASTNET_EVENT_DISCONNECTED)
        fn_of(session)->told[place - session->peers] = 0;
}

FN_HOT static void fill(fn_session *session, const fn_record *record, FastNetEvent *event) {
    const uint8_t *payload = fn_record_payload(record);
    event->type = fn_record_kind(record);
    event->peer_id = record->peer;
    event->timestamp_us = record->time_us;
    if (event->type == FASTNET_EVENT_DATA) {
        event->channel = record->channel;
        event->data = payload;
        event->data_len = record->length;
    } else {
        fn_outcome outcome;
        memcpy(&outcome, payload, sizeof outcome);
        fill_outcome(event, &outcome, (const char *)payload + sizeof outcome,
                     record->length - (uint32_t)sizeof outcome);
        note_told(session, event);
    }
    event->user_data = user_data_of(session, record->peer);
}

static void fill_final(fn_session *session, FastNetEvent *event) {
    event->type = session->final_type;
    event->peer_id = session->kind == FN_CLIENT ? 1 : 0;
    event->timestamp_us = session->final_time_us;
    event->user_data = user_data_of(session, event->peer_id);
    fill_outcome(event, &session->final_outcome, session->final_text, (uint32_t)strlen(session->final_text));
}

/* A server whose core is gone: each peer that the game knows of is ended before the server itself. */
static bool lose_next_peer(fn_session *session, FastNetEvent *event) {
    fn_shim *shim = fn_of(session);
    while (shim->lost_at < session->peers_max && !shim->told[shim->lost_at])
        shim->lost_at++;
    if (shim->lost_at == session->peers_max)
        return false;
    uint32_t peer_id = shim->told[shim->lost_at++];
    fill_final(session, event);
    event->type = FASTNET_EVENT_DISCONNECTED;
    event->peer_id = peer_id;
    event->user_data = user_data_of(session, peer_id);
    return true;
}

static bool take_final(fn_session *session, FastNetEvent *event) {
    fn_shim *shim = fn_of(session);
    if (shim->final_told || !atomic_load_explicit(&session->final_ready, memory_order_acquire))
        return false;
    if (!fn_ring_is_empty(&session->in))
        return false;
    if (session->kind == FN_SERVER && atomic_load_explicit(&shim->lost, memory_order_relaxed) &&
        lose_next_peer(session, event))
        return true;
    fill_final(session, event);
    shim->final_told = true;
    return true;
}

static void begin_drain(fn_session *session) {
    fn_shim *shim = fn_of(session);
    if (fn_is_pumped(session) && fn_ring_is_empty(&session->in)) /* What a wait's turn brought is handed out first. */
        fn_pump(session, 0);
    shim->drain_end = atomic_load_explicit(&session->in.head, memory_order_acquire);
    shim->draining = true;
}

/* What was released made room, and a network thread that waits for it is told. The fence is the pair of the core's,
 * between raising `held_back` and its last look at the ring. A pumped handle's next turn sees for itself. */
FN_HOT void fn_end_drain(fn_session *session) {
    fn_shim *shim = fn_of(session);
    shim->draining = false;
    if (!shim->made_room)
        return;
    shim->made_room = false;
    if (fn_is_pumped(session))
        return;
    fn_frame_note(session);
    atomic_thread_fence(memory_order_seq_cst);
    if (atomic_load_explicit(&session->held_back, memory_order_relaxed))
        fn_wake_network();
}

bool fn_poll(fn_session *session, FastNetEvent *event) {
    fn_shim *shim = fn_of(session);
    memset(event, 0, sizeof *event);
    if (!shim->draining)
        begin_drain(session);
    fn_ring_release(&session->in);
    if (fn_is_pumped(session))
        fn_ring_rewind(&session->in);
    if (atomic_load_explicit(&session->in.tail, memory_order_relaxed) < shim->drain_end) {
        const fn_record *record = fn_ring_peek(&session->in);
        if (record) {
            fill(session, record, event);
            shim->made_room = true;
            return true;
        }
    }
    if (take_final(session, event))
        return true;
    fn_end_drain(session);
    return false;
}

/* Of the holder of the polling bit: whether the next poll has something. */
bool fn_has_event(fn_session *session) {
    if (!fn_ring_is_empty(&session->in))
        return true;
    return !fn_of(session)->final_told && atomic_load_explicit(&session->final_ready, memory_order_acquire);
}
