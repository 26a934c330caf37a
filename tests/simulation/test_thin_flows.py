"""A game's thin flow over paths that lose: what repeats gain, what they cost at most, and when they stop (s. 7)."""

from functools import partial

import pytest
from fastnet.protocol.events import Data, Event
from fastnet.testing import Conditions
from fastnet.testing.pair import End, Pair
from thin import MS, Told, echo, echoes, repeated_by

SEEDS = range(8)


@pytest.mark.parametrize(
    ("percent", "one_way_ms", "p50", "p99"),
    [(1, 25, 50, 95), (2, 25, 50, 100), (5, 25, 50, 105), (1, 100, 200, 415), (2, 100, 200, 430), (5, 100, 200, 560)],
)
def test_the_tail_of_reliable_round_trips(percent: int, one_way_ms: int, p50: float, p99: float) -> None:
    """200 a second, 1,000 for each seed. Without repeats p99 is 106, 138, 196 at 25 ms and 580, 680, 915 at 100 ms."""
    told = echoes(SEEDS, Conditions(loss=percent / 100, delay_us=one_way_ms * 1_000))
    assert len(told.taken_ms) == told.messages, "every message arrives"
    assert told.quantile(0.5) <= p50 + 1, told.quantile(0.5)
    assert told.quantile(0.99) <= p99, told.quantile(0.99)


def test_losses_in_bursts_shorter_than_what_is_repeated_cost_less_than_a_round_trip() -> None:
    told = echoes(SEEDS, Conditions(burst_loss=0.02, burst_packets=1.5, delay_us=25_000))
    assert len(told.taken_ms) == told.messages
    assert told.quantile(0.95) <= 50 + 40, told.quantile(0.95)


@pytest.fixture(scope="module")
def clean() -> Told:
    """What the flow costs on a path that loses nothing."""
    return echo(1, Conditions(delay_us=25_000))


def test_a_path_that_loses_nothing_repeats_nothing(clean: Told) -> None:
    assert clean.repeated == 0
    assert clean.datagrams <= 2.05 * clean.messages


@pytest.mark.parametrize("percent", [1, 5, 20])
def test_repeats_are_two_for_each_message_at_most_and_cost_no_datagram(clean: Told, percent: int) -> None:
    told = echoes(SEEDS, Conditions(loss=percent / 100, delay_us=25_000))
    sent = 2 * told.messages  # There and back.
    assert 0 < told.repeated <= 2 * sent
    assert told.bytes_carried / told.messages <= 2.6 * clean.bytes_carried / clean.messages
    assert told.datagrams / told.messages <= 1.05 * clean.datagrams / clean.messages


def test_large_messages_are_not_repeated() -> None:
    assert echo(1, Conditions(loss=0.05, delay_us=25_000), size=257).repeated == 0


def test_what_fills_datagrams_is_not_repeated() -> None:
    """Bulk in small messages: no datagram has room left but the last of each turn."""
    pair = Pair(1, up=Conditions(loss=0.02, delay_us=25_000))
    pair.connect()
    sent = 20_000
    for number in range(sent // 200):
        pair.after(0.01 * number, partial(send_many, pair.client, 200))
    pair.run_until(lambda: pair.server.arrived[0] == sent, 60)
    assert pair.server.arrived[0] == sent
    assert repeated_by(pair.client) < 0.1 * sent


def send_many(end: End, count: int) -> None:
    for _ in range(count):
        end.send(0, bytes(64))


def test_when_losses_end_repeats_end() -> None:
    pair = Pair(1, up=Conditions(loss=0.05, delay_us=25_000))
    pair.connect()
    for number in range(400):
        pair.after(number / 200, lambda: pair.client.send(0, bytes(64)))
    pair.run_for(2)
    assert repeated_by(pair.client) > 100
    pair.network.find_wire(pair.client.address, pair.server.address).conditions = Conditions(delay_us=25_000)
    for number in range(2_000):
        pair.after(number / 200, lambda: pair.client.send(0, bytes(64)))
    pair.run_for(8)
    before = repeated_by(pair.client)
    pair.run_for(2)
    assert repeated_by(pair.client) == before


def test_rare_commands_ride_again_on_the_positions_that_follow() -> None:
    """60 positions a second and 4 commands a second at 5 %: a lost command comes with the next position."""
    pair = Pair(1, up=Conditions(loss=0.05, delay_us=50_000))
    pair.connect()
    taken: list[float] = []

    def hear(event: Event) -> None:
        if isinstance(event, Data) and event.channel == 0:
            taken.append((pair.now_ns - int.from_bytes(event.data[:8])) / MS)

    pair.server.on_event = hear
    for number in range(60 * 120):
        pair.after(number / 60, lambda: pair.client.send(3, bytes(40)))
        if number % 15 == 0:
            pair.after(number / 60 + 0.001, lambda: pair.client.send(0, pair.now_ns.to_bytes(8)))
    pair.run_for(125)
    taken.sort()
    assert len(taken) == 480
    assert taken[len(taken) * 98 // 100] <= 50 + 2 * 17, taken[len(taken) * 98 // 100]


def test_a_path_that_only_reorders_soon_repeats_nothing() -> None:
    pair = Pair(1, up=Conditions(reorder=0.05, reorder_us=30_000, delay_us=25_000))
    pair.connect()
    for number in range(4_000):
        pair.after(number / 200, lambda: pair.client.send(0, bytes(64)))
    pair.run_for(10)
    peer = pair.client.endpoint.slots[0]
    assert peer is not None
    assert peer.recovery.spurious > 0
    before = repeated_by(pair.client)
    pair.run_for(11)
    assert repeated_by(pair.client) == before
    assert before < 400, "of 2,000"


def test_jitter_does_not_stop_repeats() -> None:
    link = Conditions(loss=0.02, delay_us=25_000, jitter_us=20_000)
    assert echoes(range(4), link).repeated >= 4_000
