"""Reads a recorded conversation of a client and a server, with its secrets, and lists every rule that it breaks.

Written from PROTOCOL.md alone; imports nothing of FastNet. Numbers in the problems are its sections. A trace is what
happened, in order: `Sent` for each datagram that an end gave to the network, `Arrived` for each one handed to an end.
"""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field

import decoder
import frame_codec as frames
from decoder import RELIABLE, Close, Drop, Frame

ORDER = {"ack": 0, "path_response": 1, "path_challenge": 2, "max_credit": 3, "credit_wanted": 4, "data": 5, "piece": 5}
UNBOUND = {"ack", "path_response", "path_challenge", "ping", "close", "padding"}
TO_CANDIDATES = UNBOUND - {"ping"}
OTHER = {"client": "server", "server": "client"}
DIRECTION = {"client": "c2s", "server": "s2c"}


@dataclass(frozen=True)
class Sent:
    """`end`, "client" or "server", sent this to `address`."""

    time_ns: int
    end: str
    address: Hashable
    content: bytes


@dataclass(frozen=True)
class Arrived:
    """`end` was handed this, which seems to come from `address`."""

    time_ns: int
    end: str
    address: Hashable
    content: bytes


@dataclass
class Announced:
    """What one end said of itself in the handshake."""

    connection_id: bytes = b""
    max_datagram: int = 1_472
    ack_delay_prompt_ns: int = 5_000_000
    ack_delay_ns: int = 25_000_000
    max_reliable: int = 1 << 20
    max_unreliable: int = 1 << 14
    initial_credit: int = 1 << 16


@dataclass
class Setup:
    """What the handshake agreed on."""

    ekm: bytes
    cipher: int
    header_protection: bool
    ends: dict[str, Announced]
    channels: dict[int, int] = field(default_factory=lambda: dict(frames.DEFAULT_CHANNELS))
    datagram_max: int = 1_200


@dataclass
class Packet:
    """One opened datagram."""

    end: str
    number: int
    phase: int
    size: int
    frames: list[Frame]

    @property
    def names(self) -> set[str]:
        return {frame["frame"] for frame in self.frames}

    @property
    def elicits(self) -> bool:
        return frames.elicits_ack(self.frames)

    def all(self, name: str) -> list[Frame]:
        return [frame for frame in self.frames if frame["frame"] == name]


@dataclass
class Outgoing:
    """What an end has sent on one channel: per id its size, its bytes so far, and where each part lay."""

    sizes: dict[int, int] = field(default_factory=dict)
    bytes_at: dict[int, dict[int, str]] = field(default_factory=dict)
    missing: dict[int, set[int]] = field(default_factory=dict)
    """Units of each id that the receiver lacks."""
    complete: int = 0
    """All ids below have arrived."""


@dataclass
class End:
    """What we know of one end, from what it sent and what arrived at it."""

    name: str
    last_number: int = -1
    last_skipped: int | None = None
    phase: int = 0
    acked_in_phase: bool = False
    phase_began_at: int = 0
    largest_acked: int = -1
    arrived: dict[int, int] = field(default_factory=dict)  # number: time
    arrived_phase: int = 0
    unreported: dict[int, int] = field(default_factory=dict)  # number: when its ack must have left
    silent_run: int = 0
    last_silent_ack_ns: int = -1
    closed: int | None = None
    close_arrived: int | None = None
    connected: bool = False
    challenges_sent: dict[str, Hashable] = field(default_factory=dict)  # token: address
    challenges_got: set[tuple[str, Hashable]] = field(default_factory=set)
    sent_to: dict[Hashable, int] = field(default_factory=dict)
    opened_from: dict[Hashable, int] = field(default_factory=dict)
    active: Hashable | None = None
    limits: dict[int, int] = field(default_factory=dict)  # channel: credit granted to this end
    granted: dict[int, int] = field(default_factory=dict)  # channel: credit that this end granted
    outgoing: dict[int, Outgoing] = field(default_factory=dict)


class Checker:
    """Feed it a trace; `problems` holds what is wrong."""

    def __init__(self, setup: Setup) -> None:
        self.setup = setup
        self.ends = {name: End(name) for name in OTHER}
        self.packets: dict[bytes, Packet] = {}
        self.problems: list[str] = []
        self.strangers: dict[Hashable, list[int]] = {}  # address: sizes of what the server could not know

    def check(self, trace: Iterable[Sent | Arrived]) -> list[str]:
        """All problems of a trace."""
        for event in trace:
            try:
                found = list(self._sent(event)) if isinstance(event, Sent) else self._arrived(event)
            except (Drop, Close) as verdict:
                reset = isinstance(event, Sent) and isinstance(verdict, Drop) and self._is_reset(event)
                found = [] if reset else [f"3: the other end would {type(verdict).__name__.lower()} it: {verdict}"]
            self.problems += [f"{event.time_ns} ns, {event.end}: {problem}" for problem in found]
        return self.problems

    def rules_of(self, receiver: str) -> frames.Rules:
        announced = self.setup.ends[receiver]
        return frames.Rules(self.setup.channels, announced.max_reliable, announced.max_unreliable)

    # Sent.

    def _is_reset(self, event: Sent) -> bool:
        """Whether this can be a stateless reset: shorter than a datagram with an unknown id from that address."""
        size = len(event.content)
        triggers = self.strangers.get(event.address, [])
        fits = [trigger for trigger in triggers if size == min(40, trigger - 1)]
        if event.end != "server" or not size >= 21 or event.content[0] & 0xC0 != 0x40 or not fits:
            return False
        triggers.remove(fits[0])
        return True

    def _open(self, event: Sent) -> Packet:
        """Open a datagram as the first one after those sent before it."""
        end, receiver = self.ends[event.end], self.setup.ends[OTHER[event.end]]
        reader = decoder.Receiver(
            self.setup.ekm, DIRECTION[event.end], self.setup.cipher, self.setup.header_protection,
            receiver.connection_id, receiver.max_datagram, phase=end.phase, largest=end.last_number, first=0,
        )  # fmt: skip
        number, flags, plaintext = reader.open(event.content)
        decoder.check_flags(flags, plaintext)
        decoded = frames.decode_frames(plaintext, self.rules_of(OTHER[event.end]))
        if frames.encode_frames(decoded) != plaintext:
            raise Close("FRAME_INVALID")
        if flags & 3 < decoder.number_length(number, end.largest_acked) - 1:
            raise Drop("number, too few bytes of it")
        return Packet(event.end, number, reader.phase, len(event.content), decoded)

    def _sent(self, event: Sent) -> Iterator[str]:
        end = self.ends[event.end]
        packet = self._open(event)
        yield from self._sent_number(end, packet)
        yield from self._sent_phase(end, packet)
        yield from self._sent_order(packet)
        yield from self._sent_acks(end, packet, event.time_ns)
        yield from self._sent_end(end, packet)
        yield from self._sent_paths(end, packet, event.address)
        yield from self._sent_messages(end, packet)
        self.packets[event.content] = packet

    def _sent_number(self, end: End, packet: Packet) -> Iterator[str]:
        if packet.number <= end.last_number:
            yield f"3: number {packet.number} after {end.last_number}"
        elif packet.number > end.last_number + 2:
            yield f"3: more than one number skipped before {packet.number}"
        elif packet.number == end.last_number + 2:
            skipped = packet.number - 1
            if end.last_skipped is not None and not 256 <= skipped - end.last_skipped <= 1_280:
                yield f"3: {skipped} skipped, {skipped - end.last_skipped} after the one before"
            end.last_skipped = skipped
        end.last_number = max(end.last_number, packet.number)
        if packet.size > self.setup.datagram_max:
            yield f"8: {packet.size} bytes"

    def _sent_phase(self, end: End, packet: Packet) -> Iterator[str]:
        if packet.phase > end.phase:
            if packet.phase > max(end.arrived_phase, 0) and not end.acked_in_phase:
                yield f"4.2: phase {packet.phase} began before phase {end.phase} was acknowledged"
            end.phase, end.acked_in_phase, end.phase_began_at = packet.phase, False, packet.number

    def _sent_order(self, packet: Packet) -> Iterator[str]:
        ranks = [ORDER[frame["frame"]] for frame in packet.frames if frame["frame"] in ORDER]
        if ranks != sorted(ranks):
            yield f"5: frames out of order: {[frame['frame'] for frame in packet.frames]}"
        if "close" in packet.names and (packet.frames[0]["frame"] != "close" or packet.names - {"close", "padding"}):
            yield "5: CLOSE does not stand alone"
        if len(packet.all("ack")) > 1:
            yield "5: two ACKs in one packet"

    def _sent_acks(self, end: End, packet: Packet, now_ns: int) -> Iterator[str]:
        for ack in packet.all("ack"):
            named = frames.ack_ranges(ack)
            for low, high in named:
                for number in range(low, high + 1):
                    if number not in end.arrived:
                        yield f"5.1: acknowledges {number}, which did not arrive"
            if ack["largest"] != max(end.arrived, default=-1):
                yield f"5.1: largest {ack['largest']} is not the highest that arrived, {max(end.arrived, default=-1)}"
            elif ack["delay"] != (now_ns - end.arrived[ack["largest"]]) // 8_000:
                yield f"5.1: a delay of {ack['delay']} x 8 us, {now_ns - end.arrived[ack['largest']]} ns after arrival"
            late = [number for number, due_ns in end.unreported.items() if now_ns > due_ns]
            if late and end.close_arrived is None:
                yield f"7: the ack of {late} is late"
            end.unreported.clear()
        if "ack" in packet.names and not packet.elicits:
            if now_ns == end.last_silent_ack_ns:
                yield "7: two packets with nothing but an ACK in one turn"
            end.last_silent_ack_ns = now_ns
        end.silent_run = 0 if packet.elicits or "close" in packet.names else end.silent_run + 1
        if end.silent_run > 31:
            yield f"5.1: {end.silent_run} packets in a row elicit no ack"

    def _sent_end(self, end: End, packet: Packet) -> Iterator[str]:
        closes = packet.all("close")
        if end.closed is not None and not closes:
            yield "10: something else after CLOSE"
        if end.close_arrived is not None:
            if not closes or closes[0]["code"] != end.close_arrived:
                yield "10: CLOSE is not answered by its own code"
            if end.closed == end.close_arrived:
                yield "10: CLOSE is answered twice"
        for close in closes:
            end.closed = close["code"]

    def _sent_paths(self, end: End, packet: Packet, address: Hashable) -> Iterator[str]:
        for frame in packet.all("path_response"):
            if (frame["token"], address) not in end.challenges_got:
                yield "9.1: PATH_RESPONSE to an address that did not ask"
        for frame in packet.all("path_challenge"):
            known = end.challenges_sent.get(frame["token"])
            if known is not None and (end.name == "client" or known != address):
                yield "9.1: a challenge is used twice"
            end.challenges_sent[frame["token"]] = address
        if end.name == "client":
            if not end.connected and packet.size != 1_200:
                yield f"2.7: a binding datagram of {packet.size} bytes"
            if not end.connected and packet.names - UNBOUND:
                yield f"2.7: {packet.names - UNBOUND} before Connected"
            return
        if end.active is None and packet.names - UNBOUND:
            yield f"2.7: {packet.names - UNBOUND} before the client's address is proven"
        if address != end.active:
            if packet.names - TO_CANDIDATES and end.active is not None:
                yield f"9.2: {packet.names - TO_CANDIDATES} to an address that is not proven"
            end.sent_to[address] = end.sent_to.get(address, 0) + packet.size
            if end.sent_to[address] > 3 * end.opened_from.get(address, 0):
                yield f"9.1: {end.sent_to[address]} bytes to {address}, which sent {end.opened_from.get(address, 0)}"

    def _sent_messages(self, end: End, packet: Packet) -> Iterator[str]:
        for frame in packet.frames:
            if frame["frame"] == "max_credit":
                if frame["limit"] < end.granted.get(frame["channel"], 0):
                    yield "6.3: MAX_CREDIT falls"
                end.granted[frame["channel"]] = frame["limit"]
            if frame["frame"] in ("data", "piece") and "id" in frame:
                kind = self.setup.channels[frame["channel"]]
                state = end.outgoing.setdefault(frame["channel"], Outgoing())
                yield from self._sent_part(end, frame, kind, state)

    def _sent_part(self, end: End, frame: Frame, kind: int, state: Outgoing) -> Iterator[str]:
        where = f"channel {frame['channel']}, id {frame['id']}"
        number, length = frame["id"], len(frame["payload"]) // 2
        size, unit = frame.get("total", length), frame.get("unit", 0)
        if number not in state.sizes and number != len(state.sizes) and kind != 3:
            yield f"6.1: {where} is not the next id"
        if number not in state.sizes and kind == 3 and number < max(state.sizes, default=-1):
            yield f"6.1: {where} goes back"
        if state.sizes.setdefault(number, size) != size:
            yield f"5.2: {where} changed its size"
        parts = state.bytes_at.setdefault(number, {})
        units = set(range(unit, unit + max(1, -(-length // 32))))
        state.missing.setdefault(number, set(range(max(1, -(-size // 32)))))
        if kind not in RELIABLE and units & parts.keys():
            yield f"6.1: {where} is sent twice"
        for at in units:
            part = frame["payload"][64 * (at - unit) : 64 * (at - unit) + 64]
            if parts.setdefault(at, part) != part:
                yield f"5.2: {where} changed its bytes"
        if kind in RELIABLE:
            limit = end.limits.get(frame["channel"], self.setup.ends[OTHER[end.name]].initial_credit)
            cost = sum(bytes_ + 32 for other, bytes_ in state.sizes.items() if other <= number)
            if cost > limit:
                yield f"6.3: {where} costs {cost} of {limit}"
            if number >= state.complete + 4_096:
                yield f"6.1: {where}, and {state.complete} is not complete"

    # Arrived.

    def _arrived(self, event: Arrived) -> list[str]:
        """Nothing is wrong with what arrives; it changes what the end may do."""
        end, packet = self.ends[event.end], self.packets.get(event.content)
        if packet is None and event.content[1:9] != self.setup.ends["server"].connection_id:
            self.strangers.setdefault(event.address, []).append(len(event.content))
        if packet is not None and packet.end != event.end and packet.number not in end.arrived:
            self._opened(end, packet, event)
        return []

    def _opened(self, end: End, packet: Packet, event: Arrived) -> None:
        highest = max(end.arrived, default=-1)
        if (highest >> 6) - (packet.number >> 6) >= 32 or end.close_arrived is not None:
            return
        if event.end == "server" and not end.opened_from and packet.size < 1_200:
            return
        end.opened_from[event.address] = end.opened_from.get(event.address, 0) + packet.size
        end.arrived_phase = max(end.arrived_phase, packet.phase)
        if "close" in packet.names:
            end.close_arrived = packet.all("close")[0]["code"]
            return
        if end.closed is not None:
            return
        end.arrived[packet.number] = event.time_ns
        if packet.elicits and end.connected:
            announced = self.setup.ends[event.end]
            delay_ns = announced.ack_delay_prompt_ns if self._prompt(packet) else announced.ack_delay_ns
            end.unreported[packet.number] = event.time_ns + delay_ns
        self._arrived_frames(end, packet, event.address)

    def _prompt(self, packet: Packet) -> bool:
        return any(
            self.setup.channels[frame["channel"]] in RELIABLE
            if frame["frame"] in ("data", "piece")
            else frame["frame"] not in frames.SILENT
            for frame in packet.frames
        )

    def _arrived_frames(self, end: End, packet: Packet, address: Hashable) -> None:
        sender = self.ends[OTHER[end.name]]
        for frame in packet.frames:
            match frame["frame"]:
                case "ack":
                    end.largest_acked = max(end.largest_acked, frame["largest"])
                    in_phase = any(high >= end.phase_began_at for _, high in frames.ack_ranges(frame))
                    end.acked_in_phase |= packet.phase == end.phase and in_phase
                case "path_challenge":
                    end.challenges_got.add((frame["token"], address))
                case "path_response" if end.challenges_sent.get(frame["token"]) == address:
                    if end.name == "server" and end.active != address:
                        end.sent_to.pop(address, None)
                        end.active = address
                    end.connected = True
                case "max_credit":
                    limit = end.limits.get(frame["channel"], self.setup.ends[sender.name].initial_credit)
                    end.limits[frame["channel"]] = max(limit, frame["limit"])
                case "data" | "piece" if "id" in frame:
                    self._arrived_part(sender.outgoing[frame["channel"]], frame)

    def _arrived_part(self, state: Outgoing, frame: Frame) -> None:
        unit, length = frame.get("unit", 0), len(frame["payload"]) // 2
        state.missing[frame["id"]] -= set(range(unit, unit + max(1, -(-length // 32))))
        while state.complete in state.missing and not state.missing[state.complete]:
            state.complete += 1
