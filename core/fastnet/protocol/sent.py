# cython: annotation_typing=True
"""What is in flight: every packet sent and not yet settled, and the reliable things each one carried.

Rule 1: numbers only rise; a number is used once or skipped, never both (the nonce depends on it).
Rule 2: both rings start small and grow on use, the packets' to a limit that the sender must respect (`has_room`).
Raw, because its rings are C memory of its own: columns of typed views would take four times the room of an idle peer.
"""

import cython
from cython.cimports.fastnet.protocol.sent import GONE, IN_FLIGHT, LOST, Item, Packet
from cython.cimports.libc.stdint import uint32_t, uint64_t
from cython.cimports.libc.stdlib import calloc, free

NO_ACK = cython.declare(uint64_t, 0xFFFFFFFFFFFFFFFF)
PACKETS_AT_REST = cython.declare(uint64_t, 8)
ITEMS_AT_REST = cython.declare(uint64_t, 8)


class SentLog:
    """The packets sent in one direction of one connection."""

    def __cinit__(self, packets_max: uint64_t):
        self._packets = cython.cast(cython.pointer(Packet), calloc(PACKETS_AT_REST, cython.sizeof(Packet)))
        self._items = cython.cast(cython.pointer(Item), calloc(ITEMS_AT_REST, cython.sizeof(Item)))
        if self._packets == cython.NULL or self._items == cython.NULL:
            raise MemoryError("no memory for sent packets")
        self._packet_mask = PACKETS_AT_REST - 1
        self._item_mask = ITEMS_AT_REST - 1
        self._packets_max = packets_max
        self.skipped = NO_ACK

    def __dealloc__(self):
        free(self._packets)
        free(self._items)

    def start_at(self, number: int) -> None:
        """Begin with `number` instead of 0; only for tests of large numbers, before anything was sent."""
        assert self.next_number == 0
        self.next_number = self.oldest = number

    def at(self, number: uint64_t) -> cython.pointer(Packet):
        """The record of `number`, which must lie in [oldest, next_number)."""
        return cython.address(self._packets[number & self._packet_mask])

    def item(self, index: uint64_t) -> cython.pointer(Item):
        return cython.address(self._items[index & self._item_mask])

    def has_room(self) -> cython.bint:
        """Whether one more packet may be in flight."""
        return self.next_number - self.oldest < self._packets_max

    def skip(self) -> cython.void:
        """Leave the next number out, and remember it: who acknowledges it is guessing (RFC 9000 s. 21.4)."""
        if self.has_room() and self.next_number - self.oldest <= self._packet_mask:
            self.skipped = self.next_number
            self.at(self.next_number).state = GONE
            self.at(self.next_number).items = 0
            self.next_number += 1
            if self.oldest + 1 == self.next_number:
                self.oldest = self.next_number

    def add_item(
        self, slot: cython.int, kind: cython.int, id: uint64_t, unit: uint32_t, length: uint32_t
    ) -> cython.int:
        """Note that the packet being built carries this; `commit` or `cancel` must follow."""
        if self._next_item - self._first_item > self._item_mask:
            self._grow_items()
        item: cython.pointer(Item) = self.item(self._next_item)
        item.id = id
        item.unit = unit
        item.length = length
        item.slot = slot
        item.kind = kind
        self._next_item += 1
        return 0

    def commit(self, now_ns: uint64_t, size: uint32_t, eliciting: cython.bint, counted: cython.bint) -> cython.pointer(
        Packet
    ):
        """The packet being built takes the next number and is in flight."""
        if self.next_number - self.oldest > self._packet_mask:
            self._grow_packets()
        packet: cython.pointer(Packet) = self.at(self.next_number)
        packet.sent_ns = now_ns
        packet.acked_largest = NO_ACK
        packet.first_item = self._uncommitted
        packet.items = self._next_item - self._uncommitted
        self._uncommitted = self._next_item
        packet.size = size
        packet.state = IN_FLIGHT
        packet.eliciting = eliciting
        packet.counted = counted
        packet.requeued = packet.probe = packet.repeated = False
        self.next_number += 1
        if eliciting:
            self.eliciting_in_flight += 1
            self.last_eliciting_ns = now_ns
        return packet

    def cancel(self) -> cython.void:
        """Nothing was sent after all: forget the items added since the last packet."""
        self._next_item = self._uncommitted

    def settle(self, packet: cython.pointer(Packet), state: cython.int) -> cython.void:
        """A packet in flight is acknowledged (GONE) or declared lost (LOST)."""
        if packet.state == IN_FLIGHT and packet.eliciting:
            self.eliciting_in_flight -= 1
        packet.state = state

    def retire(self, now_ns: uint64_t, keep_lost_ns: uint64_t) -> cython.void:
        """Forget settled packets at the old end; lost ones only when they left `keep_lost_ns` ago or room is short."""
        packet: cython.pointer(Packet)
        while self.oldest < self.next_number:
            packet = self.at(self.oldest)
            if packet.state == IN_FLIGHT:
                break
            if (
                packet.state == LOST
                and now_ns - packet.sent_ns < keep_lost_ns
                and (2 * (self.next_number - self.oldest) < self._packets_max)
            ):
                break
            if packet.items:
                self._first_item = packet.first_item + packet.items
            self.oldest += 1
        if self.oldest == self.next_number:
            self._first_item = self._uncommitted

    def rest(self) -> cython.void:
        """The connection is quiet. With nothing in flight that asks for an ack, the packets that asked for none are
        forgotten, else an idle end would remember every ack it ever sent, and grown rings are given back."""
        if self.eliciting_in_flight or self._next_item != self._uncommitted:
            return
        self.oldest = self.next_number
        self._first_item = self._next_item
        if self._packet_mask >= PACKETS_AT_REST:
            packets: cython.pointer(Packet)
            packets = cython.cast(cython.pointer(Packet), calloc(PACKETS_AT_REST, cython.sizeof(Packet)))
            if packets != cython.NULL:
                free(self._packets)
                self._packets = packets
                self._packet_mask = PACKETS_AT_REST - 1
        if self._item_mask >= ITEMS_AT_REST:
            items: cython.pointer(Item)
            items = cython.cast(cython.pointer(Item), calloc(ITEMS_AT_REST, cython.sizeof(Item)))
            if items != cython.NULL:
                free(self._items)
                self._items = items
                self._item_mask = ITEMS_AT_REST - 1

    def _grow_packets(self) -> cython.int:
        size: uint64_t = 2 * (self._packet_mask + 1)
        grown: cython.pointer(Packet) = cython.cast(cython.pointer(Packet), calloc(size, cython.sizeof(Packet)))
        if grown == cython.NULL:
            raise MemoryError("no memory for sent packets")
        number: uint64_t
        for number in range(self.oldest, self.next_number):
            grown[number & (size - 1)] = self._packets[number & self._packet_mask]
        free(self._packets)
        self._packets = grown
        self._packet_mask = size - 1
        return 0

    def _grow_items(self) -> cython.int:
        size: uint64_t = 2 * (self._item_mask + 1)
        grown: cython.pointer(Item) = cython.cast(cython.pointer(Item), calloc(size, cython.sizeof(Item)))
        if grown == cython.NULL:
            raise MemoryError("no memory for sent items")
        index: uint64_t
        for index in range(self._first_item, self._next_item):
            grown[index & (size - 1)] = self._items[index & self._item_mask]
        free(self._items)
        self._items = grown
        self._item_mask = size - 1
        return 0
