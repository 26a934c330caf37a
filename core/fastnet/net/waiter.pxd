"""C types of waiter.py; no logic."""
cimport cython
from libc.stdint cimport uint64_t
from fastnet.net.libc cimport pollfd

cdef enum:
    WATCHED_MAX = 8

@cython.final
cdef class Waiter:
    # Number 0 is our own, on which `wake` writes.
    cdef pollfd[WATCHED_MAX] _watched
    cdef int _count

    cpdef int wait(self, uint64_t timeout_ns) except -1
    cpdef bint is_ready(self, int fd) noexcept
    cpdef void wake(self) noexcept

cdef int poll_descriptors(pollfd* watched, int count, uint64_t timeout_ns) except -1
