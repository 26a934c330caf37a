/* thread.h over Windows: slim locks, condition variables, the performance counter. Built with mingw-w64; untested with
 * other compilers.
 */
#ifdef _WIN32
#include "thread.h"

enum { US_PER_S = 1000000, US_PER_MS = 1000 };

void fn_lock_init(fn_lock *lock) {
    InitializeSRWLock(lock);
}

void fn_lock_destroy(fn_lock *lock) {
    (void)lock;
}

void fn_acquire(fn_lock *lock) {
    AcquireSRWLockExclusive(lock);
}

void fn_release(fn_lock *lock) {
    ReleaseSRWLockExclusive(lock);
}

void fn_condition_init(fn_condition *condition) {
    InitializeConditionVariable(condition);
}

void fn_condition_destroy(fn_condition *condition) {
    (void)condition;
}

/* Rounded up: a wait that ends early would be taken for a time that has come. */
static DWORD milliseconds_left(uint64_t deadline_us) {
    uint64_t now_us = fn_clock_us();
    uint64_t left = deadline_us > now_us ? (deadline_us - now_us + US_PER_MS - 1) / US_PER_MS : 0;
    return left < INFINITE ? (DWORD)left : INFINITE - 1;
}

bool fn_condition_wait(fn_condition *condition, fn_lock *lock, uint64_t deadline_us) {
    DWORD wait_ms = deadline_us == FN_FOREVER ? INFINITE : milliseconds_left(deadline_us);
    return SleepConditionVariableSRW(condition, lock, wait_ms, 0) != 0;
}

void fn_condition_wake_all(fn_condition *condition) {
    WakeAllConditionVariable(condition);
}

static BOOL CALLBACK call_action(PINIT_ONCE flag, PVOID action, PVOID *context) {
    (void)flag;
    (void)context;
    (*(void (**)(void))action)();
    return TRUE;
}

void fn_once(fn_once_flag *flag, void (*action)(void)) {
    InitOnceExecuteOnce(flag, call_action, (PVOID)&action, NULL);
}

uint64_t fn_clock_us(void) {
    LARGE_INTEGER now, per_second;
    QueryPerformanceCounter(&now);
    QueryPerformanceFrequency(&per_second);
    uint64_t ticks = (uint64_t)now.QuadPart, rate = (uint64_t)per_second.QuadPart;
    return ticks / rate * US_PER_S + ticks % rate * US_PER_S / rate;
}

static DWORD WINAPI enter_thread(LPVOID run) {
    void (*action)(void);
    *(void **)&action = run;
    action();
    return 0;
}

bool fn_thread_start(void (*run)(void)) {
    void *action;
    *(void (**)(void))&action = run;
    HANDLE thread = CreateThread(NULL, FN_STACK_BYTES, enter_thread, action, STACK_SIZE_PARAM_IS_A_RESERVATION, NULL);
    if (!thread)
        return false;
    CloseHandle(thread);
    return true;
}
#endif
