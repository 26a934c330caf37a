/* The life of the core: when its thread starts, stops, fails, and what a fork or the end of the process does to it.
 *
 *   STOPPED --start--> STARTING --core runs--> RUNNING --stop--> STOPPED
 *                         |                       |
 *                         +--- no good folder, ---+--> FAILED. Before the core was called it may be tried again,
 *                              core refused or died    after that never: a half-dead interpreter is not revived.
 *
 * Rule 1: loading the library runs nothing, and starting does not wait: under the loader's lock either would hang.
 * Rule 2: the interpreter is never ended. A stop ends the loop, a later start begins it again on a new thread.
 * Rule 3: a child of fork has no network thread. Every call there says so; nothing is freed, nothing waited for.
 */
#include "inside.h"

#include <stdio.h>
#include <string.h>

enum { STOP_AT_EXIT_MS = 500, STOP_MS = 5000 };

fn_lock fn_global = FN_LOCK_INIT;
fn_condition fn_global_changed;
fn_bridge fn_the_bridge = {.size = sizeof(fn_bridge), .build_id = FN_BUILD_ID, .wake_handle = -1};

static struct {
    fn_life life;
    bool thread_there; /* it has not yet said that it ends */
    bool start_again;  /* started while it stopped */
    bool dead;         /* the core failed: for ever */
    bool exiting;      /* the process ends: nothing is started any more */
    bool booting;      /* somebody is inside the core's boot */
    bool booted;
    bool exit_registered;
    uint32_t inits;
    uint32_t shutting; /* calls of shutdown that end handles now: none is opened meanwhile */
    fn_core_main core_main;
} life; /* under fn_global */

static _Atomic uint32_t stopping;
static fn_once_flag once = FN_ONCE_INIT;
static bool usable; /* what `make_ready` needs was there */

static bool is_stopping(void) {
    return atomic_load_explicit(&stopping, memory_order_acquire) != 0;
}

static void at_exit(void);

/* With `fn_global` held, after the core's import: exit handlers run last-registered first, so ours stops the thread
 * before those of the libraries that the core brought pull the ground from under it. */
static void register_at_exit(void) {
    if (!life.exit_registered)
        life.exit_registered = fn_at_exit(at_exit);
}

static void is_running(void) {
    fn_acquire(&fn_global);
    register_at_exit();
    life.booting = false;
    life.booted = true;
    if (life.life == FN_STARTING)
        life.life = FN_RUNNING;
    fn_condition_wake_all(&fn_global_changed);
    fn_release(&fn_global);
}

static void before_fork(void) {
    fn_acquire(&fn_global);
    fn_log_before_fork();
}

static void after_fork(void) {
    fn_log_after_fork(false);
    fn_release(&fn_global);
}

static void after_fork_child(void) {
    atomic_store_explicit(&fn_forked, 1, memory_order_relaxed);
    fn_log_after_fork(true);
    fn_release(&fn_global);
}

static void make_ready(void) {
    fn_condition_init(&fn_global_changed);
    usable = fn_wake_open(&fn_the_bridge.wake_handle);
    fn_at_fork(before_fork, after_fork, after_fork_child);
    fn_the_bridge.is_stopping = is_stopping;
    fn_the_bridge.is_running = is_running;
    fn_the_bridge.log = fn_log_write;
    fn_the_bridge.session_free = fn_session_free;
    fn_the_bridge.time_us = fn_clock_us;
    fn_commands_wire(&fn_the_bridge);
}

/* With `fn_global` held, which it lets go of while it works: only `booting` keeps others out. */
static bool load_core(void) {
    if (life.core_main)
        return true;
    fn_release(&fn_global);
    fn_core_main found = NULL;
    fn_the_bridge.error[0] = 0;
    if (fn_folder_find(fn_the_bridge.folder, fn_the_bridge.error, sizeof fn_the_bridge.error))
        found = fn_core_load(fn_the_bridge.folder, fn_the_bridge.error, sizeof fn_the_bridge.error);
    fn_acquire(&fn_global);
    life.core_main = found;
    return found != NULL;
}

/* With `fn_global` held. One at a time: the core boots once, on the network thread or on a pumping one. */
static bool begin_boot(void) {
    while (life.booting)
        fn_condition_wait(&fn_global_changed, &fn_global, FN_FOREVER);
    if (life.dead)
        return false;
    life.booting = true;
    if (load_core())
        return true;
    life.booting = false;
    fn_condition_wake_all(&fn_global_changed);
    return false;
}

/* With `fn_global` held, let go of meanwhile. False: the core is dead, and `error` says why. */
static bool run_core(bool loop) {
    fn_core_main core_main = life.core_main;
    fn_release(&fn_global);
    int32_t ended = core_main(&fn_the_bridge, loop);
    fn_acquire(&fn_global);
    life.booting = false;
    bool good = ended == FN_RAN && (!loop || is_stopping());
    if (!good && !fn_the_bridge.error[0])
        (void)snprintf(fn_the_bridge.error, sizeof fn_the_bridge.error,
                       "the core ended without a word (%d); the log may"
                       " say more",
                       (int)ended);
    life.dead = life.dead || !good;
    life.booted = life.booted || good;
    fn_condition_wake_all(&fn_global_changed);
    return good;
}

/* With `fn_global` held. True: run the loop once more. */
static bool finish_thread(bool good) {
    atomic_store_explicit(&stopping, 0, memory_order_release);
    if (!good) {
        life.life = FN_FAILED;
        fn_commands_drop(FASTNET_ERROR_RUNTIME, fn_the_bridge.error);
        fn_log_writef(FASTNET_LOG_ERROR, "the core does not run: %s", fn_the_bridge.error);
    }
    bool again = good && life.start_again;
    life.start_again = false;
    if (good)
        life.life = again ? FN_STARTING : FN_STOPPED;
    life.thread_there = again;
    fn_condition_wake_all(&fn_global_changed);
    return again;
}

static void network_thread(void) {
    fn_acquire(&fn_global);
    while (finish_thread(begin_boot() && run_core(true))) {
    }
    fn_release(&fn_global);
}

static FastNetResult fail_dead(void) {
    return fn_failf(FASTNET_ERROR_RUNTIME, "%s", fn_the_bridge.error);
}

static FastNetResult fail_ending(void) {
    return fn_fail(FASTNET_ERROR_RUNTIME, "the library is being shut down, or the process ends; open before or after");
}

void fn_fail_stopped(void) {
    fn_acquire(&fn_global);
    bool failed = life.life == FN_FAILED;
    fn_release(&fn_global);
    if (failed)
        fail_dead();
    else
        fail_ending();
}

/* With `fn_global` held. */
static FastNetResult start_thread(void) {
    if (life.exiting || life.shutting > 0)
        return fail_ending();
    if (life.thread_there) {
        if (is_stopping()) {
            life.start_again = true;
            life.life = FN_STARTING;
            fn_condition_wake_all(&fn_global_changed);
        }
        return FASTNET_OK;
    }
    life.life = FN_STARTING;
    life.thread_there = fn_thread_start(network_thread);
    if (life.thread_there)
        return FASTNET_OK;
    life.life = FN_STOPPED;
    return fn_fail(FASTNET_ERROR_RUNTIME,
                   "the system refused to start the network thread; is there a limit of threads or"
                   " memory?");
}

static FastNetResult make_ready_once(void) {
    if (atomic_load_explicit(&fn_forked, memory_order_relaxed))
        return fn_fail_forked();
    fn_once(&once, make_ready);
    if (!usable)
        return fn_fail(FASTNET_ERROR_RUNTIME, "the system refused a wake-up object; are there too many open files?");
    return FASTNET_OK;
}

FastNetResult fn_runtime_start(void) {
    FastNetResult result = make_ready_once();
    if (result != FASTNET_OK)
        return result;
    fn_acquire(&fn_global);
    bool dead = life.dead;
    result = dead ? FASTNET_ERROR_RUNTIME : start_thread();
    fn_release(&fn_global);
    return dead ? fail_dead() : result;
}

FastNetResult fn_runtime_boot_here(void) {
    FastNetResult result = make_ready_once();
    if (result != FASTNET_OK)
        return result;
    fn_acquire(&fn_global);
    while (life.booting)
        fn_condition_wait(&fn_global_changed, &fn_global, FN_FOREVER);
    bool up = !life.dead && (life.booted || (begin_boot() && run_core(false)));
    if (up)
        register_at_exit();
    fn_release(&fn_global);
    return up ? FASTNET_OK : fail_dead();
}

bool fn_runtime_takes_commands(void) {
    return life.thread_there && !life.exiting;
}

bool fn_runtime_takes_sessions(void) {
    return fn_runtime_takes_commands() && life.shutting == 0;
}

bool fn_runtime_is_dead(void) {
    return life.dead;
}

/* With `fn_global` held: asks the loop to end and waits. A start meanwhile, or the time, ends the wait as well. */
static void stop_and_wait(uint32_t wait_ms) {
    if (!life.thread_there)
        return;
    fn_commands_mark();
    atomic_store_explicit(&stopping, 1, memory_order_release);
    life.start_again = false;
    uint64_t deadline_us = fn_deadline_us(wait_ms);
    fn_wake_network();
    while (life.thread_there && !life.start_again)
        if (!fn_condition_wait(&fn_global_changed, &fn_global, deadline_us))
            return;
}

/* Gives the loop as long as goodbyes may take. Not in a forked child, whose thread never was; on some systems the other
 * threads are killed before this runs. */
static void at_exit(void) {
    if (atomic_load_explicit(&fn_forked, memory_order_relaxed) || fn_threads_are_gone())
        return;
    fn_acquire(&fn_global);
    life.exiting = true;
    stop_and_wait(STOP_AT_EXIT_MS);
    fn_release(&fn_global);
}

/* With `fn_global` held, let go of while it waits. */
static FastNetResult await_running(uint32_t wait_ms) {
    uint64_t deadline_us = fn_deadline_us(wait_ms);
    bool in_time = true;
    while (life.life == FN_STARTING && in_time)
        in_time = fn_condition_wait(&fn_global_changed, &fn_global, deadline_us);
    if (life.life == FN_RUNNING)
        return FASTNET_OK;
    return in_time ? FASTNET_ERROR_RUNTIME : FASTNET_ERROR_TIMEOUT;
}

static FastNetResult init(uint32_t wait_ms) {
    FastNetResult result = fn_runtime_start();
    if (result != FASTNET_OK)
        return result;
    fn_acquire(&fn_global);
    if (wait_ms > 0)
        result = await_running(wait_ms);
    if (result != FASTNET_ERROR_RUNTIME)
        life.inits++;
    fn_release(&fn_global);
    if (result == FASTNET_ERROR_TIMEOUT)
        return fn_fail(result, "the core is still starting; go on, or wait longer");
    return result == FASTNET_OK ? result : fail_dead();
}

FastNetResult fn_init(uint32_t wait_ms) {
    FastNetResult result = init(wait_ms);
    fn_log_deliver();
    return result;
}

/* No handle is opened between the end of the last one and the stop: it would be one that nobody serves. */
static void shut_down(void) {
    fn_end_all(fn_session_end);
    fn_acquire(&fn_global);
    stop_and_wait(STOP_MS);
    life.shutting--;
    fn_release(&fn_global);
}

void fn_shutdown(void) {
    if (atomic_load_explicit(&fn_forked, memory_order_relaxed)) {
        fn_fail_forked();
        return;
    }
    fn_once(&once, make_ready);
    fn_acquire(&fn_global);
    if (life.inits > 0)
        life.inits--;
    bool last = life.inits == 0;
    if (last)
        life.shutting++;
    fn_release(&fn_global);
    if (last)
        shut_down();
    fn_log_deliver();
}

bool fn_runtime_is_fresh(void) {
    fn_acquire(&fn_global);
    bool fresh = !life.core_main && !life.booting && !life.thread_there;
    fn_release(&fn_global);
    return fresh;
}
