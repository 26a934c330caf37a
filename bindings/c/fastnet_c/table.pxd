"""C types of table.py; no logic."""
cimport cython
from libc.stdint cimport uint32_t, uint64_t
from fastnet.protocol.connection cimport Connection
from fastnet.protocol.endpoint cimport Endpoint
from fastnet_c cimport bridge as c

@cython.final
cdef class Table:
    cdef c.fn_session* _session
    cdef c.fn_note* _notes  # one a place
    cdef list _ended  # numbers of places whose DISCONNECTED the game may not have released, oldest first
    cdef uint64_t _began_us

    cdef void take(self, c.fn_peer* place, int channel, uint64_t size) noexcept
    cdef bint open(self, c.fn_peer* place, uint32_t peer_id, Connection peer, uint64_t now_us) except -1
    cdef int _limits(self, Connection peer, uint32_t* largest) except -1
    cdef int end(self, c.fn_peer* place) except -1
    cdef int _free_ended(self) except -1
    cdef int publish(self, list touched, Endpoint endpoint, uint64_t now_us) except -1
    cdef int _publish_peer(self, Connection peer, uint64_t now_us) except -1
