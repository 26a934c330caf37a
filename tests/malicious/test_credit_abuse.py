"""Memory that a peer may make us keep (PROTOCOL.md s. 6.3 and 6.5): granted, counted, given back, or the peer goes."""

import sys
import tracemalloc

import pytest
from fastnet.protocol.config import Config
from fastnet.protocol.numbers import CloseCode
from fastnet.testing import Conditions
from fastnet.testing.pair import End, Pair
from frames import credit_wanted, data, piece
from scripted import Rig, frames_named

KIB = 1_024
TIGHT = Config(
    max_reliable_message_bytes=32 * KIB,
    initial_credit_bytes=4 * KIB,
    channel_window_bytes=64 * KIB,
    receive_budget_bytes=64 * KIB,
    idle_timeout_ms=0,
)


def bound(config: Config | None = None) -> Rig:
    rig = Rig(config=config)
    rig.bind()
    return rig


def limit_of(rig: Rig, channel: int, frames: bytes) -> int | None:
    """The limit that MAX_CREDIT answers to `frames`; None without one."""
    found = [frame.body[1] for frame in frames_named(rig.say(frames), "MAX_CREDIT") if frame.body[0] == channel]
    assert not found or isinstance(found[-1], int)
    return found[-1] if found else None  # type: ignore[return-value]


def test_growth_ends_at_the_window_and_at_the_budget_of_the_whole_endpoint() -> None:
    rig = bound(TIGHT)
    assert limit_of(rig, 0, credit_wanted(0, 2**62 - 1)) == 64 * KIB
    assert limit_of(rig, 2, credit_wanted(2, 2**62 - 1)) == 8 * KIB, "all that was left of the budget"


def test_a_peer_that_keeps_what_others_wait_for_is_closed_after_thirty_seconds() -> None:
    rig = bound(TIGHT)
    rig.say(credit_wanted(0, 2**40))
    rig.say(credit_wanted(2, 2**40))
    rig.say(piece(0, 0, 30_000, 0, bytes(320)))
    for _ in range(29):
        rig.wait(1)
        rig.say(b"\x01")
    assert rig.end is None
    rig.wait(32)
    assert rig.end is not None
    assert rig.end.code == CloseCode.RESOURCE_LIMIT


def test_a_peer_that_makes_progress_or_whose_memory_nobody_wants_stays() -> None:
    rig = bound(TIGHT)
    rig.say(credit_wanted(0, 2**40))
    rig.wait(100)
    assert rig.end is None
    rig.say(credit_wanted(2, 2**40))
    for number in range(100):
        rig.wait(1)
        rig.say(data(0, b"x", number) + data(2, b"x", number))
    assert rig.end is None


class SleepyPair(Pair):
    """Whose applications take events when there are some, and do nothing else, as asyncio's do."""

    def _take_events(self, end: End) -> None:
        if end.endpoint.events_waiting():
            super()._take_events(end)


def test_who_waits_for_memory_that_another_holds_is_not_blamed_and_gets_what_goes_back() -> None:
    pair = SleepyPair(1, up=Conditions(delay_us=5_000), config=TIGHT, clients=2)
    pair.connect()
    first, second = pair.clients
    first.send(0, bytes(30_000))
    first.send(2, bytes(30_000))
    assert pair.run_until(lambda: len(pair.server.data) == 2, limit_s=5)
    for _ in range(10):  # Less than half a window: this memory is free to go back, but not yet.
        first.send(0, bytes(1_000))
        first.send(2, bytes(1_000))
    pair.run_for(1)
    second.send(0, bytes(30_000))  # The budget has a part of what it needs.
    assert pair.run_until(lambda: len(pair.server.data) == 23, limit_s=61)
    assert not any(end.disconnected for end in pair.clients)


def test_when_two_hold_a_part_that_is_of_use_to_neither_one_of_them_must_go() -> None:
    tight = TIGHT.with_changes(
        max_reliable_message_bytes=65_000, channel_window_bytes=65_032, receive_budget_bytes=65_032
    )
    pair = SleepyPair(1, up=Conditions(delay_us=5_000), config=tight, clients=2)
    pair.connect()
    first, second = pair.clients
    first.send(0, bytes(40_000))
    assert pair.run_until(lambda: len(pair.server.data) == 1, limit_s=5)
    second.send(0, bytes(65_000))
    pair.run_for(1)
    first.send(0, bytes(65_000))
    assert pair.run_until(lambda: len(pair.server.data) == 2, limit_s=95)
    assert [end.code for end in (*first.disconnected, *second.disconnected)] == [CloseCode.RESOURCE_LIMIT]


def test_growth_that_nobody_uses_goes_back_as_messages_are_taken() -> None:
    pair = Pair(1, up=Conditions(delay_us=5_000))
    pair.connect()
    for _ in range(4):
        pair.client.send(0, bytes(400_000))
    assert pair.run_until(lambda: len(pair.server.data) == 4, limit_s=20)
    peer = next(peer for peer in pair.server.endpoint.slots if peer is not None)
    assert peer.channels[0].credit.grown > 0
    pair.run_for(100)  # Now it rests; small messages use up what was promised.
    for _ in range(4_000):
        pair.client.send(0, bytes(1_000))
        pair.run_for(0.01)
    assert peer.channels[0].credit.grown == 0
    assert pair.run_until(lambda: len(pair.server.data) == 4_004, limit_s=20)


def test_a_peer_that_waits_for_more_keeps_its_growth_however_slow_it_is() -> None:
    """It asks once; what is taken away meanwhile it would not ask for again, and wait for ever."""
    rig = bound(TIGHT)
    rig.say(credit_wanted(0, 200 * KIB))
    packets = []
    for number in range(40):  # Half a window of new credit is not there yet when the pause begins.
        packets += rig.say(data(0, bytes(1_000), number))
    packets += rig.wait(100)
    for number in range(40, 60):
        packets += rig.say(data(0, bytes(1_000), number))
    limits = [frame.body[1] for frame in frames_named(packets, "MAX_CREDIT")]
    assert limits[-1] == 60 * 1_032 + 64 * KIB


@pytest.mark.parametrize("channel", [0, 2])
def test_credit_that_is_ignored_closes(channel: int) -> None:
    rig = bound()
    for number in range(70):
        if rig.end is not None:
            break
        rig.endpoint.take_events()
        rig.say(data(channel, bytes(1_000), number + (1 if channel == 0 else 0)))
    assert rig.end is None or rig.end.code == CloseCode.CREDIT_EXCEEDED
    if channel == 0:
        assert rig.end is not None, "message 0 never came, so nothing was taken and no credit given back"


@pytest.mark.parametrize("channel", [0, 2])
def test_four_thousand_half_sent_messages_cost_no_more_than_the_window(channel: int) -> None:
    rig = bound()
    rig.say(credit_wanted(channel, 2**40))
    tracemalloc.start()
    for number in range(4_096):
        rig.say(piece(channel, number, 400, 0, bytes(32)))
        if rig.end is not None:
            break
    used, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    # 4,096 x (400 + 32) is within the window of 2 MiB; a Reassembly's own overhead is bounded by the 4,096 ids.
    assert used < 6 * 2**20, used
    assert rig.end is None
    rig.say(piece(channel, 4_096, 400, 0, bytes(32)))
    assert rig.end is not None
    assert rig.end.code == CloseCode.CREDIT_EXCEEDED


def test_a_storm_of_wishes_costs_nothing_and_ends_nothing() -> None:
    rig = bound()
    tracemalloc.start()
    for number in range(3_000):
        rig.say(credit_wanted(number % 2 * 2, number * 1_000_000))
    used, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert rig.end is None
    assert used < 2 * 2**20, "what the rig itself remembers"
    peer = next(peer for peer in rig.endpoint.slots if peer is not None)
    assert peer.channels[0].credit.window <= Config().channel_window_bytes


def test_a_wish_that_is_taken_back_and_made_again_is_kept_once() -> None:
    rig = bound(TIGHT)
    rig.say(credit_wanted(0, 2**40) + credit_wanted(2, 2**40))  # The budget is spent.
    peer = next(peer for peer in rig.endpoint.slots if peer is not None)
    before = sys.getrefcount(peer.channels[2])  # Each place in a list is one.
    for _ in range(50):
        rig.say((credit_wanted(2, 1) + credit_wanted(2, 2**40)) * 50)
    assert sys.getrefcount(peer.channels[2]) < before + 5


def test_the_wish_of_a_peer_that_left_is_forgotten_though_the_budget_stays_spent() -> None:
    pair = Pair(1, config=TIGHT, clients=2)
    pair.connect()
    first, second = pair.clients
    pair.server.polls = False
    for number in range(20):
        first.send(number % 2 * 2, bytes(30_000))
    pair.run_for(1)
    second.send(0, bytes(30_000))
    pair.run_for(1)
    channel = next(peer for peer in pair.server.endpoint.slots if peer is not None and peer.slot == 1).channels[0]
    assert channel.wish > 0
    second.disconnect(0, "", linger_ms=0)
    pair.run_for(5)
    assert sys.getrefcount(channel) == 2, "the variable and the question"


def test_padding_alone_is_heard_but_neither_answered_nor_kept() -> None:
    rig = bound()
    before = len(rig.sent_to)
    for _ in range(2_000):
        rig.say(bytes(100))
    assert len(rig.sent_to) == before
    assert rig.end is None


def test_the_budget_of_an_ended_peer_is_free_again_and_only_once() -> None:
    pair = Pair(1, config=TIGHT, clients=2)
    pair.connect()
    first, second = pair.clients
    server_peers = [peer for peer in pair.server.endpoint.slots if peer is not None]
    first.send(0, bytes(30_000))
    assert pair.run_until(lambda: len(pair.server.data) == 1, limit_s=10)
    assert server_peers[0].channels[0].credit.grown > 0
    first.disconnect(0, "")
    pair.run_for(5)
    second.send(0, bytes(30_000))
    second.send(2, bytes(30_000))
    assert pair.run_until(lambda: len(pair.server.data) == 3, limit_s=10)
    grown = sum(server_peers[1].channels[slot].credit.grown for slot in (0, 2))
    assert grown <= 64 * KIB
