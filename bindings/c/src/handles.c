/* Handles: tokens, never addresses, so that every misuse but late event data gets an answer instead of a crash.
 *
 *   token  generation | slot (12 bits) | kind (2 bits)
 *   gate   generation | polling (1 bit) | calls in progress (13 bits)
 *
 * Entering is one atomic update of the slot's gate that checks the generation, leaving another. Ending moves the
 * generation on, so nobody can enter any more, wakes waiters and waits until the last call has left.
 */
#include "inside.h"

enum { SLOTS = 4096, KIND_BITS = 2, GENERATION_SHIFT = 14 };

#define CALLS UINT64_C(0x1FFF)
#define POLLING UINT64_C(0x2000)
#define GENERATION_MASK ((uint64_t)(UINTPTR_MAX >> GENERATION_SHIFT)) /* what a token has room for */

typedef struct slot {
    _Alignas(FN_CACHE_LINE) _Atomic uint64_t gate; /* written by every call */
    _Atomic(fn_session *) session; /* NULL: free */
    _Atomic bool pumped; /* then all its calls come one at a time */
    uint32_t next_free;
} slot;

static slot slots[SLOTS];
static struct {
    uint32_t used; /* slots at or above it were never used */
    uint32_t first_free, last_free, free_count;
} store; /* under fn_global */

_Atomic uint32_t fn_forked;

FastNetResult fn_fail_forked(void) {
    return fn_fail(FASTNET_ERROR_RUNTIME, "this process is a forked child, which has no network thread; use the library"
                                          " in the parent, or start a new program");
}

static uint64_t generation_of(uint64_t gate) {
    return (gate >> GENERATION_SHIFT) & GENERATION_MASK;
}

/* Freed slots are used again in the order of their ends, so that a stale handle stays stale for long. */
static uint32_t take_slot(void) {
    if (store.free_count == 0)
        return store.used < SLOTS ? store.used++ : SLOTS;
    uint32_t index = store.first_free;
    store.first_free = slots[index].next_free;
    store.free_count--;
    return index;
}

static void give_slot(uint32_t index) {
    if (store.free_count == 0)
        store.first_free = index;
    else
        slots[store.last_free].next_free = index;
    store.last_free = index;
    store.free_count++;
}

/* What a call enters with that any thread may make. */
static uint64_t any_of(bool pumped) {
    return pumped ? 1 + POLLING : 1;
}

void *fn_handle_new(fn_session *session) {
    uint32_t index = take_slot();
    if (index == SLOTS) {
        fn_failf(FASTNET_ERROR_OUT_OF_MEMORY, "%d handles are open; end some first", (int)SLOTS);
        return NULL;
    }
    fn_shim *shim = fn_of(session);
    shim->slot = index;
    shim->generation = generation_of(atomic_load_explicit(&slots[index].gate, memory_order_relaxed));
    atomic_store_explicit(&slots[index].pumped, fn_is_pumped(session), memory_order_relaxed);
    atomic_store_explicit(&slots[index].session, session, memory_order_release);
    uint64_t token = shim->generation << GENERATION_SHIFT | (uint64_t)index << KIND_BITS | session->kind;
    return (void *)(uintptr_t)token;
}

/* The slot of a token whose shape is right; NULL after fn_fail. */
FN_HOT static slot *locate(const void *handle, fn_kind kind) {
    uintptr_t token = (uintptr_t)handle;
    if (token == 0) {
        fn_fail(FASTNET_ERROR_INVALID_ARGUMENT, "the handle is NULL; was it opened, and the result looked at?");
        return NULL;
    }
    if ((token & ((1u << KIND_BITS) - 1)) == (uintptr_t)kind)
        return slots + ((token >> KIND_BITS) & (SLOTS - 1));
    fn_failf(FASTNET_ERROR_INVALID_HANDLE, "this is not the handle of a %s", kind == FN_CLIENT ? "client" : "server");
    return NULL;
}

static fn_session *refuse(FastNetResult result, const char *text) {
    fn_fail(result, text);
    return NULL;
}

static fn_session *refuse_second(const slot *place) {
    bool pumped = atomic_load_explicit(&place->pumped, memory_order_relaxed);
    return refuse(FASTNET_ERROR_BUSY,
                  pumped ? "another thread is in a function of this handle, which is pumped: one at a time"
                         : "another thread is in a function of this handle that only one may be in");
}

FN_HOT static void leave(fn_session *session, uint64_t what) {
    const fn_shim *shim = fn_of(session);
    uint64_t generation = shim->generation; /* The session may be freed as soon as we are out. */
    uint64_t before = atomic_fetch_sub_explicit(&slots[shim->slot].gate, what, memory_order_acq_rel);
    if (generation_of(before) == generation)
        return;
    fn_acquire(&fn_global); /* Its end waits for us. */
    fn_condition_wake_all(&fn_global_changed);
    fn_release(&fn_global);
}

/* `what`: 1, or with POLLING in it. */
FN_HOT static fn_session *enter(slot *place, const void *handle, uint64_t what) {
    if (atomic_load_explicit(&fn_forked, memory_order_relaxed)) {
        fn_fail_forked();
        return NULL;
    }
    uint64_t generation = (uint64_t)(uintptr_t)handle >> GENERATION_SHIFT;
    uint64_t gate = atomic_load_explicit(&place->gate, memory_order_relaxed);
    do {
        if (generation_of(gate) != generation)
            return refuse(FASTNET_ERROR_INVALID_HANDLE, "the handle has ended, or never was one");
        if (gate & what & POLLING)
            return refuse_second(place);
        if ((gate & CALLS) == CALLS)
            return refuse(FASTNET_ERROR_BUSY, "too many calls at once on one handle");
    } while (!atomic_compare_exchange_weak_explicit(&place->gate, &gate, gate + what, memory_order_acquire,
                                                    memory_order_relaxed));
    fn_session *session = atomic_load_explicit(&place->session, memory_order_acquire);
    if (session)
        return session;
    atomic_fetch_sub_explicit(&place->gate, what, memory_order_relaxed); /* A guess at a handle of the future. */
    return refuse(FASTNET_ERROR_INVALID_HANDLE, "the handle never was one");
}

fn_session *fn_enter(const void *handle, fn_kind kind) {
    slot *place = locate(handle, kind);
    if (!place)
        return NULL;
    bool pumped = atomic_load_explicit(&place->pumped, memory_order_relaxed);
    fn_session *session = enter(place, handle, any_of(pumped));
    if (!session || fn_is_pumped(session) == pumped)
        return session;
    leave(session, any_of(pumped));
    return refuse(FASTNET_ERROR_INVALID_HANDLE, "the handle never was one"); /* A good guess at one just being made. */
}

fn_session *fn_enter_one(const void *handle, fn_kind kind) {
    fn_frame_begin();
    slot *place = locate(handle, kind);
    return place ? enter(place, handle, 1 + POLLING) : NULL;
}

fn_session *fn_enter_wake(const void *handle, fn_kind kind) {
    slot *place = locate(handle, kind);
    return place ? enter(place, handle, 1) : NULL;
}

void fn_leave(fn_session *session) {
    leave(session, any_of(fn_is_pumped(session)));
}

void fn_leave_one(fn_session *session) {
    leave(session, 1 + POLLING);
}

void fn_leave_wake(fn_session *session) {
    leave(session, 1);
}

static void wake_callers(fn_session *session) {
    atomic_store_explicit(&fn_of(session)->ended, 1, memory_order_release);
    fn_notify(session);
    if (fn_is_pumped(session))
        fn_wake_pumped(session);
}

static void wait_for_callers(slot *place) {
    fn_acquire(&fn_global);
    fn_condition_wake_all(&fn_global_changed); /* Those who wait for the core's answer. */
    while (atomic_load_explicit(&place->gate, memory_order_acquire) & CALLS)
        fn_condition_wait(&fn_global_changed, &fn_global, FN_FOREVER);
    atomic_store_explicit(&place->session, NULL, memory_order_relaxed);
    give_slot((uint32_t)(place - slots));
    fn_release(&fn_global);
}

static fn_session *end(slot *place, uint64_t generation) {
    uint64_t gate = atomic_load_explicit(&place->gate, memory_order_relaxed);
    do {
        if (generation_of(gate) != generation || !atomic_load_explicit(&place->session, memory_order_acquire))
            return refuse(FASTNET_ERROR_INVALID_HANDLE, "the handle has ended before, or never was one");
    } while (!atomic_compare_exchange_weak_explicit(&place->gate, &gate, gate + (UINT64_C(1) << GENERATION_SHIFT),
                                                    memory_order_acq_rel, memory_order_relaxed));
    fn_session *session = atomic_load_explicit(&place->session, memory_order_acquire);
    wake_callers(session);
    wait_for_callers(place);
    fn_idle_update();
    return session;
}

fn_session *fn_end(const void *handle, fn_kind kind) {
    if (!handle)
        return NULL;
    slot *place = locate(handle, kind);
    if (!place)
        return NULL;
    if (atomic_load_explicit(&fn_forked, memory_order_relaxed)) {
        fn_fail_forked();
        return NULL;
    }
    return end(place, (uint64_t)(uintptr_t)handle >> GENERATION_SHIFT);
}

void fn_each_session(void (*action)(fn_session *session, void *context), void *context) {
    for (uint32_t i = 0; i < store.used; i++) {
        fn_session *session = atomic_load_explicit(&slots[i].session, memory_order_acquire);
        if (session)
            action(session, context);
    }
}

void fn_end_all(void (*then)(fn_session *session)) {
    for (uint32_t i = 0; i < SLOTS; i++) {
        uint64_t generation = generation_of(atomic_load_explicit(&slots[i].gate, memory_order_relaxed));
        if (!atomic_load_explicit(&slots[i].session, memory_order_acquire))
            continue;
        fn_session *session = end(slots + i, generation);
        if (session)
            then(session);
    }
}
