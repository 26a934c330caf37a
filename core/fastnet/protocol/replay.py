"""Packet numbers as they arrive: what their low bytes mean (PROTOCOL.md s. 3), and the replay window, which knows
whether one was accepted before: a ring bitmap as in RFC 6479 (s. 4.1).

Rule 1: asking and marking are two calls. `is_fresh` may be asked about anything a stranger sends; `mark` is called
only after the datagram has been authenticated.
Rule 2: neither time nor memory depends on what a peer sends.
"""

from fastnet.protocol.spec import NUMBER_LIMIT, REPLAY_MASK, REPLAY_WORDS

_ONE = 1  # Typed in the .pxd. A bare 1 is a C int, and `1 << 40` would lose the bit.


def recover_number(largest: int, any: bool, truncated: int, length: int) -> int:
    """The packet number whose low `length` bytes are `truncated`, nearest to the next expected one; RFC 9000 A.3."""
    one = _ONE
    expected = largest + 1 if any else 0
    window = one << (8 * length)
    candidate = (expected & ~(window - 1)) | truncated
    if candidate + window // 2 <= expected and candidate < NUMBER_LIMIT - window:
        return candidate + window
    if candidate > expected + window // 2 and candidate >= window:
        return candidate - window
    return candidate


class ReplayWindow:
    """Remembers which of the latest 64 x `REPLAY_WORDS` packet numbers were accepted."""

    def __init__(self) -> None:
        self.highest = 0
        """The largest number marked; 0 before the first."""
        self._seen = [0] * 32  # A ring of 64-bit words: bit n % 64 of word n // 64 is number n.

    def is_fresh(self, number: int) -> bool:
        """Whether `number`, any u64, is new, and recent enough to tell."""
        if number > self.highest:
            return True
        if (self.highest >> 6) - (number >> 6) >= REPLAY_WORDS:
            return False
        return not self._seen[number >> 6 & REPLAY_MASK] >> (number & 63) & 1

    def mark(self, number: int) -> None:
        """Record `number` as accepted. Call only after authentication."""
        assert self.is_fresh(number)  # Our caller's duty, not a stranger's bytes.
        if number > self.highest:
            self._forget_up_to(number)
            self.highest = number
        self._seen[number >> 6 & REPLAY_MASK] |= _ONE << (number & 63)

    def _forget_up_to(self, number: int) -> None:
        word = self.highest >> 6
        for _ in range(min((number >> 6) - word, REPLAY_WORDS)):  # At most once around the ring.
            word += 1
            self._seen[word & REPLAY_MASK] = 0
