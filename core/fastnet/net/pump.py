"""One turn: from the socket into the endpoint, what is due, from the endpoint to the socket.

Rule 1: the clock is read once a turn. Rule 2: a turn takes at most 256 datagrams, so that a flood cannot hold it.
"""

from fastnet.net.clock import monotonic_ns
from fastnet.net.udp import UdpSocket
from fastnet.protocol.endpoint import Endpoint
from fastnet.protocol.events import Event

_DATAGRAMS_A_TURN = 256


class Pump:
    """Joins an endpoint and its socket. `spins`: the caller polls without pause, so a turn makes one receiving call
    and leaves the rest to the next; otherwise it receives until the socket is empty."""

    def __init__(self, endpoint: Endpoint, udp: UdpSocket, spins: bool) -> None:
        self.endpoint = endpoint
        self.udp = udp
        self.spins = spins

    def receive(self, now_ns: int) -> int:
        """Hand waiting datagrams to the endpoint; returns how many."""
        taken = 0
        while taken < _DATAGRAMS_A_TURN:
            count = self.udp.receive_batch(_DATAGRAMS_A_TURN - taken)
            for index in range(count):
                self.endpoint.receive_datagram(self.udp.datagram(index), now_ns)
            taken += count
            if count == 0 or self.spins:
                break
        return taken

    def write(self, now_ns: int) -> int:
        """Build and send all that may leave now."""
        while self.endpoint.take_datagram(self.udp.next_out(), now_ns):
            self.udp.commit()
        return self.udp.flush()

    def turn(self, now_ns: int) -> int:
        """A whole turn; returns how many datagrams came in."""
        taken = self.receive(now_ns)
        if self.endpoint.next_deadline_ns(now_ns) <= now_ns:
            self.endpoint.handle_deadline(now_ns)
        self.write(now_ns)
        return taken

    def poll(self) -> list[Event]:
        """A turn, then what the application should know. Granting credit for what it takes may send something."""
        now_ns = monotonic_ns()
        self.turn(now_ns)
        events = self.endpoint.take_events()
        if events:
            self.write(now_ns)
        return events

    def send(self, peer_id: int, channel: int, data: object) -> int:
        """Queue a message and, unless the configuration says to wait for flush, send it."""
        now_ns = monotonic_ns()
        self.endpoint.send(peer_id, channel, data, now_ns)
        return self.write(now_ns)
