"""How many bytes may be in flight: NewReno of RFC 9002 s. 7, behind four calls (sent, acked, lost, may_send).

Rule 1: every byte passed to `on_sent` leaves flight exactly once, by `on_acked`, `on_lost` or `on_discarded`.
Rule 2: the window grows only while it is the limit (RFC 9002 s. 7.8): the latest packet filled at least half of it, or
one was refused since. An application that sends little cannot hoard a window that the path never carried.
Rule 3: one cut per round trip: losses among packets sent before the last cut do not cut again.
"""

from fastnet.protocol.spec import DATAGRAM_BYTES_BASE

_MS = 1_000_000
_THIN_BYTES_PER_MS = 64
_UNKNOWN = 2**64 - 1  # No threshold yet: slow start lasts until the first loss.


class NewReno:
    """The congestion window of one path; sizes in bytes."""

    def __init__(self, initial: int, minimum: int, maximum: int) -> None:
        self._initial = initial
        self._minimum = minimum
        self._maximum = maximum
        self.in_flight = 0
        self.reset()

    def reset(self) -> None:
        """Begin anew, as on a new path. What is in flight stays so; drop the old path's packets by `on_discarded`."""
        self.window = self._initial
        self.threshold = _UNKNOWN
        """Below it the window doubles each round trip, above it grows by one datagram."""
        self.limited = False
        """Whether the window, not the application, limits what is sent."""
        self._acked = 0  # Towards the next datagram of growth above the threshold.
        self._cut_until_ns = 0  # Packets sent before this belong to the last cut.
        self._forget_cut()

    def _forget_cut(self) -> None:
        self._window_before = 0
        self._threshold_before = 0

    def may_send(self, size: int) -> bool:
        """Whether `size` bytes fit. An empty flight takes any packet, so that one above the window is not stuck."""
        if self.in_flight + size <= self.window or self.in_flight == 0:
            return True
        self.limited = True
        return False

    def spare_bytes(self) -> int:
        """So much may leave that need not: an eighth of the window stays free for what must."""
        most = self.window - (self.window >> 3)
        return most - self.in_flight if self.in_flight < most else 0

    def on_sent(self, size: int) -> None:
        """A packet that counts left: it elicits an ack, and is no MTU probe."""
        self.in_flight += size
        self.limited = 2 * self.in_flight >= self.window

    def on_acked(self, size: int, sent_ns: int, now_ns: int) -> None:
        """A packet sent at `sent_ns` arrived. `now_ns` is for controllers that know time, as CUBIC."""
        self.on_discarded(size)
        if not self.limited or sent_ns < self._cut_until_ns:
            return
        if self.window < self.threshold:
            self.window += size
        else:
            self._acked += size
            if self._acked >= self.window:
                self._acked -= self.window
                self.window += DATAGRAM_BYTES_BASE
        self.window = min(self.window, self._maximum)

    def on_lost(self, size: int, sent_ns: int, now_ns: int, min_rtt_ns: int) -> None:
        """A packet sent at `sent_ns` is lost, which we conclude at `now_ns`, on a path of this smallest round trip."""
        self.on_discarded(size)
        if sent_ns < self._cut_until_ns:
            return
        self._window_before = self.window
        self._threshold_before = self.threshold
        self._cut_until_ns = now_ns + 1  # What leaves in the turn of the cut knew nothing of it yet.
        self._acked = 0
        self.window = max(self.window >> 1, self._least(min_rtt_ns))
        self.threshold = self.window

    def _least(self, min_rtt_ns: int) -> int:
        """What a cut leaves: the minimum, or what an empty path of 64 kB/s holds, up to the initial window."""
        return max(self._minimum, min(self._initial, min_rtt_ns // _MS * _THIN_BYTES_PER_MS))

    def undo(self) -> None:
        """The loss behind the last cut was none: give back what it took, once."""
        if self._window_before == 0:
            return
        self.window = max(self.window, self._window_before)
        self.threshold = max(self.threshold, self._threshold_before)
        self._cut_until_ns = 0  # A real loss among the same packets must still count.
        self._forget_cut()

    def on_persistent(self) -> None:
        """Nothing came through for so long that all knowledge is void (RFC 9002 s. 7.6): start from the minimum."""
        self.window = self._minimum
        self._acked = 0
        self._cut_until_ns = 0
        self._forget_cut()

    def on_discarded(self, size: int) -> None:
        """A packet left flight and says nothing about the path."""
        self.in_flight -= min(size, self.in_flight)
