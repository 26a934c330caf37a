"""C types of outgoing.py; no logic."""
cimport cython
from libc.stdint cimport uint32_t, uint64_t
from fastnet.protocol.acknowledged cimport apply_noted
from fastnet.protocol.channels.base cimport Channel
from fastnet.protocol.channels.reliable cimport ReliableChannel
from fastnet.protocol.connection cimport Connection
from fastnet.protocol.datagram cimport Datagram, varint_size
from fastnet.protocol.deadlines cimport maybe_update_keys
from fastnet.protocol.paths cimport Path
from fastnet.protocol.recovery cimport Recovery
from fastnet.protocol.repeats cimport repeat
from fastnet.protocol.sent cimport ITEM_ANSWER, ITEM_CREDIT_WANTED, ITEM_MAX_CREDIT, PROBE_MTU, PROBE_PATH
from fastnet.protocol.sent cimport Packet, SentLog

cdef int FLAG_FIXED, FRAME_PADDING, FRAME_PING, FRAME_MAX_CREDIT, FRAME_CREDIT_WANTED, FRAME_PATH_CHALLENGE
cdef int FRAME_PATH_RESPONSE, FRAME_CLOSE, TAG_BYTES, DATAGRAM_BYTES_BASE, _SILENT_RUN_MAX, _ROOM_KEPT, _CREDIT_FRAME_MAX, _PATH_BYTES_MIN
cdef int BINDING, VALIDATING, CONNECTED, FLUSHING, CLOSING, DRAINING, EMPTY, FULL, BLOCKED
cdef uint64_t NEVER, NUMBER_LIMIT, _NUMBERS_KEPT, NO_ACK

ctypedef Packet* PacketRef

cdef bint build(Connection peer, Datagram out, uint64_t now_ns) except -1
cdef bint is_idle(Connection peer) except -1
cdef bint can_wait(Connection peer, bint briefly) except -1
@cython.locals(recovery=Recovery)
cdef bint _is_quiet(Connection peer) except -1
@cython.locals(recovery=Recovery)
cdef bint note_sent(Connection peer) except -1
@cython.locals(recovery=Recovery, wants_data=bint, wants_ack=bint, eliciting=bint, header=int, ack_largest=uint64_t, stop=int, with_ack=bint)
cdef bint _build_packet(Connection peer, Datagram out, uint64_t now_ns) except -1
cdef bint _repeat_answer(Connection peer, Datagram out) except -1
@cython.locals(recovery=Recovery)
cdef bint _may_send_data(Connection peer, uint64_t now_ns) except -1
@cython.locals(channel=Channel)
cdef int _end_flush(Connection peer) except -1
@cython.locals(channel=Channel, count=int, wrote=bint, room_max=int)
cdef bint _write_data(Connection peer, Datagram out, int stop, int header) except -1
@cython.locals(channel=ReliableChannel)
cdef int _on_blocked(Connection peer, Channel blocked) except -1
@cython.locals(channel=ReliableChannel, wrote=bint, announcers=list)
cdef bint _write_credit(Connection peer, Datagram out, int stop) except -1
@cython.locals(number=uint64_t, unacked=uint64_t, length=int, sent=SentLog, code=int)
cdef int _begin(Connection peer, Datagram out, uint64_t now_ns) except -1
@cython.locals(number=uint64_t, packet=PacketRef, number_bytes=int)
cdef bint _finish(Connection peer, Datagram out, int header, bint eliciting, bint counted, uint64_t ack_largest, uint64_t now_ns) except -1
@cython.locals(path=Path)
cdef bint _build_paths(Connection peer, Datagram out, uint64_t now_ns) except -1
@cython.locals(header=int, size=int)
cdef bint _build_mtu_probe(Connection peer, Datagram out, uint64_t now_ns) except -1
@cython.locals(header=int, allowance=uint64_t, ack_largest=uint64_t, with_ack=bint, active=bint)
cdef bint _build_path(Connection peer, Path path, Datagram out, uint64_t now_ns) except -1
@cython.locals(header=int, reason=bytes, path=Path)
cdef bint _build_close(Connection peer, Datagram out, uint64_t now_ns) except -1
cdef uint64_t _challenge(Connection peer, Path path) except? 0
