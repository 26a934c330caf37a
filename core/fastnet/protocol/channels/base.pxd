"""C types of base.py; no logic."""
cimport cython
from libc.stdint cimport uint8_t, uint32_t, uint64_t
from fastnet.protocol.channels.unsent cimport SpareRoom
from fastnet.protocol.datagram cimport Datagram, varint_size
from fastnet.protocol.events cimport Data
from fastnet.protocol.sent cimport SentLog
from fastnet.protocol.settings cimport Settings

cdef int FRAME_DATA, FRAME_DATA_PIECE, UNIT_BYTES, _ESCAPE, _HOLES_MAX, _PIECE_MIN, _PIECE_MAX
cdef uint64_t NEVER, _HELD_MAX

@cython.final
cdef class Message:
    cdef bytes data
    cdef Message next
    cdef Message next_lost
    cdef uint64_t id, cost_end
    cdef int size, offset  # `offset`: how much was cut off and sent so far
    cdef bint opened, done, lost
    cdef bytearray acked  # a bit for each unit, once the message goes in pieces
    cdef int acked_bytes
    cdef list lost_pieces  # unit, length, unit, length ..

@cython.final
cdef class Queue:
    cdef readonly Message head, tail
    cdef void push(self, Message message) noexcept
    cdef Message pop(self)

cdef class Outlet:
    cdef bint take(self, uint32_t peer_id, int channel, Datagram inbound, int length) except -1

@cython.final
cdef class Inbox:
    cdef list events
    cdef Outlet outlet  # of whoever wants no events for data, else None
    cdef Channel touched  # those with something waiting in this epoch, linked through `next_touched`
    cdef readonly list announcers  # reliable channels whose credit may be announced; the endpoint empties it
    cdef list holding  # pairs (channel, data) while a connection is being bound, else None
    cdef readonly list wishers  # reliable channels whose wish for credit the budget could not grant yet
    cdef readonly uint64_t budget  # bytes that windows of all peers may still grow by
    cdef uint64_t epoch
    cdef readonly uint64_t dropped
    cdef uint64_t _holes
    cdef SpareRoom spare  # memory for channels' queues
    cdef int deliver_next(self, Channel channel, Datagram inbound, int length) except -1
    @cython.locals(event=Data)
    cdef int deliver(self, Channel channel, bytes data) except -1
    @cython.locals(events=list, channel=Channel)
    cdef list take(self)
    @cython.locals(channel=Channel)
    cdef int deliver_all(self, list held) except -1
    cdef int add(self, object event) except -1
    cdef bint _may_hold(self, Channel channel, uint64_t count) noexcept
    @cython.locals(index=Py_ssize_t, event=Data)
    cdef int _forget_oldest(self, Channel channel) except -1
    @cython.locals(channel=Channel, places=list, place=tuple, kept=list, index=Py_ssize_t)
    cdef int _compact(self) except -1

cdef class Channel:
    # What it is.
    cdef readonly unsigned char number, kind, priority, weight
    cdef unsigned char head_bytes  # what `put_head` writes
    # Flags are bytes where they would cost a word: a server has four channels for each peer.
    cdef readonly unsigned char reliable, keep_latest
    cdef unsigned char unflushed  # is in its connection's list of channels that wait for `flush`
    cdef readonly short slot
    cdef uint32_t peer_id
    cdef cython.py_int shown_peer_id, shown_number  # the same as Python objects, for events
    cdef Settings settings
    cdef Inbox inbox
    # Its place in the schedule.
    cdef Channel next_active
    cdef readonly bint active
    cdef int deficit
    # What may leave under auto_flush=False: messages whose order (of a reliable one: id) is below `flushed`.
    cdef uint64_t flushed
    # Limits that the peer declared.
    cdef uint64_t message_bytes_max
    # What the application has not taken yet, counted anew in each epoch of the inbox.
    cdef Channel next_touched
    cdef uint64_t epoch, waiting_bytes, waiting_messages
    cdef Py_ssize_t oldest_at
    # Figures.
    cdef readonly uint64_t sent, received, superseded, dropped, queued_bytes, queued_messages

    cpdef void set_message_max(self, uint64_t count) noexcept
    cpdef uint64_t message_max(self) noexcept
    cdef int offer(self, bytes data) except -1
    cdef int offer_copy(self, const uint8_t* data, int size) except -1
    cdef int write(self, Datagram out, int room, int room_max, SentLog sent) except? -9
    cdef int receive(self, Datagram inbound, uint64_t id, int length, uint64_t now_ns) except -1
    cdef int receive_piece(self, Datagram inbound, uint64_t id, uint64_t total, uint64_t unit, uint64_t length, uint64_t now_ns) except -1
    cdef int on_acked(self, int kind, uint64_t id, uint32_t unit, uint32_t length) except -1
    cdef int on_lost(self, int kind, uint64_t id, uint32_t unit, uint32_t length) except -1
    cdef int end_flush(self) except -1
    cdef int mark_flushed(self) except -1
    cpdef int start_at(self, uint64_t id) except -1
    cdef int rest(self, uint64_t now_ns) except -1
    cdef int on_taken(self) except -1
    cdef int frame_head(self) noexcept
    @cython.locals(head=int)
    cdef void put_head(self, Datagram out, bint piece) noexcept

cdef int whole_bytes(Channel channel, Message message) noexcept
cdef void put_whole(Channel channel, Message message, Datagram out) noexcept
@cython.locals(length=int)
cdef int put_piece(Channel channel, Message message, int offset, int remaining, Datagram out, int room) noexcept
@cython.locals(head=int, length=int, unit=uint32_t)
cdef int put_piece_head(
    Channel channel, uint64_t id, int size, int offset, int remaining, Datagram out, int room
) noexcept
