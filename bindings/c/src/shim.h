/* What the printed functions of abi.gen.c stand on. Every exported function there does the same five things:
 *
 *   1. refuse inside the log callback                         fn_in_callback()
 *   2. check the arguments by the description's facts         fn_fail(RESULT, "what to do")
 *   3. enter the handle: any thread, or one at a time         fn_enter / fn_enter_one
 *   4. call the hand-written body                             `fastnet_client_send` calls `fn_client_send`
 *   5. leave the handle                                       fn_leave / fn_leave_one
 *
 * Bodies repeat no check of 1 to 3. A body of a handle function takes `fn_session *` in place of the handle, all other
 * parameters as exported; a body without a handle has the exported signature (`fn_version`, `fn_time_us`, ..). Sized
 * structs arrive complete: `fn_sized_in` copied the caller's into a full, zeroed one. Sized structs going out are
 * filled completely by the body and cut to the caller's size by `fn_sized_out`. Bodies deliver the log themselves.
 * For every sized struct with pointers bodies.gen.h also declares `T *fn_<struct>_copy(const T *full)`, printed in
 * abi.gen.c: one calloc'ed block that holds the struct, its texts and its bytes; NULL without memory; `free` ends it.
 * A body that fails calls `fn_fail` with the fitting text and returns the function's failure value.
 *
 * Threads: class `any` -> fn_enter, `one` -> fn_enter_one, `last` -> fn_end. For pumped handles fn_enter is
 * fn_enter_one, but for `wake` (fn_enter_wake). No body runs after fn_end moved the handle's generation on.
 */
#ifndef FASTNET_SHIM_H
#define FASTNET_SHIM_H

#include "bridge.h"

/* What a game calls in each frame stands side by side in the program (see frame.c), and what hardly ever runs stands
 * elsewhere: after a frame's work neither is in the caches, and each page costs a walk of its own. */
#if defined(__GNUC__)
#ifdef __ELF__
#define FN_HOT __attribute__((hot, section("fn_frame")))
#else
#define FN_HOT __attribute__((hot))
#endif
#define FN_COLD __attribute__((cold))
#ifdef FASTNET_DECL /* Our own API: the generator's tests put others around the shim. */
FASTNET_DECL FN_HOT __typeof__(fastnet_client_poll) fastnet_client_poll;
FASTNET_DECL FN_HOT __typeof__(fastnet_client_send) fastnet_client_send;
FASTNET_DECL FN_HOT __typeof__(fastnet_server_poll) fastnet_server_poll;
FASTNET_DECL FN_HOT __typeof__(fastnet_server_send) fastnet_server_send;
#endif
#else
#define FN_HOT
#define FN_COLD
#endif

/* errors.c: per thread. `fn_fail` keeps the text (cut at 511 bytes) and returns the result. */
FN_COLD FastNetResult fn_fail(FastNetResult result, const char *text);
FN_COLD FastNetResult fn_failf(FastNetResult result, const char *format, ...)
#if defined(__GNUC__) && !defined(__MINGW32__)
    __attribute__((format(printf, 2, 3)))
#endif
    ;

/* log.c: true in the log callback; it has then failed with BUSY and says so in the text. */
FN_HOT bool fn_in_callback(void);

/* handles.c. All return NULL after fn_fail: NULL handle INVALID_ARGUMENT; stray, ended or other kind INVALID_HANDLE; a
 * forked child or a dead runtime RUNTIME; fn_enter_one also BUSY when another thread is inside with it. */
FN_HOT fn_session *fn_enter(const void *handle, fn_kind kind);
FN_HOT fn_session *fn_enter_one(const void *handle, fn_kind kind);
fn_session *fn_enter_wake(const void *handle, fn_kind kind);
FN_HOT void fn_leave(fn_session *session);
FN_HOT void fn_leave_one(fn_session *session);
void fn_leave_wake(fn_session *session); /* pairs with fn_enter_wake: a pumped handle's fn_leave is fn_leave_one */
/* Ends the handle: later calls fail, waiters are woken, calls inside are waited for. NULL: nothing to end, silently. */
fn_session *fn_end(const void *handle, fn_kind kind);

/* sized.c. `given` begins with its struct_size. In: below `first_size` (revision 1) or with a tail we do not know that
 * is not zero STRUCT_SIZE; `full` gets the known part, zeroes behind it, and its own size. Out: copies what fits. */
FastNetResult fn_sized_in(const void *given, void *full, uint32_t full_size, uint32_t first_size);
FastNetResult fn_sized_out_check(const void *given, uint32_t first_size);
void fn_sized_out(void *given, const void *full, uint32_t full_size);

/* text.c: whether `text` ends within `max` bytes and is UTF-8. */
typedef enum fn_text { FN_TEXT_OK = 0, FN_TEXT_TOO_LONG = 1, FN_TEXT_NOT_UTF8 = 2 } fn_text;
fn_text fn_text_check(const char *text, uint32_t max_bytes);

#endif
