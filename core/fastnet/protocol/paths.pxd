"""C types of paths.py; no logic."""
cimport cython
from libc.stdint cimport uint32_t, uint64_t
from fastnet.protocol.datagram cimport Datagram

cdef int AMPLIFICATION_FACTOR, _TOKENS_MAX

@cython.final
cdef class Path:
    # The address, in the form of Datagram.
    cdef readonly uint64_t remote_hi, remote_lo, local_hi, local_lo
    cdef readonly uint32_t remote_port, remote_scope
    # Its validation: tokens that we sent and await, tokens that we owe.
    cdef readonly list tokens
    cdef list owed
    cdef readonly bint validated, challenge_due
    cdef uint64_t next_try_ns, try_gap_ns, deadline_ns
    # What the 3x rule counts, in bytes.
    cdef readonly uint64_t received_bytes, sent_bytes

    cpdef bint is_of(self, Datagram datagram) noexcept
    cpdef void follow(self, Datagram datagram) noexcept
    cpdef void address(self, Datagram out) noexcept
    cpdef uint64_t allowance(self) noexcept
    cpdef bint same_host(self, Path other) noexcept
