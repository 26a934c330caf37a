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
        self._urgent = None

    def waiting(self) -> bool:
        """Whether any channel has something to send."""
        return self._urgent is not None

    def add(self, channel: Channel) -> int:
        """`channel` has something to send; it goes to the end of its ring, unless it is in there already."""
        if channel.active:
            return 0
        channel.active = True
        channel.deficit = channel.weight * _QUANTUM_BYTES
        tail = self._tails[channel.priority]
        if tail is None:
            channel.next_active = channel
            self._rings += 1
        else:
            channel.next_active = tail.next_active
            tail.next_active = channel
        self._tails[channel.priority] = channel
        if self._urgent is None or channel.priority <= self._urgent.priority:
            self._urgent = channel
        return 0

    def current(self) -> Channel:
        """The channel that sends next, None without one."""
        return self._urgent.next_active if self._urgent is not None else None

    def spend(self, count: int) -> int:
        """The current channel wrote `count` bytes; the next one follows when its share is used up."""
        head = self._urgent.next_active
        head.deficit -= count
        if head.deficit <= 0:
            head.deficit += head.weight * _QUANTUM_BYTES
            self._tails[head.priority] = self._urgent = head
        return 0

    def remove_current(self) -> int:
        """The current channel has nothing (more) to send, or must not."""
        tail = self._urgent
        head = tail.next_active
        head.active = False
        if head is tail:
            self._tails[head.priority] = None
            self._rings -= 1
            self._urgent = self._most_urgent() if self._rings else None
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

    def _most_urgent(self) -> Channel:
        """The tail of the most urgent ring, None without one."""
        for tail in self._tails:
            if tail is not None:
                return tail
        return None
