/* The turns of pumped handles: the calling thread's Python state, and the interpreter's lock.
 *
 * A thread keeps the state of its first turn until it ends: to make and destroy one costs more than an empty turn, and
 * to ask which is the thread's a quarter of it. A thread that ends never waits for the interpreter's lock (on Windows
 * it holds the loader's): the next turn buries its state.
 *
 * Nor does a turn give the lock back when there is nobody to have it: no other thread with a Python state. The lock is
 * lent then: the thread's next turn has it for one exchange, where giving it back and taking it again is two mutexes
 * and a condition each. Whoever else wants in says so, takes the loan back, if there is one, and gives the lock back in
 * the lender's name, who is not in the interpreter and does not notice. So a game may sleep, load or end between two
 * turns as long as it likes. One rule makes that safe: who lends says so first and then looks whether anybody asks; who
 * asks says so first and then looks whether it is lent.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "core_turn.h"

/* Later interpreters know the current state by thread, so nobody could give the lock back for another. */
#define FN_LENDS (PY_VERSION_HEX < 0x030c0000)

typedef struct fn_own {
    PyThreadState *state;
    struct fn_own *next;
} fn_own;

static pthread_key_t owns; /* for their end alone */
static _Thread_local PyThreadState *own_state;
static _Atomic(fn_own *) ended;
static fn_bridge *the_bridge;

static _Atomic(PyThreadState *) lent; /* whose state holds the lock between two turns; NULL: nobody's */
static atomic_int asking;             /* threads that want in, or are in by another way than a turn */

static void end_own(void *given) {
    fn_own *own = given;
    own->next = atomic_load_explicit(&ended, memory_order_relaxed);
    while (!atomic_compare_exchange_weak_explicit(&ended, &own->next, own, memory_order_release,
                                                  memory_order_relaxed)) {
    }
}

static void bury_ended(void) {
    fn_own *own = atomic_exchange_explicit(&ended, NULL, memory_order_acquire);
    while (own) {
        fn_own *next = own->next;
        PyThreadState_Clear(own->state);
        PyThreadState_Delete(own->state);
        free(own);
        own = next;
    }
}

/* The thread that booted has a state, which stays; without memory for a note one would outlive its thread. */
static PyThreadState *begin_state(void) {
    fn_own *own = PyGILState_GetThisThreadState() ? NULL : calloc(1, sizeof *own);
    PyGILState_Ensure();
    own_state = PyThreadState_Get();
    if (own) {
        own->state = own_state;
        pthread_setspecific(owns, own);
    }
    return PyEval_SaveThread();
}

void fn_lock_ask(void) {
    atomic_fetch_add(&asking, 1);
    if (atomic_exchange(&lent, NULL))
        PyEval_SaveThread();
}

void fn_lock_asked(void) {
    atomic_fetch_sub(&asking, 1);
}

static bool take_back(PyThreadState *state) {
    return state && atomic_compare_exchange_strong(&lent, &(PyThreadState *){state}, NULL);
}

/* Returns the thread's state: it is thread-local, and so not cheap to ask for. */
static PyThreadState *acquire(void) {
    PyThreadState *state = own_state;
    if (take_back(state))
        return state;
    fn_lock_ask();
    if (!state)
        state = begin_state();
    PyEval_RestoreThread(state);
    fn_lock_asked();
    return state;
}

static void release(PyThreadState *state) {
#if FN_LENDS
    if (!state->prev && !state->next) {
        atomic_store(&lent, state);
        if (!atomic_load(&asking) || !take_back(state))
            return;
    }
#endif
    PyEval_SaveThread();
}

static int32_t turn(fn_session *session, uint64_t wait_us) {
    PyThreadState *state = acquire();
    if (atomic_load_explicit(&ended, memory_order_relaxed))
        bury_ended();
    int32_t ran = the_bridge->turn_inside(session, wait_us);
    release(state);
    return ran;
}

bool fn_turns_prepare(void) {
    return pthread_key_create(&owns, end_own) == 0;
}

void fn_turns_begin(fn_bridge *bridge) {
    the_bridge = bridge;
    bridge->turn = turn;
}
