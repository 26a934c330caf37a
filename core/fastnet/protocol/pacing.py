"""When bytes may leave: a token bucket that spreads a window over its round trip. PROTOCOL.md s. 7.

The bucket gains 1.25 x window / round trip and holds the larger of `depth_bytes` and 2 ms of that; within it nothing
waits. It is written as what is missing from a full bucket, so that every number is unsigned, and is refilled once
a millisecond or when it looks empty, so that most packets cost no division. By then at most half a bucket came in, so
no burst is above one and a half.
"""

_DEPTH_NS = 2_000_000
_REFILL_NS = 1_000_000  # At most half of `_DEPTH_NS`.
_ONE = 1  # Typed in the .pxd.
_FULL_NS = 2**32  # After 4.3 s the bucket counts as full: bounds the product below for a window under 2**31.


class Pacer:
    """The token bucket of one path. `window` in bytes and `smoothed_ns` are those of now, and the caller's."""

    def __init__(self, depth_bytes: int) -> None:
        self._depth_bytes = depth_bytes
        self.reset(0)

    def reset(self, now_ns: int) -> None:
        """Begin with a full bucket."""
        self._depth = self._depth_bytes
        self._missing = 0
        self._rest = 0  # Of the last division, in bytes x ns: else a fast caller would lose what it rounds away.
        self._refilled_ns = now_ns

    def may_send(self, size: int, now_ns: int, window: int, smoothed_ns: int) -> bool:
        """Whether `size` bytes may leave now. A full bucket lets any packet go, even one above its depth."""
        if self._missing == 0:
            self._refilled_ns = now_ns
            return True
        if self._missing + size > self._depth or now_ns - self._refilled_ns >= _REFILL_NS:
            self._refill(now_ns, window, smoothed_ns)
        return self._missing <= self._allowed(size)

    def on_sent(self, size: int) -> None:
        """`size` bytes left. A packet that did not ask leaves a debt of at most itself."""
        self._missing = min(self._missing, self._depth) + size

    def ready_ns(self, size: int, now_ns: int, window: int, smoothed_ns: int) -> int:
        """When `may_send` of the same figures becomes true; `now_ns` if it is."""
        self._refill(now_ns, window, smoothed_ns)
        allowed = self._allowed(size)
        if self._missing <= allowed:
            return now_ns
        round_ns = max(smoothed_ns, _ONE)
        rate = self._rate(window)
        wanted = (self._missing - allowed) * round_ns - min(self._rest, round_ns - 1)
        return self._refilled_ns + min((wanted + rate - 1) // rate, _FULL_NS)

    def _allowed(self, size: int) -> int:
        """So much may be missing when `size` bytes leave."""
        return self._depth - size if size < self._depth else 0

    def _rate(self, window: int) -> int:
        """Bytes per round trip."""
        return max(window + (window >> 2), _ONE)

    def _refill(self, now_ns: int, window: int, smoothed_ns: int) -> None:
        elapsed_ns = min(now_ns - self._refilled_ns, _FULL_NS) if now_ns > self._refilled_ns else 0
        self._refilled_ns = max(self._refilled_ns, now_ns)
        round_ns = max(smoothed_ns, _ONE)
        rate = self._rate(window)
        self._depth = self._depth_bytes
        if _DEPTH_NS * rate > self._depth_bytes * round_ns:
            self._depth = _DEPTH_NS * rate // round_ns
        gained = elapsed_ns * rate + min(self._rest, round_ns - 1)
        whole = gained // round_ns
        if whole >= self._missing or elapsed_ns == _FULL_NS:
            self._missing = 0
            self._rest = 0
            return
        self._missing -= whole
        self._rest = gained - whole * round_ns
