"""Two ends on a simulated network: a server, its clients, one seed. No TLS, no socket, no clock, no thread.

    pair = Pair(seed=1, up=Conditions(loss=0.1), down=Conditions(loss=0.1))
    pair.connect()
    pair.client.send(0, b"hello")
    pair.run_until(lambda: pair.server.data, limit_s=5)

Rule 1: it turns exactly like a pump: read what arrived, run due deadlines, build and send datagrams, hand out events.
Rule 2: every loop is bounded; an endpoint that asks for a deadline and then does nothing about it fails the test.
"""

import heapq
import itertools
from collections import Counter
from collections.abc import Callable

from fastnet.protocol.address import address_text, parse_address
from fastnet.protocol.config import Config
from fastnet.protocol.datagram import Datagram
from fastnet.protocol.endpoint import Endpoint
from fastnet.protocol.events import Connected, Data, Disconnected, Event
from fastnet.protocol.spec import DATAGRAM_BYTES_MAX
from fastnet.protocol.ticket import Address, Ticket
from fastnet.testing.clock import ManualClock
from fastnet.testing.conditions import CLEAN, Conditions
from fastnet.testing.network import Carried, SimulatedNetwork
from fastnet.testing.tickets import make_tickets, seed_bytes

SERVER_ADDRESS = parse_address("10.0.0.1", 7_777)
_S = 1_000_000_000
_IDLE_TURNS_MAX = 2_000  # So often may time stand still before we call it a busy loop.


class End:
    """One endpoint at one address of the network, and what its application has seen."""

    def __init__(self, pair: "Pair", endpoint: Endpoint, address: Address, peer_id: int) -> None:
        self.endpoint = endpoint
        self.address = address
        self.peer_id = peer_id
        """What this end calls the other one; for a server, its first client."""
        self.polls = True
        """False: the application takes no events, as if the game hung."""
        self.on_event: Callable[[Event], None] | None = None
        """Called with each event when it is taken."""
        self.events: list[Event] = []
        self.arrived: Counter[int] = Counter()
        """How many messages arrived, by channel: cheap to ask in a `run_until`."""
        self.datagrams_sent = 0
        self._pair = pair

    @property
    def data(self) -> list[Data]:
        """The messages that arrived, in order."""
        return [event for event in self.events if isinstance(event, Data)]

    @property
    def connected(self) -> list[int]:
        """The peers that were reported connected, in order."""
        return [event.peer_id for event in self.events if isinstance(event, Connected)]

    @property
    def disconnected(self) -> list[Disconnected]:
        """The endings that were reported, in order."""
        return [event for event in self.events if isinstance(event, Disconnected)]

    def messages(self, channel: int, peer_id: int | None = None) -> list[bytes]:
        """What arrived on `channel`, from anyone or from `peer_id`."""
        return [
            event.data
            for event in self.events
            if isinstance(event, Data) and event.channel == channel and peer_id in (None, event.peer_id)
        ]

    def send(self, channel: int, data: bytes, peer_id: int | None = None) -> None:
        """Send to the other end and let the driver write it in this very turn. Raises what `Endpoint.send` raises."""
        self.endpoint.send(self.peer_id if peer_id is None else peer_id, channel, data, self._pair.now_ns)
        self._pair.write(self)

    def flush(self) -> None:
        """Let go what waits under `auto_flush=False`."""
        self.endpoint.flush(self._pair.now_ns)
        self._pair.write(self)

    def disconnect(self, code: int, reason: str, peer_id: int | None = None, linger_ms: int | None = None) -> None:
        """End the connection in good order."""
        other = self.peer_id if peer_id is None else peer_id
        self.endpoint.disconnect(other, code, reason, self._pair.now_ns, linger_ms)
        self._pair.write(self)


class Pair:
    """A server and `clients` clients. `up` is the way to the server, `down` the way back, per client.

    `first_rtt_ns` is what the handshake told of the round trip; by default the truth about these two ways.
    """

    def __init__(
        self,
        seed: int,
        *,
        up: Conditions = CLEAN,
        down: Conditions | None = None,
        config: Config | None = None,
        server_config: Config | None = None,
        clients: int = 1,
        trace: bool = False,
        first_rtt_ns: int | None = None,
    ) -> None:
        self.seed = seed
        self.config = config or Config()
        self.server_config = server_config or self.config
        self.clock = ManualClock()
        self.network = SimulatedNetwork(seed, up, origin_ns=self.clock.now_ns, trace=trace)
        if first_rtt_ns is None:  # What TLS would have measured on this link.
            first_rtt_ns = (up.delay_us + (down or up).delay_us) * 1_000
        self.first_rtt_ns = first_rtt_ns
        self.turns = 0
        self.tickets: list[tuple[Ticket, Ticket]] = []
        """The client's and the server's, per connection: whoever watches the wire can open it with them."""
        self.server = End(self, Endpoint(self.server_config, seed_bytes(seed, "server"), True), SERVER_ADDRESS, 2)
        self.clients: list[End] = []
        self._up, self._down = up, up if down is None else down
        self._ends: dict[Address, End] = {SERVER_ADDRESS: self.server}
        self._actions: list[tuple[int, int, Callable[[], None]]] = []
        self._order = itertools.count()
        self._inbound, self._outbound = Datagram(DATAGRAM_BYTES_MAX), Datagram(DATAGRAM_BYTES_MAX)
        self._addresses: dict[tuple[int, int, int, int], Address] = {}
        for _ in range(clients):
            self.add_client()

    # Set-up.

    def add_client(self, config: Config | None = None) -> End:
        """One more client with a fresh ticket; it begins to bind at once."""
        number = len(self.clients)
        chosen = config or self.config
        reservation = self.server.endpoint.reserve()
        assert reservation is not None, "the server is full"
        if number == 0:
            self.server.peer_id = reservation.peer_id
        client_ticket, server_ticket = make_tickets(
            self.seed,
            number,
            client_config=chosen,
            server_config=self.server_config,
            reservation=reservation,
            endpoints=(self.server.address,),
            first_rtt_ns=self.first_rtt_ns,
        )
        self.tickets.append((client_ticket, server_ticket))
        endpoint = Endpoint(chosen, seed_bytes(self.seed, f"client {number}"), False)
        end = End(self, endpoint, parse_address(f"10.1.{number >> 8}.{number & 255}", 50_000), 1)
        self.clients.append(end)
        self._ends[end.address] = end
        self.network.route(end.address, None, self.network.wire(self._up))
        self.network.route(None, end.address, self.network.wire(self._down))
        self.server.endpoint.add_peer(server_ticket, self.now_ns)
        endpoint.add_peer(client_ticket, self.now_ns)
        self.write(end)
        return end

    def move(self, end: End, address: Address) -> None:
        """Give `end` another address of its own, as a phone does that changes networks."""
        del self._ends[end.address]
        self._ends[address] = end
        self.network.route(address, None, self.network.wire(self._up))
        self.network.route(None, address, self.network.wire(self._down))
        end.address = address

    @property
    def client(self) -> End:
        """The first client."""
        return self.clients[0]

    @property
    def now_ns(self) -> int:
        """The time, virtual."""
        return self.clock.now_ns

    # Time.

    def at(self, time_ns: int, action: Callable[[], None]) -> None:
        """Call `action` at `time_ns`: the application's own work."""
        heapq.heappush(self._actions, (time_ns, next(self._order), action))

    def after(self, seconds: float, action: Callable[[], None]) -> None:
        """Call `action` in `seconds`."""
        self.at(self.now_ns + int(seconds * _S), action)

    def connect(self, limit_s: float = 10.0) -> None:
        """Run until every client and the server have reported every connection."""
        done = self.run_until(
            lambda: all(end.connected for end in self.clients) and len(self.server.connected) >= len(self.clients),
            limit_s,
        )
        assert done, f"not connected within {limit_s} virtual seconds; FASTNET_SEED={self.seed}"

    def run_for(self, seconds: float) -> None:
        """Let `seconds` pass."""
        self.run_until(lambda: False, seconds)

    def run_until(self, predicate: Callable[[], object], limit_s: float) -> bool:
        """Turn until `predicate` holds; False if `limit_s` virtual seconds passed without it."""
        limit_ns = self.now_ns + int(limit_s * _S)
        idle_turns = 0
        while not predicate():
            next_ns = self.next_ns()
            if next_ns > limit_ns:
                self.clock.move_to(limit_ns)
                return bool(predicate())
            idle_turns = idle_turns + 1 if next_ns <= self.now_ns else 0
            assert idle_turns < _IDLE_TURNS_MAX, f"a busy loop at {self.now_ns} ns; FASTNET_SEED={self.seed}"
            self.clock.move_to(next_ns)
            self.turn()
        return True

    def next_ns(self) -> int:
        """When something happens next."""
        next_ns = self.network.next_ns()
        for end in self._ends.values():
            next_ns = min(next_ns, end.endpoint.next_deadline_ns(self.now_ns))
        return min(next_ns, self._actions[0][0]) if self._actions else next_ns

    # One turn.

    def turn(self) -> None:
        """Everything that is due now, once."""
        self.turns += 1
        now_ns = self.now_ns
        while (carried := self.network.take_due(now_ns)) is not None:
            self._deliver(carried)
        while self._actions and self._actions[0][0] <= now_ns:
            heapq.heappop(self._actions)[2]()
        for end in list(self._ends.values()):
            if end.endpoint.next_deadline_ns(now_ns) <= now_ns:
                end.endpoint.handle_deadline(now_ns)
            if end.polls:
                self._take_events(end)
            self.write(end)

    def write(self, end: End) -> None:
        """Send all that `end` has to send now."""
        outbound, now_ns = self._outbound, self.now_ns
        while end.endpoint.take_datagram(outbound, now_ns):
            end.datagrams_sent += 1
            self.network.send(outbound.content(), self._source(end), self._remote(), now_ns)

    def _deliver(self, carried: Carried) -> None:
        end = self._ends.get(carried.destination)
        if end is None:
            return  # Nobody lives there any more.
        inbound, source, destination = self._inbound, carried.source, carried.destination
        inbound.load(carried.content)
        inbound.remote_hi, inbound.remote_lo = source.hi, source.lo
        inbound.remote_port, inbound.remote_scope = source.port, source.scope
        inbound.local_hi, inbound.local_lo = destination.hi, destination.lo
        end.endpoint.receive_datagram(inbound, self.now_ns)

    def _take_events(self, end: End) -> None:
        for event in end.endpoint.take_events():
            end.events.append(event)
            if isinstance(event, Data):
                end.arrived[event.channel] += 1
            if end.on_event is not None:
                end.on_event(event)

    def _source(self, end: End) -> Address:
        """The address the datagram leaves from; an end never chooses one that is not its own."""
        local = (self._outbound.local_hi, self._outbound.local_lo)
        assert local in ((0, 0), (end.address.hi, end.address.lo)), f"sends from a foreign address {local}"
        return end.address

    def _remote(self) -> Address:
        outbound = self._outbound
        key = (outbound.remote_hi, outbound.remote_lo, outbound.remote_port, outbound.remote_scope)
        address = self._addresses.get(key)
        if address is None:
            address = self._addresses[key] = Address(*key)
        return address

    def __repr__(self) -> str:
        ends = ", ".join(address_text(address) for address in self._ends)
        return f"<Pair seed={self.seed} at {self.now_ns / _S:.3f} s: {ends}>"
