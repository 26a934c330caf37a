"""A FastNet server against the vectors: each broken packet is dropped, or closes, as PROTOCOL.md says."""

import json
from pathlib import Path
from typing import Any

import decoder
import frame_codec as frames
import make_vectors
import pytest
from fastnet.protocol.config import KIND_NAMES, Config, channel_table
from fastnet.protocol.datagram import Datagram
from fastnet.protocol.drops import Drop
from fastnet.protocol.endpoint import Endpoint
from fastnet.protocol.events import Connected, Data, Disconnected
from fastnet.protocol.numbers import CloseCode
from fastnet.protocol.ticket import Ticket

HERE = Path(__file__).parent
EKM = make_vectors.EKM
NOW_NS = 1_000_000_000
TOKEN = "0102030405060708"


def load(name: str) -> Any:
    return json.loads((HERE / "vectors" / f"{name}.json").read_text())


class Server:
    """A real server endpoint with one client, which is the second reader."""

    def __init__(self, config: Config, cipher: int = 1, hidden: bool = False) -> None:
        self.endpoint = Endpoint(config, bytes(32), True)
        reservation = self.endpoint.reserve()
        assert reservation is not None
        self.own_id = reservation.connection_id.to_bytes(8, "big")
        self.cipher, self.hp = cipher, decoder.header_key(EKM, "c2s") if hidden else None
        ticket = Ticket(
            is_server=True, peer_id=reservation.peer_id, receive_id=reservation.connection_id, receive_id_bytes=8,
            send_id=0, send_id_bytes=0, exporter_secret=EKM, cipher=cipher, header_protection=hidden,
        )  # fmt: skip
        self.endpoint.add_peer(ticket, NOW_NS)
        self.receiver = decoder.Receiver(EKM, "s2c", cipher, hidden, b"")
        self.rules = frames.Rules({number: channel.kind_number for number, channel in channel_table(config).items()})
        self.events: list[object] = []
        self.resets: list[bytes] = []
        """What came back and did not open."""
        self._buffer = Datagram(2_000)

    def deliver(self, datagram: bytes) -> list[decoder.Frame]:
        """Hand one datagram over; all frames that come back."""
        self._buffer.load(datagram)
        self._buffer.remote_hi, self._buffer.remote_lo, self._buffer.remote_port = 0, 0xFFFF_0A01_0001, 50_000
        self.endpoint.receive_datagram(self._buffer, NOW_NS)
        self.events += self.endpoint.take_events()
        answers: list[decoder.Frame] = []
        while self.endpoint.take_datagram(self._buffer, NOW_NS):
            try:
                _, flags, plaintext = self.receiver.open(self._buffer.content())
            except decoder.Drop:
                self.resets.append(self._buffer.content())
                continue
            decoder.check_flags(flags, plaintext)
            answers += frames.decode_frames(plaintext, self.rules)
        return answers

    def say(self, number: int, plaintext: bytes, phase: int = 0) -> list[decoder.Frame]:
        """Seal and deliver."""
        key, iv = decoder.packet_key(decoder.phase_secret(EKM, "c2s", phase))
        plaintext += bytes(max(0, 2 - len(plaintext)))
        return self.deliver(decoder.seal(self.cipher, key, iv, self.own_id, number, 2, phase, plaintext, self.hp))

    def bind(self) -> None:
        """Numbers 0 and 1: the path is bound, the server connected."""
        challenge = frames.encode_frames([{"frame": "path_challenge", "token": TOKEN}])
        answers = self.say(0, challenge + bytes(1_200 - 27 - len(challenge)))
        assert {"frame": "path_response", "token": TOKEN} in answers
        theirs = next(frame for frame in answers if frame["frame"] == "path_challenge")
        self.say(1, frames.encode_frames([{"frame": "path_response", "token": theirs["token"]}]))
        assert any(isinstance(event, Connected) for event in self.events)

    def move_on(self) -> None:
        """To phase 1 and number 4999, as the broken packets expect."""
        for number in (4_000, 4_990, 4_999):
            self.say(number, b"\x01", phase=1)

    def verdict(self) -> str:
        """What the last datagram came to."""
        for event in self.events:
            if isinstance(event, Disconnected) and not event.by_peer:
                return f"close {CloseCode(event.code).name}"
        dropped = [reason.name.lower() for reason in Drop if self.endpoint.drop_count(reason)]
        assert len(dropped) <= 1
        return f"drop {dropped[0]}" if dropped else "ok"


def broken_cases() -> list[Any]:
    """The broken packets whose state a real connection can reach."""
    cases = []
    for at, case in enumerate(load("broken_packets")):
        fresh = case.get("wait_bind") and case["verdict"] == "ok"  # Nobody is in phase 1 before the path is bound.
        if case["largest"] == 4_999 and case["phase"] == 1 and not fresh:
            cases.append(pytest.param(case, at, id=case["name"]))
    return cases


@pytest.mark.parametrize(("case", "at"), broken_cases())
def test_broken_packets_meet_their_verdict(case: dict[str, Any], at: int) -> None:
    server = Server(Config(), case["cipher"], case["header_protection"])
    if not case.get("wait_bind"):
        server.bind()
        server.move_on()
    if case.get("ended"):
        server.say(5_001, frames.encode_frames([{"frame": "close", "code": 0, "reason": ""}]), phase=1)
    ours = make_vectors.broken_of(case["cipher"], case["header_protection"], server.own_id)
    same = next(made for made in ours if made["name"] == case["name"])
    server.deliver(bytes.fromhex(same["datagram"]))
    expected = make_vectors.verdict(lambda: make_vectors.receive(same))
    assert server.verdict() == expected
    assert len(server.resets) == (expected == "drop unknown")
    for reset in server.resets:
        assert 21 <= len(reset) < len(same["datagram"]) // 2
        assert reset[0] & 0xC0 == 0x40


def config_of(rules: dict[str, Any], **changes: Any) -> Config:
    names = {number: name for name, number in KIND_NAMES.items()}
    return Config(channels={number: names[kind] for number, kind in rules["channels"]}, **changes)


def named(cases: list[dict[str, Any]]) -> list[Any]:
    return [pytest.param(case, id=case["name"]) for case in cases]


@pytest.mark.parametrize("case", named(load("broken_frames")["packets"]))
def test_broken_frames_close_with_their_code(case: dict[str, Any]) -> None:
    rules = load("broken_frames")["rules"]
    server = Server(
        config_of(
            rules,
            max_reliable_message_bytes=rules["max_reliable"],
            max_unreliable_message_bytes=rules["max_unreliable"],
        )
    )
    server.bind()
    answers = server.say(2, bytes.fromhex(case["plaintext"]))
    allowed = {case["code"]}
    if case["name"].startswith("ack"):
        allowed.add("ACK_INVALID")  # It names numbers that were never sent, too.
    assert server.verdict().removeprefix("close ") in allowed
    assert answers[0]["frame"] == "close"
    assert not [event for event in server.events if isinstance(event, Data)] or case["name"].startswith("good frame")


def expected_code(packet: list[decoder.Frame], channels: dict[int, int]) -> str | None:
    """What good frames may still break: credit, and acks of what was never sent."""
    for frame in packet:
        if frame["frame"] == "ack" and frame["largest"] > 1:
            return "ACK_INVALID"
        if channels.get(frame.get("channel", -1)) in (0, 2) and frame.get("id", 0) >= 4_096:
            return "CREDIT_EXCEEDED"
    return None


@pytest.mark.parametrize("case", named(load("frames")["packets"]))
def test_good_frames_are_taken(case: dict[str, Any]) -> None:
    rules = load("frames")["rules"]
    channels = dict(rules["channels"])
    server = Server(config_of(rules))
    server.bind()
    answers = server.say(2, bytes.fromhex(case["plaintext"]))
    code = expected_code(case["frames"], channels)
    assert server.verdict() == (f"close {code}" if code else "ok")
    if code:
        return
    arrived = {(event.channel, event.data.hex()) for event in server.events if isinstance(event, Data)}
    for frame in case["frames"]:
        if frame["frame"] == "data" and channels[frame["channel"]] != 0:  # Ordered ones wait for id 0.
            assert (frame["channel"], frame["payload"]) in arrived
        if frame["frame"] == "close":
            ends = [event for event in server.events if isinstance(event, Disconnected)]
            assert [(end.code, end.by_peer) for end in ends] == [(frame["code"], True)]
            assert answers == [{"frame": "close", "code": frame["code"], "reason": answers[0]["reason"]}]


@pytest.mark.parametrize("channel", [0, 2])
def test_a_whole_message_must_be_as_long_as_its_pieces_said(channel: int) -> None:
    server = Server(Config())
    server.bind()
    piece = {"frame": "piece", "channel": channel, "id": 0, "total": 64, "unit": 0, "payload": "00" * 32}
    server.say(2, frames.encode_frames([piece]))
    assert server.verdict() == "ok"
    server.say(3, frames.encode_frames([{"frame": "data", "channel": channel, "id": 0, "payload": "00" * 65}]))
    assert server.verdict() == "close FRAME_INVALID"


def test_a_phase_that_we_never_acknowledged_may_not_be_left() -> None:
    server = Server(Config())
    server.bind()
    assert any(frame["frame"] == "ack" for frame in server.say(2, b"\x01"))
    assert not server.say(3, b"\x01", phase=1)  # Its ack waits for the delay, or for one more.
    assert server.verdict() == "ok"
    server.say(4, b"\x01", phase=2)
    assert server.verdict() == "close KEY_UPDATE_ERROR"
