"""C types of rings.py; no logic."""
cimport cython
from libc.stdint cimport uint32_t, uint64_t
from fastnet.net.pump cimport Pump
from fastnet.net.waiter cimport Poller
from fastnet.protocol.channels.base cimport Outlet
from fastnet.protocol.connection cimport Connection
from fastnet.protocol.datagram cimport Datagram
from fastnet.protocol.endpoint cimport Endpoint
from fastnet_c cimport bridge as c
from fastnet_c.table cimport Table

cdef enum:
    RECORDS_A_TURN = 1024
    COPIES_BYTES_MAX = 4194304

cdef class Rings(Outlet):
    cdef c.fn_bridge* bridge
    cdef c.fn_session* session
    cdef Table _table
    # The protocol's side; none before a client's handshake is done, and after the end.
    cdef readonly Pump pump
    # Events that the ring did not take yet, and copies of large messages that the game has not released.
    cdef list _events
    cdef Py_ssize_t _at
    cdef tuple _final  # what `finish` said, until all events before it are handed over
    cdef list _copies
    cdef uint64_t _copied_bytes
    cdef uint64_t retry_ns, _retry_gap_ns
    # Messages that this turn, which began at that time, handed over at once.
    cdef int _handed
    cdef uint64_t _turn_us
    # What a turn publishes, and must still send.
    cdef list _touched  # room for peers; None: free
    cdef bint owes
    # Its Python half: called when its descriptor is readable or its time has come.
    cdef readonly object cold
    cdef public int cold_fd
    cdef public uint64_t cold_due_ns  # written by the thread that makes the turns alone
    cdef public bint cold_asked  # written by any other
    cdef Poller poller  # a pumped one's sleep
    cdef uint64_t cold_look_ns  # a pumped one's next look at its cold half
    cdef bint asked  # a pumped one's wait asked all descriptors, and its turn has not looked at that yet
    cdef uint64_t heard_ns, active_ns  # when a pumped one last received, and last had something to do
    cdef readonly bint connected, finished
    cdef public bint hears  # False: the handle is gone, events are dropped
    cdef public bint leaving  # call `cold` when the last peer is gone
    cdef public bint pumped
    cdef public uint64_t spin_ns  # so long after activity a pumped one's waits stay awake; 0: not at all; NEVER: always
    cdef public uint32_t client_id
    cdef public object describe  # (reason) -> result code

    cdef int _keep_events(self) except -1
    cdef int turn(self, uint64_t now_ns, bint readable, bint late) except -1
    cdef int carry_out(self, uint64_t now_ns) except -1
    cdef int settle(self, uint64_t now_ns) except -1
    cdef bint take(self, uint32_t peer_id, int channel, Datagram inbound, int length) except -1
    cdef int _tell_handed(self) except -1
    cdef int bring_events(self, uint64_t now_ns) except -1
    cdef int _hand_over(self, uint64_t now_ns) except -1
    cdef bint _push(self, object event, uint64_t now_us) except -1
    cdef bint _push_data(self, uint32_t peer_id, int channel, bytes data, uint64_t now_us) except -1
    cdef bint _connected(self, uint32_t peer_id, uint64_t now_us) except -1
    cdef bint _disconnected(self, uint32_t peer_id, int code, str reason, bint by_peer, uint64_t now_us) except -1
    cdef int _disconnect_all(self, int reason, str text) except -1
    cdef int _say_final(self, uint32_t kind, int error, uint32_t reason, bint by_peer, str text) except -1
    cdef bint _may_copy(self, uint64_t length) except -1
    cdef Connection _peer(self, uint32_t peer_id)
    cdef uint64_t call_cold(self, uint64_t now_ns) except? 0
    cdef uint64_t due_ns(self, uint64_t now_ns) except? 0
    cdef bint has_work(self) noexcept
    cdef bint has_news(self) noexcept
