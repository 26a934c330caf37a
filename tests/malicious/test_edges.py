"""Channels at their edges: nothing leaves unflushed, stale pieces go, ids and numbers reach their ends."""

import random

import pytest
from fastnet.protocol.config import Config
from fastnet.protocol.errors import NotConnectedError
from fastnet.protocol.numbers import CloseCode
from fastnet.testing.pair import Pair
from frames import ack, challenge, data, piece, response
from scripted import MS, TOKEN, Rig, frames_named

KINDS = {"reliable ordered": 0, "unreliable": 1, "reliable unordered": 2, "sequenced": 3}


def bound(config: Config | None = None) -> Rig:
    rig = Rig(config=config)
    rig.bind()
    return rig


@pytest.mark.parametrize("channel", KINDS.values(), ids=KINDS)
def test_without_auto_flush_nothing_leaves_before_flush_whatever_else_happens(channel: int) -> None:
    pair = Pair(1, config=Config(auto_flush=False))
    pair.connect()
    client = pair.client.endpoint
    pair.client.send(channel, b"first")
    client.flush(pair.now_ns)
    pair.write(pair.client)
    pair.client.send(channel, b"second")  # The ack of the first must not take it along.
    pair.client.send(channel, b"third")
    pair.run_for(3)
    assert pair.server.messages(channel) == [b"first"]
    client.flush(pair.now_ns)
    pair.write(pair.client)
    assert pair.run_until(lambda: len(pair.server.data) == 3, limit_s=3)
    assert pair.server.messages(channel) == [b"first", b"second", b"third"]


def test_without_auto_flush_all_that_was_sent_still_leaves_before_the_end() -> None:
    pair = Pair(1, config=Config(auto_flush=False))
    pair.connect()
    pair.client.send(0, b"last words")
    pair.client.disconnect(0, "")
    assert pair.run_until(lambda: pair.server.disconnected, limit_s=3)
    assert pair.server.messages(0) == [b"last words"]


def test_a_newer_sequenced_message_that_was_not_flushed_supersedes_nothing() -> None:
    config = Config(auto_flush=False, initial_window_bytes=4_800)
    rig = bound(config)
    for _ in range(20):  # Fills the window, so that the flush ends early.
        rig.endpoint.send(rig.peer_id, 0, bytes(1_000), rig.clock.now_ns)
    rig.endpoint.send(rig.peer_id, 3, b"flushed", rig.clock.now_ns)
    rig.endpoint.flush(rig.clock.now_ns)
    rig.endpoint.send(rig.peer_id, 3, b"not flushed", rig.clock.now_ns)
    sent = frames_named(rig.collect() + rig.wait(2), "DATA")
    assert [frame.body[2] for frame in sent if frame.body[0] == 3] in ([b"flushed"], [])
    stats = rig.endpoint.peer(rig.peer_id).channels[3]
    assert stats.superseded == 0


def test_a_peer_that_acknowledges_nothing_does_not_make_us_spin() -> None:
    """Its packets ask for acks until the log of what we sent is full of them: then only the next probe makes room."""
    rig = bound(Config(packets_in_flight_max=256))
    for _ in range(1_000):
        rig.clock.advance(MS)
        rig.say(b"\x01")
    acks = 0
    for _ in range(20):
        packets = rig.wait(1)  # Fails when a deadline comes again and again without time passing.
        rig.say(b"\x01")
        acks += len(frames_named(packets, "ACK"))
    assert rig.end is None
    assert acks > 10


def test_a_packet_of_acks_is_heard_once_and_must_be_well_formed_to_its_end() -> None:
    """A hundred of them fit, and each would go through thousands of packets of which the peer left the oldest out."""
    rig = bound()
    numbers = []
    for _ in range(3):
        rig.endpoint.send(rig.peer_id, 0, b"x", rig.clock.now_ns)
        numbers += [number for number, frames in rig.collect() if any(frame.name == "DATA" for frame in frames)]
    rig.say(b"".join(ack(number) for number in numbers) + data(1, b"what follows counts"))
    assert rig.endpoint.peer(rig.peer_id).channels[0].queued_messages == 2
    assert [event.data for event in rig.data] == [b"what follows counts"]
    rig.say(ack(numbers[0]) + ack(numbers[1])[:-1])
    assert rig.end is not None
    assert rig.end.code == CloseCode.FRAME_INVALID


@pytest.mark.parametrize("channel", [1, 3])
def test_pieces_that_wait_too_long_for_the_rest_are_given_up(channel: int) -> None:
    rig = bound(Config(reassembly_ms=1_000, idle_timeout_ms=60_000))
    rig.say(piece(channel, 0, 64, 0, bytes(32)))
    rig.clock.advance(1_500 * MS)
    rig.say(piece(channel, 0, 64, 1, bytes(32)))
    assert rig.data == []
    assert rig.endpoint.peer(rig.peer_id).channels[channel].dropped == 1
    rig.say(piece(channel, 1, 64, 0, bytes(32)) + piece(channel, 1, 64, 1, bytes(32)))
    assert len(rig.data) == 1


def test_a_newer_whole_message_forgets_the_pieces_of_older_sequenced_ones() -> None:
    rig = bound()
    rig.say(piece(3, 0, 64, 0, bytes(32)))
    rig.say(data(3, b"newer", 1))
    rig.say(piece(3, 0, 64, 1, bytes(32)))
    assert [event.data for event in rig.data] == [b"newer"]


def test_what_an_unbound_peer_makes_us_hold_is_bounded_in_bytes_too() -> None:
    rig = Rig(config=Config(receive_queue_bytes=16_384, max_datagram_bytes=1_472))
    packets = rig.say(challenge(TOKEN), pad_to=1_200)
    for _ in range(100):
        rig.say(data(1, bytes(1_000)))
    token = frames_named(packets, "PATH_CHALLENGE")[0].body[0]
    assert isinstance(token, bytes)
    rig.say(response(token))
    assert len(rig.data) == 16
    assert rig.endpoint.peer(rig.peer_id).channels[1].dropped == 84


def started_at(number: int, message_id: int) -> Pair:
    """A pair whose packets begin with `number` and whose messages with `message_id`, at both ends."""
    pair = Pair(1, clients=0)
    write, pair.write = pair.write, lambda end: None  # type: ignore[method-assign,assignment]
    client = pair.add_client()
    for end in (client, pair.server):
        for peer in end.endpoint.slots:
            if peer is not None:
                peer.start_at(number, message_id)
    pair.write = write  # type: ignore[method-assign]
    pair.write(client)
    return pair


@pytest.mark.parametrize("bits", [14, 16, 30, 32, 48, 61])
def test_l11_numbers_and_ids_around_powers_of_two_carry_payloads_intact(bits: int) -> None:
    pair = started_at(2**bits - 150, 2**bits - 60)
    pair.connect()
    prng = random.Random(bits)
    messages = [prng.randbytes(prng.choice((4, 40, 3_000))) for _ in range(120)]
    for message in messages:
        for channel in (0, 1, 2, 3):
            pair.client.send(channel, message)
            pair.server.send(channel, message)
        pair.run_for(0.05)
    assert pair.run_until(lambda: len(pair.server.data) == len(pair.client.data) == 480, limit_s=10)
    for end in (pair.client, pair.server):
        for channel in (0, 1, 2, 3):
            assert end.messages(channel) == messages


@pytest.mark.parametrize("channel", [0, 2, 3])
def test_l11_when_message_ids_run_out_the_connection_ends_by_name(channel: int) -> None:
    pair = started_at(100, 2**62 - 3)
    pair.connect()
    pair.client.send(channel, b"one")
    pair.client.send(channel, b"two")
    with pytest.raises(NotConnectedError, match="ids"):
        pair.client.send(channel, b"three")
    assert pair.run_until(lambda: pair.client.disconnected and pair.server.disconnected, limit_s=5)
    assert pair.client.disconnected[0].code == pair.server.disconnected[0].code == CloseCode.NUMBERS_EXHAUSTED


def test_l11_only_cut_messages_of_the_unreliable_kind_use_up_ids_and_the_last_one_ends_it_by_name() -> None:
    pair = started_at(100, 2**62 - 3)
    pair.connect()
    pair.client.send(1, bytes(1_500))
    for _ in range(5):
        pair.client.send(1, b"whole")
    pair.client.send(1, bytes(1_500))
    with pytest.raises(NotConnectedError, match="ids"):
        pair.client.send(1, bytes(1_500))
    assert pair.run_until(lambda: pair.client.disconnected and pair.server.disconnected, limit_s=5)
    assert pair.client.disconnected[0].code == pair.server.disconnected[0].code == CloseCode.NUMBERS_EXHAUSTED
    assert len(pair.server.messages(1)) == 7


def test_l11_when_packet_numbers_run_out_the_peer_hears_why() -> None:
    pair = started_at(2**62 - 1_100, 0)
    pair.connect()
    for _ in range(200):
        if pair.client.disconnected or pair.server.disconnected:
            break
        pair.client.send(0, b"x")
        pair.run_for(0.05)
    assert pair.run_until(lambda: pair.client.disconnected and pair.server.disconnected, limit_s=5)
    assert pair.client.disconnected[0].code == pair.server.disconnected[0].code == CloseCode.NUMBERS_EXHAUSTED
