"""C types of unreliable.py; no logic."""
cimport cython
from libc.stdint cimport uint8_t, uint32_t, uint64_t
from fastnet.protocol.channels.base cimport Channel, put_piece_head
from fastnet.protocol.channels.unsent cimport Unsent
from fastnet.protocol.datagram cimport Datagram, varint_size
from fastnet.protocol.reassembly cimport Reassembly
from fastnet.protocol.sent cimport SentLog

cdef uint64_t ID_LIMIT, NO_ID
cdef int EMPTY, FULL, ACCEPTED, EXHAUSTED, TOO_LARGE, MESSAGE_TOO_LARGE, FRAME_INVALID

cdef class UnreliableChannel(Channel):
    cdef readonly uint64_t next_id, offered
    cdef Unsent _unsent
    cdef int _offset  # How much of the first message was cut off and sent so far ..
    cdef bint _cut  # .. and whether it was cut at all, as message `_cut_id`.
    cdef uint64_t _cut_id
    cdef dict _partial  # id -> [when the first piece came, Reassembly], oldest first
    cdef uint64_t _partial_bytes
    cdef int offer(self, bytes data) except -1
    cdef int offer_copy(self, const uint8_t* data, int size) except -1
    cdef int _queue(self, const uint8_t* data, int size) except -1
    cdef int _count(self) noexcept
    cdef int mark_flushed(self) except -1
    cpdef int start_at(self, uint64_t id) except -1
    cdef int _drop_oldest(self) except -1
    cdef int write(self, Datagram out, int room, int room_max, SentLog sent) except? -9
    @cython.locals(first=uint64_t, count=int, size=int, id_bytes=int, head=int)
    cdef int _write(self, Datagram out, int room, int room_max, uint64_t id) except? -9
    @cython.locals(length=int, start=int, size=int)
    cdef int _write_piece(self, Datagram out, int room, uint64_t id) except? -9
    cdef int receive(self, Datagram inbound, uint64_t id, int length, uint64_t now_ns) except -1
    @cython.locals(partial=Reassembly)
    cdef int receive_piece(self, Datagram inbound, uint64_t id, uint64_t total, uint64_t unit, uint64_t length, uint64_t now_ns) except -1
    @cython.locals(partial=Reassembly)
    cdef int _make_room(self, uint64_t total, uint64_t now_ns) except -1
    cdef int rest(self, uint64_t now_ns) except -1
    @cython.locals(partial=Reassembly)
    cdef int _forget(self, uint64_t id) except -1
