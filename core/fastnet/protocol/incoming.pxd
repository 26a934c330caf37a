"""C types of incoming.py; no logic."""
from libc.stdint cimport uint64_t
from fastnet.protocol.acknowledged cimport pass_ack, take_ack
from fastnet.protocol.channels.base cimport Channel, Inbox
from fastnet.protocol.channels.reliable cimport ReliableChannel
from fastnet.protocol.connection cimport Connection
from fastnet.protocol.datagram cimport Datagram
from fastnet.protocol.paths cimport Path
from fastnet.protocol.places cimport Places
from fastnet.protocol.reassembly cimport pieces_valid
cimport cython

cdef int FLAG_RESERVED_MASK, FLAG_PHASE
cdef int FRAME_PADDING, FRAME_PING, FRAME_ACK, FRAME_MAX_CREDIT, FRAME_CREDIT_WANTED, FRAME_PATH_CHALLENGE
cdef int FRAME_PATH_RESPONSE, FRAME_CLOSE, FRAME_EXTENSION_MIN, FRAME_EXTENSION_MAX, FRAME_DATA, FRAME_DATA_PIECE
cdef int FRAME_DATA_CHANNEL_MASK, KIND_UNRELIABLE, CANDIDATES_MAX, TAG_BYTES, _ESCAPE
cdef int PROTOCOL_VIOLATION, FRAME_INVALID, MESSAGE_TOO_LARGE, CHANNEL_UNKNOWN, _ANSWERS_MAX
cdef int WAIT_BIND, VALIDATING, BINDING, CONNECTED, FLUSHING, CLOSING, DRAINING
cdef uint64_t _CLOSE_ANSWER_NS, _TRY_GAP_MAX_NS, NEVER, NUMBER_LIMIT

cdef enum:
    ELICITING = 1
    PROMPT = 2
    ACK_HEARD = 4

@cython.locals(code=int)
cdef int take_packet(Connection peer, Datagram inbound, uint64_t number, uint64_t now_ns) except -1
@cython.locals(newest=bint, path=Path)
cdef int _note_path(Connection peer, Datagram inbound, uint64_t number, uint64_t now_ns) except -1
@cython.locals(kind=int, code=int, wants=int)
cdef int _take_frames(Connection peer, Datagram inbound, uint64_t number, bint phase_bit, uint64_t now_ns) except -1
@cython.locals(length=uint64_t)
cdef int _take_control(Connection peer, Datagram inbound, int kind, uint64_t now_ns) except -1
@cython.locals(number=int, slot=int, channel=Channel, id=uint64_t, total=uint64_t, unit=uint64_t, length=uint64_t, maximum=uint64_t, code=int)
cdef int _take_data(Connection peer, Datagram inbound, int kind, uint64_t now_ns) except -1
cdef int _take_when_closing(Connection peer, Datagram inbound, int kind, uint64_t now_ns) except -1
@cython.locals(slot=int, limit=uint64_t, channel=ReliableChannel, base=Channel)
cdef int _take_credit(Connection peer, Datagram inbound, int kind, uint64_t now_ns) except -1
@cython.locals(path=Path, token=uint64_t)
cdef int _take_challenge(Connection peer, Datagram inbound, uint64_t now_ns) except -1
@cython.locals(path=Path, token=uint64_t)
cdef int _take_response(Connection peer, Datagram inbound, uint64_t now_ns) except -1
@cython.locals(code=uint64_t, length=uint64_t)
cdef int _take_close(Connection peer, Datagram inbound, uint64_t now_ns) except -1
cdef int signal(Connection peer, ReliableChannel channel) except -1
@cython.locals(channel=ReliableChannel)
cdef int serve_wishers(Inbox inbox) except -1
@cython.locals(channel=ReliableChannel, peer=Connection)
cdef list grant_credit(Inbox inbox, Places places)
