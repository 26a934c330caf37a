# cython: annotation_typing=True
# ruff: noqa: F821 - C variables are declared without a value, and WATCHED_MAX lives in the .pxd.
"""Sleeping until a descriptor can be read, time is up, or another thread calls. Here the GIL is given away."""

import cython
from cython.cimports.cpython.exc import PyErr_CheckSignals
from cython.cimports.fastnet.net.libc import (
    EFD_CLOEXEC,
    EFD_NONBLOCK,
    POLLIN,
    close,
    eventfd,
    pollfd,
    ppoll,
    read,
    timespec,
    write,
)
from cython.cimports.libc.stdint import uint64_t

from fastnet.protocol.errors import FastNetError, UsageError

_FOREVER = cython.declare(uint64_t, 0xFFFFFFFFFFFFFFFF)


class Waiter:
    """Sleeps on several descriptors at once, and can be woken from any thread."""

    def __cinit__(self):
        self._watched[0].fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)
        self._watched[0].events = POLLIN
        self._count = 1
        if self._watched[0].fd < 0:
            raise FastNetError("no descriptor left to wake a waiting thread with; raise `ulimit -n`")

    def __dealloc__(self):
        self.close()

    def close(self) -> None:
        """Give the descriptor back; `wake` is then a wish without effect."""
        if self._watched[0].fd >= 0:
            close(self._watched[0].fd)
        self._watched[0].fd = -1  # poll ignores negative descriptors.

    def watch(self, fd: cython.int) -> None:
        """Also wake when `fd` can be read. Raises UsageError beyond the seventh."""
        if self._count == WATCHED_MAX:
            raise UsageError(f"a Waiter watches at most {WATCHED_MAX - 1} descriptors; put the rest behind one epoll")
        self._watched[self._count].fd = fd
        self._watched[self._count].events = POLLIN
        self._watched[self._count].revents = 0
        self._count += 1

    def unwatch(self, fd: cython.int) -> None:
        """Forget `fd`; unknown ones are fine."""
        index: cython.int
        for index in range(1, self._count):
            if self._watched[index].fd == fd:
                self._watched[index] = self._watched[self._count - 1]
                self._count -= 1
                return

    def wait(self, timeout_ns: uint64_t) -> cython.int:
        """Sleep until something watched can be read, `wake` is called or `timeout_ns` passed; how many it is (0: time).

        2**64 - 1 is forever. A signal ends the sleep early; its Python handler runs, and may raise.
        """
        ready: cython.int = poll_descriptors(self._watched, self._count, timeout_ns)
        if ready > 0 and self._watched[0].revents != 0:
            drained: uint64_t
            read(self._watched[0].fd, cython.address(drained), 8)
        return ready

    def is_ready(self, fd: cython.int) -> cython.bint:
        """Whether the latest `wait` found `fd` readable."""
        index: cython.int
        for index in range(1, self._count):
            if self._watched[index].fd == fd:
                return self._watched[index].revents != 0
        return False

    def wake(self) -> cython.void:
        """End the current `wait`, or else the next one. From any thread; needs no lock."""
        one: uint64_t = 1
        write(self._watched[0].fd, cython.address(one), 8)


def poll_descriptors(watched: cython.pointer(pollfd), count: cython.int, timeout_ns: uint64_t) -> cython.int:
    """The one place that gives the GIL away for a sleep."""
    limit: timespec
    limit.tv_sec = cython.cast(cython.long, timeout_ns // 1_000_000_000)
    limit.tv_nsec = cython.cast(cython.long, timeout_ns % 1_000_000_000)
    ready: cython.int
    with cython.nogil:
        ready = ppoll(watched, count, cython.NULL if timeout_ns == _FOREVER else cython.address(limit), cython.NULL)
    if ready < 0:
        PyErr_CheckSignals()
        return 0
    return ready
