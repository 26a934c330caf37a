"""What the targets share: reading a script from fuzzed bytes, and an endpoint with one peer whose keys we hold."""

from fastnet.protocol.address import parse_address
from fastnet.protocol.config import Channel, Config
from fastnet.protocol.datagram import Datagram
from fastnet.protocol.endpoint import Endpoint
from fastnet.protocol.events import Connected, Data, Disconnected, Event
from fastnet.protocol.keys import derive_secrets, packet_key
from fastnet.protocol.sealing import PacketKey
from fastnet.protocol.spec import DATAGRAM_BYTES_MAX
from fastnet.protocol.ticket import Address, Ticket
from fastnet.testing.tickets import make_tickets, seed_bytes

SERVER = parse_address("10.0.0.1", 7_777)
CLIENT = parse_address("10.1.0.0", 50_000)
START_NS = 1_000_000_000
MS = 1_000_000
_TURNS_MAX = 10_000

CHANNELS = {
    0: Channel("reliable_ordered"),
    1: Channel("unreliable"),
    2: Channel("reliable_unordered"),
    3: Channel("sequenced", keep_latest=True),
    70: Channel("reliable_ordered", priority=1, weight=3),
}
SMALL = Config(
    channels=CHANNELS,
    max_reliable_message_bytes=20_000,
    max_unreliable_message_bytes=5_000,
    initial_credit_bytes=4_096,
    channel_window_bytes=24_000,
    receive_budget_bytes=64_000,
    send_queue_reliable_bytes=30_000,
    send_queue_bytes=6_000,
    send_queue_messages=8,
    receive_queue_bytes=8_000,
    receive_queue_messages=16,
    reassembly_bytes=8_000,
    reassembly_messages=3,
    packets_in_flight_max=256,
    key_update_packets=64,
    peers_max=4,
)
"""Every bound is small, so a short script reaches it."""


class Script:
    """Reads choices from bytes; at their end every choice is 0."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def left(self) -> int:
        return max(0, len(self._data) - self._at)

    def take(self, count: int) -> bytes:
        self._at += count
        return self._data[self._at - count : self._at]

    def number(self, size: int) -> int:
        return int.from_bytes(self.take(size))

    def below(self, limit: int) -> int:
        return self.number(1 if limit <= 256 else 2) % limit


class Forger:
    """Seals anything with a client's real keys."""

    def __init__(self, ticket: Ticket) -> None:
        send, receive = derive_secrets(ticket.exporter_secret)
        if ticket.is_server:
            send, receive = receive, send
        self._key = PacketKey(ticket.cipher, *packet_key(send), True)
        self._id = ticket.send_id.to_bytes(ticket.send_id_bytes)
        self._out = Datagram(DATAGRAM_BYTES_MAX)
        self.next_number = 0

    def seal(self, frames: bytes, *, flags: int = 0x43, number: int | None = None, pad_to: int = 0) -> bytes:
        """A datagram with these frames; numbers take 4 bytes."""
        if number is None:
            number = self.next_number
        self.next_number = max(self.next_number, number) + 1
        header = bytes([flags | 3]) + self._id + (number & 0xFFFFFFFF).to_bytes(4)
        self._out.load(header + frames + bytes(max(0, pad_to - 16 - len(header) - len(frames))))
        assert self._key.seal(self._out, len(header), number)
        return self._out.content()


class World:
    """A server or client endpoint with one peer. Time moves only by `wait`."""

    def __init__(self, config: Config = SMALL, *, server: bool = True, client_id_bytes: int = 0) -> None:
        self.now_ns = START_NS
        self.config = config
        host = Endpoint(config, seed_bytes(1, "server"), True)
        reservation = host.reserve()
        assert reservation is not None
        self.client_ticket, self.server_ticket = make_tickets(
            1,
            client_config=config,
            server_config=config,
            reservation=reservation,
            endpoints=(SERVER,),
            client_id_bytes=client_id_bytes,
        )
        self.endpoint = host if server else Endpoint(config, seed_bytes(1, "client"), False)
        self.ticket = self.server_ticket if server else self.client_ticket
        self.peer_id = self.endpoint.add_peer(self.ticket, self.now_ns) * 0 + self.ticket.peer_id
        self.forger = Forger(self.client_ticket if server else self.server_ticket)
        self.source = CLIENT if server else SERVER
        self._inbound, self.out = Datagram(DATAGRAM_BYTES_MAX), Datagram(DATAGRAM_BYTES_MAX)
        self.sent = 0
        self.events: list[Event] = []

    def bind(self) -> None:
        """Prove the path with a real endpoint at the other end, whose keys and numbers are then ours."""
        assert self.endpoint.is_server
        client = Endpoint(self.config, seed_bytes(1, "client"), False)
        client.add_peer(self.client_ticket, self.now_ns)
        back = Datagram(DATAGRAM_BYTES_MAX)
        for _ in range(4):
            while client.take_datagram(self.out, self.now_ns):
                self.receive(self.out.content())
            while self.endpoint.take_datagram(self.out, self.now_ns):
                back.load(self.out.content())
                place(back, SERVER)
                client.receive_datagram(back, self.now_ns)
        self.forger.next_number = 64
        self.take_events()
        assert isinstance(self.events[0], Connected), self.events

    def receive(self, content: bytes, source: Address | None = None) -> None:
        """Hand the endpoint one datagram."""
        self._inbound.load(content)
        place(self._inbound, source or self.source)
        self.endpoint.receive_datagram(self._inbound, self.now_ns)

    def write(self) -> int:
        """Take all datagrams that are due; returns how many."""
        count = 0
        while self.endpoint.take_datagram(self.out, self.now_ns):
            count += 1
            assert self.out.size <= 1_472, self.out.size
            assert count < _TURNS_MAX, "the endpoint never stops sending"
        self.sent += count
        return count

    def take_events(self) -> list[Event]:
        """The new events; they are kept, too, and their order is checked."""
        events: list[Event] = self.endpoint.take_events()
        self.events += events
        return events

    def wait(self, duration_ns: int) -> None:
        """Let time pass, deadline by deadline."""
        until_ns = self.now_ns + duration_ns
        for _ in range(_TURNS_MAX):
            next_ns = self.endpoint.next_deadline_ns(self.now_ns)
            if next_ns > until_ns:
                self.now_ns = until_ns
                return
            self.now_ns = max(self.now_ns, next_ns)
            self.endpoint.handle_deadline(self.now_ns)
            self.write()
        raise AssertionError("time stands still: a deadline comes again and again")


def place(datagram: Datagram, source: Address) -> None:
    """`datagram` comes from `source`."""
    datagram.remote_hi, datagram.remote_lo = source.hi, source.lo
    datagram.remote_port, datagram.remote_scope = source.port, source.scope


def check_story(events: list[Event]) -> None:
    """Each peer's events are: Connected once, then data, then Disconnected once."""
    stage: dict[int, int] = {}
    for event in events:
        before = stage.get(event.peer_id, 0)
        if isinstance(event, Connected):
            assert before == 0, events
            stage[event.peer_id] = 1
        elif isinstance(event, Data):
            assert before == 1, events
            assert type(event.data) is bytes
        else:
            assert isinstance(event, Disconnected)
            assert before < 2, events
            stage[event.peer_id] = 2


def magnitude(count: int) -> int:
    """A coarse size, for telling behaviours apart."""
    return count.bit_length()
