"""All channels between two real ends over a wire that a script drives; each keeps its promise, whatever is lost.

Then the wire is good again, and what was accepted on a reliable channel must arrive.
"""

from collections.abc import Hashable
from dataclasses import dataclass, field

from fastnet.protocol.config import Config
from fastnet.protocol.datagram import Datagram
from fastnet.protocol.endpoint import Endpoint
from fastnet.protocol.errors import MessageTooLargeError, NotConnectedError, UnknownPeerError, WouldBlockError
from fastnet.protocol.events import Data, Disconnected, Event
from fastnet.protocol.spec import DATAGRAM_BYTES_MAX
from fastnet.testing.tickets import make_tickets, seed_bytes

from .world import CLIENT, MS, SERVER, SMALL, START_NS, Script, check_story, magnitude, place

RELIABLE = (0, 2, 70)
_STEPS_MAX = 200
_IN_FLIGHT_MAX = 256
_SETTLE_ROUNDS = 4_000


@dataclass
class End:
    """One endpoint, what it accepted and what its application got."""

    endpoint: Endpoint
    peer_id: int
    accepted: dict[int, list[bytes]] = field(default_factory=lambda: {number: [] for number in SMALL.channels})
    events: list[Event] = field(default_factory=list)
    outbound: list[bytes] = field(default_factory=list)
    """Datagrams on their way to the other end."""

    def got(self, channel: int) -> list[bytes]:
        return [event.data for event in self.events if isinstance(event, Data) and event.channel == channel]


class Link:
    """A server and a client; `config` is that of both."""

    def __init__(self, config: Config = SMALL) -> None:
        self.now_ns = START_NS
        server, client = (Endpoint(config, seed_bytes(1, role), role == "server") for role in ("server", "client"))
        reservation = server.reserve()
        assert reservation is not None
        self.client_ticket, server_ticket = make_tickets(
            1, client_config=config, server_config=config, reservation=reservation, endpoints=(SERVER,)
        )
        server.add_peer(server_ticket, self.now_ns)
        client.add_peer(self.client_ticket, self.now_ns)
        self.ends = (End(server, reservation.peer_id), End(client, 1))
        self.messages = 0
        self._inbound, self._out = Datagram(DATAGRAM_BYTES_MAX), Datagram(DATAGRAM_BYTES_MAX)

    def connect(self) -> None:
        for _ in range(4):
            self.exchange()
        assert all(end.events for end in self.ends)

    def write(self, end: End) -> None:
        for _ in range(1_000):
            if not end.endpoint.take_datagram(self._out, self.now_ns):
                return
            if len(end.outbound) < _IN_FLIGHT_MAX:
                end.outbound.append(self._out.content())
        raise AssertionError("an endpoint never stops sending")

    def deliver(self, source: End, content: bytes) -> None:
        self._inbound.load(content)
        place(self._inbound, SERVER if source is self.ends[0] else CLIENT)
        self._other(source).endpoint.receive_datagram(self._inbound, self.now_ns)

    def _other(self, end: End) -> End:
        return self.ends[1] if end is self.ends[0] else self.ends[0]

    def wait(self, duration_ns: int) -> None:
        until_ns = self.now_ns + duration_ns
        for _ in range(2_000):
            due_ns = min(end.endpoint.next_deadline_ns(self.now_ns) for end in self.ends)
            if due_ns > until_ns:
                self.now_ns = until_ns
                return
            self.now_ns = max(self.now_ns, due_ns)
            for end in self.ends:
                if end.endpoint.next_deadline_ns(self.now_ns) <= self.now_ns:
                    end.endpoint.handle_deadline(self.now_ns)
                    self.write(end)
        raise AssertionError("time stands still: a deadline comes again and again")

    def take(self, end: End) -> None:
        end.events += end.endpoint.take_events()

    def exchange(self) -> None:
        """A good wire: all that is due arrives at once."""
        for end in self.ends:
            self.write(end)
        for end in self.ends:
            carried, end.outbound = end.outbound, []
            for content in carried:
                self.deliver(end, content)
        for end in self.ends:
            self.take(end)
            self.write(end)

    def send(self, end: End, channel: int, size: int) -> None:
        """One message, which says its place in the order."""
        self.messages += 1
        data = self.messages.to_bytes(4) + bytes([self.messages & 0xFF]) * size
        try:
            end.endpoint.send(end.peer_id, channel, data, self.now_ns)
        except (WouldBlockError, MessageTooLargeError, NotConnectedError, UnknownPeerError):
            return
        end.accepted[channel].append(data)


def seeds() -> list[bytes]:
    """Quiet sends, floods, floods with losses, large messages, an application that hangs."""
    send_all = b"".join(bytes([0, channel, size]) for channel in range(5) for size in (0, 10, 200))
    deliver = bytes([2, 0]) * 8
    lossy = bytes([3, 0, 2, 1, 4, 0, 5, 2])
    return [
        send_all + deliver + bytes([6, 20]) + deliver,
        (send_all + lossy + bytes([6, 3])) * 3,
        bytes([1, 0, 40, 1, 2, 60, 1, 4, 80]) + (lossy + bytes([6, 9])) * 8,
        bytes([0x80, 0, 255]) * 30 + deliver + bytes([7, 7]) + deliver,
        (bytes([0, 3, 3, 0, 3, 4, 3, 0]) + deliver) * 6,
        bytes([6, 255]) * 12,
    ]


def run(data: bytes) -> Hashable:
    link, script = Link(), Script(data)
    link.connect()
    for _ in range(_STEPS_MAX):
        if not script.left():
            break
        step(link, script)
    story = _settle(link)
    for end in link.ends:
        _check(end, link.ends[1] if end is link.ends[0] else link.ends[0])
    return story


def step(link: Link, script: Script) -> None:
    """One choice of the script; its top bit says whose."""
    choice = script.number(1)
    end = link.ends[choice >> 7]
    kind = choice & 7
    if kind <= 1:
        channel = list(SMALL.channels)[script.below(5)]
        link.send(end, channel, script.number(1) * (60 if kind else 1))
        link.write(end)
    elif kind == 6:
        link.wait((1 + script.number(1)) * MS)
    elif kind == 7:
        link.take(end)
        link.write(end)
    elif end.outbound:
        at = script.below(len(end.outbound))
        content = end.outbound[at] if kind == 5 else end.outbound.pop(at)  # 5 delivers a copy, 3 loses.
        if kind != 3:
            link.deliver(end, content)
            link.write(link.ends[1 - (choice >> 7)])


def _settle(link: Link) -> Hashable:
    gone = [any(isinstance(event, Disconnected) for event in end.events) for end in link.ends]
    rounds = 0
    while rounds < _SETTLE_ROUNDS:
        rounds += 1
        link.exchange()
        gone = [any(isinstance(event, Disconnected) for event in end.events) for end in link.ends]
        if any(gone) or all(_arrived(end, other) for end, other in zip(link.ends, link.ends[::-1], strict=True)):
            break
        link.wait(20 * MS)
    else:
        raise AssertionError("a reliable message never arrives")
    used = tuple(channel for channel in SMALL.channels if any(end.got(channel) for end in link.ends))
    return tuple(gone), used, magnitude(sum(len(end.events) for end in link.ends)), magnitude(rounds)


def _arrived(end: End, other: End) -> bool:
    return all(len(other.got(channel)) >= len(end.accepted[channel]) for channel in RELIABLE)


def _check(end: End, other: End) -> None:
    """What `other` got is what each channel promises of what `end` sent."""
    check_story(other.events)
    gone = any(isinstance(event, Disconnected) for event in (*end.events, *other.events))
    for event in (*end.events, *other.events):
        # A script may be silent for longer than the idle timeout, and nothing else may end a connection; an end that
        # speaks after the other one gave up hears a reset.
        assert not isinstance(event, Disconnected) or event.code in (2, 20), event
    for channel in SMALL.channels:
        got, accepted = other.got(channel), end.accepted[channel]
        assert len(set(got)) == len(got), f"channel {channel} delivered a message twice"
        assert set(got) <= set(accepted), f"channel {channel} delivered what nobody sent"
        if channel in (0, 70):
            assert got == accepted[: len(got)], f"channel {channel} is out of order"
        if channel == 3:
            assert got == sorted(got), "channel 3 went back"
        if channel in RELIABLE and not gone:
            assert len(got) == len(accepted), f"channel {channel} lost a message"
