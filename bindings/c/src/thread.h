/* What the library needs of threads, over pthreads (thread_posix.c) and Windows (thread_windows.c).
 *
 * Rule: deadlines are moments of `fn_clock_us`, which nobody sets back; FN_FOREVER never comes.
 */
#ifndef FASTNET_THREAD_H
#define FASTNET_THREAD_H

#include <stdbool.h>
#include <stdint.h>

#ifdef _WIN32
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
typedef SRWLOCK fn_lock;
typedef CONDITION_VARIABLE fn_condition;
typedef INIT_ONCE fn_once_flag;
#define FN_LOCK_INIT SRWLOCK_INIT
#define FN_ONCE_INIT INIT_ONCE_STATIC_INIT
#else
#include <pthread.h>
typedef pthread_mutex_t fn_lock;
typedef pthread_cond_t fn_condition;
typedef pthread_once_t fn_once_flag;
#define FN_LOCK_INIT PTHREAD_MUTEX_INITIALIZER
#define FN_ONCE_INIT PTHREAD_ONCE_INIT
#endif

#define FN_FOREVER UINT64_MAX
enum { FN_STACK_BYTES = 4 << 20 };

void fn_lock_init(fn_lock *lock);
void fn_lock_destroy(fn_lock *lock);
void fn_acquire(fn_lock *lock);
void fn_release(fn_lock *lock);

void fn_condition_init(fn_condition *condition);
void fn_condition_destroy(fn_condition *condition);
/* False: the moment has come. True: woken, perhaps for nothing. */
bool fn_condition_wait(fn_condition *condition, fn_lock *lock, uint64_t deadline_us);
void fn_condition_wake_all(fn_condition *condition);

void fn_once(fn_once_flag *flag, void (*action)(void));

/* Microseconds of a monotonic clock. */
uint64_t fn_clock_us(void);

/* A detached thread called "fastnet" with a stack of FN_STACK_BYTES, on which no signal handler of the host ever runs.
 * False: the system refused. */
bool fn_thread_start(void (*run)(void));

/* `ms` from now; FASTNET_OFF (all bits) is for ever. */
static inline uint64_t fn_deadline_us(uint32_t ms) {
    return ms == UINT32_MAX ? FN_FOREVER : fn_clock_us() + (uint64_t)ms * 1000;
}

#endif
