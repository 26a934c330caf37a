"""C types of rtt.py; no logic."""
cimport cython
from libc.stdint cimport uint64_t

cdef uint64_t GRANULARITY_NS, INITIAL_RTT_NS, _SEED_MIN_NS, _SEED_MAX_NS

@cython.final
cdef class RttEstimator:
    cdef readonly uint64_t smoothed_ns, variation_ns, latest_ns, min_ns, jitter_ns
    cdef readonly bint has_sample

    cpdef void reset(self, uint64_t first_ns) noexcept
    cpdef void seed(self, uint64_t first_ns) noexcept
    @cython.locals(adjusted=uint64_t, off=uint64_t)
    cpdef void update(self, uint64_t latest_ns, uint64_t ack_delay_ns) noexcept
    cdef void _first(self, uint64_t latest_ns) noexcept
    @cython.locals(off=uint64_t)
    cdef void _update_jitter(self, uint64_t latest_ns) noexcept
    cpdef uint64_t pto_ns(self, uint64_t peer_ack_delay_ns) noexcept
    @cython.locals(longest=uint64_t)
    cpdef uint64_t loss_delay_ns(self) noexcept
