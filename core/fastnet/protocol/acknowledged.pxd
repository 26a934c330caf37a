"""C types of acknowledged.py; no logic."""
cimport cython
from libc.stdint cimport uint64_t
from fastnet.protocol.channels.reliable cimport ReliableChannel
from fastnet.protocol.datagram cimport Datagram
from fastnet.protocol.recovery cimport ItemRef, PacketRef, Recovery
from fastnet.protocol.sent cimport GONE, IN_FLIGHT, LOST, ITEM_ANSWER, ITEM_MAX_CREDIT, ITEM_REPEAT
from fastnet.protocol.sent cimport Packet, PROBE_MTU, PROBE_PATH

cdef uint64_t NEVER, NO_ACK, PACKET_THRESHOLD_MAX, ACK_DELAY_UNIT_NS
cdef int FRAME_INVALID, ACK_INVALID, ACK_BLOCKS_MAX

@cython.locals(count=int)
cdef int pass_ack(Datagram inbound) except -1

@cython.locals(largest=uint64_t, delay=uint64_t, count=int, low=uint64_t, high=uint64_t, gap=uint64_t, newly=int, number=int, before_ns=uint64_t)
cdef int take_ack(Recovery recovery, Datagram inbound, bint phase_bit, uint64_t now_ns) except -1
cdef bint _may_note(Recovery recovery, uint64_t low, uint64_t high) noexcept
@cython.locals(before_ns=uint64_t)
cpdef int apply_noted(Recovery recovery) except -1
@cython.locals(packet=PacketRef, tells=bint)
cdef uint64_t _sampled_ns(Recovery recovery, uint64_t number) noexcept
cdef int _heed(Recovery recovery, uint64_t before_ns, uint64_t delay, uint64_t now_ns) except -1
@cython.locals(limit=uint64_t)
cdef uint64_t _capped_delay(Recovery recovery, uint64_t units) noexcept
@cython.locals(number=uint64_t, packet=PacketRef, newly=int)
cdef int _ack_range(Recovery recovery, uint64_t low, uint64_t high, bint phase_bit, uint64_t now_ns) except -1
cdef int _ack_packet(Recovery recovery, Packet* packet, uint64_t now_ns) except -1
@cython.locals(index=int, item=ItemRef, channel=ReliableChannel)
cdef int _items_acked(Recovery recovery, Packet* packet) except -1
cdef int _spurious(Recovery recovery, Packet* packet, uint64_t distance, uint64_t now_ns) except -1
