"""C types of udp_gro.py; no logic."""
cimport cython
from fastnet.net.libc cimport iovec, mmsghdr, sockaddr_in6
from fastnet.protocol.datagram cimport Datagram

cdef enum:
    PIECES = 16
    PIECE_BYTES = 65536
    NOTES_BYTES = 96  # Room for a segment's size and one in6_pktinfo, each with its header.

@cython.final
cdef class LongReads:
    cdef char* _room
    cdef mmsghdr[PIECES] _headers
    cdef iovec[PIECES] _parts
    cdef sockaddr_in6[PIECES] _names
    cdef char[PIECES * NOTES_BYTES] _controls
    cdef int _count, _index, _at
    cdef int receive(self, int fd) noexcept
    cdef bint waiting(self) noexcept
    cdef int cut(self, Datagram into, Datagram peer, bint wildcard) noexcept
