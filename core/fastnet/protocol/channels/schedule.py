"""Whose turn it is to send: strict between priorities, deficit round-robin inside one (PROTOCOL.md s. 6.2).

Deficit round-robin: M. Shreedhar and G. Varghese, SIGCOMM 1995. The quantum is weight x 1200 bytes, so a quiet channel
waits for at most one datagram of each of the others.
"""

from fastnet.protocol.channels.base import Channel

_QUANTUM_BYTES = 1_200


class Schedule:
    """The channels of one connection that have something to send, in rings by priority."""

    def __init__(self) -> None:
        self._tails = [None, None, None, None, None, None, None, None]

    def waiting(self) -> bool:
        """Whether any channel has something to send."""
        return self._present != 0

    def add(self, channel: Channel) -> int:
        """`channel` has something to send; it goes to the end of its ring, unless it is in there already."""
        if channel.active:
            return 0
        channel.active = True
        channel.deficit = channel.weight * _QUANTUM_BYTES
        tail = self._tails[channel.priority]
        if tail is None:
            channel.next_active = channel
        else:
            channel.next_active = tail.next_active
            tail.next_active = channel
        self._tails[channel.priority] = channel
        self._present |= 1 << channel.priority
        return 0

    def current(self) -> Channel:
        """The channel that sends next, None without one."""
        if self._present == 0:
            return None
        tail = self._tails[self._priority()]
        return tail.next_active

    def spend(self, count: int) -> int:
        """The current channel wrote `count` bytes; the next one follows when its share is used up."""
        tail = self._tails[self._priority()]
        head = tail.next_active
        head.deficit -= count
        if head.deficit <= 0:
            head.deficit += head.weight * _QUANTUM_BYTES
            self._tails[head.priority] = head
        return 0

    def remove_current(self) -> int:
        """The current channel has nothing (more) to send, or must not."""
        tail = self._tails[self._priority()]
        head = tail.next_active
        head.active = False
        if head is tail:
            self._tails[head.priority] = None
            self._present &= ~(1 << head.priority)
        else:
            tail.next_active = head.next_active
        head.next_active = None
        return 0

    def channels(self) -> list[Channel]:
        """All channels that wait, for rare visits to each."""
        found = []
        for tail in self._tails:
            channel = tail
            while channel is not None:
                channel = channel.next_active
                found.append(channel)
                if channel is tail:
                    break
        return found

    def _priority(self) -> int:
        """The most urgent priority that has a ring."""
        priority = 0
        while not self._present >> priority & 1:
            priority += 1
        return priority
