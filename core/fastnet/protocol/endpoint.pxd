"""C types of endpoint.py; no logic."""
cimport cython
from libc.stdint cimport uint32_t, uint64_t
from fastnet.protocol.acknowledged cimport apply_noted
from fastnet.protocol.channels.base cimport Inbox
from fastnet.protocol.connection cimport Connection
from fastnet.protocol.datagram cimport Datagram
from fastnet.protocol.deadlines cimport handle_deadline, handle_paths, heed_mtu, next_deadline_ns
from fastnet.protocol.dirty cimport DirtyPeers
from fastnet.protocol.incoming cimport grant_credit
from fastnet.protocol.opening cimport open_packet
from fastnet.protocol.outgoing cimport build, can_wait, is_idle, note_sent
from fastnet.protocol.places cimport Places
from fastnet.protocol.resets cimport Resets
from fastnet.protocol.settings cimport Settings
from fastnet.protocol.timers cimport TimerHeap

cdef int DROP_SIZE, DROP_FLAGS, DROP_UNKNOWN, DROP_BIND_SIZE, DROP_ENDED
cdef int FLAG_FIXED, FLAG_FIXED_MASK, TAG_BYTES, DATAGRAM_BYTES_BASE, RESET_BYTES_MIN
cdef int WAIT_BIND, VALIDATING, CONNECTED, FLUSHING, CLOSING, DRAINING, CLOSED, ACCEPTED, EXHAUSTED
cdef uint64_t NEVER

@cython.final
cdef class Endpoint:
    # What it is.
    cdef readonly Settings settings
    cdef readonly bint is_server
    cdef object chance
    # Its peers.
    cdef readonly Places places
    cdef readonly list slots  # the very list of `places`
    cdef readonly int peer_count
    cdef int _size_min  # bytes of the smallest datagram that can be for us
    # What is waiting: for the application, to be built, for time.
    cdef Inbox inbox
    cdef DirtyPeers _dirty
    cdef TimerHeap timers
    cdef readonly Resets resets
    cdef bint _unsettled  # the first of the dirty has built a datagram since it was last asked
    cdef bint _resets_due  # `resets` may have something to send
    # Figures.
    cdef uint64_t[16] _drops
    cdef readonly uint64_t datagrams_received, datagrams_sent, bytes_received, bytes_sent, peers_total

    @cython.locals(reason=int)
    cpdef int receive_datagram(self, Datagram inbound, uint64_t now_ns) except -1
    @cython.locals(peer=Connection, flags=int, reason=int)
    cdef int _judge(self, Datagram inbound, uint64_t now_ns) except -1
    cdef int _arm(self, Connection peer) except -1
    cpdef bint take_datagram(self, Datagram out, uint64_t now_ns) except -1
    @cython.locals(peer=Connection)
    cdef bint build_datagram(self, Datagram out, uint64_t now_ns) except -1
    cdef Py_ssize_t copy_dirty(self, list into) except -1
    cdef bint is_last(self) except -1
    cdef bint can_wait(self, bint briefly) except -1
    @cython.locals(peer=Connection)
    cdef bint settle_built(self, uint64_t now_ns) except -1
    cdef int _leave_dirty(self, Connection peer, uint64_t now_ns) except -1
    cpdef list take_events(self)
    @cython.locals(peer=Connection)
    cdef int _grant_credit(self) except -1
    cpdef bint events_waiting(self) noexcept
    cdef int _after_packet(self, Connection peer, uint64_t now_ns) except -1
    @cython.locals(peer=Connection)
    cdef int _on_dropped(self, Datagram inbound, int reason, uint64_t now_ns) except -1
    cdef int _remove(self, Connection peer) except -1
    cdef int _count_out(self, Connection peer) except -1
    @cython.locals(old=Connection)
    cdef int _replace(self, object ticket, uint64_t now_ns) except -1
    @cython.locals(peer=Connection)
    cdef Connection recipient(self, uint32_t peer_id, int channel)
    cdef int offered(self, Connection peer, int slot, Py_ssize_t size, int code, uint64_t now_ns) except -1
    @cython.locals(peer=Connection)
    cpdef uint64_t next_deadline_ns(self, uint64_t now_ns) except? 0
    cdef bint is_due(self, uint64_t now_ns) noexcept
    cdef bint has_datagrams(self) noexcept
    @cython.locals(peer=Connection, slot=int, deadline=uint64_t)
    cpdef int handle_deadline(self, uint64_t now_ns) except -1
    @cython.locals(peer=Connection, slot=int, code=int, payload=bytes)
    cpdef int send(self, uint32_t peer_id, int channel, object data, uint64_t now_ns) except -1
    cpdef int flush(self, uint64_t now_ns) except -1
    @cython.locals(peer=Connection, linger_ns=uint64_t)
    cpdef int disconnect(self, uint32_t peer_id, int code, str reason, uint64_t now_ns, object linger_ms=*) except -1
    @cython.locals(peer=Connection)
    cpdef int disconnect_all(self, int code, uint64_t now_ns) except -1
    cdef int _end(self, Connection peer, int code, str reason, uint64_t linger_ns, uint64_t now_ns) except -1
    @cython.locals(peer=Connection)
    cpdef int rebind(self, uint64_t now_ns) except -1
    @cython.locals(peer=Connection)
    cpdef list peer_ids(self)
    cpdef uint64_t drop_count(self, int reason) noexcept
    cpdef uint64_t messages_dropped(self) noexcept
    @cython.locals(peer=Connection, slot=int)
    cpdef int add_peer(self, object ticket, uint64_t now_ns) except -1
    @cython.locals(peer=Connection)
    cdef Connection _peer(self, uint32_t peer_id)
