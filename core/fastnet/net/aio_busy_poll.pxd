"""C types of aio_busy_poll.py; no logic."""
cimport cython
from libc.stdint cimport uint64_t

cdef int FRUITLESS_MAX, QUICK_MAX

@cython.final
cdef class BusyPoll:
    cdef uint64_t _limit_ns, _held_since_ns, _asleep_since_ns
    cdef bint _is_whole
    cdef int _fruitless, _quick, _quick_needed
    cpdef uint64_t begin(self, uint64_t now_ns) noexcept
    cpdef void found(self) noexcept
    cpdef bint missed(self) noexcept
    cpdef void loop_ran(self) noexcept
    cpdef void heard(self, uint64_t now_ns) noexcept
