"""The demonstration's messages, and the ledger that holds each channel to its promise."""

import struct
from dataclasses import asdict, dataclass, field
from typing import Any

CHANNELS = {0: "reliable ordered", 1: "unreliable", 2: "reliable unordered", 3: "sequenced"}
PROMISES = {
    0: "everything, once, in order",
    1: "never twice, never altered",
    2: "everything, once",
    3: "never older, never twice",
}
RELIABLE, IN_ORDER = (0, 2), (0, 3)
SMALL_BYTES, LARGE_BYTES, LARGE_EVERY = 64, 5_000, 50
_HEAD = struct.Struct(">BIQ")
_MIX = 2_654_435_761  # Knuth's multiplicative hash: neighbours get different fillings.


def make_message(channel: int, number: int, sent_ns: int) -> bytes:
    """Message `number` of a channel; every fiftieth is too large for one datagram."""
    size = LARGE_BYTES if number % LARGE_EVERY == LARGE_EVERY - 1 else SMALL_BYTES
    return _HEAD.pack(channel, number, sent_ns) + _filling(channel, number, size - _HEAD.size)


def read_message(data: bytes) -> tuple[int, int, int] | None:
    """Channel, number and time of sending; None if anything was altered."""
    if len(data) not in (SMALL_BYTES, LARGE_BYTES):
        return None
    channel, number, sent_ns = _HEAD.unpack_from(data)
    if data[_HEAD.size :] != _filling(channel, number, len(data) - _HEAD.size):
        return None
    return channel, number, sent_ns


def _filling(channel: int, number: int, size: int) -> bytes:
    word = ((number * 256 + channel) * _MIX & 0xFFFFFFFF).to_bytes(4)
    return (word * (size // 4 + 1))[:size]


@dataclass(slots=True)
class Count:
    """One channel in one direction, or in both together."""

    sent: int = 0
    delivered: int = 0
    duplicated: int = 0
    out_of_order: int = 0
    altered: int = 0

    @property
    def missing(self) -> int:
        """Messages that did not arrive."""
        return self.sent - self.delivered

    def plus(self, other: "Count") -> "Count":
        """Both added up."""
        return Count(**{name: value + getattr(other, name) for name, value in asdict(self).items()})


@dataclass(slots=True)
class Ledger:
    """What one end received, channel by channel. `accept` is told every message."""

    counts: dict[int, Count] = field(default_factory=lambda: {channel: Count() for channel in CHANNELS})
    _seen: dict[int, set[int]] = field(default_factory=lambda: {channel: set() for channel in CHANNELS})
    _highest: dict[int, int] = field(default_factory=lambda: dict.fromkeys(CHANNELS, -1))

    def accept(self, channel: int, data: bytes) -> int | None:
        """Note a message; answers when it was sent, or None if it is altered or was here before."""
        count, content = self.counts[channel], read_message(data)
        if content is None or content[0] != channel:
            count.altered += 1
            return None
        _, number, sent_ns = content
        if number in self._seen[channel]:
            count.duplicated += 1
            return None
        self._seen[channel].add(number)
        count.delivered += 1
        count.out_of_order += number < self._highest[channel]
        self._highest[channel] = max(self._highest[channel], number)
        return sent_ns

    def as_json(self) -> dict[str, Any]:
        """For the other process."""
        return {str(channel): asdict(count) for channel, count in self.counts.items()}


def counts_of(report: dict[str, Any]) -> dict[int, Count]:
    """The other way round."""
    return {int(channel): Count(**values) for channel, values in report.items()}


def broken_promise(channel: int, count: Count) -> str:
    """Which promise `count` breaks; empty if the channel kept its word."""
    if count.altered:
        return f"{count.altered} altered"
    if count.duplicated:
        return f"{count.duplicated} delivered twice"
    if channel in IN_ORDER and count.out_of_order:
        return f"{count.out_of_order} out of order"
    if channel in RELIABLE and count.missing:
        return f"{count.missing} never arrived"
    if count.sent and not count.delivered:
        return "nothing arrived"
    return ""
