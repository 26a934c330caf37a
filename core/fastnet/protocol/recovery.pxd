"""C types of recovery.py; no logic."""
cimport cython
from libc.stdint cimport uint32_t, uint64_t
from fastnet.protocol.acks cimport AckTracker
from fastnet.protocol.channels.base cimport Channel
from fastnet.protocol.channels.reliable cimport ReliableChannel
from fastnet.protocol.channels.schedule cimport Schedule
from fastnet.protocol.congestion cimport NewReno
from fastnet.protocol.pacing cimport Pacer
from fastnet.protocol.phases cimport KeyPhases
from fastnet.protocol.redundancy cimport Redundancy
from fastnet.protocol.rtt cimport RttEstimator
from fastnet.protocol.sent cimport GONE, IN_FLIGHT, LOST, ITEM_ANSWER, ITEM_MAX_CREDIT, ITEM_REPEAT
from fastnet.protocol.sent cimport PROBE_MTU, PROBE_PATH
from fastnet.protocol.sent cimport Item, Packet, SentLog
from fastnet.protocol.settings cimport Settings

ctypedef Packet* PacketRef
ctypedef Item* ItemRef

cdef uint64_t NEVER, PACKET_THRESHOLD, GRANULARITY_NS, PTO_MAX_NS

@cython.final
cdef class Recovery:
    cdef readonly SentLog sent
    cdef readonly RttEstimator rtt
    cdef readonly NewReno congestion
    cdef readonly Pacer pacer
    cdef AckTracker acks
    cdef KeyPhases phases
    cdef list channels
    cdef list announcers  # channels with a MAX_CREDIT or CREDIT_WANTED to write
    cdef Schedule schedule
    cdef Settings settings
    # What the peer promised of its acks.
    cdef uint64_t peer_delay_reliable_ns, peer_delay_ns
    # Loss detection and probes, RFC 9002 s. 6.
    cdef readonly uint64_t packet_threshold, deadline_ns, packets_lost, packets_acked, spurious
    cdef uint64_t _loss_ns
    cdef uint64_t carrying  # packets in flight with items
    cdef uint64_t late_ns  # how late packets came that we took for lost
    cdef readonly uint64_t largest_acked
    cdef readonly int pto_count, probes
    # A client's PATH_RESPONSE: was said, must be said again, has arrived.
    cdef unsigned char answering, answer_due, answered
    cdef unsigned char probe_acked, probe_lost  # what became of the MTU probe; its sender asks and clears
    cdef readonly Redundancy redundancy  # while packets get lost, else None
    cdef readonly uint64_t repeated  # small messages that went again in case they were lost
    # An acknowledgement that was heard at noted_ns and not applied yet (acknowledged.py).
    cdef readonly bint noted
    cdef bint noted_phase_bit
    cdef uint64_t noted_low, noted_high, noted_delay, noted_ns
    cdef int base_bytes
    cdef int large_lost  # packets above the base size lost in a row

    cdef void on_sent(self, Packet* packet) noexcept
    @cython.locals(number=uint64_t, packet=PacketRef, delay_ns=uint64_t, first_ns=uint64_t, last_ns=uint64_t)
    cdef int detect_lost(self, uint64_t now_ns) except -1
    @cython.locals(late_ns=uint64_t, delay_ns=uint64_t)
    cdef uint64_t _loss_delay_ns(self) noexcept
    @cython.locals(empty_ns=uint64_t)
    cdef int _lose(self, Packet* packet, uint64_t now_ns) except -1
    cdef int _note_loss(self) except -1
    @cython.locals(index=int, item=ItemRef, channel=ReliableChannel)
    cdef int _requeue(self, Packet* packet) except -1
    @cython.locals(channel=ReliableChannel)
    cdef int _announce_again(self, int slot, int kind) except -1
    @cython.locals(pto_ns=uint64_t)
    cdef uint64_t pto_ns(self) noexcept
    @cython.locals(pto_ns=uint64_t, backed_off=uint64_t, cap=uint64_t, step=int)
    cdef void arm(self) noexcept
    cdef int handle_deadline(self, uint64_t now_ns) except -1
    @cython.locals(number=uint64_t, packet=PacketRef, left=int)
    cdef int _probe(self, uint64_t now_ns) except -1
    @cython.locals(number=uint64_t, packet=PacketRef, left=int)
    cdef int make_room(self, uint64_t now_ns) except -1
    @cython.locals(number=uint64_t, packet=PacketRef)
    cdef void on_new_path(self, uint64_t now_ns) noexcept
