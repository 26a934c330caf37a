/* Waking whoever works on the network. The sleeper raises its flag, fences, looks once more and sleeps; who brings work
 * fences, and only who takes the flag down signals: one wake a sleep, not one a send.
 */
#include "inside.h"

static void wake(_Atomic uint32_t *sleeping, intptr_t handle) {
    atomic_thread_fence(memory_order_seq_cst);
    if (atomic_load_explicit(sleeping, memory_order_relaxed) &&
        atomic_exchange_explicit(sleeping, 0, memory_order_acq_rel))
        fn_wake_signal(handle);
}

void fn_wake_network(void) {
    wake(&fn_the_bridge.sleeping, fn_the_bridge.wake_handle);
}

void fn_wake_pumped(fn_session *session) {
    wake(&session->sleeping, session->wake_handle);
}
