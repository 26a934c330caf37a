/* What the files of the plain-C library know of each other; shim.h is what the printed functions know of them.
 *
 * Locks, in the order in which they may be taken: `fn_global` (handles, commands, life), then a session's own
 * (waiters), or the log's. None is held while the host's code runs, while the core is called, or while a handle's calls
 * are waited for on the network thread.
 */
#ifndef FASTNET_INSIDE_H
#define FASTNET_INSIDE_H

#include <stdio.h>

#include "bodies.gen.h"
#include "shim.h"
#include "thread.h"

extern fn_lock fn_global;
extern fn_condition fn_global_changed; /* an answer came, the life changed, the last call left an ended handle */
extern fn_bridge fn_the_bridge;

/* What the shim alone knows of a session. */
typedef struct fn_shim {
    /* What each send and poll looks at, on one line. */
    _Alignas(FN_CACHE_LINE) uint32_t slot;
    _Atomic uint32_t closing; /* `close` was called; the core may not know yet */
    uint64_t generation;
    uint64_t drain_end; /* as all up to `told`, of the holder of the polling bit */
    bool draining;
    bool made_room; /* this drain handed something out, so its end frees it */
    bool final_told;
    uint32_t lost_at; /* a lost server: the place from which to go on ending peers */
    uint32_t *told;   /* of each place the peer whose CONNECTED was handed out and whose DISCONNECTED was not */
    _Atomic uint32_t lost; /* The shim itself ended it: the core is dead or never was. */

    /* And what the network thread reads whenever it has an event. */
    _Alignas(FN_CACHE_LINE) _Atomic uint32_t waiting;
    _Atomic uint32_t wake_wanted;
    _Atomic uint32_t ended; /* the handle is gone */
    fn_lock lock;           /* of `changed`; taken only while somebody waits */
    fn_condition changed;

    /* FN_OPEN, under `fn_global`. */
    bool taken;
    bool answered;
    int32_t answer;
    char answer_text[FN_TEXT_BYTES];
    uint32_t log_level_told; /* of a pumped session */
    fn_session *next_ended;
} fn_shim;

static inline fn_shim *fn_of(const fn_session *session) {
    return session->shim;
}

static inline bool fn_is_pumped(const fn_session *session) {
    return session->io_mode == FASTNET_IO_PUMPED;
}

/* errors.c */
typedef struct fn_failure {
    FastNetResult result;
    char text[FN_TEXT_BYTES];
} fn_failure;

void fn_failure_save(fn_failure *to);
void fn_failure_restore(const fn_failure *from);
/* Copies what fits and ends it with a NUL if there is room for one; returns what it needs with the NUL. */
uint32_t fn_text_out(const char *text, char *buffer, uint32_t capacity);

/* sized.c: the config_init functions. The size is the caller's, checked, and may be that of an older revision. */
FastNetResult fn_sized_init(void *given, uint32_t size);

/* config.c: rules between fields, which no description of a single field can hold. */
FastNetResult fn_client_config_check(const FastNetClientConfig *config);
FastNetResult fn_server_config_check(const FastNetServerConfig *config);

/* log.c */
extern _Atomic uint32_t fn_log_waiting; /* lines that the host has not taken yet */
uint32_t fn_log_level(void);
void fn_log_write(FastNetLogLevel level, const char *text);
void fn_log_writef(FastNetLogLevel level, const char *format, ...)
#if defined(__GNUC__) && !defined(__MINGW32__)
    __attribute__((format(printf, 2, 3)))
#endif
    ;
FN_COLD void fn_log_hand_over(void);
void fn_log_before_fork(void);
void fn_log_after_fork(bool child);

/* Gives waiting lines to the host's callback: at the end of bodies, without a lock. Keeps this thread's last error. */
static inline void fn_log_deliver(void) {
    if (atomic_load_explicit(&fn_log_waiting, memory_order_relaxed))
        fn_log_hand_over();
}

/* handles.c */
/* The new handle, or NULL after fn_fail: more than 4,096. With `fn_global` held. */
void *fn_handle_new(fn_session *session);
/* Calls `action` for each live handle's session, with `fn_global` held. */
void fn_each_session(void (*action)(fn_session *session, void *context), void *context);
/* Ends every handle and gives each to `then`; for shutdown. */
void fn_end_all(void (*then)(fn_session *session));
/* Makes a stop of every slot in the forked child: nothing there can be waited for. */
extern _Atomic uint32_t fn_forked;
FastNetResult fn_fail_forked(void);

/* session.c: takes the config over, also when it fails (NULL after fn_fail: memory). */
fn_session *fn_session_new_client(const FastNetClientConfig *owned);
fn_session *fn_session_new_server(const FastNetServerConfig *owned);
void fn_session_free(fn_session *session);

/* idle.c: publishes the most eager policy among the live threaded handles. */
void fn_idle_update(void);

/* commands.c */
FastNetResult fn_post(const fn_command *command); /* also WOULD_BLOCK: 64 are waiting, or RUNTIME; after fn_fail */
void *fn_post_open(fn_session *session);          /* the handle, or NULL after fn_fail */
void fn_post_end(fn_session *session);            /* needs no place; the session is not ours any more */
void fn_commands_mark(void);                      /* `fn_global` held: what comes later is for the next start */
void fn_commands_drop(int32_t result, const char *text); /* The core will take no more: fails and frees what waits. */
void fn_commands_wire(fn_bridge *bridge);                /* fills in the bridge's part */
void fn_log_level_changed(void);
/* Waits at most `wait_ms` for the answer to FN_OPEN: its result, TIMEOUT, or CLOSED if the handle ends. */
FastNetResult fn_await_open(fn_session *session, uint32_t wait_ms);

/* runtime.c */
FastNetResult fn_runtime_start(void);     /* threaded: begins; does not wait */
FastNetResult fn_runtime_boot_here(void); /* pumped: boots on this thread, if nobody has */
bool fn_runtime_takes_commands(void);     /* `fn_global` held: a network thread is there or on its way */
bool fn_runtime_takes_sessions(void);     /* the same, and nobody ends all handles now */
bool fn_runtime_is_dead(void);            /* `fn_global` held: the core failed for ever */
void fn_fail_stopped(void);               /* RUNTIME, with the reason why nothing is taken */
bool fn_runtime_is_fresh(void);           /* nothing was started or loaded yet */

/* lose.c: ends a session in place of a core that is dead, never was, or refused to open it. Wakes its waiters. */
void fn_lose(fn_session *session, int32_t error, const char *text);
bool fn_is_lost(const fn_session *session); /* to a dead core, or one that never was */

/* runtime_folder.c: finds and checks the runtime folder, and writes it to `folder`. False: `error` says what to do. */
bool fn_folder_find(char folder[FN_FOLDER_BYTES], char *error, size_t error_bytes);

/* runtime_*.c: what differs between systems beside threads and wake-ups. Paths are UTF-8. */
bool fn_own_folder(char *to, size_t to_bytes); /* where this library lies, without a slash at the end */
uint64_t fn_file_size(const char *path);       /* FN_NO_FILE if it is not there or no file */
bool fn_is_folder(const char *path);
FILE *fn_file_open(const char *path); /* for reading; NULL */
fn_core_main fn_core_load(const char *folder, char *error, size_t error_bytes);
void fn_at_fork(void (*before)(void), void (*parent)(void), void (*child)(void));
bool fn_at_exit(void (*action)(void));
bool fn_threads_are_gone(void); /* the process is so far in its end that other threads were killed */
extern const char fn_library_name[];
#define FN_NO_FILE UINT64_MAX

/* wake_*.c */
bool fn_wake_open(intptr_t *handle);
FN_HOT void fn_wake_signal(intptr_t handle);
void fn_wake_close(intptr_t handle);

/* Wakes the network thread if it sleeps. One exchange by whoever comes first; the others find the flag down. */
FN_HOT void fn_wake_network(void);
void fn_wake_pumped(fn_session *session);

/* poll.c */
FN_HOT bool fn_poll(fn_session *session, FastNetEvent *event);
bool fn_has_event(fn_session *session);
void fn_end_drain(fn_session *session);

/* wait.c */
void fn_notify(fn_session *session);
FastNetResult fn_wait(fn_session *session, uint32_t timeout_ms);
/* Until there is an event: OK, TIMEOUT, CANCELLED or CLOSED, without a text. */
FastNetResult fn_wait_event(fn_session *session, uint64_t deadline_us, bool may_cancel);
FastNetResult fn_wake_waiter(fn_session *session);

/* pumped.c */
void fn_pump(fn_session *session, uint64_t wait_us);
FastNetResult fn_pumped_carry_out(fn_command *command); /* OK, or its result after fn_fail */
void fn_pumped_end(fn_session *session);

/* send.c: what send and broadcast of clients and servers have in common. */
typedef struct fn_message {
    const uint8_t *data;
    uint32_t length;
    uint32_t peer;
    FastNetChannel channel;
} fn_message;

FN_HOT FastNetResult fn_send(fn_session *session, fn_peer *peer, const fn_message *message);
FastNetResult fn_broadcast(fn_session *session, const fn_message *message);
FastNetResult fn_flush(fn_session *session);
FN_COLD FastNetResult fn_refuse_state(const fn_session *session, FastNetState state);

/* frame.c: where the next frame will find its handle's memory. */
typedef _Atomic(const void *) fn_hint;
typedef struct fn_frame_hints {
    _Alignas(FN_CACHE_LINE) _Atomic uint32_t noted; /* not yet used */
    fn_hint session, shim, peer, events, messages;
} fn_frame_hints;
extern fn_frame_hints fn_hints;
FN_HOT void fn_frame_note(const fn_session *session);
FN_HOT void fn_frame_fetch(void);

static inline void fn_frame_begin(void) {
    if (atomic_load_explicit(&fn_hints.noted, memory_order_relaxed))
        fn_frame_fetch();
}

/* peers.c */
void fn_stats_read(const _Atomic uint32_t *version, const FastNetStats *from, FastNetStats *to);
FN_HOT fn_peer *fn_peer_find(const fn_session *session, uint32_t peer_id); /* NULL after fn_fail UNKNOWN_PEER */
uint32_t fn_peer_max_message(const fn_peer *peer, FastNetChannel channel);
void fn_peer_address(const fn_peer *peer, char address[FN_ADDRESS_BYTES]);

/* open.c: the way of a new session to the core; the handle, or NULL after fn_fail. */
void *fn_open(fn_session *session);
FastNetResult fn_check_close_code(uint32_t close_code);
void fn_session_end(fn_session *session); /* after fn_end */

static inline bool fn_is_reliable(FastNetChannel channel) {
    return channel == FASTNET_CHANNEL_RELIABLE_ORDERED || channel == FASTNET_CHANNEL_RELIABLE_UNORDERED;
}

#endif
