"""Failures we were shown (PROTOCOL.md s. 13): rule breakers and strangers. Tests bear their row's number."""

import random

import pytest
from fastnet.protocol.address import parse_address
from fastnet.protocol.config import Config
from fastnet.protocol.errors import UnknownChannelError
from fastnet.protocol.numbers import CloseCode
from fastnet.testing.pair import Pair
from frames import ack, challenge, close, credit_wanted, data, extension, max_credit, piece, response, varint
from scripted import CLIENT, MS, Rig, frames_named


def bound_rig(seed: int = 1, config: Config | None = None, *, endpoint_is_server: bool = True) -> Rig:
    rig = Rig(seed, config, endpoint_is_server=endpoint_is_server)
    rig.bind()
    return rig


def closed_by(frames: bytes, *, config: Config | None = None, flags: int = 0) -> int | None:
    """The code with which a fresh connection ends when the peer says `frames`; None if it goes on."""
    rig = bound_rig(config=config)
    packets = rig.say(frames, flags=flags)
    if rig.end is None:
        assert not frames_named(packets, "CLOSE")
        return None
    assert not rig.end.by_peer
    assert frames_named(packets, "CLOSE")[0].body[0] == rig.end.code, "the peer is told why"
    return rig.end.code


def test_f17_a_channel_that_nobody_configured() -> None:
    pair = Pair(1)
    pair.connect()
    for channel in (4, 255):
        with pytest.raises(UnknownChannelError, match=str(channel)):
            pair.client.send(channel, b"x")
    assert closed_by(data(9, b"x")) == CloseCode.CHANNEL_UNKNOWN
    assert closed_by(data(200, b"x")) == CloseCode.CHANNEL_UNKNOWN
    assert closed_by(max_credit(9, 100)) == CloseCode.CHANNEL_UNKNOWN


@pytest.mark.parametrize("channel", [0, 2])
@pytest.mark.parametrize("ahead", [255, 256, 257, 4_095])
def test_f18_messages_far_ahead_are_held_and_then_delivered_right(channel: int, ahead: int) -> None:
    rig = bound_rig(config=Config(initial_credit_bytes=512 * 1_024))
    for number in range(ahead, 0, -1):
        rig.say(data(channel, number.to_bytes(2), number))
    assert len(rig.data) == (0 if channel == 0 else ahead)
    rig.say(data(channel, b"\0\0", 0))
    assert {int.from_bytes(event.data) for event in rig.data} == set(range(ahead + 1))
    assert len(rig.data) == ahead + 1
    if channel == 0:
        assert [int.from_bytes(event.data) for event in rig.data] == list(range(ahead + 1))


@pytest.mark.parametrize("channel", [0, 2])
def test_f18_a_message_4096_ahead_closes(channel: int) -> None:
    assert closed_by(data(channel, b"x", 4_095)) is None
    assert closed_by(data(channel, b"x", 4_096)) == CloseCode.CREDIT_EXCEEDED
    assert closed_by(piece(channel, 4_096, 64, 0, bytes(32))) == CloseCode.CREDIT_EXCEEDED


BROKEN_FRAMES = {
    "an unknown frame": (b"\x08", CloseCode.FRAME_INVALID),
    "a reserved frame": (b"\x3f", CloseCode.FRAME_INVALID),
    "a frame above the extensions": (b"\x60", CloseCode.FRAME_INVALID),
    "padding that is not zero": (b"\x00\x00\x01", CloseCode.FRAME_INVALID),
    "an ack that ends early": (b"\x02\x00", CloseCode.FRAME_INVALID),
    "a long form of a short varint": (b"\x81" + b"\x40\x01" + b"x", CloseCode.FRAME_INVALID),
    "a length past the end": (b"\x81" + varint(100) + b"x", CloseCode.FRAME_INVALID),
    "a huge length": (b"\x81" + varint(2**62 - 1), CloseCode.FRAME_INVALID),
    "a huge id": (data(0, b"x", 2**62 - 1), CloseCode.FRAME_INVALID),
    "an extension past the end": (b"\x40" + varint(50) + b"short", CloseCode.FRAME_INVALID),
    "a challenge that ends early": (b"\x05abc", CloseCode.FRAME_INVALID),
    "credit for an unreliable channel": (max_credit(1, 5), CloseCode.PROTOCOL_VIOLATION),
    "a wish for credit on a sequenced channel": (credit_wanted(3, 5), CloseCode.PROTOCOL_VIOLATION),
    "a close with a local code": (close(CloseCode.IDLE_TIMEOUT), CloseCode.FRAME_INVALID),
    "a close with a code of nobody": (close(999), CloseCode.FRAME_INVALID),
    "a close with a code above the application's": (close(3_000), CloseCode.FRAME_INVALID),
    "a close with a reason that ends early": (b"\x07" + (0).to_bytes(4) + (9).to_bytes(2), CloseCode.FRAME_INVALID),
    "a close with a reason too long": (close(0, bytes(257)), CloseCode.FRAME_INVALID),
    "a channel number in the long form without need": (
        b"\xbf\x02" + varint(0) + varint(1) + b"x",
        CloseCode.FRAME_INVALID,
    ),
}


@pytest.mark.parametrize("name", BROKEN_FRAMES)
def test_a_frame_that_breaks_a_rule_closes_with_its_code(name: str) -> None:
    frames, code = BROKEN_FRAMES[name]
    assert closed_by(frames) == code


def test_reserved_bits_and_empty_packets_close_and_unknown_extensions_do_not() -> None:
    assert closed_by(b"\x01", flags=0x08) == CloseCode.PROTOCOL_VIOLATION
    assert closed_by(b"") == CloseCode.PROTOCOL_VIOLATION
    assert closed_by(extension(0x40, b"whatever") + extension(0x5F, b"") + b"\x01") is None


LIMIT = 1_048_576
BROKEN_PIECES = {
    "of nothing": (0, 0, b"", CloseCode.FRAME_INVALID),
    "that is empty": (64, 0, b"", CloseCode.FRAME_INVALID),
    "that is the whole": (32, 0, bytes(32), CloseCode.FRAME_INVALID),
    "that is more than the whole": (32, 0, bytes(64), CloseCode.FRAME_INVALID),
    "past the end": (64, 2, bytes(32), CloseCode.FRAME_INVALID),
    "far past the end": (64, 2**62 - 1, bytes(32), CloseCode.FRAME_INVALID),
    "whose product overflows": (64, 2**59, bytes(32), CloseCode.FRAME_INVALID),
    "of a broken unit": (100, 0, bytes(33), CloseCode.FRAME_INVALID),
    "of too much": (LIMIT + 1, 0, bytes(32), CloseCode.MESSAGE_TOO_LARGE),
    "of far too much": (2**62 - 1, 0, bytes(32), CloseCode.MESSAGE_TOO_LARGE),
}


@pytest.mark.parametrize("channel", [0, 1, 2, 3])
@pytest.mark.parametrize("name", BROKEN_PIECES)
def test_l5_a_piece_that_cannot_be_right_closes_with_its_code(name: str, channel: int) -> None:
    total, unit, payload, code = BROKEN_PIECES[name]
    assert closed_by(piece(channel, 0, total, unit, payload)) == code


@pytest.mark.parametrize("channel", [0, 1, 2, 3])
def test_l5_pieces_that_disagree_about_the_total_close_and_overlaps_do_not(channel: int) -> None:
    first = piece(channel, 0, 96, 0, b"a" * 32)
    assert closed_by(first + piece(channel, 0, 128, 1, bytes(32))) == CloseCode.FRAME_INVALID
    rig = bound_rig()
    rig.say(first + piece(channel, 0, 96, 1, b"b" * 32))
    rig.say(piece(channel, 0, 96, 1, b"B" * 64))
    assert [event.data for event in rig.data] == [b"a" * 32 + b"b" * 32 + b"B" * 32], "a unit already held stays"


def test_l17_acks_of_what_was_never_sent_and_ranges_below_zero() -> None:
    assert closed_by(ack(50_000)) == CloseCode.ACK_INVALID
    assert closed_by(ack(2**62 - 1)) == CloseCode.ACK_INVALID
    assert closed_by(ack(0, first=1)) == CloseCode.FRAME_INVALID
    assert closed_by(ack(0, gaps=((0, 0),))) == CloseCode.FRAME_INVALID
    assert closed_by(b"\x02" + varint(0) + varint(0) + bytes([33]) + varint(0) * 67) == CloseCode.FRAME_INVALID


def test_l17_an_optimistic_ack_of_a_skipped_number_closes() -> None:
    rig = bound_rig(config=Config(maximum_window_bytes=2**31 - 1))
    seen, largest, first = set(), 0, None
    for _ in range(2_000):
        rig.endpoint.send(rig.peer_id, 1, b"x", rig.clock.now_ns)
        for number, _ in rig.collect():
            seen.add(number)
            largest = number
            first = number if first is None else first
        rig.clock.advance(MS)
        missing = [number for number in range(first or 0, largest) if number not in seen]
        if missing:
            break
        if len(seen) % 8 == 0:
            rig.say(ack(largest))
    assert missing, "no number is ever skipped"
    rig.say(ack(missing[0]))
    assert rig.end is not None
    assert rig.end.code == CloseCode.ACK_INVALID


def test_l17_a_thousand_challenges_from_a_thousand_addresses_leave_three_candidates() -> None:
    rig = bound_rig()
    before = len(rig.sent_to)
    for number in range(1_000):
        source = parse_address(f"10.9.{number >> 8}.{number & 255}", 999)
        rig.deliver(rig.peer.seal(challenge(number.to_bytes(8)), pad_to=1_200), source)
        rig.clock.advance(MS)
    strangers = {address for address, _ in rig.sent_to[before:] if address != CLIENT}
    received = 1_200
    for stranger in strangers:
        sent = sum(len(content) for address, content in rig.sent_to[before:] if address == stranger)
        assert sent <= 3 * received, stranger
    rig.endpoint.send(rig.peer_id, 0, b"still to the old address", rig.clock.now_ns)
    rig.collect()
    assert rig.sent_to[-1][0] == CLIENT
    assert rig.end is None


def test_l17_a_response_from_the_wrong_address_moves_nothing() -> None:
    rig = bound_rig()
    thief, accomplice = parse_address("10.66.0.1", 1), parse_address("10.66.0.2", 1)
    packets = rig.deliver(rig.peer.seal(b"\x01", pad_to=1_200), thief)
    token = frames_named(packets, "PATH_CHALLENGE")[0].body[0]
    assert isinstance(token, bytes)
    rig.deliver(rig.peer.seal(response(token)), accomplice)
    rig.endpoint.send(rig.peer_id, 0, b"x", rig.clock.now_ns)
    rig.collect()
    assert rig.sent_to[-1][0] == CLIENT


def drops(rig: Rig) -> dict[str, int]:
    return rig.endpoint.stats().drops


def test_l1_a_flood_of_forgeries_is_counted_and_nothing_else(
    caplog: pytest.LogCaptureFixture,
) -> None:
    rig, prng = bound_rig(), random.Random(1)
    good = rig.peer.seal(b"\x01")
    before = len(rig.sent_to)
    count = 50_000
    for _ in range(count):
        forged = bytearray(good)
        forged[prng.randrange(13, len(forged))] ^= 1 << prng.randrange(8)
        rig.deliver(bytes(forged))
    assert drops(rig)["forged"] == count
    assert len(rig.sent_to) == before
    assert rig.end is None
    assert not caplog.records
    rig.say(data(1, b"still here"))
    assert [event.data for event in rig.data] == [b"still here"]


@pytest.mark.parametrize("low", [0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF])
def test_l3_numbers_that_nobody_authenticated_change_nothing(low: int) -> None:
    rig = bound_rig()
    header = bytes([0x43]) + rig.peer.ticket.send_id.to_bytes(8) + low.to_bytes(4)
    rig.deliver(header + bytes(40))
    rig.say(data(1, b"still here"))
    assert [event.data for event in rig.data] == [b"still here"]
    assert sum(drops(rig).values()) == 1


def test_l4_a_packet_returned_to_its_sender_is_forged_and_ends_nothing() -> None:
    rig = bound_rig(endpoint_is_server=False)
    rig.endpoint.send(rig.peer_id, 0, b"mirror", rig.clock.now_ns)
    rig.collect()
    rig.deliver(rig.sent_to[-1][1])
    rig.wait(1)
    assert rig.end is None
    assert set(drops(rig)) <= {"forged", "number", "replay", "flags"}
    assert sum(drops(rig).values()) == 1


@pytest.mark.seeds(3)
def test_l6_junk_is_never_answered_by_more_and_makes_no_state(seed: int) -> None:
    rig, prng = Rig(seed), random.Random(seed)
    for _ in range(2_000):
        junk = prng.randbytes(prng.choice((1, 20, 21, 29, 64, 1_200)))
        before = len(rig.sent_to)
        rig.deliver(junk, parse_address(f"10.{prng.randrange(256)}.{prng.randrange(256)}.1", prng.randrange(65_536)))
        for _, answer in rig.sent_to[before:]:
            assert len(answer) < len(junk)
        rig.clock.advance(MS)
    assert rig.events == []


def test_l6_a_connection_that_never_binds_is_forgotten_without_an_event() -> None:
    rig = Rig()
    rig.wait(11)
    assert rig.events == []
    before = len(rig.sent_to)
    rig.say(challenge(b"too late"), pad_to=1_200)
    assert rig.events == []
    assert all(len(content) <= 40 for _, content in rig.sent_to[before:]), "at most a reset"
