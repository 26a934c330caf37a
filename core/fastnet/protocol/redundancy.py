# cython: annotation_typing=False
"""Whether small reliable messages should go again before anyone knows that they were lost: PROTOCOL.md s. 7, Repeats.

A connection has a `Redundancy` from its first loss until its losses are forgotten; on other paths there is nothing to
ask. It knows what share of the packets is lost, a mean that each packet moves by a 256th, in units of 2^-24; and it
watches for a queue on the path, for whoever sends more into a full link makes it worse for all.
"""

_ONE = 1 << 24
_MEMORY_BITS = 8
_FORGOTTEN = _ONE >> 11  # Below one in 2,048 the path counts as free of loss.
_TWICE = 3 * _ONE // 200  # From 1.5 % on a message is repeated twice.
_QUEUE_NS = 10_000_000
_REST_MIN_NS = 1_000_000_000
_REST_MAX_NS = 64_000_000_000
_CALM = 10
_CLEAR_NS = 5_000_000
_EVERY = 16  # Levels count in repeats for so many datagrams.


class Redundancy:
    """What one end knows of the losses on its way to the other. All times in ns."""

    def __init__(self) -> None:
        self.share = 0
        self._low_ns = self._low_before_ns = self._watch_until_ns = 0  # The quickest answers.
        self._rest_ns = self._rest_until_ns = 0
        self._level = 2 * _EVERY  # All that the share of losses asks for.
        self._turn = 0
        self._step_ns = 0  # When the level may rise.

    def on_lost(self) -> None:
        """One more packet, and it was lost."""
        self.share += (_ONE - self.share) >> _MEMORY_BITS

    def on_spurious(self) -> None:
        """One that was taken for lost was only late."""
        self.share -= min(self.share, _ONE >> _MEMORY_BITS)

    def on_acked(self) -> bool:
        """One more packet, and it arrived; False when the losses are forgotten."""
        self.share -= self.share >> _MEMORY_BITS
        return self.share >= _FORGOTTEN

    def watch(self, sample_ns: int, smoothed_ns: int, now_ns: int) -> None:
        """A round trip without the peer's ack delay: keep the quickest of the last one to two round trips."""
        if now_ns >= self._watch_until_ns:
            stale = now_ns - self._watch_until_ns >= smoothed_ns
            self._low_before_ns = sample_ns if stale else self._low_ns
            self._low_ns = sample_ns
            self._watch_until_ns = now_ns + smoothed_ns
        self._low_ns = min(self._low_ns, sample_ns)

    def repeats(self, min_rtt_ns: int, now_ns: int) -> int:
        """How often a small message is to be repeated now, on a path whose shortest round trip is this.

        None when a queue stands on the path, nor for a while after that: twice as long each time, unless repeats did
        well for long. Else those who share a link fill it with repeats of what their repeats pushed out. After a rest
        only one datagram of 16 repeats, and twice as many each two round trips while the path is clear: a link that
        has no room for repeats shows a queue before they overflow it.
        """
        if now_ns < self._rest_until_ns:
            return 0
        if not self.queue_stands(min_rtt_ns):
            return self._ration(min_rtt_ns, now_ns)
        if self._rest_ns == 0 or now_ns - self._rest_until_ns > _CALM * self._rest_ns:
            self._rest_ns = _REST_MIN_NS
        elif self._rest_ns < _REST_MAX_NS:
            self._rest_ns *= 2
        self._rest_until_ns = now_ns + self._rest_ns
        self._level = 1
        self._step_ns = self._rest_until_ns + 2 * min_rtt_ns
        return 0

    def _ration(self, min_rtt_ns: int, now_ns: int) -> int:
        if self._level < 2 * _EVERY and now_ns >= self._step_ns:
            if self._low_before_ns <= min_rtt_ns + _CLEAR_NS:
                self._level *= 2
            self._step_ns = now_ns + 2 * min_rtt_ns
        if self._level > _EVERY:
            return 1 if self.share < _TWICE else 2
        self._turn += self._level
        if self._turn < _EVERY:
            return 0
        self._turn = 0
        return 1

    def rationed(self) -> bool:
        """Whether only some datagrams may repeat, and those only what the packet just before them carried."""
        return self._level < _EVERY

    def queue_stands(self, min_rtt_ns: int) -> bool:
        """Whether even the quickest answer lately had to queue. Jitter does not look like that, for some answers are
        always quick (compare RFC 8289)."""
        return min(self._low_ns, self._low_before_ns) > min_rtt_ns + _QUEUE_NS
