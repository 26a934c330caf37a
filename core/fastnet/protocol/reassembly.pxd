"""C types of reassembly.py; no logic."""
cimport cython
from libc.stdint cimport uint32_t, uint64_t
from fastnet.protocol.datagram cimport Datagram, blank_bytes

cdef uint32_t UNIT_BYTES
cdef int _VALID, _FRAME_INVALID, _MESSAGE_TOO_LARGE

cpdef int pieces_valid(uint64_t total, uint64_t unit, uint64_t length, uint64_t maximum) noexcept

@cython.final
cdef class Reassembly:
    # How far it is.
    cdef readonly uint32_t total, held_bytes
    cdef readonly bint complete
    # What is here, and which units of it are.
    cdef bytes _message
    cdef bytearray _held

    @cython.locals(last=uint32_t, added=uint32_t)
    cpdef uint32_t add(self, Datagram inbound, uint32_t unit, uint32_t length) noexcept
    cpdef bytes message(self)
    @cython.locals(index=uint32_t)
    cdef bint _is_blank(self, uint32_t first, uint32_t last) noexcept
    @cython.locals(index=uint32_t)
    cdef void _mark(self, uint32_t first, uint32_t last) noexcept
    @cython.locals(mask=int)
    cdef int _mask(self, uint32_t index, uint32_t first, uint32_t last) noexcept
    @cython.locals(added=uint32_t, left=uint32_t, size=uint32_t)
    cdef uint32_t _add_blank_units(self, Datagram inbound, uint32_t unit, uint32_t length) noexcept
