"""Peers that hold the keys and mean harm: memory stays within PROTOCOL.md s. 6.5, others do not notice."""

import random
import tracemalloc

import pytest
from fastnet.protocol.config import Config
from fastnet.protocol.numbers import CloseCode
from fastnet.testing.pair import Pair
from frames import challenge, credit_wanted, data, piece
from scripted import MS, Rig, frames_named

KIB = 1_024


def bound_rig(config: Config | None = None) -> Rig:
    rig = Rig(1, config)
    rig.bind()
    return rig


def grown_bytes(rig: Rig, frames: list[bytes]) -> int:
    """How much memory a peer's packets cost, while the application takes nothing."""
    datagrams = [rig.peer.seal(frame) for frame in frames]
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        for datagram in datagrams:
            rig.hand_over(datagram)
        return tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("channel", [0, 2])
def test_credit_that_is_ignored_closes(channel: int) -> None:
    rig = bound_rig()
    for number in range(100):
        rig.hand_over(rig.peer.seal(data(channel, bytes(1_000), number)))
    rig.collect()
    assert rig.end is not None
    assert rig.end.code == CloseCode.CREDIT_EXCEEDED


@pytest.mark.parametrize("channel", [0, 2])
def test_four_thousand_half_sent_messages_stay_within_the_credit(channel: int) -> None:
    rig = bound_rig()
    halves = [piece(channel, number, 64, 0, bytes(32)) for number in range(4_096)]
    grown = grown_bytes(rig, halves)
    assert grown < 600 * KIB, f"{grown:,} bytes"
    rig.collect()
    assert rig.end is not None
    assert rig.end.code == CloseCode.CREDIT_EXCEEDED


@pytest.mark.parametrize("channel", [1, 3])
def test_half_sent_unreliable_messages_are_bounded_and_end_nothing(channel: int) -> None:
    rig = bound_rig()
    halves = [piece(channel, number, 16_384, 0, bytes(1_120)) for number in range(2_000)]
    grown = grown_bytes(rig, halves)
    assert grown < 64 * KIB + 40 * KIB, f"{grown:,} bytes"
    rig.collect()
    assert rig.end is None


@pytest.mark.parametrize("channel", [1, 3])
def test_unreliable_messages_that_nobody_takes_are_bounded(channel: int) -> None:
    rig = bound_rig()
    frames = [data(channel, bytes(1_100), None if channel == 1 else number) for number in range(3_000)]
    grown = grown_bytes(rig, frames)
    assert grown < 256 * KIB + 200 * KIB, f"{grown:,} bytes"


def test_what_comes_before_the_path_is_bound_is_bounded_too() -> None:
    rig = Rig()
    rig.say(challenge(b"12345678"), pad_to=1_200)
    large = [piece(1, number, 16_384, unit, bytes(1_024)) for number in range(600) for unit in range(0, 512, 32)]
    grown = grown_bytes(rig, large)
    assert grown < 1_024 * KIB, f"{grown:,} bytes held for a peer that may not exist"


def test_wishes_for_credit_reserve_no_more_than_the_budget_and_are_answered_once() -> None:
    rig = bound_rig(Config(receive_budget_bytes=2_200_000))
    answers = 0
    for number in range(2_000):
        packets = rig.say(credit_wanted(number % 2 * 2, 2**61 + number))
        answers += len(frames_named(packets, "MAX_CREDIT"))
        rig.clock.advance(MS)
    assert answers <= 4, f"{answers} answers to one wish"
    assert rig.end is None


def test_padding_only_packets_are_acked_sparingly_and_end_nothing() -> None:
    rig = bound_rig()
    before = len(rig.sent_to)
    for _ in range(1_000):
        rig.say(b"\x00" * 900)
        rig.clock.advance(MS)
    assert rig.end is None
    assert len(rig.sent_to) - before < 50


def test_a_peer_that_changes_keys_without_waiting_for_an_ack_is_closed() -> None:
    rig = bound_rig()
    for phase in range(1, 40):
        rig.hand_over(rig.peer.seal(b"\x01", phase=phase))
        if rig.collect() and rig.end:
            break
    assert rig.end is not None
    assert rig.end.code == CloseCode.KEY_UPDATE_ERROR


@pytest.mark.seeds(30)
def test_random_bytes_behind_the_keys_close_or_do_nothing_and_never_raise(seed: int) -> None:
    prng = random.Random(seed)
    for _ in range(30):
        rig = bound_rig()
        for _ in range(20):
            rig.say(prng.randbytes(prng.choice((1, 2, 5, 20, 200, 1_000))))
        if rig.end is not None:
            assert rig.end.code in set(CloseCode)
        rig.wait(5)


def test_f9_no_two_live_peers_share_a_number_however_many_come_and_go() -> None:
    pair = Pair(1, server_config=Config(peers_max=16), clients=0)
    first = pair.add_client()
    assert pair.run_until(lambda: first.connected, limit_s=1)
    pair.run_for(0.1)
    (own,) = pair.server.connected
    used = {own}
    for number in range(200):
        client = pair.add_client()
        assert pair.run_until(lambda client=client: client.connected, limit_s=1)
        pair.run_for(0.1)
        peer_id = pair.server.connected[-1]
        assert peer_id not in used, f"{peer_id} came again at once, after {number} others"
        used.add(peer_id)
        client.disconnect(0, "")
        pair.run_for(5)
    first.send(0, b"untouched")
    pair.run_for(0.1)
    assert [event.peer_id for event in pair.server.data] == [own]
