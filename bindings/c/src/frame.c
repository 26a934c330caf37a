/* What a frame will touch is asked for at once. After a frame's rest nothing of ours is in the nearest caches, and some
 * 80 lines of code and data would come one after the other, 60 to 140 ns each. So the end of a drain that handed events
 * out notes where this handle's memory is, and the next poll of any handle has all of it fetched side by side.
 *
 * These are hints: what was noted may be another handle's, or freed since; nothing of it is looked at. Notes of two
 * threads may mix, which costs both a few needless hints.
 */
#include "inside.h"

fn_frame_hints fn_hints;

#if defined(__GNUC__) && defined(__ELF__)
enum { SESSION_LINES = 5, SHIM_LINES = 2, PEER_LINES = 2, EVENT_LINES = 5, MESSAGE_LINES = 9 };

/* FN_HOT gathers the code of a frame; the linker says where that begins and ends. */
extern const uint8_t __start_fn_frame[] __attribute__((visibility("hidden")));
extern const uint8_t __stop_fn_frame[] __attribute__((visibility("hidden")));

static void note(fn_hint *at, const void *lines) {
    atomic_store_explicit(at, lines, memory_order_relaxed);
}

FN_HOT void fn_frame_note(const fn_session *session) {
    uint64_t tail = atomic_load_explicit(&session->in.tail, memory_order_relaxed);
    uint64_t head = atomic_load_explicit(&session->out.head, memory_order_relaxed);
    note(&fn_hints.session, session);
    note(&fn_hints.shim, fn_of(session));
    note(&fn_hints.peer, session->peers);
    note(&fn_hints.events, session->in.from + (tail & session->in.mask));
    note(&fn_hints.messages, session->out.bytes + (head & (session->out.capacity - 1)));
    atomic_store_explicit(&fn_hints.noted, 1, memory_order_relaxed);
}

static inline void fetch(const fn_hint *at, size_t lines) {
    const uint8_t *line = atomic_load_explicit(at, memory_order_relaxed);
    for (size_t i = 0; i < lines; i++)
        __builtin_prefetch(line + i * FN_CACHE_LINE);
}

FN_HOT void fn_frame_fetch(void) {
    atomic_store_explicit(&fn_hints.noted, 0, memory_order_relaxed);
    fetch(&fn_hints.session, SESSION_LINES);
    fetch(&fn_hints.shim, SHIM_LINES);
    fetch(&fn_hints.events, EVENT_LINES);
    for (const uint8_t *line = __start_fn_frame; line < __stop_fn_frame; line += FN_CACHE_LINE)
        __builtin_prefetch(line);
    fetch(&fn_hints.peer, PEER_LINES);
    fetch(&fn_hints.messages, MESSAGE_LINES);
    __builtin_prefetch(&fn_the_bridge.sleeping);
}
#else
void fn_frame_note(const fn_session *session) {
    (void)session;
}

void fn_frame_fetch(void) {
}
#endif
