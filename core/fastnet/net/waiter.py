# cython: annotation_typing=True
# ruff: noqa: F821 - C variables are declared without a value, and the sizes live in the .pxd.
"""Sleeping until a descriptor can be read, time is up, or another thread calls. Here the GIL is given away.

Rule: an epoll is never changed, only closed and made anew. It knows open files, not numbers: if a number was closed and
given out again, or a forked child holds the file as well, it could not be told to forget it.
"""

import cython
from cython.cimports.cpython.exc import PyErr_CheckSignals
from cython.cimports.fastnet.net.libc import (
    EFD_CLOEXEC,
    EFD_NONBLOCK,
    EPOLL_CLOEXEC,
    EPOLL_CTL_ADD,
    EPOLLET,
    EPOLLIN,
    POLLIN,
    close,
    epoll_create1,
    epoll_ctl,
    epoll_event,
    eventfd,
    fastnet_epoll_wait,
    pollfd,
    ppoll,
    read,
    timespec,
    write,
)
from cython.cimports.libc.errno import EINTR, errno
from cython.cimports.libc.stdint import uint64_t
from cython.cimports.libc.stdlib import free, realloc

from fastnet.protocol.errors import FastNetError, UsageError

_FOREVER = cython.declare(uint64_t, 0xFFFFFFFFFFFFFFFF)


class Poller:
    """Descriptors by place, and a sleep until one of them can be read; place 0 is an eventfd, heard once a write.

    What stays as it is for `LASTING` sleeps gets an epoll: it watches between two sleeps as well, so each is cheaper by
    what `ppoll` does for each descriptor. Without one (another system, Linux before 5.11, no descriptor left) it is
    `ppoll` throughout.
    """

    def __cinit__(self):
        self._epoll = -1

    def __dealloc__(self):
        self.forget()
        free(self._watched)

    def put(self, place: cython.int, fd: cython.int) -> cython.int:
        """Watch `fd` at this place; negative: nothing."""
        if place >= self.count:
            self.resize(place + 1)
        if self._watched[place].fd != fd:
            self._watched[place].fd = fd
            self._watched[place].revents = 0
            self.forget()
        return 0

    def resize(self, count: cython.int) -> cython.int:
        """Have so many places; new ones watch nothing."""
        if count > self._room:
            grown = cython.cast(cython.pointer(pollfd), realloc(self._watched, 2 * count * cython.sizeof(pollfd)))
            if grown == cython.NULL:
                raise MemoryError
            self._watched = grown
            self._room = 2 * count
        place: cython.int
        for place in range(self.count, count):
            self._watched[place].fd = -1
            self._watched[place].events = POLLIN
            self._watched[place].revents = 0
        if count != self.count:
            self.forget()
        self.count = count
        return 0

    def remove(self, place: cython.int) -> cython.int:
        """Give the place to the last one's descriptor, and have one less."""
        last: cython.int = self.count - 1
        self._watched[place] = self._watched[last]
        return self.resize(last)

    def place_of(self, fd: cython.int) -> cython.int:
        """Where `fd` is watched, from place 1 on; -1: nowhere."""
        place: cython.int
        for place in range(1, self.count):
            if self._watched[place].fd == fd:
                return place
        return -1

    def forget(self) -> cython.void:
        """Begin anew: a number may mean another file than at the latest sleep. The next one may end early, for what was
        written to the eventfd before."""
        if self._epoll >= 0:
            close(self._epoll)
        self._epoll = -1
        self._sleeps = 0

    def found(self, place: cython.int) -> cython.bint:
        """Whether the latest sleep found that it can be read."""
        return 0 <= place < self.count and self._watched[place].revents != 0

    def sleep(self, timeout_ns: uint64_t) -> cython.int:
        """Until something can be read or `timeout_ns` passed (2**64 - 1: never). How many can; 0: time, or a signal."""
        if self._epoll < 0:
            self._sleeps += self._sleeps <= LASTING
            if self._sleeps == LASTING:
                self._epoll = self._make_epoll()
        if self._epoll >= 0:
            return self._sleep_epoll(timeout_ns)
        ready: cython.int = poll_descriptors(self._watched, self.count, timeout_ns)
        if self._watched[0].revents != 0:
            drained: uint64_t
            read(self._watched[0].fd, cython.address(drained), 8)
        return ready

    def _make_epoll(self) -> cython.int:
        """-1: there is none to be had."""
        made: cython.int = epoll_create1(EPOLL_CLOEXEC)
        event: epoll_event
        place: cython.int
        for place in range(self.count if made >= 0 else 0):
            event.events = EPOLLIN if place else EPOLLIN | EPOLLET  # Each write to an eventfd counts once, unread.
            event.data.u64 = place
            fd: cython.int = self._watched[place].fd
            if fd >= 0 and epoll_ctl(made, EPOLL_CTL_ADD, fd, cython.address(event)) < 0:
                close(made)
                return -1
        return made

    def _sleep_epoll(self, timeout_ns: uint64_t) -> cython.int:
        events: epoll_event[FOUND_MAX]
        limit: timespec = limit_of(timeout_ns)
        ready: cython.int
        with cython.nogil:
            ready = fastnet_epoll_wait(
                self._epoll, events, FOUND_MAX, cython.NULL if timeout_ns == _FOREVER else cython.address(limit)
            )
        index: cython.int
        for index in range(self.count):
            self._watched[index].revents = 0
        if ready < 0 and errno != EINTR:  # The kernel has no such call, or a sandbox forbids it.
            self.forget()
            self._sleeps = LASTING + 1
            return self.sleep(timeout_ns)
        for index in range(ready):
            self._watched[events[index].data.u64].revents = POLLIN
        return checked(ready)


class Waiter:
    """Sleeps on several descriptors at once, and can be woken from any thread."""

    def __cinit__(self):
        self._wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)
        if self._wake < 0:
            raise FastNetError("no descriptor left to wake a waiting thread with; raise `ulimit -n`")
        self._poller = Poller()
        self._poller.put(0, self._wake)

    def __dealloc__(self):
        if self._wake >= 0:
            close(self._wake)

    def close(self) -> None:
        """Give the descriptors back; `wake` is then a wish without effect."""
        self._poller.put(0, -1)
        if self._wake >= 0:
            close(self._wake)
        self._wake = -1

    def watch(self, fd: cython.int) -> None:
        """Also wake when `fd` can be read. Raises UsageError beyond the seventh."""
        place: cython.int = self._poller.count
        if place == WATCHED_MAX:
            raise UsageError(f"a Waiter watches at most {WATCHED_MAX - 1} descriptors; put the rest behind one epoll")
        self._poller.put(place, fd)

    def unwatch(self, fd: cython.int) -> None:
        """Forget `fd`; unknown ones are fine."""
        place: cython.int = self._poller.place_of(fd)
        if place > 0:
            self._poller.remove(place)

    def wait(self, timeout_ns: uint64_t) -> cython.int:
        """Sleep until something watched can be read, `wake` is called or `timeout_ns` passed; how many it is (0: time).

        2**64 - 1 is forever. A signal ends the sleep early; its Python handler runs, and may raise.
        """
        return self._poller.sleep(timeout_ns)

    def is_ready(self, fd: cython.int) -> cython.bint:
        """Whether the latest `wait` found `fd` readable."""
        return self._poller.found(self._poller.place_of(fd))

    def wake(self) -> cython.void:
        """End the current `wait`, or else the next one. From any thread; needs no lock."""
        one: uint64_t = 1
        write(self._wake, cython.address(one), 8)


def wait_readable(fd: cython.int, timeout_ns: uint64_t) -> cython.bint:
    """Sleep until `fd` can be read or `timeout_ns` passed (0: only ask); whether it can. -1 never can."""
    watched: pollfd
    watched.fd = fd
    watched.events = POLLIN
    watched.revents = 0
    return fd >= 0 and poll_descriptors(cython.address(watched), 1, timeout_ns) > 0


def poll_descriptors(watched: cython.pointer(pollfd), count: cython.int, timeout_ns: uint64_t) -> cython.int:
    """The sleep without an epoll."""
    limit: timespec = limit_of(timeout_ns)
    ready: cython.int
    with cython.nogil:
        ready = ppoll(watched, count, cython.NULL if timeout_ns == _FOREVER else cython.address(limit), cython.NULL)
    return checked(ready)


def limit_of(timeout_ns: uint64_t) -> timespec:
    """For the kernel."""
    limit: timespec
    limit.tv_sec = cython.cast(cython.long, timeout_ns // 1_000_000_000)
    limit.tv_nsec = cython.cast(cython.long, timeout_ns % 1_000_000_000)
    return limit


def checked(ready: cython.int) -> cython.int:
    """What a sleep returned, or, when a signal ended it, 0 after its Python handler ran."""
    if ready < 0:
        PyErr_CheckSignals()
        return 0
    return ready
