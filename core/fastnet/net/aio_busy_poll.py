"""`BusyPoll`: whether a `poll` that has nothing asks the socket again and again before it sleeps, and until when.

Rule 1: the loop is held for at most the limit at a stretch, however many polls find something in that time.
Rule 2: who asks in vain four times in a row sleeps at once. When news then come within the limit, it asks once more; in
vain, it waits for twice as many of such news, for what answers may need the very loop that is held.
Rule 3: time is an argument.
"""

from fastnet.protocol.errors import UsageError

LIMIT_US_MAX = 10_000
FRUITLESS_MAX = 4
QUICK_MAX = 4_096
_NS_PER_US = 1_000


class BusyPoll:
    """The state of one socket; `limit_us` is 1..10,000. Raises UsageError."""

    def __init__(self, limit_us: int) -> None:
        if not 1 <= limit_us <= LIMIT_US_MAX:
            raise UsageError(
                f"busy_poll_us = {limit_us} is outside 0..{LIMIT_US_MAX}, and the loop does nothing else meanwhile; "
                "a program that only polls takes Client or Server with spin=True"
            )
        self._limit_ns = limit_us * _NS_PER_US
        self._held_since_ns = 0  # 0: the loop has run since.
        self._is_whole = False  # The latest stretch was as long as the limit.
        self._asleep_since_ns = 0
        self._fruitless = 0
        self._quick = 0  # Sleeps that asking would have spared, or so it looks.
        self._quick_needed = 1

    def begin(self, now_ns: int) -> int:
        """A poll has nothing: until when it asks; 0: it sleeps at once."""
        if self._fruitless >= FRUITLESS_MAX:
            self._asleep_since_ns = now_ns
            return 0
        self._is_whole = self._held_since_ns == 0
        if self._is_whole:
            self._held_since_ns = now_ns
        return self._held_since_ns + self._limit_ns

    def found(self) -> None:
        """Asking was worth it."""
        self._fruitless = 0
        self._quick_needed = 1

    def missed(self) -> bool:
        """Nothing came. Whether to sleep; otherwise to let the loop run once, and begin again."""
        if self._is_whole:
            self._fruitless += 1
            if self._fruitless == FRUITLESS_MAX and self._quick_needed < QUICK_MAX:
                self._quick_needed *= 2
        return self._is_whole

    def loop_ran(self) -> None:
        """The poll gave the loop back and was called again."""
        self._held_since_ns = 0

    def heard(self, now_ns: int) -> None:
        """News came to one who slept."""
        if self._asleep_since_ns != 0 and now_ns - self._asleep_since_ns <= self._limit_ns:
            self._quick += 1
            if self._quick >= self._quick_needed:
                self._quick = 0
                self._fruitless = FRUITLESS_MAX - 1
        self._asleep_since_ns = 0
