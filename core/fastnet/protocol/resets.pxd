"""C types of resets.py; no logic."""
cimport cython
from libc.stdint cimport uint64_t
from fastnet.protocol.datagram cimport Datagram

cdef uint64_t _GROUP_GAP_NS, _SPREAD
cdef int _WAITING_MAX, _BYTES_MAX

@cython.final
cdef class Resets:
    cdef bytes _key
    cdef object _chance
    cdef readonly object waiting
    cdef readonly uint64_t answered
    cdef int _per_second, _count
    cdef uint64_t _second
    cdef uint64_t[256] _free_ns  # when the neighbourhoods of this place may have another
    cpdef bint answer(self, Datagram inbound, uint64_t now_ns) except -1
    @cython.locals(size=int)
    cdef _write(self, Datagram inbound)
    @cython.locals(second=uint64_t, group=uint64_t, place=int)
    cdef bint _admit(self, Datagram inbound, uint64_t now_ns) noexcept
    cpdef bint take(self, Datagram out) except -1
