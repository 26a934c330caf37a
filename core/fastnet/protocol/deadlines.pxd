"""C types of deadlines.py; no logic."""
cimport cython
from libc.stdint cimport uint64_t
from fastnet.protocol.acknowledged cimport apply_noted
from fastnet.protocol.channels.base cimport Channel
from fastnet.protocol.channels.reliable cimport ReliableChannel
from fastnet.protocol.connection cimport Connection
from fastnet.protocol.incoming cimport serve_wishers
from fastnet.protocol.paths cimport Path
from fastnet.protocol.recovery cimport Recovery

cdef int BINDING, WAIT_BIND, VALIDATING, CONNECTED, FLUSHING, CLOSING, DATAGRAM_BYTES_BASE, LARGE_LOST_MAX
cdef uint64_t NEVER, _TRY_GAP_MAX_NS, _CREDIT_REST_NS

@cython.locals(pto_ns=uint64_t)
cdef uint64_t idle_ns(Connection peer) noexcept
@cython.locals(quiet_ns=uint64_t)
cdef uint64_t keepalive_deadline_ns(Connection peer) noexcept
@cython.locals(deadline=uint64_t, silence_ns=uint64_t)
cdef uint64_t next_deadline_ns(Connection peer) except? 0
@cython.locals(path=Path, deadline=uint64_t)
cdef uint64_t _paths_deadline_ns(Connection peer) except? 0
cdef int handle_deadline(Connection peer, uint64_t now_ns) except -1
@cython.locals(state=int)
cdef int _handle_state(Connection peer, uint64_t now_ns) except -1
@cython.locals(path=Path, grown=uint64_t)
cdef int handle_paths(Connection peer, uint64_t now_ns) except -1
cdef int _handle_silence(Connection peer, uint64_t now_ns) except -1
@cython.locals(channel=Channel)
cdef int _rest(Connection peer, uint64_t now_ns) except -1
@cython.locals(recovery=Recovery)
cdef int heed_mtu(Connection peer, uint64_t now_ns) except -1
cdef int maybe_update_keys(Connection peer, uint64_t now_ns) except -1
@cython.locals(channel=Channel, reliable=ReliableChannel)
cdef int _rest_credit(Connection peer, uint64_t now_ns) except -1
@cython.locals(reliable=ReliableChannel, other=ReliableChannel)
cdef bint _keeps_from_others(Connection peer, Channel channel) except -1
