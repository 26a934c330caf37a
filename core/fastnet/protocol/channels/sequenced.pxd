"""C types of sequenced.py; no logic."""
cimport cython
from libc.stdint cimport uint8_t, uint64_t
from fastnet.protocol.channels.unreliable cimport UnreliableChannel
from fastnet.protocol.datagram cimport Datagram
from fastnet.protocol.reassembly cimport Reassembly
from fastnet.protocol.sent cimport SentLog

cdef uint64_t ID_LIMIT
cdef int ACCEPTED, EXHAUSTED, MESSAGE_TOO_LARGE, FRAME_INVALID

cdef class SequencedChannel(UnreliableChannel):
    cdef readonly uint64_t expected  # one above the last delivered id
    cdef uint64_t _partial_id, _born_ns
    cdef Reassembly _newest
    @cython.locals(code=int)
    cdef int offer_copy(self, const uint8_t* data, int size) except -1
    cdef int write(self, Datagram out, int room, int room_max, SentLog sent) except? -9
    cdef int end_flush(self) except -1
    cpdef int start_at(self, uint64_t id) except -1
    cdef int rest(self, uint64_t now_ns) except -1
    cdef int receive(self, Datagram inbound, uint64_t id, int length, uint64_t now_ns) except -1
    @cython.locals(partial=Reassembly)
    cdef int receive_piece(self, Datagram inbound, uint64_t id, uint64_t total, uint64_t unit, uint64_t length, uint64_t now_ns) except -1
