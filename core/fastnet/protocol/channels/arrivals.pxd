"""C types of arrivals.py; no logic."""
cimport cython
from libc.stdint cimport uint32_t, uint64_t
from fastnet.protocol.channels.reliable cimport ReliableChannel
from fastnet.protocol.datagram cimport Datagram
from fastnet.protocol.reassembly cimport Reassembly

cdef int CREDIT_EXCEEDED, MESSAGE_TOO_LARGE, FRAME_INVALID
cdef uint64_t OPEN_IDS_MAX

cdef class OrderedChannel(ReliableChannel):
    cdef readonly uint64_t expected
    cpdef int start_at(self, uint64_t id) except -1
    cdef dict _held
    @cython.locals(partial=Reassembly, code=int)
    cdef int receive(self, Datagram inbound, uint64_t id, int length, uint64_t now_ns) except -1
    @cython.locals(partial=Reassembly, code=int)
    cdef int receive_piece(self, Datagram inbound, uint64_t id, uint64_t total, uint64_t unit, uint64_t length, uint64_t now_ns) except -1
    cdef int rest(self, uint64_t now_ns) except -1
    @cython.locals(partial=Reassembly)
    cdef int _drain(self) except -1

cdef class UnorderedChannel(ReliableChannel):
    cdef readonly uint64_t floor
    cpdef int start_at(self, uint64_t id) except -1
    cdef uint64_t _above
    cdef bytearray _seen
    cdef dict _partial
    cdef int rest(self, uint64_t now_ns) except -1
    @cython.locals(at=uint64_t)
    cdef bint _is_new(self, uint64_t id) except -1
    @cython.locals(at=uint64_t)
    cdef int _mark(self, uint64_t id) except -1
    @cython.locals(partial=Reassembly, code=int)
    cdef int receive(self, Datagram inbound, uint64_t id, int length, uint64_t now_ns) except -1
    @cython.locals(partial=Reassembly, code=int)
    cdef int receive_piece(self, Datagram inbound, uint64_t id, uint64_t total, uint64_t unit, uint64_t length, uint64_t now_ns) except -1
