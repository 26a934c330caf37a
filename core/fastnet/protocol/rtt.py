"""How long a round trip takes, and how long silence must last before it means loss. RFC 9002 s. 5 and 6.

All times are nanoseconds of our own clock; the only figure a peer chooses is its ack delay, which the caller caps.
"""

from fastnet.protocol.spec import GRANULARITY_NS, INITIAL_RTT_NS

_SEED_MIN_NS = 1_000_000
_SEED_MAX_NS = 1_000_000_000


class RttEstimator:
    """Smoothed round trip, its variation, the smallest and the latest sample of one path."""

    def __init__(self) -> None:
        self.reset(INITIAL_RTT_NS)

    def reset(self, first_ns: int) -> None:
        """Forget everything, as a new path must, and begin with the guess `first_ns`."""
        self.has_sample = False
        """Whether anything was measured yet; before that the figures are the guess."""
        self.latest_ns = 0
        self.min_ns = 0
        self.jitter_ns = 0
        """Smoothed difference between neighbouring samples (RFC 3550 s. 6.4.1); for people, not for timers."""
        self.seed(first_ns)

    def seed(self, first_ns: int) -> None:
        """Guess from a round trip seen elsewhere, clamped to 1 ms .. 1 s; the first sample replaces it."""
        self.smoothed_ns = min(max(first_ns, _SEED_MIN_NS), _SEED_MAX_NS)
        self.variation_ns = self.smoothed_ns >> 1

    def update(self, latest_ns: int, ack_delay_ns: int) -> None:
        """Take one sample. `ack_delay_ns` is what the peer says it waited, at most what it once promised."""
        if not self.has_sample:
            self._first(latest_ns)
            return
        self._update_jitter(latest_ns)
        self.latest_ns = latest_ns
        self.min_ns = min(self.min_ns, latest_ns)
        adjusted = latest_ns
        if latest_ns - self.min_ns >= ack_delay_ns:  # A delay that would undercut the minimum is not believed.
            adjusted -= ack_delay_ns
        off = adjusted - self.smoothed_ns if adjusted > self.smoothed_ns else self.smoothed_ns - adjusted
        self.variation_ns = (3 * self.variation_ns + off) >> 2
        self.smoothed_ns = (7 * self.smoothed_ns + adjusted) >> 3

    def _first(self, latest_ns: int) -> None:
        self.has_sample = True
        self.latest_ns = self.min_ns = self.smoothed_ns = latest_ns
        self.variation_ns = latest_ns >> 1

    def _update_jitter(self, latest_ns: int) -> None:
        off = latest_ns - self.latest_ns if latest_ns > self.latest_ns else self.latest_ns - latest_ns
        self.jitter_ns = (15 * self.jitter_ns + off) >> 4

    def pto_ns(self, peer_ack_delay_ns: int) -> int:
        """How long silence lasts, before backoff, until we probe for a lost tail (RFC 9002 s. 6.2.1)."""
        return self.smoothed_ns + max(4 * self.variation_ns, GRANULARITY_NS) + peer_ack_delay_ns

    def loss_delay_ns(self) -> int:
        """How long after a later packet was acked an earlier one counts as lost (RFC 9002 s. 6.1.2)."""
        longest = max(self.smoothed_ns, self.latest_ns)
        return max(longest + (longest >> 3), GRANULARITY_NS)
