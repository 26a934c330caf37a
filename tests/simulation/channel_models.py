"""What each kind of channel promises, as a list or a counter: too slow to ship and too simple to be wrong."""

from collections import Counter
from typing import Protocol


class ChannelModel(Protocol):
    """One direction of one channel, as its sender and its receiver see it."""

    sent: list[bytes]
    received: int

    def receive(self, data: bytes) -> None:
        """A message was delivered; an AssertionError says which promise that broke."""

    def complete(self) -> bool:
        """Whether nothing that was promised is outstanding."""


class ReliableOrdered:
    """Everything, once, in order."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []
        self.received = 0

    def receive(self, data: bytes) -> None:
        assert self.received < len(self.sent), f"more arrived than was sent: {data[:20]!r}"
        assert data == self.sent[self.received], f"message {self.received} is wrong or out of order: {data[:20]!r}"
        self.received += 1

    def complete(self) -> bool:
        return self.received == len(self.sent)


class Unreliable:
    """Never twice, never altered."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []
        self.received = 0
        self._under_way: Counter[bytes] = Counter()
        self._counted = 0

    def receive(self, data: bytes) -> None:
        self._under_way.update(self.sent[self._counted :])
        self._counted = len(self.sent)
        assert self._under_way[data] > 0, f"altered or delivered twice: {data[:20]!r}"
        self._under_way[data] -= 1
        self.received += 1

    def complete(self) -> bool:
        return True


class ReliableUnordered(Unreliable):
    """Everything, once, in any order."""

    def complete(self) -> bool:
        return self.received == len(self.sent)


class Sequenced:
    """Each delivered message was sent after the one delivered before it."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []
        self.received = 0
        self._next = 0

    def receive(self, data: bytes) -> None:
        assert data in self.sent[self._next :], f"older than the last, twice, or altered: {data[:20]!r}"
        self._next = self.sent.index(data, self._next) + 1
        self.received += 1

    def complete(self) -> bool:
        return True


MODELS: dict[str, type[ChannelModel]] = {
    "reliable_ordered": ReliableOrdered,
    "unreliable": Unreliable,
    "reliable_unordered": ReliableUnordered,
    "sequenced": Sequenced,
}
