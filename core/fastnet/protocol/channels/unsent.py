# cython: annotation_typing=True
"""Messages that wait to leave on a channel of an unreliable kind, one behind the other in one piece of memory: each is
its size, then a copy of its bytes. Queueing one makes no object, and a run of them is written frame by frame at once.

Rule: an empty queue has no memory. The last that was given back is used again by whoever needs some next.
"""

import cython
from cython.cimports.fastnet.protocol.datagram import Datagram, varint_size
from cython.cimports.libc.stdint import uint8_t, uint32_t, uint64_t
from cython.cimports.libc.stdlib import free, malloc
from cython.cimports.libc.string import memcpy, memmove

NO_ID = 2**64 - 1
"""For frames that bear none."""
_NO_ID = cython.declare(uint64_t, NO_ID)


class SpareRoom:
    """Memory that no queue of an endpoint uses now."""

    def __dealloc__(self):
        free(self.start)


class Unsent:
    """`count` messages of `bytes` in all."""

    def __cinit__(self, spare: SpareRoom):
        self._spare = spare

    def __dealloc__(self):
        free(self._room)

    def push(self, data: cython.pointer(cython.const[uint8_t]), size: cython.int) -> cython.int:
        """Append a copy of a message. Raises MemoryError. Returns 0."""
        if self._end + SIZE_BYTES + size > self._capacity:
            self._grow(SIZE_BYTES + size)
        to: cython.pointer(uint8_t) = self._room + self._end
        head: uint32_t = size
        memcpy(to, cython.address(head), SIZE_BYTES)
        memcpy(to + SIZE_BYTES, data, size)
        self._end += SIZE_BYTES + size
        self.count += 1
        self.bytes += size
        return 0

    def size(self) -> cython.int:
        """Of the first message, which must exist."""
        head: uint32_t
        memcpy(cython.address(head), self._room + self._first, SIZE_BYTES)
        return head

    def pop(self) -> cython.void:
        """Remove the first message, which must exist."""
        size: cython.int = self.size()
        self._first += SIZE_BYTES + size
        self.count -= 1
        self.bytes -= size
        if self.count == 0:
            self._give_back()

    def put_frames(
        self, out: Datagram, head: cython.int, id: uint64_t, room: cython.int, share: cython.int, most: uint64_t
    ) -> cython.int:
        """Move whole messages into `out`, a frame each: the first if `room` suffices, and more until it does not, or
        `share` bytes or `most` messages are written. `head` has the type in its low byte, and above it the channel's
        number where a second byte says it; `id` is of the first. Returns the bytes written."""
        start: cython.int = out.at
        stop: cython.int = out.at + room
        head_bytes: cython.int = 2 if head >> 8 else 1
        while most > 0 and self.count > 0 and (out.at == start or out.at - start < share):
            size: cython.int = self.size()
            whole: cython.int = head_bytes + varint_size(size) + size
            if id != _NO_ID:
                whole += varint_size(id)
            if whole > stop - out.at:
                break
            out.put_u8(head & 0xFF)
            if head_bytes == 2:
                out.put_u8(head >> 8)
            if id != _NO_ID:
                out.put_varint(id)
                id += 1
            out.put_varint(size)
            self.put_bytes(out, 0, size)
            self.pop()
            most -= 1
        return out.at - start

    def put_bytes(self, out: Datagram, offset: cython.int, count: cython.int) -> cython.void:
        """`count` bytes of the first message from `offset`."""
        assert out.at + count <= out.capacity
        memcpy(out.data + out.at, self._room + self._first + SIZE_BYTES + offset, count)
        out.at += count

    # Memory.

    def _grow(self, needed: cython.size_t) -> cython.int:
        """Room for so many bytes behind the last message: by moving all to the start if half is free there."""
        used: cython.size_t = self._end - self._first
        if self._room == cython.NULL and needed <= self._spare.capacity:
            self._room, self._capacity = self._spare.start, self._spare.capacity
            self._spare.start, self._spare.capacity = cython.NULL, 0
            return 0
        if used + needed <= self._capacity // 2:
            memmove(self._room, self._room + self._first, used)
            self._first, self._end = 0, used
            return 0
        capacity: cython.size_t = ROOM_BYTES_MIN
        while capacity < used + needed:
            capacity *= 2
        return self._move(capacity)

    def _move(self, capacity: cython.size_t) -> cython.int:
        """All messages into new memory."""
        used: cython.size_t = self._end - self._first
        room = cython.cast(cython.pointer(uint8_t), malloc(capacity))
        if room == cython.NULL:
            raise MemoryError(f"no memory for {capacity} bytes of messages that wait to be sent")
        if used:
            memcpy(room, self._room + self._first, used)
        free(self._room)
        self._room, self._capacity = room, capacity
        self._first, self._end = 0, used
        return 0

    def _give_back(self) -> cython.void:
        """It is empty: its memory is the spare one, unless there is one, or it is large."""
        self._first = self._end = 0
        if self._spare.start == cython.NULL and self._capacity <= SPARE_BYTES_MAX:
            self._spare.start, self._spare.capacity = self._room, self._capacity
        else:
            free(self._room)
        self._room = cython.NULL
        self._capacity = 0
