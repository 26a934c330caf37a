"""How large a datagram may be: the search for the path's MTU (PROTOCOL.md s. 8, RFC 8899), off by default.

Rule 1: 1,200 bytes are always right; more only after a probe of that very size was acknowledged.
Rule 2: a lost probe is no sign of congestion, and three tell that the path is smaller.
Plain Python: it is asked a few times per connection. Times in ns.
"""

from fastnet.protocol.spec import DATAGRAM_BYTES_BASE
from fastnet.protocol.ticket import NEVER_NS

_SIZES = (1_232, 1_328, 1_392, 1_452)  # IPv6's minimum less headers .. Ethernet less IPv6 and UDP headers.
_TRIES = 3
_RAISE_NS = 600_000_000_000
_AFTER_BLACK_HOLE_NS = 60_000_000_000
LARGE_LOST_MAX = 3
"""So many packets above the base lost in a row, none acknowledged, mean that the path eats them."""


class MtuSearch:
    """The size that is known to pass, and when to try a larger one. `largest` is what both ends can read."""

    def __init__(self, largest: int, now_ns: int) -> None:
        self.current = DATAGRAM_BYTES_BASE
        """Bytes of UDP payload that the path carries."""
        self._sizes = [size for size in _SIZES if size <= largest]
        self._tries = 0
        self.next_ns = NEVER_NS
        """When to send a probe; NEVER_NS while one is under way or nothing is left to find."""
        self._again_at(now_ns)

    def wanted(self) -> int:
        """The size to try next; 0 when the largest one is reached."""
        larger = [size for size in self._sizes if size > self.current]
        return larger[0] if larger else 0

    def on_sent(self) -> None:
        """A probe is under way."""
        self.next_ns = NEVER_NS

    def on_acked(self, now_ns: int) -> None:
        """The probe arrived: its size is good, and the next one follows."""
        self.current = self.wanted() or self.current
        self._again_at(now_ns)

    def on_lost(self, now_ns: int) -> None:
        """The probe did not arrive: again, at most three times, then not for ten minutes."""
        tries = self._tries + 1
        self._again_at(now_ns + _RAISE_NS if tries >= _TRIES else now_ns)
        self._tries = tries % _TRIES

    def on_black_hole(self, now_ns: int) -> None:
        """What is above the base does not arrive any more."""
        self.current = DATAGRAM_BYTES_BASE
        self._again_at(now_ns + _AFTER_BLACK_HOLE_NS)

    def on_new_path(self, now_ns: int) -> None:
        """Another path: begin anew."""
        self.current = DATAGRAM_BYTES_BASE
        self._again_at(now_ns)

    def _again_at(self, time_ns: int) -> None:
        self._tries = 0
        self.next_ns = time_ns if self.wanted() else NEVER_NS
