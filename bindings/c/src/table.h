/* The core's hand in a session's shared memory: peer table, statistics, events. Used by the compiled modules of
 * fastnet_c, which cannot speak of atomics themselves.
 *
 * Rule 1: one writer, the thread that runs the session's turns. Rule 2: a place of the table is opened before the game
 * can hear of its peer, and given to another peer only after the game released that peer's DISCONNECTED. Rule 3: what
 * producers of the out ring decide by (id, state, budget) changes under their lock.
 */
#ifndef FASTNET_TABLE_H
#define FASTNET_TABLE_H

#include "bridge.h"

#ifdef __linux__
#include <sys/mman.h>
#include <unistd.h>
#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23 /* Linux 5.14; its headers may be older */
#endif
#endif

/* What the core alone notes of a place. */
typedef struct fn_note {
    uint64_t taken[FN_CHANNELS]; /* Costs of messages that left the out ring; `done` is this less what is queued. */
    uint64_t released_at;        /* Where the in ring's tail must be before the place is free again. */
    uint64_t began_us;
} fn_note;

/* What one turn found out about a session, beside its peers. */
typedef struct fn_totals {
    uint64_t bytes_sent, bytes_received, packets_sent, packets_received, packets_dropped;
} fn_totals;

/* Have a ring's pages now, not on the first frame. On Linux their contents stay what they are, so this may come while
 * the ring is in use; kernels before 5.14 give each page when it is used. Elsewhere `fn_ring_init` has done it. */
static inline void fn_ring_touch(const fn_ring *ring) {
#ifdef MADV_NORMAL
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE), start = (uintptr_t)ring->bytes / page * page;
    (void)madvise((void *)start, (uintptr_t)ring->bytes + (size_t)ring->capacity - start, MADV_POPULATE_WRITE);
#else
    (void)ring;
#endif
}

static inline uint64_t fn_tail(const fn_ring *ring) {
    return atomic_load_explicit(&ring->tail, memory_order_acquire);
}

static inline uint64_t fn_head(const fn_ring *ring) {
    return atomic_load_explicit(&ring->head, memory_order_relaxed);
}

static inline bool fn_fits(fn_ring *ring, uint64_t length) {
    return fn_ring_place(ring, fn_ring_by_pointer(ring, length) ? sizeof(uint8_t *) : length + 1) != NULL;
}

/* Events. The caller asked `fn_fits` where it must not fail half-way. */
static inline int fn_push_data(fn_session *session, uint32_t peer, uint8_t channel, uint64_t time_us, const char *data,
                               uint32_t length) {
    const fn_record header = {
        .length = length, .peer = peer, .kind = FASTNET_EVENT_DATA, .channel = channel, .time_us = time_us};
    return (int)fn_ring_push(&session->in, &header, NULL, (const uint8_t *)data);
}

static inline int fn_push_change(fn_session *session, uint8_t kind, uint32_t peer, uint64_t time_us,
                                 const fn_outcome *outcome, const char *text, uint32_t length) {
    const fn_record header = {.length = length, .peer = peer, .kind = kind, .time_us = time_us};
    return (int)fn_ring_push(&session->in, &header, outcome, (const uint8_t *)text);
}

static inline void fn_finish(fn_session *session, FastNetEventType type, uint64_t time_us, const fn_outcome *outcome,
                             const char *text, uint32_t length) {
    uint32_t fits = length < FN_TEXT_BYTES ? length : FN_TEXT_BYTES - 1;
    session->final_type = type;
    session->final_outcome = *outcome;
    session->final_time_us = time_us;
    memcpy(session->final_text, text, fits);
    session->final_text[fits] = 0;
    atomic_store_explicit(&session->state, FASTNET_STATE_CLOSED, memory_order_release);
    atomic_store_explicit(&session->final_ready, 1, memory_order_release);
}

static inline void fn_set_state(fn_session *session, FastNetState state) {
    atomic_store_explicit(&session->state, state, memory_order_release);
}

static inline void fn_set_client_id(fn_session *session, uint32_t id) {
    atomic_store_explicit(&session->client_id, id, memory_order_release);
}

static inline void fn_set_ports(fn_session *session, uint16_t udp, uint16_t tcp) {
    atomic_store_explicit(&session->udp_port, udp, memory_order_release);
    atomic_store_explicit(&session->tcp_port, tcp, memory_order_release);
}

static inline void fn_notify(fn_session *session) {
    if (session->notify)
        session->notify(session);
}

/* All that was sent is taken. */
static inline void fn_out_taken(fn_session *session) {
    if (session->io_mode == FASTNET_IO_PUMPED)
        fn_ring_rewind(&session->out);
}

static inline bool fn_take_flush(fn_session *session) {
    return atomic_load_explicit(&session->out.flush_wanted, memory_order_relaxed) &&
           atomic_exchange_explicit(&session->out.flush_wanted, 0, memory_order_acq_rel);
}

static inline void fn_want_flush(fn_session *session) {
    atomic_store_explicit(&session->out.flush_wanted, 1, memory_order_release);
}

/* Events wait for room: the end of a drain then wakes the core. Who tells the same again leaves the line alone. */
static inline void fn_hold_back(fn_session *session, bool held) {
    if (atomic_load_explicit(&session->held_back, memory_order_relaxed) != held)
        atomic_store_explicit(&session->held_back, held, memory_order_seq_cst);
}

static inline bool fn_has_work(fn_session *session) {
    return !fn_ring_is_empty(&session->out) || atomic_load_explicit(&session->out.flush_wanted, memory_order_relaxed);
}

/* Places. */
static inline uint32_t fn_place_id(const fn_peer *place) {
    return atomic_load_explicit(&place->id, memory_order_relaxed);
}

static inline FastNetState fn_place_state(const fn_peer *place) {
    return atomic_load_explicit(&place->state, memory_order_relaxed);
}

static inline void fn_place_open(fn_session *session, fn_peer *place, uint32_t id, const uint32_t *max_message,
                                 const char *address, uint32_t address_bytes) {
    uint32_t fits = address_bytes < FN_ADDRESS_BYTES ? address_bytes : FN_ADDRESS_BYTES - 1;
    fn_out_acquire(session);
    fn_write_begin(&place->version);
    memset(&place->stats, 0, sizeof place->stats);
    place->stats.struct_size = sizeof place->stats;
    memcpy(place->address, address, fits);
    place->address[fits] = 0;
    fn_write_end(&place->version);
    for (int channel = 0; channel < FN_CHANNELS; channel++) {
        atomic_store_explicit(&place->accepted[channel], 0, memory_order_relaxed);
        atomic_store_explicit(&place->done[channel], 0, memory_order_relaxed);
        atomic_store_explicit(&place->max_message[channel], max_message[channel], memory_order_relaxed);
    }
    atomic_store_explicit(&place->user_data, NULL, memory_order_relaxed);
    place->broadcasts_before = session->out.broadcasts;
    uint32_t number = (uint32_t)(place - session->peers);
    if (atomic_load_explicit(&session->peers_used, memory_order_relaxed) <= number)
        atomic_store_explicit(&session->peers_used, number + 1, memory_order_relaxed);
    atomic_store_explicit(&place->state, FASTNET_STATE_CONNECTED, memory_order_relaxed);
    atomic_store_explicit(&place->id, id, memory_order_release);
    fn_out_release(session);
    atomic_fetch_add_explicit(&session->peer_count, 1, memory_order_relaxed);
}

static inline void fn_place_set_state(fn_session *session, fn_peer *place, FastNetState state) {
    fn_out_acquire(session);
    atomic_store_explicit(&place->state, state, memory_order_release);
    fn_out_release(session);
}

/* Its peer is gone: nothing can be sent to it, but what is known of it can still be asked. */
static inline void fn_place_close(fn_session *session, fn_peer *place) {
    fn_place_set_state(session, place, FASTNET_STATE_CLOSED);
    atomic_fetch_sub_explicit(&session->peer_count, 1, memory_order_relaxed);
}

static inline void fn_place_free(fn_session *session, fn_peer *place) {
    fn_out_acquire(session);
    atomic_store_explicit(&place->id, 0, memory_order_release);
    fn_out_release(session);
}

static inline void fn_place_done(fn_peer *place, int channel, uint64_t done) {
    if (atomic_load_explicit(&place->done[channel], memory_order_relaxed) != done)
        atomic_store_explicit(&place->done[channel], done, memory_order_release);
}

/* Statistics: a place's, and by their differences the sums of its session. */
static inline void fn_add_changes(FastNetStats *sum, const FastNetStats *now, const FastNetStats *before) {
    sum->send_queue_bytes += now->send_queue_bytes - before->send_queue_bytes;
    sum->recv_queue_bytes += now->recv_queue_bytes - before->recv_queue_bytes;
    sum->packets_lost += now->packets_lost - before->packets_lost;
    sum->retransmissions += now->retransmissions - before->retransmissions;
    sum->messages_sent += now->messages_sent - before->messages_sent;
    sum->messages_received += now->messages_received - before->messages_received;
    sum->messages_dropped += now->messages_dropped - before->messages_dropped;
}

static inline void fn_publish_peer(fn_session *session, fn_peer *place, FastNetStats *now) {
    now->struct_size = sizeof *now;
    fn_write_begin(&session->stats_version);
    fn_add_changes(&session->stats, now, &place->stats);
    if (session->kind == FN_CLIENT) {
        session->stats.rtt_us = now->rtt_us;
        session->stats.rtt_min_us = now->rtt_min_us;
        session->stats.rtt_var_us = now->rtt_var_us;
    }
    fn_write_end(&session->stats_version);
    fn_write_begin(&place->version);
    place->stats = *now;
    fn_write_end(&place->version);
}

static inline void fn_publish_session(fn_session *session, const fn_totals *totals, uint64_t uptime_us) {
    fn_write_begin(&session->stats_version);
    FastNetStats *stats = &session->stats;
    stats->struct_size = sizeof *stats;
    stats->uptime_us = uptime_us;
    stats->bytes_sent = totals->bytes_sent;
    stats->bytes_received = totals->bytes_received;
    stats->packets_sent = totals->packets_sent;
    stats->packets_received = totals->packets_received;
    stats->packets_dropped = totals->packets_dropped;
    fn_write_end(&session->stats_version);
}

static inline uint32_t fn_places_used(const fn_session *session) {
    return atomic_load_explicit(&session->peers_used, memory_order_relaxed);
}

/* Sleeping: the core's side of the pairs in bridge.h. */
static inline void fn_session_lie_down(fn_session *session) {
    atomic_store_explicit(&session->sleeping, 1, memory_order_relaxed);
    atomic_thread_fence(memory_order_seq_cst);
}

static inline void fn_session_get_up(fn_session *session) {
    atomic_store_explicit(&session->sleeping, 0, memory_order_relaxed);
}

static inline void fn_lie_down(fn_bridge *bridge) {
    atomic_store_explicit(&bridge->sleeping, 1, memory_order_relaxed);
    atomic_thread_fence(memory_order_seq_cst);
}

static inline void fn_get_up(fn_bridge *bridge) {
    atomic_store_explicit(&bridge->sleeping, 0, memory_order_relaxed);
}

static inline uint32_t fn_idle_policy(const fn_bridge *bridge) {
    return atomic_load_explicit(&bridge->idle_policy, memory_order_relaxed);
}

static inline uint32_t fn_tick_us(const fn_bridge *bridge) {
    return atomic_load_explicit(&bridge->tick_us, memory_order_relaxed);
}

static inline uint32_t fn_spin_ns(const fn_bridge *bridge) {
    return atomic_load_explicit(&bridge->spin_ns, memory_order_relaxed);
}

#endif
