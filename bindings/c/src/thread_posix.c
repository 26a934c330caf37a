/* thread.h over pthreads.
 *
 * The network thread is born with every signal blocked: they are blocked in its creator for that moment, so that there
 * is no gap in which a handler of the host could run on it, and a write to a closed socket gives EPIPE instead of
 * death.
 */
#ifndef _WIN32
#define _GNU_SOURCE 1 /* pthread_setname_np */
#include "thread.h"

#include <signal.h>
#include <time.h>

enum { US_PER_S = 1000000, NS_PER_US = 1000 };

void fn_lock_init(fn_lock *lock) {
    pthread_mutex_init(lock, NULL);
}

void fn_lock_destroy(fn_lock *lock) {
    pthread_mutex_destroy(lock);
}

void fn_acquire(fn_lock *lock) {
    pthread_mutex_lock(lock);
}

void fn_release(fn_lock *lock) {
    pthread_mutex_unlock(lock);
}

void fn_condition_init(fn_condition *condition) {
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
#ifndef __APPLE__
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
#endif
    pthread_cond_init(condition, &attributes);
    pthread_condattr_destroy(&attributes);
}

void fn_condition_destroy(fn_condition *condition) {
    pthread_cond_destroy(condition);
}

static struct timespec timespec_of(uint64_t us) {
    return (struct timespec){.tv_sec = (time_t)(us / US_PER_S), .tv_nsec = (long)(us % US_PER_S) * NS_PER_US};
}

bool fn_condition_wait(fn_condition *condition, fn_lock *lock, uint64_t deadline_us) {
    if (deadline_us == FN_FOREVER)
        return pthread_cond_wait(condition, lock) == 0;
#ifdef __APPLE__
    uint64_t now_us = fn_clock_us();
    struct timespec left = timespec_of(deadline_us > now_us ? deadline_us - now_us : 0);
    return pthread_cond_timedwait_relative_np(condition, lock, &left) == 0;
#else
    struct timespec until = timespec_of(deadline_us);
    return pthread_cond_timedwait(condition, lock, &until) == 0;
#endif
}

void fn_condition_wake_all(fn_condition *condition) {
    pthread_cond_broadcast(condition);
}

void fn_once(fn_once_flag *flag, void (*action)(void)) {
    pthread_once(flag, action);
}

uint64_t fn_clock_us(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * US_PER_S + (uint64_t)now.tv_nsec / NS_PER_US;
}

static void *enter_thread(void *run) {
#ifdef __APPLE__
    pthread_setname_np("fastnet");
#else
    pthread_setname_np(pthread_self(), "fastnet");
#endif
    void (*action)(void);
    *(void **)&action = run;
    action();
    return NULL;
}

static bool create(pthread_attr_t *attributes, void *run) {
    sigset_t every, before;
    sigfillset(&every);
    pthread_sigmask(SIG_SETMASK, &every, &before);
    pthread_t thread;
    bool made = pthread_create(&thread, attributes, enter_thread, run) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return made;
}

bool fn_thread_start(void (*run)(void)) {
    pthread_attr_t attributes;
    if (pthread_attr_init(&attributes) != 0)
        return false;
    pthread_attr_setstacksize(&attributes, FN_STACK_BYTES);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    void *action;
    *(void (**)(void))&action = run;
    bool made = create(&attributes, action);
    pthread_attr_destroy(&attributes);
    return made;
}
#endif
