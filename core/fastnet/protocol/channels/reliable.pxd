"""C types of reliable.py; no logic."""
cimport cython
from libc.stdint cimport uint32_t, uint64_t
from fastnet.protocol.channels.base cimport Channel, Message, Queue, put_piece, put_whole, whole_bytes
from fastnet.protocol.credit cimport CreditReceiver
from fastnet.protocol.datagram cimport Datagram
from fastnet.protocol.sent cimport ITEM_REPEAT, SentLog

cdef int EMPTY, FULL, BLOCKED, ACCEPTED, WOULD_BLOCK, TOO_LARGE, EXHAUSTED
cdef int _MESSAGE, _PIECE
cdef int CREDIT_EXCEEDED
cdef uint64_t OPEN_IDS_MAX, MESSAGE_COST_BYTES, ID_LIMIT
cdef int UNIT_BYTES

cdef class ReliableChannel(Channel):
    # Sending: ids [first_unacked, next_open) are in the ring, [next_open, next_id) wait unsent.
    cdef readonly uint64_t first_unacked, next_open, next_id
    cdef list _ring
    cdef uint64_t _mask
    cdef Queue _unsent
    cdef Message _lost_head, _lost_tail
    cdef readonly uint64_t total_cost, limit, wanted
    cdef readonly uint64_t resent  # frames that were sent again
    # Receiving.
    cdef readonly CreditReceiver credit
    cdef readonly uint32_t owner
    cdef unsigned char signalled  # is in its connection's list of channels with something to announce
    cdef unsigned char resting  # growth of the window goes back as messages are taken
    cdef readonly uint64_t known_cost, waiting_cost, wish, asked
    cdef readonly bint announcing  # a MAX_CREDIT waits to be written
    cdef readonly bint asking  # a CREDIT_WANTED waits to be written
    cdef readonly bint ended  # its connection is over: no more credit
    cdef unsigned char waits  # stands in the inbox's list of wishers
    cdef unsigned char starved, holds  # what `check_growth` found
    cdef uint64_t heard_bytes  # new bytes that came in pieces
    cdef uint64_t progress_before  # what had come when growth was last looked at

    @cython.locals(message=Message)
    cdef int offer(self, bytes data) except -1
    @cython.locals(message=Message, whole=int, count=int, length=int, start=int)
    cdef int write(self, Datagram out, int room, int room_max, SentLog sent) except? -9
    @cython.locals(message=Message, whole=int, count=int)
    cdef int _write_lost(self, Datagram out, int room, int room_max, SentLog sent) except? -9
    @cython.locals(start=int)
    cdef int _write_whole(self, Message message, Datagram out, SentLog sent) except -1
    @cython.locals(message=Message)
    cdef bint write_again(self, uint64_t id, Datagram out, int room, SentLog sent) except -1
    @cython.locals(length=int)
    cdef int _write_piece(self, Message message, int offset, int remaining, Datagram out, int room, SentLog sent) except? -9
    @cython.locals(unit=uint32_t, remaining=int, length=int, start=int)
    cdef int _write_lost_piece(self, Message message, Datagram out, int room, SentLog sent) except? -9
    cdef int _cut(self, Message message) except -1
    @cython.locals(grown=list, mask=uint64_t, id=uint64_t)
    cdef int _open(self, Message message) except -1
    cdef int _push_lost(self, Message message) except -1
    cdef Message _pop_lost(self)
    @cython.locals(message=Message)
    cpdef bint may_open(self) noexcept
    cdef int mark_flushed(self) except -1
    cpdef int start_at(self, uint64_t id) except -1
    cpdef bint finished(self) noexcept
    cpdef bint raise_limit(self, uint64_t limit) noexcept
    @cython.locals(message=Message)
    cdef int on_acked(self, int kind, uint64_t id, uint32_t unit, uint32_t length) except -1
    @cython.locals(index=uint32_t, left=int)
    cdef int _mark_acked(self, Message message, uint32_t unit, uint32_t length) except -1
    @cython.locals(message=Message)
    cdef int _advance(self) except -1
    @cython.locals(message=Message)
    cdef int on_lost(self, int kind, uint64_t id, uint32_t unit, uint32_t length) except -1
    cdef int rest(self, uint64_t now_ns) except -1
    cdef int _note_cost(self, uint64_t size) except -1
    cdef int _hand_over(self, bytes data) except -1
    @cython.locals(due=bint)
    cdef int on_taken(self) except -1
    @cython.locals(need=uint64_t, grant=uint64_t)
    cdef bint grow(self, uint64_t wanted) except -1
    @cython.locals(idle=bint, patient=bint, progress=uint64_t)
    cdef int check_growth(self) except -1
    cdef int give_back(self) except -1
    cdef bint starves(self) noexcept
    cdef int serve_wish(self) except -1
