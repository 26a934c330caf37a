"""C types of clock.py; no logic."""
from libc.stdint cimport uint64_t

cpdef uint64_t monotonic_ns() noexcept nogil
cpdef uint64_t later_ns(uint64_t now_ns, double seconds) noexcept nogil
cpdef uint64_t wall_s() noexcept nogil
