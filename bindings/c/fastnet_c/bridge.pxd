"""What the compiled modules use of bridge.h, ring.h and table.h; nothing else."""
from libc.stdint cimport int32_t, intptr_t, uint8_t, uint32_t, uint64_t

cdef extern from "table.h" nogil:
    enum:
        FN_RAN, FASTNET_ERROR_INTERNAL
        FN_CHANNELS, FN_MESSAGE_COST_BYTES, FN_FIRST_SLOT, FN_SLOT_BITS, FN_KIND_SEND, FN_PUSHED, FN_CLIENT
        FASTNET_EVENT_CONNECTED, FASTNET_EVENT_DISCONNECTED, FASTNET_EVENT_ERROR
        FASTNET_STATE_CLOSED, FASTNET_STATE_CONNECTED, FASTNET_STATE_CLOSING
        FASTNET_IDLE_TICK, FASTNET_IDLE_SPIN
    const uint32_t FASTNET_OFF
    const uint64_t FN_ONLY_OUT
    ctypedef int fn_kind
    ctypedef struct FastNetStats:
        uint32_t rtt_us, rtt_min_us, rtt_var_us, send_queue_bytes, recv_queue_bytes
        uint64_t uptime_us, bytes_sent, bytes_received, packets_sent, packets_received, packets_lost, packets_dropped
        uint64_t retransmissions, messages_sent, messages_received, messages_dropped
    ctypedef struct fn_record:
        uint32_t length, peer
        uint8_t channel
        uint64_t time_us
    ctypedef struct fn_outcome:
        int32_t error
        uint32_t reason, by_peer, zero
    ctypedef struct fn_ring:
        uint64_t capacity
    ctypedef struct fn_peer:
        uint64_t broadcasts_before
    ctypedef struct fn_session:
        fn_kind kind
        fn_ring out
        fn_ring in_ring "in"
        fn_peer* peers
        uint32_t peers_max, send_queue_bytes
        intptr_t wake_handle
        void* core
    ctypedef struct fn_note:
        uint64_t[4] taken
        uint64_t released_at, began_us
    ctypedef struct fn_totals:
        uint64_t bytes_sent, bytes_received, packets_sent, packets_received, packets_dropped
    ctypedef struct fn_command:
        int32_t result
    ctypedef struct fn_bridge:
        bint (*take_command)(fn_command* out) noexcept nogil
        void (*answer)(const fn_command* command) noexcept nogil
        bint (*is_stopping)() noexcept nogil
        void (*log)(uint32_t level, const char* text) noexcept nogil
        void (*session_free)(fn_session* session) noexcept nogil
        void (*is_running)() noexcept nogil
        uint64_t (*time_us)() noexcept nogil
        int32_t (*turn_inside)(fn_session* session, uint64_t wait_us) noexcept
        intptr_t wake_handle

    const fn_record* fn_ring_peek(fn_ring*)
    const uint8_t* fn_record_payload(const fn_record*)
    uint8_t fn_record_kind(const fn_record*)
    bint fn_ring_by_pointer(const fn_ring*, uint64_t length)
    fn_peer* fn_peer_place(const fn_session*, uint32_t peer_id)

    uint64_t fn_tail(const fn_ring*)
    uint64_t fn_head(const fn_ring*)
    bint fn_fits(fn_ring*, uint64_t length)
    void fn_ring_touch(const fn_ring*)
    int fn_push_data(fn_session*, uint32_t peer, uint8_t channel, uint64_t time_us, const char* data, uint32_t length)
    int fn_push_change(fn_session*, uint8_t kind, uint32_t peer, uint64_t us, const fn_outcome*, const char*, uint32_t)
    void fn_finish(fn_session*, uint32_t kind, uint64_t time_us, const fn_outcome*, const char*, uint32_t)
    void fn_set_state(fn_session*, uint32_t state)
    void fn_set_client_id(fn_session*, uint32_t id)
    void fn_set_ports(fn_session*, int udp, int tcp)
    void fn_notify(fn_session*)
    void fn_out_taken(fn_session*)
    bint fn_take_flush(fn_session*)
    void fn_want_flush(fn_session*)
    void fn_hold_back(fn_session*, bint held)
    bint fn_has_work(fn_session*)
    uint32_t fn_place_id(const fn_peer*)
    uint32_t fn_place_state(const fn_peer*)
    void fn_place_open(fn_session*, fn_peer*, uint32_t id, const uint32_t* max_message, const char* address, uint32_t)
    void fn_place_set_state(fn_session*, fn_peer*, uint32_t state)
    void fn_place_close(fn_session*, fn_peer*)
    void fn_place_free(fn_session*, fn_peer*)
    void fn_place_done(fn_peer*, int channel, uint64_t done)
    void fn_publish_peer(fn_session*, fn_peer*, FastNetStats*)
    void fn_publish_session(fn_session*, const fn_totals*, uint64_t uptime_us)
    uint32_t fn_places_used(const fn_session*)
    void fn_session_lie_down(fn_session*)
    void fn_session_get_up(fn_session*)
    void fn_lie_down(fn_bridge*)
    void fn_get_up(fn_bridge*)
    uint32_t fn_idle_policy(const fn_bridge*)
    uint32_t fn_tick_us(const fn_bridge*)
    uint32_t fn_spin_ns(const fn_bridge*)
