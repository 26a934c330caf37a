/* Orders to the core: a queue of 64, a list of ended sessions beside it, and the log level.
 *
 * Rule 1: full is an answer (WOULD_BLOCK), never an overwrite; the end of a handle needs no place.
 * Rule 2: the core hears of a session's end last, and only if it ever heard of its beginning.
 * Rule 3: while the core stops, it gets what came before; the rest is for its next start.
 * Everything here is under `fn_global`.
 */
#include "inside.h"

#include <string.h>

static struct {
    fn_command ring[FN_COMMANDS];
    uint64_t head, tail, mark;
    fn_session *first_ended, *last_ended;
    bool log_level_changed;
} queue;

static _Atomic uint32_t waiting; /* So that a turn with nothing to take costs one load. */

static void note_one(void) {
    atomic_fetch_add_explicit(&waiting, 1, memory_order_release);
}

static FastNetResult put(const fn_command *command) {
    if (command->kind == FN_OPEN ? !fn_runtime_takes_sessions() : !fn_runtime_takes_commands())
        return FASTNET_ERROR_RUNTIME;
    if (queue.head - queue.tail == FN_COMMANDS)
        return FASTNET_ERROR_WOULD_BLOCK;
    queue.ring[queue.head++ % FN_COMMANDS] = *command;
    note_one();
    return FASTNET_OK;
}

/* The thread may be gone since it was started: a folder that is missing is found out in no time. */
static void explain(FastNetResult result) {
    if (result == FASTNET_ERROR_RUNTIME)
        fn_fail_stopped();
    else
        fn_failf(result, "%d orders wait for the network thread; try again a little later", (int)FN_COMMANDS);
}

FastNetResult fn_post(const fn_command *command) {
    fn_acquire(&fn_global);
    FastNetResult result = put(command);
    fn_release(&fn_global);
    if (result == FASTNET_OK)
        fn_wake_network();
    else
        explain(result);
    return result;
}

/* Order and handle in one step: no shutdown, and no death of the core, comes in between. */
void *fn_post_open(fn_session *session) {
    const fn_command command = {.kind = FN_OPEN, .session = session};
    void *handle = NULL;
    fn_acquire(&fn_global);
    FastNetResult result = put(&command);
    if (result == FASTNET_OK && !(handle = fn_handle_new(session))) {
        queue.head--;
        atomic_fetch_sub_explicit(&waiting, 1, memory_order_relaxed);
    }
    fn_release(&fn_global);
    if (result == FASTNET_OK)
        fn_wake_network();
    else
        explain(result);
    return handle;
}

static bool has_orders(const fn_session *session) {
    for (uint64_t i = queue.tail; i != queue.head; i++)
        if (queue.ring[i % FN_COMMANDS].session == session)
            return true;
    return false;
}

/* Of a session that the core never saw: it need not see it at all. */
static void forget_orders(const fn_session *session) {
    uint64_t kept = queue.tail;
    for (uint64_t i = queue.tail; i != queue.head; i++) {
        if (queue.ring[i % FN_COMMANDS].session == session) {
            atomic_fetch_sub_explicit(&waiting, 1, memory_order_relaxed);
            queue.mark -= i < queue.mark;
        } else {
            queue.ring[kept++ % FN_COMMANDS] = queue.ring[i % FN_COMMANDS];
        }
    }
    queue.head = kept;
}

static void append_ended(fn_session *session) {
    fn_of(session)->next_ended = NULL;
    if (queue.last_ended)
        fn_of(queue.last_ended)->next_ended = session;
    else
        queue.first_ended = session;
    queue.last_ended = session;
    note_one();
}

/* The core that knows a session frees it, be it after its next start. One that it never saw, or that died with its
 * core, is freed at once. */
void fn_post_end(fn_session *session) {
    fn_acquire(&fn_global);
    bool free_now = !fn_of(session)->taken || fn_runtime_is_dead();
    if (free_now)
        forget_orders(session);
    else
        append_ended(session);
    fn_release(&fn_global);
    if (free_now)
        fn_session_free(session);
    else
        fn_wake_network();
}

void fn_commands_mark(void) {
    queue.mark = queue.head;
}

static bool take_log_level(fn_command *out) {
    if (!queue.log_level_changed)
        return false;
    queue.log_level_changed = false;
    memset(out, 0, sizeof *out);
    out->kind = FN_LOG;
    out->code = fn_log_level();
    return true;
}

static bool take_order(fn_command *out) {
    if (queue.tail == queue.head || (fn_the_bridge.is_stopping() && queue.tail == queue.mark))
        return false;
    *out = queue.ring[queue.tail++ % FN_COMMANDS];
    if (out->kind == FN_OPEN)
        fn_of(out->session)->taken = true;
    return true;
}

static void unlink_ended(fn_session *before, fn_session *session) {
    fn_session *next = fn_of(session)->next_ended;
    if (before)
        fn_of(before)->next_ended = next;
    else
        queue.first_ended = next;
    if (queue.last_ended == session)
        queue.last_ended = before;
}

static bool take_end(fn_command *out) {
    fn_session *before = NULL, *session = queue.first_ended;
    while (session && has_orders(session)) {
        before = session;
        session = fn_of(session)->next_ended;
    }
    if (!session)
        return false;
    unlink_ended(before, session);
    memset(out, 0, sizeof *out);
    out->kind = FN_END;
    out->session = session;
    return true;
}

static bool take_command(fn_command *out) {
    if (!atomic_load_explicit(&waiting, memory_order_acquire))
        return false;
    fn_acquire(&fn_global);
    bool taken = take_log_level(out) || take_order(out) || take_end(out);
    if (taken)
        atomic_fetch_sub_explicit(&waiting, 1, memory_order_relaxed);
    fn_release(&fn_global);
    return taken;
}

/* With `fn_global` held. A reply slot that was never written says 0: the core did not run. */
static void answer_open(fn_session *session, int32_t result, const char *text) {
    fn_shim *shim = fn_of(session);
    if (shim->answered)
        return;
    shim->answered = true;
    shim->answer = result == FN_RAN ? FASTNET_OK : result < 0 ? result : FASTNET_ERROR_RUNTIME;
    strncpy(shim->answer_text, text, sizeof shim->answer_text - 1);
    if (result == 0)
        strncpy(shim->answer_text, "the core did not answer; the log has the reason", sizeof shim->answer_text - 1);
    if (shim->answer != FASTNET_OK)
        fn_lose(session, shim->answer, shim->answer_text);
    fn_condition_wake_all(&fn_global_changed);
}

/* FN_END's session is freed by now. Of orders that nobody waits for, the log hears. */
static void answer(const fn_command *command) {
    if (command->kind == FN_OPEN) {
        fn_acquire(&fn_global);
        answer_open(command->session, command->result, command->text);
        fn_release(&fn_global);
    } else if (command->result != FN_RAN) {
        fn_log_writef(FASTNET_LOG_ERROR, "an order to the core failed (%s): %s", fn_result_name(command->result),
                      command->text);
    }
}

FastNetResult fn_await_open(fn_session *session, uint32_t wait_ms) {
    const fn_shim *shim = fn_of(session);
    uint64_t deadline_us = fn_deadline_us(wait_ms);
    fn_acquire(&fn_global);
    bool in_time = true;
    while (!shim->answered && in_time && !atomic_load_explicit(&shim->ended, memory_order_acquire))
        in_time = fn_condition_wait(&fn_global_changed, &fn_global, deadline_us);
    FastNetResult result = shim->answered ? shim->answer : in_time ? FASTNET_ERROR_CLOSED : FASTNET_ERROR_TIMEOUT;
    fn_release(&fn_global);
    return result;
}

static fn_session *drop_ended(void) {
    fn_session *ended = queue.first_ended;
    queue.first_ended = queue.last_ended = NULL;
    return ended;
}

typedef struct loss {
    int32_t result;
    const char *text;
} loss;

/* Live handles learn of it by an event; ended ones have nobody to tell. */
static void lose_one(fn_session *session, void *context) {
    const loss *why = context;
    if (fn_is_pumped(session))
        return;
    fn_lose(session, why->result, why->text);
    answer_open(session, why->result, why->text);
}

void fn_commands_drop(int32_t result, const char *text) {
    loss why = {result, text};
    queue.tail = queue.head;
    atomic_store_explicit(&waiting, queue.log_level_changed ? 1 : 0, memory_order_relaxed);
    fn_each_session(lose_one, &why);
    for (fn_session *session = drop_ended(); session;) {
        fn_session *next = fn_of(session)->next_ended;
        fn_session_free(session);
        session = next;
    }
}

void fn_log_level_changed(void) {
    fn_acquire(&fn_global);
    if (!queue.log_level_changed)
        note_one();
    queue.log_level_changed = true;
    fn_release(&fn_global);
    fn_wake_network();
}

void fn_commands_wire(fn_bridge *bridge) {
    bridge->take_command = take_command;
    bridge->answer = answer;
}
