"""C types of sent.py; no logic. Two rings that the object owns: packets by number, and what each carried."""
cimport cython
from libc.stdint cimport uint8_t, uint16_t, uint32_t, uint64_t

cdef enum:
    GONE = 0  # acknowledged, skipped, or never sent
    IN_FLIGHT = 1
    LOST = 2  # declared lost; an ack may still prove that wrong

cdef enum:
    ITEM_MESSAGE = 0
    ITEM_PIECE = 1
    ITEM_MAX_CREDIT = 2
    ITEM_CREDIT_WANTED = 3
    ITEM_ANSWER = 4  # a client's PATH_RESPONSE, without which its server is not connected
    ITEM_REPEAT = 5  # a small message that another packet carried first

cdef enum:  # What a packet probes; its loss is no congestion.
    PROBE_MTU = 1
    PROBE_PATH = 2  # an address that is not the active one; its round trip is no sample either

cdef struct Packet:
    uint64_t sent_ns
    uint64_t acked_largest  # largest number of the ACK it carried; NO_ACK without one
    uint64_t first_item
    uint32_t size
    uint16_t items
    uint8_t state
    uint8_t eliciting  # 0 or 1, as the next three
    uint8_t counted  # by congestion control
    uint8_t requeued  # its content was queued again by a probe
    uint8_t probe  # of the path's MTU: its loss is no congestion
    uint8_t repeated  # so often did its small messages ride again

cdef struct Item:
    uint64_t id
    uint32_t unit
    uint32_t length
    uint16_t slot
    uint16_t kind

@cython.final
cdef class SentLog:
    cdef Packet* _packets
    cdef Item* _items
    cdef uint64_t _packet_mask, _item_mask, _packets_max
    cdef uint64_t _first_item, _uncommitted, _next_item  # [first, uncommitted) belong to packets, the rest is being built
    # Numbers: [oldest, next_number) are remembered, the one skipped last catches optimistic acks.
    cdef readonly uint64_t oldest, next_number, skipped
    # Packets in flight that ask for an ack, and when the last of them left.
    cdef readonly uint64_t eliciting_in_flight, last_eliciting_ns
    cdef Packet* at(self, uint64_t number) noexcept
    cdef Item* item(self, uint64_t index) noexcept
    cpdef bint has_room(self) noexcept
    cpdef void skip(self) noexcept
    cdef int add_item(self, int slot, int kind, uint64_t id, uint32_t unit, uint32_t length) except -1
    cdef Packet* commit(self, uint64_t now_ns, uint32_t size, bint eliciting, bint counted) except NULL
    cdef void cancel(self) noexcept
    cdef void settle(self, Packet* packet, int state) noexcept
    cdef void retire(self, uint64_t now_ns, uint64_t keep_lost_ns) noexcept
    cdef void rest(self) noexcept
    cdef int _grow_packets(self) except -1
    cdef int _grow_items(self) except -1
