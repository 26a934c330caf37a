/* What the two halves of the library share in one process: libfastnet (plain C, the *shim*) and fastnet_core (the
 * private interpreter with the protocol in it, the *core*). It belongs to one build: `FN_BUILD_ID` must be equal.
 *
 * Who touches what
 *   game threads      shim functions: rings, peer table by atomics. Never Python in threaded mode.
 *   network thread    the core's loop: takes commands and records of the out rings, fills in rings, publishes peers.
 *   a pumped handle   has no network thread; its caller's thread does the same turns, under the interpreter's lock.
 *
 * Results that cannot lie: a cffi function that never ran returns 0, so success is FN_RAN + value here, never 0.
 */
#ifndef FASTNET_BRIDGE_H
#define FASTNET_BRIDGE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "fastnet/fastnet.h"
#include "ring.h"

#ifndef FN_BUILD_ID
#define FN_BUILD_ID "unset" /* SCons gives a digest of the sources */
#endif

enum {
    FN_RAN = 1,            /* What a core function adds to its value (0, a count, a delay). */
    FN_CHANNELS = 4,
    FN_MESSAGE_COST_BYTES = 32, /* What one queued message costs beside its bytes; equals spec.MESSAGE_COST_BYTES. */
    FN_TEXT_BYTES = 512,
    FN_ADDRESS_BYTES = 64,
    FN_FOLDER_BYTES = 4096,
    FN_COMMANDS = 64,
};

typedef enum fn_kind { FN_CLIENT = 1, FN_SERVER = 2 } fn_kind;

/* One connection, as game threads may see it. Written by the core, but for the two fields that say otherwise.
 *
 * Budget of a reliable channel: a send adds its cost to `accepted`, the core publishes in `done` what is acknowledged,
 * and what lies between may not exceed `send_queue_bytes`. Both only grow.
 */
typedef struct fn_peer {
    _Alignas(FN_CACHE_LINE) _Atomic uint32_t id; /* 0: this place is free */
    _Atomic FastNetState state;
    _Atomic uint64_t accepted[FN_CHANNELS]; /* written under the out ring's lock */
    _Atomic uint32_t max_message[FN_CHANNELS];
    _Atomic(void *) user_data; /* written by the application */
    /* A new line: what a send does not read, or the core writes at each turn. */
    _Alignas(FN_CACHE_LINE) _Atomic uint64_t done[FN_CHANNELS];
    uint64_t broadcasts_before; /* Broadcasts up to this number were made before it came. Under the out ring's lock. */
    _Atomic uint32_t version;   /* sequence lock of what follows: odd while it is written */
    FastNetStats stats;
    char address[FN_ADDRESS_BYTES];
} fn_peer;

/* What is behind a handle. The shim makes it; after FN_END the core frees it through `bridge->session_free`. What each
 * send and poll reads is on its first line, which hardly anyone writes, and on the lines that are theirs.
 */
typedef struct fn_session {
    _Alignas(FN_CACHE_LINE) fn_kind kind;
    FastNetIoMode io_mode;
    uint32_t send_queue_bytes;
    _Atomic FastNetState state; /* of a server: CONNECTED once it listens */
    uint32_t manual_flush;
    uint32_t peers_max;
    fn_peer *peers; /* place = slot of the peer id (id - 2, low 17 bits); a client has one, for peer 1 */
    void *user_data; /* of the handle's events */
    void *shim;      /* the shim's own: gate, condition, drain, event text of the record in hand */
    _Atomic uint32_t peers_used;  /* Places at or above it were never used; 0: not told. Under the out ring's lock. */
    _Atomic uint32_t final_ready; /* the end of the handle is below */
    _Atomic uint32_t held_back; /* The core: 1 while events wait for room in `in`. Then the end of a drain wakes it. */

    fn_ring in;  /* core -> game. The consumer is whoever holds the polling bit. */
    fn_ring out; /* game -> core. Producers hold its lock. */

    union {
        const FastNetClientConfig *client; /* complete copies: size right, defaults not filled in, texts owned */
        const FastNetServerConfig *server;
    } config;
    _Atomic uint32_t client_id; /* the server's number for this client */
    _Atomic uint16_t udp_port, tcp_port;
    _Atomic uint32_t peer_count; /* connected now */
    _Atomic uint32_t stats_version;
    FastNetStats stats; /* under the sequence lock above */

    /* The end of a handle never waits for room: a client's DISCONNECTED, a server's ERROR. Polled after the in ring. */
    FastNetEventType final_type;
    fn_outcome final_outcome;
    uint64_t final_time_us;
    char final_text[FN_TEXT_BYTES];

    void (*notify)(struct fn_session *session); /* the core, after it put an event in: ends `wait` and `connect` */

    /* Of a pumped session only: what ends the core's sleep in `turn`, as the bridge's pair does for the network thread.
     * `fastnet_client_wake` signals it. */
    intptr_t wake_handle;
    _Atomic uint32_t sleeping;

    void *core;              /* the core's own */
    struct fn_session *next; /* the core's list */
} fn_session;

typedef enum fn_command_kind {
    FN_OPEN = 1,  /* `session` is new. A client answers at once; a server when it is bound or has failed. */
    FN_CLOSE = 2, /* client: code, text; the handle stays */
    FN_KICK = 3,  /* server: peer, code, text */
    FN_END = 4,   /* The handle is gone: goodbye, linger, then `session_free`. Comes once for every opened session, and
                   * for one whose FN_OPEN failed or that ended by itself, too. While stopping: at most 500 ms. */
    FN_LOG = 5,   /* code: the new log level */
} fn_command_kind;

/* One order to the core. `result` of an answered one is FN_RAN + 0, or a negative FastNetResult with `text`. */
typedef struct fn_command {
    fn_command_kind kind;
    uint32_t peer;
    uint32_t code;
    int32_t result;
    fn_session *session;
    char text[FN_TEXT_BYTES]; /* in: the message; out: what went wrong */
} fn_command;

typedef enum fn_life { FN_STOPPED = 0, FN_STARTING = 1, FN_RUNNING = 2, FN_FAILED = 3 } fn_life;

/* For `turn`: no waiting and no receiving, only what stands in the out ring, as `send` and `flush` want it. */
#define FN_ONLY_OUT UINT64_MAX

/* The table both sides fill at load. The shim owns it; it lives as long as the process. */
typedef struct fn_bridge {
    uint32_t size; /* of this struct: a first check that both sides are of one build */
    char build_id[64];
    char folder[FN_FOLDER_BYTES];  /* the runtime folder, UTF-8 */
    char error[FN_FOLDER_BYTES + FN_TEXT_BYTES]; /* why starting failed */

    /* The shim's, for the core. */
    bool (*take_command)(fn_command *out);        /* copies the next one out; false: none */
    void (*answer)(const fn_command *command);    /* every taken command is answered once */
    bool (*is_stopping)(void);
    void (*log)(FastNetLogLevel level, const char *text); /* any thread; kept until the host takes it */
    void (*session_free)(fn_session *session);
    void (*is_running)(void); /* booted: called once by each start, before the loop */
    uint64_t (*time_us)(void);

    /* Waking the network thread. `sleeping` is up while it waits: who pushes work fences, then exchanges it down, and
     * only who took it down signals. On Linux `wake_handle` is an eventfd. */
    intptr_t wake_handle;
    _Atomic uint32_t sleeping;
    _Atomic uint32_t idle_policy, tick_us, spin_ns; /* the most eager among the live handles */

    /* The core's, for pumped handles; set by the boot. Each takes the interpreter's lock itself. */
    int32_t (*turn)(fn_session *session, uint64_t wait_us); /* one turn of the pump; first waits at most so long */
    int32_t (*carry_out)(fn_command *command);
    int32_t (*turn_inside)(fn_session *session, uint64_t wait_us); /* the compiled half of `turn`, under that lock */
} fn_bridge;

/* fastnet_core's one export: boots the interpreter once, then with `loop` runs the network loop until `is_stopping`.
 * FN_RAN: it did; anything else: `error` says why not. */
typedef int32_t (*fn_core_main)(fn_bridge *bridge, bool loop);
#define FN_CORE_MAIN "fastnet_core_main"

/* Sequence lock, writer's side: the one thread that runs the session's turns. */
static inline void fn_write_begin(_Atomic uint32_t *version) {
    uint32_t seen = atomic_load_explicit(version, memory_order_relaxed);
    atomic_store_explicit(version, seen + 1, memory_order_relaxed);
    atomic_thread_fence(memory_order_release);
}

static inline void fn_write_end(_Atomic uint32_t *version) {
    uint32_t seen = atomic_load_explicit(version, memory_order_relaxed);
    atomic_store_explicit(version, seen + 1, memory_order_release);
}

/* The lock of the out ring's producers: held for a copy of one message. Into a pumped handle goes one call at a time,
 * and the core's turn is part of it. */
static inline void fn_out_acquire(fn_session *session) {
    if (session->io_mode == FASTNET_IO_PUMPED)
        return;
    while (atomic_exchange_explicit(&session->out.lock, 1, memory_order_acquire))
        while (atomic_load_explicit(&session->out.lock, memory_order_relaxed)) {
        }
}

static inline void fn_out_release(fn_session *session) {
    atomic_store_explicit(&session->out.lock, 0, memory_order_release);
}

enum { FN_SLOT_BITS = 17, FN_FIRST_SLOT = 2 };

/* The place of a peer id in the table, or NULL: a client's server is 1, a server's clients begin at 2. */
static inline fn_peer *fn_peer_place(const fn_session *session, uint32_t peer_id) {
    if (session->kind == FN_CLIENT)
        return peer_id == 1 ? session->peers : NULL;
    uint32_t slot = peer_id & ((1u << FN_SLOT_BITS) - 1);
    if (slot < FN_FIRST_SLOT || slot - FN_FIRST_SLOT >= session->peers_max)
        return NULL;
    return session->peers + (slot - FN_FIRST_SLOT);
}

#endif
