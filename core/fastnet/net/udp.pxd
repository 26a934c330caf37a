"""C types of udp.py; no logic."""
cimport cython
from libc.stdint cimport uint64_t
from fastnet.net.udp_counters cimport UdpCounters
from fastnet.net.udp_gro cimport LongReads
from fastnet.net.udp_in cimport Intake
from fastnet.net.udp_out cimport Outbox
from fastnet.protocol.datagram cimport Datagram

cdef enum:
    SPIN_LOOKS = 4  # A spin asks the clock once in so many looks, each of about 0.4 us.
    SPIN_NEAR_NS = 3_000  # But at each of the last ones, for whoever waits for a moment.
    SPIN_SLICE_NS = 50_000  # So long a spin keeps the GIL before it lets others in.
    FULL_MAX = 3  # So many full batches in a row are a flood: long reads begin.
    LEAN_MAX = 4  # A batch with so many datagrams or fewer does not need them ..
    LEAN_TURNS = 64  # .. and after so many of these they end.

@cython.final
cdef class UdpSocket:
    # The descriptor, -1 once closed, and what is true of it.
    cdef int _fd
    cdef int _family
    cdef bint _wildcard, _is_server
    cdef readonly bint connected
    cdef object _made
    cdef dict _options
    # The address it is connected to, as it was given and in the form of datagrams.
    cdef object _towards
    cdef Datagram _peer
    # Batches each way.
    cdef Intake _intake
    cdef Outbox _outbox
    cdef int _queued
    cdef int _streak
    # Offload: does the kernel have it; how it hands over many datagrams in one piece, while it does.
    cdef bint _offload
    cdef LongReads _long_reads
    cdef int _full, _lean
    # What passed, and what did not, by cause.
    cdef readonly UdpCounters counters

    cpdef int receive_batch(self, int limit) except -1
    cpdef bint more(self) noexcept
    cpdef int receive_spin(self, uint64_t now_ns, uint64_t until_ns) except -1
    cpdef bint receive(self, Datagram datagram) except -1
    cpdef Datagram datagram(self, int index)
    cpdef bint send(self, Datagram datagram) except -1
    cpdef Datagram next_out(self)
    cpdef void commit(self) noexcept
    cpdef int flush(self) except -1
    cpdef bint wait(self, uint64_t timeout_ns) except -1
    cpdef int fileno(self) noexcept

    cdef object _adopt(self, object made)
    cdef object _check_open(self)
    cdef int _counted(self, int count) except -1
    cdef int _receive_one(self, Datagram datagram) noexcept nogil
    cdef int _receive_many(self, int limit) noexcept
    cdef int _receive_failed(self) noexcept nogil
    cdef void _took(self, Datagram datagram, Py_ssize_t size) noexcept nogil
    cdef int _send_one(self, Datagram datagram) noexcept
    cdef Py_ssize_t _send_message(self, Datagram datagram) noexcept
    cdef int _receive_long(self, int limit) except -1
    cdef bint _is_peer(self, Datagram datagram) noexcept
