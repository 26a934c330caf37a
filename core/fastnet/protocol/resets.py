"""Stateless reset: a restarted server tells clients that it no longer knows them (PROTOCOL.md s. 9.3).

Rule: an answer is shorter than its trigger, and rare, so nobody is worth being attacked through us. A flood of triggers
costs little: whether one is answered is decided in C.
"""

from collections import deque

from fastnet.protocol.chance import Chance
from fastnet.protocol.datagram import Datagram
from fastnet.protocol.keys import reset_token
from fastnet.protocol.ticket import NEVER_NS

_GROUP_GAP_NS = 100_000_000
_WAITING_MAX = 64
_BYTES_MAX = 40
_SPREAD = 0x9E3779B97F4A7C15  # 2**64 by the golden ratio: Fibonacci hashing, Knuth 6.4.


class Resets:
    """Makes the tokens of a server, and answers to datagrams with unknown ids."""

    def __init__(self, key: bytes, per_second: int, chance: Chance) -> None:
        self._key = key
        self._per_second = per_second
        self._chance = chance
        self.waiting: deque[tuple[bytes, tuple[int, int, int, int, int, int]]] = deque()
        self._second = NEVER_NS
        self._count = 0
        self._free_ns = [0] * 256
        self.answered = 0

    def token(self, connection_id: int) -> bytes:
        """The 16 bytes that prove to the client of this id that we do not know it."""
        return reset_token(self._key, connection_id)

    def answer(self, inbound: Datagram, now_ns: int) -> bool:
        """Perhaps answer a datagram whose id nobody has; whether `take` has something."""
        if len(self.waiting) < _WAITING_MAX and self._admit(inbound, now_ns):
            self._write(inbound)
        return len(self.waiting) > 0

    def _write(self, inbound: Datagram) -> None:
        size = min(_BYTES_MAX, inbound.size - 1)
        head = bytes([0x40 | self._chance.below(64)]) + self._chance.take(size - 17)
        path = (
            inbound.remote_hi,
            inbound.remote_lo,
            inbound.remote_port,
            inbound.remote_scope,
            inbound.local_hi,
            inbound.local_lo,
        )
        self.waiting.append((head + self.token(inbound.u64_at(1)), path))
        self.answered += 1

    def _admit(self, inbound: Datagram, now_ns: int) -> bool:
        """So many a second, and of each neighbourhood, as `address.group_of` has them, one in a while. Some share a
        place."""
        second = now_ns // 1_000_000_000
        if second != self._second:
            self._second = second
            self._count = 0
        if self._count >= self._per_second:
            return False
        group = inbound.remote_hi
        if group == 0 and inbound.remote_lo >> 32 == 0xFFFF:
            group = inbound.remote_lo >> 8
        place = group * _SPREAD >> 56
        if now_ns < self._free_ns[place]:
            return False
        self._free_ns[place] = now_ns + _GROUP_GAP_NS
        self._count += 1
        return True

    def take(self, out: Datagram) -> bool:
        """Write one waiting answer into `out`; False without one."""
        if not self.waiting:
            return False
        content, path = self.waiting.popleft()
        out.load(content)
        out.remote_hi, out.remote_lo, out.remote_port, out.remote_scope, out.local_hi, out.local_lo = path
        return True
