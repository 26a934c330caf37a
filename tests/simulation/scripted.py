"""A peer that follows a script instead of the protocol: it holds the real keys and can say anything.

`Rig` joins it to one real endpoint, without a network: what one says is handed to the other at once.
"""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305
from fastnet.protocol.address import parse_address
from fastnet.protocol.config import Config
from fastnet.protocol.datagram import Datagram
from fastnet.protocol.endpoint import Endpoint
from fastnet.protocol.events import Data, Disconnected, Event
from fastnet.protocol.keys import derive_secrets, next_secret, packet_key
from fastnet.protocol.spec import CIPHER_CHACHA20_POLY1305
from fastnet.protocol.ticket import NEVER_NS, Address, Reservation, Ticket
from fastnet.testing.clock import ManualClock
from fastnet.testing.tickets import make_tickets, seed_bytes
from frames import Frame, Reader, challenge, response

SERVER = parse_address("10.0.0.1", 7_777)
CLIENT = parse_address("10.1.0.0", 50_000)
TOKEN = b"scripted"
MS = 1_000_000


class ScriptedPeer:
    """The other end of a connection: seals what it is told to, opens what it gets. No header protection."""

    def __init__(self, ticket: Ticket) -> None:
        to_server, to_client = derive_secrets(ticket.exporter_secret)
        send, receive = (to_client, to_server) if ticket.is_server else (to_server, to_client)
        self._send_secrets, self._receive_secrets = [send], [receive]
        self.ticket = ticket
        self._aead = ChaCha20Poly1305 if ticket.cipher == CIPHER_CHACHA20_POLY1305 else AESGCM
        self.next_number = 0
        self.largest_opened = -1

    def seal(
        self, frames: bytes, *, number: int | None = None, phase: int = 0, pad_to: int = 0, flags: int = 0
    ) -> bytes:
        """A datagram with these frames; `number` None takes the next one. Numbers always take 4 bytes."""
        if number is None:
            number = self.next_number
        self.next_number = max(self.next_number, number + 1)
        header = bytes([0x43 | (phase & 1) << 2 | flags]) + self.ticket.send_id.to_bytes(self.ticket.send_id_bytes)
        header += (number & 0xFFFFFFFF).to_bytes(4)
        plain = frames + bytes(max(0, pad_to - len(header) - len(frames) - 16))
        key, nonce = _key_and_nonce(self._send_secrets, phase, number)
        return header + self._aead(key).encrypt(nonce, plain, header)

    def open(self, datagram: bytes, phase: int = 0) -> tuple[int, list[Frame]]:
        """What is in a datagram from the endpoint."""
        size = 1 + self.ticket.receive_id_bytes
        length = (datagram[0] & 3) + 1
        assert int.from_bytes(datagram[1:size]) == self.ticket.receive_id
        number = _recover(int.from_bytes(datagram[size : size + length]), length, self.largest_opened)
        key, nonce = _key_and_nonce(self._receive_secrets, phase, number)
        header = datagram[: size + length]
        plain = self._aead(key).decrypt(nonce, datagram[size + length :], header)
        self.largest_opened = max(self.largest_opened, number)
        return number, Reader(plain).frames()


def _key_and_nonce(secrets: list[bytes], phase: int, number: int) -> tuple[bytes, bytes]:
    while len(secrets) <= phase:
        secrets.append(next_secret(secrets[-1]))
    key, iv = packet_key(secrets[phase])
    return key, (int.from_bytes(iv) ^ number).to_bytes(12)


def _recover(truncated: int, length: int, largest: int) -> int:
    """RFC 9000 A.3."""
    window = 1 << (8 * length)
    candidate = (largest + 1) & ~(window - 1) | truncated
    if candidate <= largest + 1 - window // 2:
        return candidate + window
    if candidate > largest + 1 + window // 2 and candidate >= window:
        return candidate - window
    return candidate


class Rig:
    """One real endpoint, and its scripted peer. `endpoint_is_server` chooses who is who."""

    def __init__(self, seed: int = 1, config: Config | None = None, *, endpoint_is_server: bool = True) -> None:
        chosen = config or Config()
        self.clock = ManualClock()
        self.endpoint = Endpoint(chosen, seed_bytes(seed, "rig"), endpoint_is_server)
        reservation = self.endpoint.reserve() if endpoint_is_server else Reservation(2, 0x0123456789ABCDEF, bytes(16))
        assert reservation is not None
        tickets = make_tickets(
            seed, client_config=chosen, server_config=chosen, reservation=reservation, endpoints=(SERVER,)
        )
        ours, theirs = reversed(tickets) if endpoint_is_server else tickets
        self.peer = ScriptedPeer(theirs)
        self.peer_id = ours.peer_id
        self.address = CLIENT if endpoint_is_server else SERVER
        """Where the scripted peer is."""
        self.events: list[Event] = []
        self.sent_to: list[tuple[Address, bytes]] = []
        """Every datagram of the endpoint, and where it went."""
        self.asked = self.answered_from = (0, 0)
        """Which of the endpoint's addresses the scripted peer writes to, and which the latest datagram left from."""
        self._buffer = Datagram(65_536)
        self.endpoint.add_peer(ours, self.clock.now_ns)
        self._is_server = endpoint_is_server

    def say(self, frames: bytes, **how: int) -> list[tuple[int, list[Frame]]]:
        """Seal frames, hand them over, and open what comes back in this very turn."""
        return self.deliver(self.peer.seal(frames, **how))

    def deliver(self, datagram: bytes, source: Address | None = None) -> list[tuple[int, list[Frame]]]:
        """Hand over a datagram as it is; the answer goes to whom it may."""
        self.hand_over(datagram, source)
        return self.collect()

    def hand_over(self, datagram: bytes, source: Address | None = None) -> None:
        """The same, without a look at the answer: the application takes nothing either."""
        remote = source or self.address
        self._buffer.load(datagram)
        self._buffer.remote_hi, self._buffer.remote_lo = remote.hi, remote.lo
        self._buffer.remote_port, self._buffer.remote_scope = remote.port, remote.scope
        self._buffer.local_hi, self._buffer.local_lo = self.asked
        self.endpoint.receive_datagram(self._buffer, self.clock.now_ns)

    def wait(self, seconds: float) -> list[tuple[int, list[Frame]]]:
        """Let time pass, deadline by deadline; all that was sent meanwhile."""
        end_ns, packets = self.clock.now_ns + int(seconds * 1_000_000_000), []
        for _ in range(100_000):
            next_ns = self.endpoint.next_deadline_ns(self.clock.now_ns)
            if next_ns == NEVER_NS or next_ns > end_ns:
                self.clock.move_to(end_ns)
                return packets
            self.clock.move_to(next_ns)
            self.endpoint.handle_deadline(self.clock.now_ns)
            packets += self.collect()
        raise AssertionError("the endpoint's deadlines never end")

    def collect(self) -> list[tuple[int, list[Frame]]]:
        """Events and datagrams that are there now."""
        packets = []
        self.events += self.endpoint.take_events()
        while self.endpoint.take_datagram(self._buffer, self.clock.now_ns):
            buffer = self._buffer
            address = Address(buffer.remote_hi, buffer.remote_lo, buffer.remote_port, buffer.remote_scope)
            self.sent_to.append((address, buffer.content()))
            self.answered_from = (buffer.local_hi, buffer.local_lo)
            try:
                packets.append(self.peer.open(buffer.content()))
            except InvalidTag:
                continue  # Another phase's key, or a reset: the test looks into `sent_to`.
        return packets

    def bind(self) -> None:
        """Get connected as an honest peer would."""
        packets = self.say(challenge(TOKEN), pad_to=1_200) if self._is_server else self.collect()
        tokens = [frame.body[0] for _, frames in packets for frame in frames if frame.name == "PATH_CHALLENGE"]
        assert tokens, "no PATH_CHALLENGE came"
        self.say(response(bytes(tokens[-1])) + (b"" if self._is_server else challenge(TOKEN)), pad_to=1_200)  # type: ignore[arg-type]
        assert self.events, "not connected"

    @property
    def data(self) -> list[Data]:
        """The messages that were delivered."""
        return [event for event in self.events if isinstance(event, Data)]

    @property
    def end(self) -> Disconnected | None:
        """How it ended, if it did."""
        ends = [event for event in self.events if isinstance(event, Disconnected)]
        assert len(ends) <= 1, "ended twice"
        return ends[0] if ends else None


def frames_named(packets: list[tuple[int, list[Frame]]], name: str) -> list[Frame]:
    """All frames of one name."""
    return [frame for _, frames in packets for frame in frames if frame.name == name]


def acked(packets: list[tuple[int, list[Frame]]]) -> set[int]:
    """The numbers that the latest ACK names."""
    acks = frames_named(packets, "ACK")
    assert acks, "no ACK came"
    return {number for low, high in acks[-1].body[0].ranges for number in range(low, high + 1)}  # type: ignore[attr-defined]
