"""Frames as bytes and back, written plainly from PROTOCOL.md s. 5: what a scripted peer says, and reads."""

from typing import NamedTuple


class Frame(NamedTuple):
    """One frame that was read: its name, and its numbers or bytes in the order of the page."""

    name: str
    body: tuple[object, ...] = ()


class Ack(NamedTuple):
    """An ACK, its ranges as (smallest, largest), newest first."""

    delay: int
    ranges: tuple[tuple[int, int], ...]


def varint(value: int) -> bytes:
    """RFC 9000 s. 16, shortest form."""
    for length, prefix, limit in ((1, 0, 1 << 6), (2, 1, 1 << 14), (4, 2, 1 << 30), (8, 3, 1 << 62)):
        if value < limit:
            return (prefix << (8 * length - 2) | value).to_bytes(length)
    raise ValueError(f"{value} is no varint")


def ping() -> bytes:
    return b"\x01"


def ack(largest: int, first: int = 0, gaps: tuple[tuple[int, int], ...] = (), delay: int = 0) -> bytes:
    """`first` numbers below `largest` are received, too; then (gap, length) pairs as in RFC 9000 s. 19.3.1."""
    blocks = b"".join(varint(gap) + varint(length) for gap, length in gaps)
    return b"\x02" + varint(largest) + varint(delay) + bytes([len(gaps)]) + varint(first) + blocks


def max_credit(channel: int, limit: int) -> bytes:
    return b"\x03" + bytes([channel]) + varint(limit)


def credit_wanted(channel: int, limit: int) -> bytes:
    return b"\x04" + bytes([channel]) + varint(limit)


def challenge(token: bytes) -> bytes:
    return b"\x05" + token


def response(token: bytes) -> bytes:
    return b"\x06" + token


def close(code: int, reason: bytes = b"") -> bytes:
    return b"\x07" + code.to_bytes(4) + len(reason).to_bytes(2) + reason


def extension(kind: int, body: bytes) -> bytes:
    return bytes([kind]) + varint(len(body)) + body


def data(channel: int, payload: bytes, message_id: int | None = None) -> bytes:
    """A whole message; `message_id` None for an unreliable one."""
    head = bytes([0x80 | channel]) if channel < 63 else bytes([0xBF, channel])
    return head + (b"" if message_id is None else varint(message_id)) + varint(len(payload)) + payload


def piece(channel: int, message_id: int, total: int, unit: int, payload: bytes, length: int | None = None) -> bytes:
    """A part of a message; `length` may lie."""
    head = bytes([0xC0 | channel]) if channel < 63 else bytes([0xFF, channel])
    stated = len(payload) if length is None else length
    return head + varint(message_id) + varint(total) + varint(unit) + varint(stated) + payload


class Reader:
    """Reads frames from an opened packet. Malformed ones raise: ours never are."""

    def __init__(self, content: bytes, unreliable: frozenset[int] = frozenset({1})) -> None:
        self._content = content
        self._at = 0
        self._unreliable = unreliable

    def frames(self) -> list[Frame]:
        found: list[Frame] = []
        while self._at < len(self._content):
            found.append(self._frame())
        return found

    def _take(self, count: int) -> bytes:
        taken = self._content[self._at : self._at + count]
        assert len(taken) == count, "a frame ends too early"
        self._at += count
        return taken

    def _u8(self) -> int:
        return self._take(1)[0]

    def _varint(self) -> int:
        start = self._at
        first = self._u8()
        length = 1 << (first >> 6)
        value = int.from_bytes(bytes([first & 63]) + self._take(length - 1))
        assert varint(value) == self._content[start : self._at], "a varint is not in its shortest form"
        return value

    def _frame(self) -> Frame:
        kind = self._u8()
        if kind == 0:
            rest = self._take(len(self._content) - self._at)
            assert not any(rest), "padding is not zero"
            return Frame("PADDING", (len(rest) + 1,))
        if kind == 2:
            return Frame("ACK", (self._ack(),))
        if kind in (3, 4):
            return Frame("MAX_CREDIT" if kind == 3 else "CREDIT_WANTED", (self._u8(), self._varint()))
        if kind in (5, 6):
            return Frame("PATH_CHALLENGE" if kind == 5 else "PATH_RESPONSE", (self._take(8),))
        if kind == 7:
            code, length = int.from_bytes(self._take(4)), int.from_bytes(self._take(2))
            return Frame("CLOSE", (code, self._take(length)))
        if kind & 0x80:
            return self._data(kind)
        assert kind == 1, f"frame {kind:#x} is unknown"
        return Frame("PING")

    def _ack(self) -> Ack:
        largest, delay, count, first = self._varint(), self._varint(), self._u8(), self._varint()
        ranges = [(largest - first, largest)]
        for _ in range(count):
            top = ranges[-1][0] - self._varint() - 2
            ranges.append((top - self._varint(), top))
        assert ranges[-1][0] >= 0, "a range below zero"
        return Ack(delay, tuple(ranges))

    def _data(self, kind: int) -> Frame:
        channel = kind & 63 if kind & 63 < 63 else self._u8()
        if kind & 0x40:
            message_id, total, unit, length = (self._varint() for _ in range(4))
            return Frame("PIECE", (channel, message_id, total, unit, self._take(length)))
        known_id = None if channel in self._unreliable else self._varint()
        return Frame("DATA", (channel, known_id, self._take(self._varint())))
