"""C types of udp_in.py; no logic."""
cimport cython
from fastnet.net.libc cimport iovec, mmsghdr, sockaddr_in6
from fastnet.protocol.datagram cimport Datagram

cdef enum:
    IN_RING = 64  # Datagrams of one batch.
    CONTROL_BYTES = 64  # Room for one in6_pktinfo and its header; the kernel cuts what does not fit.

@cython.final
cdef class Intake:
    cdef list _datagrams
    cdef int _room_bytes
    cdef int count  # for how many there is room
    cdef bint _wildcard
    cdef mmsghdr[IN_RING] _headers
    cdef iovec[IN_RING] _parts
    cdef sockaddr_in6[IN_RING] _names
    cdef char[IN_RING * CONTROL_BYTES] _controls

    cdef int widen(self) except -1
    cdef int _grow(self, int count) except -1
    cdef Datagram at(self, int index)
    cdef unsigned int bytes_of(self, int index) noexcept nogil
    cdef void tell_local(self, bint wildcard) noexcept
    cdef void _arm(self, int index) noexcept
    cdef int receive(self, int fd, int limit, Datagram peer) noexcept
