"""C types of redundancy.py; no logic."""
cimport cython
from libc.stdint cimport uint32_t, uint64_t

cdef uint32_t _ONE, _FORGOTTEN, _TWICE
cdef int _MEMORY_BITS, _EVERY
cdef uint64_t _QUEUE_NS, _REST_MIN_NS, _REST_MAX_NS, _CALM, _CLEAR_NS

@cython.final
cdef class Redundancy:
    cdef readonly uint32_t share
    cdef uint64_t _low_ns, _low_before_ns, _watch_until_ns  # the quickest answer of this round trip and the last
    cdef uint64_t _rest_ns, _rest_until_ns, _step_ns
    cdef int _level, _turn

    cpdef void on_lost(self) noexcept
    cpdef void on_spurious(self) noexcept
    cpdef bint on_acked(self) noexcept
    @cython.locals(stale=bint)
    cpdef void watch(self, uint64_t sample_ns, uint64_t smoothed_ns, uint64_t now_ns) noexcept
    cpdef int repeats(self, uint64_t min_rtt_ns, uint64_t now_ns) noexcept
    cdef int _ration(self, uint64_t min_rtt_ns, uint64_t now_ns) noexcept
    cpdef bint rationed(self) noexcept
    cpdef bint queue_stands(self, uint64_t min_rtt_ns) noexcept
