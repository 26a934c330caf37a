"""C types of udp_out.py; no logic."""
cimport cython
from fastnet.net.libc cimport iovec, mmsghdr, msghdr, sockaddr_in6
from fastnet.net.udp_counters cimport UdpCounters
from fastnet.protocol.datagram cimport Datagram

cdef enum:
    OUT_RING = 64  # Datagrams of one batch; the kernel cuts a message into no more.
    NOTE_BYTES = 64  # Room for one in6_pktinfo and one segment size with their headers.
    MESSAGE_BYTES_MAX = 65000  # Of one message; the kernel takes less than 65,508.

@cython.final
cdef class Outbox:
    cdef UdpCounters _counters
    cdef list _datagrams
    cdef int _max_datagram
    cdef bint segments  # the kernel may cut messages
    cdef bint wildcard  # our own address is chosen for each datagram
    cdef int _family
    cdef Datagram _peer
    cdef mmsghdr[OUT_RING] _headers
    cdef iovec[OUT_RING] _parts
    cdef sockaddr_in6[OUT_RING] _names
    cdef char[OUT_RING * NOTE_BYTES] _notes
    cdef Datagram at(self, int index)
    cdef int send(self, int fd, int family, int count, Datagram peer) noexcept
    cdef int _note_sent(self, int first, int count) noexcept
    cdef int _group(self, int first, int count) noexcept
    cdef int _run(self, Datagram head, int first, int count) noexcept
    cdef void _address(self, msghdr* header, Datagram out, int message) noexcept
