"""Sending every message back on its channel, also when the way back is busy. For `serve` and the demonstration."""

from collections import defaultdict, deque
from typing import Protocol

from fastnet.protocol.errors import UsageError, WouldBlockError
from fastnet.protocol.events import Data

WAITING_BYTES_MAX = 16 * 1024 * 1024


class Sender(Protocol):
    """The part of a server that an echo needs."""

    def send(self, peer_id: int, channel: int, data: bytes) -> None:
        """Accept one message, or raise."""


class Echoes:
    """Answers `Data` events. What a full reliable channel refuses waits here, in order, up to a bound per peer."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender
        self._waiting: defaultdict[int, deque[Data]] = defaultdict(deque)
        self._waiting_bytes: defaultdict[int, int] = defaultdict(int)

    def answer(self, event: Data) -> bool:
        """Send `event` back, or keep it for `retry`. False: this peer has too much waiting and should be ended."""
        waiting = self._waiting.get(event.peer_id)
        blocked = waiting is not None and any(other.channel == event.channel for other in waiting)
        if not blocked and self._send(event):
            return True
        self._waiting[event.peer_id].append(event)
        self._waiting_bytes[event.peer_id] += len(event.data)
        return self._waiting_bytes[event.peer_id] <= WAITING_BYTES_MAX

    def retry(self) -> None:
        """Send what waits, as far as there is room now. Call it once a turn."""
        for peer_id in list(self._waiting):
            waiting, blocked = self._waiting[peer_id], set()
            for _ in range(len(waiting)):
                event = waiting.popleft()
                if event.channel in blocked or not self._send(event):
                    blocked.add(event.channel)
                    waiting.append(event)  # Once around the queue keeps the order within each channel.
                else:
                    self._waiting_bytes[peer_id] -= len(event.data)
            if not waiting:
                self.forget(peer_id)

    def forget(self, peer_id: int) -> None:
        """The peer is gone, and what waited for it."""
        self._waiting.pop(peer_id, None)
        self._waiting_bytes.pop(peer_id, None)

    def _send(self, event: Data) -> bool:
        try:
            self._sender.send(event.peer_id, event.channel, event.data)
        except WouldBlockError:
            return False
        except UsageError:
            return True  # The peer left a moment ago: there is nobody to answer.
        return True
