"""C types of places.py; no logic."""
cimport cython
from libc.stdint cimport uint64_t
from fastnet.protocol.connection cimport Connection
from fastnet.protocol.datagram cimport Datagram
from fastnet.protocol.foresight cimport foresee

cdef uint64_t _SLOT_MASK

@cython.final
cdef class Places:
    cdef readonly list slots
    cdef bint _is_server
    cdef Py_ssize_t _count, _first_id
    cdef object _chance, _steering
    cdef uint64_t _mask_secret
    cdef object _free  # slots, the one that rested longest first
    cdef list _generations
    cdef dict _reserved  # peer number -> slot, for handshakes under way
    cdef dict _by_client  # the number that a token named -> its connection

    cdef object reserve(self)
    cdef object release(self, object peer_id)
    cdef int claim(self, object peer_id) except? -9
    cdef uint64_t _mask(self, uint64_t connection_id) noexcept
    cdef uint64_t _slot_in(self, uint64_t connection_id) noexcept
    @cython.locals(slot=Py_ssize_t)
    cdef void foresee(self, Datagram inbound, int step) noexcept
    @cython.locals(value=uint64_t)
    cdef object _new_connection_id(self, uint64_t slot)
    cdef object take(self, Connection peer)
    cdef object leave(self, Connection peer)
    @cython.locals(slot=Py_ssize_t, peer=Connection)
    cdef Connection _of_connection(self, uint64_t connection_id)
    @cython.locals(peer=Connection)
    cdef Connection of_datagram(self, Datagram inbound)
    @cython.locals(slot=Py_ssize_t, peer=Connection)
    cdef Connection of_number(self, uint64_t peer_id)
    cdef Connection of_client(self, object client_id)
