"""C types of udp_counters.py; no logic."""
cimport cython
from libc.stdint cimport uint64_t

@cython.final
cdef class UdpCounters:
    # What passed.
    cdef readonly uint64_t sent, sent_bytes, received, received_bytes
    # What did not.
    cdef readonly uint64_t blocked, refused, unreachable, denied, too_big, failed
    cdef readonly int last_errno

    cdef bint error(self, int code) noexcept nogil

cdef bint _is_unreachable(int code) noexcept nogil
