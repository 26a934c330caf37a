/* The wake-up object on Linux: an eventfd, which the core puts beside its sockets and empties by reading. */
#ifdef __linux__
#include "inside.h"

#include <sys/eventfd.h>
#include <unistd.h>

bool fn_wake_open(intptr_t *handle) {
    *handle = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    return *handle != -1;
}

void fn_wake_signal(intptr_t handle) {
    uint64_t one = 1;
    ssize_t written = write((int)handle, &one, sizeof one);
    (void)written; /* Fails only when it is full of wake-ups already. */
}

void fn_wake_close(intptr_t handle) {
    close((int)handle);
}
#endif
