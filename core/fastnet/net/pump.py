"""One turn: from the socket into the endpoint, what is due, from the endpoint to the socket.

Rule 1: the clock is read once a turn. Rule 2: a turn asks for at most 256 datagrams and takes what
came in one piece with them, so that a flood cannot hold it.
"""

from collections.abc import Iterable

from fastnet.net.clock import monotonic_ns
from fastnet.net.udp import UdpSocket
from fastnet.protocol.bulk import send_all
from fastnet.protocol.endpoint import Endpoint
from fastnet.protocol.events import Event
from fastnet.protocol.foresight import FORESIGHT_STEPS

_DATAGRAMS_A_TURN = 256
_CACHED_PEERS = 100  # What so few need stays in a processor's own caches.


class Pump:
    """Joins an endpoint and its socket. `spins`: the caller polls without pause, so a turn makes one receiving call
    and leaves the rest to the next; otherwise it receives until the socket is empty."""

    def __init__(self, endpoint: Endpoint, udp: UdpSocket, spins: bool) -> None:
        self.endpoint = endpoint
        self.udp = udp
        self.spins = spins
        self.now_ns = 0
        """When the latest `poll` began."""
        self._owes = False  # The latest poll only received.
        self._ready = 0  # What `spin` found and `receive` has not handed over yet.

    def receive(self, now_ns: int) -> int:
        """Hand waiting datagrams to the endpoint; returns how many."""
        taken = self._ready
        if taken:
            self._ready = 0
            for index in range(taken):
                self.endpoint.receive_datagram(self.udp.datagram(index), now_ns)
            if self.spins:
                return taken
        while taken < _DATAGRAMS_A_TURN or self.udp.more():
            count = self.udp.receive_batch(_DATAGRAMS_A_TURN)
            crowded = self.endpoint.peer_count > _CACHED_PEERS
            for index in range(count):
                if crowded:
                    self._foresee(index, count)
                self.endpoint.receive_datagram(self.udp.datagram(index), now_ns)
            taken += count
            if count == 0 or self.spins:
                break
        return taken

    def _foresee(self, index: int, count: int) -> int:
        """Before number `index` of a batch: have fetched what those after it will need, a step each."""
        for step in range(1, FORESIGHT_STEPS + 1):
            if index + 2 * step < count:
                self.endpoint.places.foresee(self.udp.datagram(index + 2 * step), step)
        return 0

    def spin(self, now_ns: int, limit_ns: int) -> bool:
        """Ask the socket again and again until a datagram is there, a deadline has come or the time is `limit_ns`.
        The datagram waits for the next turn. True when a turn has something to do."""
        self.pay(now_ns)
        until_ns = self.endpoint.next_deadline_ns(now_ns)
        if self._ready or until_ns <= now_ns:
            return True
        due = until_ns < limit_ns
        until_ns = until_ns if due else limit_ns
        self._ready = self.udp.receive_spin(now_ns, until_ns)
        return self._ready > 0 or due

    def pay(self, now_ns: int) -> int:
        """Send what the latest poll left for the answer to it: the caller is going to wait."""
        if self._owes:
            self._owes = False
            self.write(now_ns)
        return 0

    def write(self, now_ns: int) -> int:
        """Build and send all that may leave now; a single datagram leaves first and is noted then."""
        if not self.endpoint.has_datagrams():
            return 0
        out = self.udp.next_out()
        if not self.endpoint.build_datagram(out, now_ns):
            return 0
        if self.endpoint.is_last():
            count = self.udp.send(out)
            self.endpoint.settle_built(now_ns)
            return count
        self.endpoint.settle_built(now_ns)
        self.udp.commit()
        while self.endpoint.has_datagrams() and self.endpoint.take_datagram(self.udp.next_out(), now_ns):
            self.udp.commit()
        return self.udp.flush()

    def turn(self, now_ns: int) -> int:
        """A whole turn; returns how many datagrams came in."""
        taken = self.receive(now_ns)
        if self.endpoint.is_due(now_ns):
            self.endpoint.handle_deadline(now_ns)
        self.write(now_ns)
        return taken

    def poll(self) -> list[Event]:
        """A turn, then what the application should know. Granting credit for what it takes may send something.

        When there is something to know, and nothing is due but an ack that may wait, it rides on the answer, or leaves
        with the next wait or poll, so an echo does not wait for it. Where the caller spins, any ack may wait so long.
        Never twice in a row, so a one-way flow is acknowledged as well.
        """
        self.now_ns = now_ns = monotonic_ns()
        self.receive(now_ns)
        if self.endpoint.is_due(now_ns):
            self.endpoint.handle_deadline(now_ns)
        events = self.endpoint.take_events()
        self._owes = len(events) > 0 and not self._owes and self.endpoint.can_wait(self.spins)
        if not self._owes:
            self.write(now_ns)
        return events

    def pass_time(self) -> list[Event]:
        """In place of `poll` after a wait that found nothing to do."""
        self.now_ns = monotonic_ns()
        return []

    def turn_once(self) -> None:
        """A turn after something arrived, for callers that are told again while more is waiting: one receiving call,
        none when `spin` has found something."""
        now_ns = monotonic_ns()
        count = self._ready
        self._ready = 0
        if count == 0:
            count = self.udp.receive_batch(_DATAGRAMS_A_TURN)
        for index in range(count):
            self.endpoint.receive_datagram(self.udp.datagram(index), now_ns)
        if self.endpoint.is_due(now_ns):
            self.endpoint.handle_deadline(now_ns)
        self.write(now_ns)

    def take(self) -> list[Event]:
        """What earlier turns left for the application, without a turn."""
        events = self.endpoint.take_events()
        if events:
            self.write(monotonic_ns())
        return events

    def send(self, peer_id: int, channel: int, data: bytes | bytearray | memoryview) -> int:
        """Queue a message and, unless the configuration says to wait for flush, send it: the first datagram at once,
        what else is due in batches."""
        if not self.endpoint.settings.auto_flush:  # Nothing leaves now, and the time matters to nobody.
            return self.endpoint.send(peer_id, channel, data, self.now_ns)
        now_ns = monotonic_ns()
        self.endpoint.send(peer_id, channel, data, now_ns)
        out = self.udp.next_out()
        if self.endpoint.build_datagram(out, now_ns):
            self.udp.send(out)
            self.endpoint.settle_built(now_ns)
            if self.endpoint.has_datagrams():
                self.write(now_ns)
        return 0

    def send_all(self, peer_id: int, channel: int, messages: Iterable[bytes | bytearray | memoryview]) -> int:
        """`send` for each of these, which share datagrams."""
        now_ns = monotonic_ns()
        try:
            return send_all(self.endpoint, peer_id, channel, messages, now_ns)
        finally:
            if self.endpoint.settings.auto_flush:
                self.write(now_ns)
