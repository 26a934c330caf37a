"""C types of table.py; no logic."""
cimport cython
from libc.stdint cimport uint32_t, uint64_t
from fastnet.protocol.channels.base cimport Channel
from fastnet.protocol.connection cimport Connection
from fastnet.protocol.endpoint cimport Endpoint
from fastnet_c cimport bridge as c

@cython.final
cdef class Table:
    cdef c.fn_bridge* _bridge
    cdef c.fn_session* _session
    cdef c.fn_note* _notes  # one a place
    cdef list _ended  # numbers of places whose DISCONNECTED the game may not have released, oldest first
    cdef uint64_t _began_us
    cdef Channel _queue  # where the latest message from the out ring went, in this turn

    cdef int carry(self, const c.fn_record* record, Endpoint endpoint, uint64_t now_ns) except -1
    cdef Channel _first_of_run(self, const c.fn_record* record, Endpoint endpoint, uint64_t now_ns)
    cdef void end_carrying(self) noexcept
    cdef int _broadcast(self, const c.fn_record* record, bytes data, Endpoint endpoint, uint64_t now_ns) except -1
    cdef void _take(self, c.fn_peer* place, const c.fn_record* record) noexcept
    cdef object _complain(self, uint32_t peer_id, int channel, object error)
    cdef bint open(self, c.fn_peer* place, uint32_t peer_id, Connection peer, uint64_t now_us) except -1
    cdef int _limits(self, Connection peer, uint32_t* largest) except -1
    cdef int end(self, c.fn_peer* place) except -1
    cdef int _free_ended(self) except -1
    cdef int publish(self, list touched, Py_ssize_t count, Endpoint endpoint, uint64_t now_us) except -1
    cdef int _publish_peer(self, Connection peer, uint64_t now_us) except -1
