# cython: annotation_typing=True
"""One datagram: a fixed buffer with a cursor, and the path it came by or goes to. All byte access is here.

Rule 1: reading past `end` never happens: it sets `bad`, yields 0, and the caller asks `bad` once at the end.
Rule 2: writing past `capacity` never happens either: writers ask `left()` first, and an assertion stands behind them.
Integers are big-endian; a varint is RFC 9000 s. 16 in its shortest form only, so one value has one encoding.
"""

import cython
from cython.cimports.cpython.bytes import PyBytes_AS_STRING, PyBytes_FromStringAndSize
from cython.cimports.libc.stdint import uint8_t, uint64_t
from cython.cimports.libc.stdlib import calloc, free
from cython.cimports.libc.string import memcpy, memset


def varint_size(value: uint64_t) -> cython.int:
    """How many bytes the varint of `value` takes."""
    if value < 0x40:
        return 1
    if value < 0x4000:
        return 2
    if value < 0x40000000:
        return 4
    return 8


def blank_bytes(count: cython.int) -> bytes:
    """A new `bytes` of `count` zeros that `Datagram.copy_into` may still fill. Never the interpreter's shared one."""
    assert count > 1
    blank: bytes = PyBytes_FromStringAndSize(cython.NULL, count)
    memset(PyBytes_AS_STRING(blank), 0, count)
    return blank


class Datagram:
    """A buffer of `capacity` bytes with a cursor `at`, a stop `end`, and a path."""

    def __cinit__(self, capacity: cython.int):
        if capacity < 64 or capacity > 65536:
            raise ValueError(f"a datagram of {capacity} bytes is outside 64..65536")
        self.data = cython.cast(cython.pointer(uint8_t), calloc(1, capacity))
        if self.data == cython.NULL:
            raise MemoryError(f"no memory for a datagram of {capacity} bytes")
        self.capacity = capacity

    def __dealloc__(self):
        free(self.data)

    # Whole contents, for tests and for people with their own sockets.

    def load(self, content: bytes) -> None:
        """Replace the contents by `content`; the cursor goes to its start. Raises ValueError when it does not fit."""
        count: cython.int = len(content)
        if count > self.capacity:
            raise ValueError(f"{count} bytes do not fit into a datagram of {self.capacity}")
        memcpy(self.data, PyBytes_AS_STRING(content), count)
        self.size = self.end = count
        self.at = 0
        self.bad = False

    def content(self) -> bytes:
        """The meaningful bytes."""
        return PyBytes_FromStringAndSize(cython.cast(cython.p_char, self.data), self.size)

    def rewind(self) -> cython.void:
        """Begin writing from the start."""
        self.at = self.size = 0
        self.end = self.capacity
        self.bad = False

    # Bytes by index, unchecked beyond an assertion: for headers whose size was checked before.

    def u8_at(self, at: cython.int) -> cython.int:
        return self.data[at]

    def u64_at(self, at: cython.int) -> uint64_t:
        return self.number_at(at, 8)

    def number_at(self, at: cython.int, length: cython.int) -> uint64_t:
        """The big-endian number in `length` bytes at `at`."""
        value: uint64_t = 0
        index: cython.int
        for index in range(at, at + length):
            value = value << 8 | self.data[index]
        return value

    def put_u8_at(self, at: cython.int, value: cython.int) -> cython.void:
        self.data[at] = cython.cast(uint8_t, value)

    # Reading at the cursor.

    def left(self) -> cython.int:
        """Bytes between the cursor and the stop."""
        return self.end - self.at

    def u8(self) -> cython.int:
        if self.at >= self.end:
            self.bad = True
            return 0
        self.at += 1
        return self.data[self.at - 1]

    def u16(self) -> uint64_t:
        return _fixed(self, 2)

    def u32(self) -> uint64_t:
        return _fixed(self, 4)

    def u64(self) -> uint64_t:
        return _fixed(self, 8)

    def varint(self) -> uint64_t:
        """The varint at the cursor; truncated or longer than its shortest form: `bad`."""
        if self.at >= self.end:
            self.bad = True
            return 0
        first: cython.int = self.data[self.at]
        if first < 0x40:
            self.at += 1
            return first
        if first < 0x80 and self.end - self.at > 1:  # Most that are longer.
            short: cython.int = (first & 0x3F) << 8 | self.data[self.at + 1]
            if short >= 0x40:
                self.at += 2
                return short
        length: cython.int = 1 << (first >> 6)
        all_ones: uint64_t = 0xFFFFFFFFFFFFFFFF
        value: uint64_t = _fixed(self, length) & (all_ones >> (66 - 8 * length))
        if varint_size(value) != length:
            self.bad = True
            return 0
        return value

    def take(self, count: cython.int) -> bytes:
        """A copy of the next `count` bytes, which the caller has checked to be there."""
        assert 0 <= count <= self.end - self.at
        self.at += count
        return PyBytes_FromStringAndSize(cython.cast(cython.p_char, self.data + (self.at - count)), count)

    def copy_into(self, target: bytes, offset: cython.int, count: cython.int) -> cython.void:
        """Move the next `count` bytes into `target` at `offset`. Only for a `target` that nobody has seen yet:
        `blank_bytes` makes one, and reassembly fills it before the application gets it."""
        assert 0 <= offset and 0 <= count <= self.end - self.at and offset + count <= len(target)
        memcpy(PyBytes_AS_STRING(target) + offset, self.data + self.at, count)
        self.at += count

    def all_zeros(self) -> cython.bint:
        """Whether everything from the cursor to the stop is zero; moves the cursor there."""
        index: cython.int
        for index in range(self.at, self.end):
            if self.data[index] != 0:
                return False
        self.at = self.end
        return True

    def ends_with(self, tail: bytes) -> cython.bint:
        """Whether the last bytes are `tail`, in time that does not depend on where they differ."""
        count: cython.int = len(tail)
        if count > self.size:
            return False
        difference: cython.int = 0
        index: cython.int
        expected: cython.p_uchar = cython.cast(cython.p_uchar, PyBytes_AS_STRING(tail))
        for index in range(count):
            difference |= self.data[self.size - count + index] ^ expected[index]
        return difference == 0

    # Writing at the cursor.

    def put_u8(self, value: cython.int) -> cython.void:
        assert self.at < self.capacity
        self.data[self.at] = cython.cast(uint8_t, value)
        self.at += 1

    def put_u16(self, value: uint64_t) -> cython.void:
        self.put_number(value, 2)

    def put_u32(self, value: uint64_t) -> cython.void:
        self.put_number(value, 4)

    def put_u64(self, value: uint64_t) -> cython.void:
        self.put_number(value, 8)

    def put_number(self, value: uint64_t, length: cython.int) -> cython.void:
        """The low `length` bytes of `value`."""
        assert self.at + length <= self.capacity
        index: cython.int
        for index in range(length):
            self.data[self.at + index] = cython.cast(uint8_t, value >> (8 * (length - 1 - index)))
        self.at += length

    def put_varint(self, value: uint64_t) -> cython.void:
        """`value`, below 2**62, in its shortest form."""
        if value < 0x40:
            self.put_u8(cython.cast(cython.int, value))
            return
        if value < 0x4000:
            self.put_u8(0x40 | cython.cast(cython.int, value) >> 8)
            self.put_u8(cython.cast(cython.int, value) & 0xFF)
            return
        length: cython.int = varint_size(value)
        start: cython.int = self.at
        self.put_number(value, length)
        self.data[start] |= 0x80 if length == 4 else 0xC0

    def put_bytes(self, source: bytes, offset: cython.int, count: cython.int) -> cython.void:
        """`count` bytes of `source` from `offset`."""
        assert 0 <= offset and 0 <= count and offset + count <= len(source) and self.at + count <= self.capacity
        memcpy(self.data + self.at, PyBytes_AS_STRING(source) + offset, count)
        self.at += count

    def put_zeros(self, count: cython.int) -> cython.void:
        assert self.at + count <= self.capacity
        memset(self.data + self.at, 0, count)
        self.at += count

    # The path.

    def same_remote(self, other: "Datagram") -> cython.bint:
        """Whether both have the same other end."""
        return (
            self.remote_lo == other.remote_lo
            and self.remote_port == other.remote_port
            and self.remote_hi == other.remote_hi
            and self.remote_scope == other.remote_scope
        )

    def copy_path(self, other: "Datagram") -> cython.void:
        self.remote_hi = other.remote_hi
        self.remote_lo = other.remote_lo
        self.remote_port = other.remote_port
        self.remote_scope = other.remote_scope
        self.local_hi = other.local_hi
        self.local_lo = other.local_lo


@cython.cfunc
@cython.exceptval(check=False)
def _fixed(datagram: Datagram, length: cython.int) -> uint64_t:
    if length > datagram.end - datagram.at:
        datagram.bad = True
        return 0
    datagram.at += length
    return datagram.number_at(datagram.at - length, length)
