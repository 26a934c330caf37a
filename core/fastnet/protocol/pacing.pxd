"""C types of pacing.py; no logic."""
cimport cython
from libc.stdint cimport uint64_t

cdef uint64_t _DEPTH_NS, _REFILL_NS, _FULL_NS, _ONE

@cython.final
cdef class Pacer:
    # The bucket: what it holds when full, and what is missing.
    cdef uint64_t _depth_bytes, _depth, _missing
    # The latest refill: when, and what the division left, in bytes x ns.
    cdef uint64_t _refilled_ns, _rest

    cpdef void reset(self, uint64_t now_ns) noexcept
    cpdef bint may_send(self, uint64_t size, uint64_t now_ns, uint64_t window, uint64_t smoothed_ns) noexcept
    cpdef void on_sent(self, uint64_t size) noexcept
    @cython.locals(allowed=uint64_t, round_ns=uint64_t, wanted=uint64_t, rate=uint64_t)
    cpdef uint64_t ready_ns(self, uint64_t size, uint64_t now_ns, uint64_t window, uint64_t smoothed_ns) noexcept
    cdef uint64_t _allowed(self, uint64_t size) noexcept
    cdef uint64_t _rate(self, uint64_t window) noexcept
    @cython.locals(elapsed_ns=uint64_t, round_ns=uint64_t, rate=uint64_t, gained=uint64_t, whole=uint64_t)
    cdef void _refill(self, uint64_t now_ns, uint64_t window, uint64_t smoothed_ns) noexcept
