"""What one direction of a link does to datagrams, and the part that does it. Shared by simulation and real proxy.

Rule 1: every decision comes from the random generator that was passed in, in a fixed order: one seed, one story.
Rule 2: time is an argument, in nanoseconds, and may be virtual or real.
"""

import random
from dataclasses import dataclass

_US = 1_000
_MS = 1_000_000
_S = 1_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """How bad one direction is. Probabilities are 0..1 per datagram; 0 or empty turns a trouble off."""

    loss: float = 0.0
    burst_loss: float = 0.0
    """Share of datagrams lost in bursts (Gilbert's model), on top of `loss`."""
    burst_packets: float = 6.0
    """Mean length of such a burst."""
    delay_us: int = 100
    jitter_us: int = 0
    """Added to the delay, uniform in 0..jitter_us; so it reorders, too."""
    reorder: float = 0.0
    """Share of datagrams held back by `reorder_us`, so that later ones overtake them."""
    reorder_us: int = 2_000
    duplicate: float = 0.0
    flip: float = 0.0
    """Share of datagrams in which one bit arrives wrong."""
    rate_bytes_per_s: int = 0
    queue_ms: int = 30
    """How long the bottleneck's queue is; what would wait longer is dropped. Only with a rate."""
    blackouts_ms: tuple[tuple[int, int], ...] = ()
    """Spans (start, end) since the wire was made in which nothing passes."""
    blackout_every_ms: int = 0
    blackout_ms: int = 0
    """Nothing passes in the first `blackout_ms` of every `blackout_every_ms`, except in the very first round."""
    mtu_bytes: int = 0
    """Larger datagrams vanish."""

    def __post_init__(self) -> None:
        for name in ("loss", "burst_loss", "reorder", "duplicate", "flip"):
            if not 0.0 <= getattr(self, name) <= 1.0:
                raise ValueError(f"{name} = {getattr(self, name)} is not a probability, 0..1")
        if self.burst_packets < 1.0:
            raise ValueError(f"burst_packets = {self.burst_packets}: a burst has at least one datagram")


CLEAN = Conditions()


@dataclass(slots=True)
class WireCounts:
    """What one direction did so far, in datagrams; `bytes_carried` counts what arrived, duplicates included."""

    offered: int = 0
    lost: int = 0
    queue_full: int = 0
    too_large: int = 0
    blacked_out: int = 0
    duplicated: int = 0
    held_back: int = 0
    flipped: int = 0
    bytes_carried: int = 0

    @property
    def gone(self) -> int:
        """Datagrams that never arrive, for whatever reason."""
        return self.lost + self.queue_full + self.too_large + self.blacked_out

    def plus(self, other: "WireCounts") -> "WireCounts":
        """Both directions, or both clients, together."""
        return WireCounts(*(getattr(self, name) + getattr(other, name) for name in WireCounts.__slots__))


class Wire:
    """One direction of a link. `conditions` may be replaced at any time."""

    def __init__(self, conditions: Conditions, prng: random.Random, origin_ns: int = 0) -> None:
        self.conditions = conditions
        self.counts = WireCounts()
        self._prng = prng
        self.origin_ns = origin_ns
        self._free_ns = 0  # When the bottleneck has sent all it took.
        self._in_burst = False

    def carry(self, content: bytes, now_ns: int) -> list[tuple[int, bytes]]:
        """When and as what `content`, offered now, arrives: empty if never, two entries if duplicated."""
        self.counts.offered += 1
        if self._is_gone(len(content), now_ns):
            return []
        leaves_ns = self._leave(len(content), now_ns)
        if leaves_ns < 0:
            self.counts.queue_full += 1
            return []
        copies = 1
        if self.conditions.duplicate and self._prng.random() < self.conditions.duplicate:
            self.counts.duplicated += 1
            copies = 2
        self.counts.bytes_carried += copies * len(content)
        return [(leaves_ns + self._travel_ns(), self._damage(content)) for _ in range(copies)]

    def _is_gone(self, size: int, now_ns: int) -> bool:
        conditions, counts = self.conditions, self.counts
        if conditions.mtu_bytes and size > conditions.mtu_bytes:
            counts.too_large += 1
            return True
        if self._is_black((now_ns - self.origin_ns) / _MS):
            counts.blacked_out += 1
            return True
        if (conditions.burst_loss and self._is_in_burst()) or (
            conditions.loss and self._prng.random() < conditions.loss
        ):
            counts.lost += 1
            return True
        return False

    def _is_black(self, at_ms: float) -> bool:
        conditions = self.conditions
        if conditions.blackout_every_ms and at_ms >= conditions.blackout_every_ms:
            return at_ms % conditions.blackout_every_ms < conditions.blackout_ms
        return any(start <= at_ms < end for start, end in conditions.blackouts_ms)

    def _is_in_burst(self) -> bool:
        """Step Gilbert's two states: the mean stay in the bad one is `burst_packets`, its share `burst_loss`."""
        share, mean = self.conditions.burst_loss, self.conditions.burst_packets
        if self._in_burst:
            self._in_burst = self._prng.random() >= 1 / mean
        else:
            self._in_burst = share >= 1.0 or self._prng.random() < share / (mean * (1 - share))
        return self._in_burst

    def _leave(self, size: int, now_ns: int) -> int:
        """When the bottleneck has sent the datagram; below 0: its queue is full."""
        rate = self.conditions.rate_bytes_per_s
        if not rate:
            return now_ns
        begins_ns = max(now_ns, self._free_ns)
        if begins_ns - now_ns > self.conditions.queue_ms * _MS:
            return -1
        self._free_ns = begins_ns + size * _S // rate
        return self._free_ns

    def _travel_ns(self) -> int:
        conditions = self.conditions
        travel_us = conditions.delay_us
        if conditions.jitter_us:
            travel_us += int(self._prng.random() * conditions.jitter_us)
        if conditions.reorder and self._prng.random() < conditions.reorder:
            self.counts.held_back += 1
            travel_us += conditions.reorder_us
        return travel_us * _US

    def _damage(self, content: bytes) -> bytes:
        if not content or not self.conditions.flip or self._prng.random() >= self.conditions.flip:
            return content
        self.counts.flipped += 1
        damaged = bytearray(content)
        damaged[self._prng.randrange(len(damaged))] ^= 1 << self._prng.randrange(8)
        return bytes(damaged)
