"""C types of waiter.py; no logic."""
cimport cython
from libc.stdint cimport uint64_t
from fastnet.net.libc cimport pollfd, timespec

cdef enum:
    WATCHED_MAX = 8
    FOUND_MAX = 16  # How many one sleep with an epoll can find; the others are found by the next.
    LASTING = 8

@cython.final
cdef class Poller:
    cdef pollfd* _watched  # whom to watch, and what the latest sleep found
    cdef int count  # places
    cdef int _room
    cdef int _epoll  # -1: none
    cdef int _sleeps  # since the last change, up to LASTING; one more: there is no epoll to be had

    cdef int put(self, int place, int fd) except -1
    cdef int resize(self, int count) except -1
    cdef int remove(self, int place) except -1
    cdef int place_of(self, int fd) noexcept
    cdef void forget(self) noexcept
    cdef bint found(self, int place) noexcept
    cdef int sleep(self, uint64_t timeout_ns) except -1
    cdef int _make_epoll(self) noexcept
    cdef int _sleep_epoll(self, uint64_t timeout_ns) except -1

@cython.final
cdef class Waiter:
    cdef Poller _poller
    cdef int _wake  # at place 0, on which `wake` writes

    cpdef int wait(self, uint64_t timeout_ns) except -1
    cpdef bint is_ready(self, int fd) noexcept
    cpdef void wake(self) noexcept

cpdef bint wait_readable(int fd, uint64_t timeout_ns) except -1
cdef int poll_descriptors(pollfd* watched, int count, uint64_t timeout_ns) except -1
cdef timespec limit_of(uint64_t timeout_ns) noexcept
cdef int checked(int ready) except -1
