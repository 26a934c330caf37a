/* What stands behind a handle: made here, freed here, when the core has said goodbye or never knew of it. */
#include "inside.h"

#include <string.h>

enum {
    DEFAULT_SEND_QUEUE_BYTES = 2 << 20,
    DEFAULT_CLIENT_RING_BYTES = 256 << 10,
    DEFAULT_SERVER_RING_BYTES = 4 << 20,
    DEFAULT_PEERS = 1024,
};

/* Zeroed memory that begins on a cache line; what the system gave stands before it. NULL: there is none. */
static void *new_lines(size_t count, size_t size) {
    uint8_t *block = calloc(1, count * size + FN_CACHE_LINE + sizeof block);
    if (!block)
        return NULL;
    uint8_t *lines = block + sizeof block + FN_CACHE_LINE - 1;
    lines -= (uintptr_t)lines % FN_CACHE_LINE;
    memcpy(lines - sizeof block, &block, sizeof block);
    return lines;
}

static void free_lines(void *lines) {
    void *block = NULL;
    if (lines)
        memcpy(&block, (uint8_t *)lines - sizeof block, sizeof block);
    free(block);
}

static uint32_t or_default(uint32_t value, uint32_t otherwise) {
    return value ? value : otherwise;
}

static void free_parts(fn_session *session) {
    fn_ring_free(&session->in);
    fn_ring_free(&session->out);
    free_lines(session->peers);
    free((void *)(uintptr_t)session->config.client); /* Both kinds are one block. */
    if (fn_is_pumped(session) && session->wake_handle != -1)
        fn_wake_close(session->wake_handle);
}

void fn_session_free(fn_session *session) {
    fn_shim *shim = fn_of(session);
    free_parts(session);
    free(shim->told);
    fn_condition_destroy(&shim->changed);
    fn_lock_destroy(&shim->lock);
    free_lines(shim);
    free_lines(session);
}

static bool make_parts(fn_session *session, uint32_t ring_bytes) {
    session->wake_handle = -1;
    session->peers = new_lines(session->peers_max, sizeof *session->peers);
    fn_of(session)->told = calloc(session->peers_max, sizeof *fn_of(session)->told);
    bool made = fn_ring_init(&session->in, ring_bytes);
    made = fn_ring_init(&session->out, ring_bytes) && made;
    if (fn_is_pumped(session))
        made = fn_wake_open(&session->wake_handle) && made;
    return made && session->peers && fn_of(session)->told;
}

static fn_session *allocate(void) {
    fn_session *session = new_lines(1, sizeof *session);
    fn_shim *shim = new_lines(1, sizeof *shim);
    if (!session || !shim) {
        free_lines(session);
        free_lines(shim);
        return NULL;
    }
    session->shim = shim;
    session->notify = fn_notify;
    atomic_store_explicit(&session->state, FASTNET_STATE_CONNECTING, memory_order_relaxed);
    fn_lock_init(&shim->lock);
    fn_condition_init(&shim->changed);
    return session;
}

static fn_session *complete(fn_session *session, uint32_t ring_bytes) {
    if (make_parts(session, ring_bytes))
        return session;
    fn_session_free(session);
    fn_fail(FASTNET_ERROR_OUT_OF_MEMORY, "no memory for the connection's rings; close others, or ask for smaller ones");
    return NULL;
}

static fn_session *no_memory(const void *owned) {
    free((void *)(uintptr_t)owned);
    fn_fail(FASTNET_ERROR_OUT_OF_MEMORY, "no memory for a handle");
    return NULL;
}

fn_session *fn_session_new_client(const FastNetClientConfig *owned) {
    fn_session *session = owned ? allocate() : NULL;
    if (!session)
        return no_memory(owned);
    session->kind = FN_CLIENT;
    session->io_mode = owned->io_mode;
    session->config.client = owned;
    session->user_data = owned->user_data;
    session->manual_flush = owned->flags & FASTNET_CLIENT_MANUAL_FLUSH;
    session->send_queue_bytes = or_default(owned->send_queue_bytes, DEFAULT_SEND_QUEUE_BYTES);
    session->peers_max = 1;
    return complete(session, or_default(owned->ring_bytes, DEFAULT_CLIENT_RING_BYTES));
}

fn_session *fn_session_new_server(const FastNetServerConfig *owned) {
    fn_session *session = owned ? allocate() : NULL;
    if (!session)
        return no_memory(owned);
    session->kind = FN_SERVER;
    session->io_mode = owned->io_mode;
    session->config.server = owned;
    session->user_data = owned->user_data;
    session->manual_flush = owned->flags & FASTNET_SERVER_MANUAL_FLUSH;
    session->send_queue_bytes = or_default(owned->send_queue_bytes, DEFAULT_SEND_QUEUE_BYTES);
    session->peers_max = or_default(owned->peers_max, DEFAULT_PEERS);
    return complete(session, or_default(owned->ring_bytes, DEFAULT_SERVER_RING_BYTES));
}
