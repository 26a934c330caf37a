/* The wake-up object on Linux: an eventfd, which the core puts beside its sockets and empties by reading. */
#ifdef __linux__
#include "inside.h"

#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <unistd.h>

bool fn_wake_open(intptr_t *handle) {
    *handle = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    return *handle != -1;
}

/* The system call alone. libc's `write` can be cancelled, which takes it to five pages that a frame has not touched
 * before; what it does with errno nobody wants to know. */
static void write_now(int fd, const void *from, size_t bytes) {
#if defined(__x86_64__) && defined(__LP64__)
    long number = SYS_write;
    __asm__ volatile("syscall" : "+a"(number) : "D"((long)fd), "S"(from), "d"(bytes) : "rcx", "r11", "memory");
#else
    ssize_t written = write(fd, from, bytes);
    (void)written;
#endif
}

void fn_wake_signal(intptr_t handle) {
    uint64_t one = 1;
    write_now((int)handle, &one, sizeof one); /* Fails only when it is full of wake-ups already. */
}

void fn_wake_close(intptr_t handle) {
    close((int)handle);
}
#endif
