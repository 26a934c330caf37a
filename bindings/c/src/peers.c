/* Reading what the core publishes: the peer table, and statistics under a sequence lock. */
#include "inside.h"

#include <string.h>

/* A torn copy is thrown away by the version check that follows, which a thread checker cannot know. */
#if defined(__GNUC__)
__attribute__((no_sanitize("thread"), noinline))
#endif
static void copy_racing(void *to, const void *from, size_t bytes) {
    const volatile uint32_t *source = from;
    for (size_t i = 0; i < bytes / sizeof(uint32_t); i++) {
        uint32_t word = source[i];
        memcpy((uint8_t *)to + i * sizeof word, &word, sizeof word);
    }
}

static void read_under(const _Atomic uint32_t *version, void *to, const void *from, size_t bytes) {
    for (;;) {
        uint32_t before = atomic_load_explicit(version, memory_order_acquire);
        if (before & 1)
            continue;
        copy_racing(to, from, bytes);
        atomic_thread_fence(memory_order_acquire);
        if (atomic_load_explicit(version, memory_order_relaxed) == before)
            return;
    }
}

void fn_stats_read(const _Atomic uint32_t *version, const FastNetStats *from, FastNetStats *to) {
    read_under(version, to, from, sizeof *to);
    to->struct_size = sizeof *to;
}

fn_peer *fn_peer_find(const fn_session *session, uint32_t peer_id) {
    fn_peer *peer = peer_id ? fn_peer_place(session, peer_id) : NULL;
    if (peer && atomic_load_explicit(&peer->id, memory_order_acquire) == peer_id)
        return peer;
    fn_fail(FASTNET_ERROR_UNKNOWN_PEER, "no such peer: it never was, or its DISCONNECTED was polled and released");
    return NULL;
}

uint32_t fn_peer_max_message(const fn_peer *peer, FastNetChannel channel) {
    return atomic_load_explicit(&peer->max_message[channel], memory_order_relaxed);
}

void fn_peer_address(const fn_peer *peer, char address[FN_ADDRESS_BYTES]) {
    read_under(&peer->version, address, peer->address, FN_ADDRESS_BYTES);
    address[FN_ADDRESS_BYTES - 1] = 0;
}
