"""Who may have something to send: an endpoint's peers, from a packet or a call that concerned them until `build` has
nothing more for them, in the order in which they came."""

from fastnet.protocol.connection import Connection


class DirtyPeers:
    """A list that is emptied from its start, and keeps its room."""

    def __init__(self) -> None:
        self._peers = []
        self._unflushed = []

    def add(self, peer: Connection) -> int:
        """`peer` may have something to send."""
        if not peer.dirty:
            peer.dirty = True
            if self.count < len(self._peers):
                self._peers[self.count] = peer
            else:
                self._peers.append(peer)
            self.count += 1
        return 0

    def first(self) -> Connection:
        """The one to build for next, of `count` that must not be 0."""
        return self._peers[self._at]

    def is_alone(self) -> bool:
        """Whether there is one and no other."""
        return self._at + 1 == self.count

    def remove_first(self) -> int:
        """It has nothing more to send now."""
        peer = self._peers[self._at]
        peer.dirty = False
        self._peers[self._at] = None
        self._at += 1
        if self._at == self.count:
            self._at = self.count = 0
        return 0

    def all(self) -> list[Connection]:
        """Those that are left."""
        return self._peers[self._at : self.count]

    def copy(self, into: list[Connection | None]) -> int:
        """Put them into the first places of `into`; how many."""
        for index in range(self._at, self.count):
            if index - self._at < len(into):
                into[index - self._at] = self._peers[index]
            else:
                into.append(self._peers[index])
        return self.count - self._at

    # Under `auto_flush=False`.

    def await_flush(self, peer: Connection) -> int:
        """`peer` has messages that wait for `flush`."""
        if not peer.awaits_flush:
            peer.awaits_flush = True
            self._unflushed.append(peer)
        return 0

    def flush(self) -> int:
        """What waits for it may leave."""
        for peer in self._unflushed:
            if peer.flush_waiting():
                self.add(peer)
        self._unflushed.clear()
        return 0
