"""How well the promises are kept: latency under loss, use of the link, fairness, age (PROTOCOL.md s. 14)."""

from functools import partial

import pytest
from fastnet.protocol.errors import WouldBlockError
from fastnet.protocol.events import Data, Event
from fastnet.testing import Conditions
from fastnet.testing.pair import End, Pair

MS = 1_000_000


def delays_ms(pair: Pair, channel: int, *, rate_hz: int, seconds: int, size: int = 60) -> list[float]:
    """How long each message of a steady stream from the client takes, sorted."""
    taken: list[float] = []

    def hear(event: Event) -> None:
        if isinstance(event, Data) and event.channel == channel:
            taken.append((pair.now_ns - int.from_bytes(event.data[:8])) / MS)

    def speak() -> None:
        pair.client.send(channel, pair.now_ns.to_bytes(8) + bytes(size - 8))

    pair.server.on_event = hear
    for number in range(rate_hz * seconds):
        pair.after(number / rate_hz, speak)
    pair.run_for(seconds + 3)
    return sorted(taken)


@pytest.mark.parametrize("channel", [0, 2])
def test_at_3_percent_loss_and_60_hz_reliable_p99_is_within_two_and_a_half_round_trips(channel: int) -> None:
    pair = Pair(1, up=Conditions(loss=0.03, delay_us=35_000))
    pair.connect()
    taken = delays_ms(pair, channel, rate_hz=60, seconds=60)
    assert len(taken) == 3_600
    assert taken[len(taken) * 99 // 100] <= 2.5 * 70, taken[len(taken) * 99 // 100]


@pytest.mark.parametrize("channel", [1, 3])
def test_unreliable_latency_is_the_link_and_nothing_else(channel: int) -> None:
    pair = Pair(1, up=Conditions(loss=0.03, delay_us=35_000))
    pair.connect()
    taken = delays_ms(pair, channel, rate_hz=60, seconds=20)
    assert taken[-1] <= 35 + 1, taken[-1]


def keep_full(pair: Pair, end: End, size: int = 50_000) -> None:
    """Bulk: the queue of channel 0 never runs empty."""
    try:
        while True:
            end.send(0, bytes(size))
    except WouldBlockError:
        pair.after(0.02, partial(keep_full, pair, end, size))


@pytest.mark.parametrize(("rate", "queue_ms"), [(400_000, 30), (400_000, 250), (6_000_000, 30), (6_000_000, 250)])
def test_bulk_fills_four_fifths_of_the_link(rate: int, queue_ms: int) -> None:
    narrow = Conditions(delay_us=10_000, rate_bytes_per_s=rate, queue_ms=queue_ms)
    pair = Pair(1, up=narrow, down=Conditions(delay_us=10_000))
    pair.connect()
    keep_full(pair, pair.client)
    pair.run_for(3)
    before, seconds = pair.server.arrived[0], 10
    pair.run_for(seconds)
    filled = (pair.server.arrived[0] - before) * 50_000 / seconds
    assert filled >= 0.8 * rate, f"{filled / rate:.0%} of {rate:,} bytes/s"


def test_two_flows_share_one_bottleneck() -> None:
    pair = Pair(1, up=Conditions(delay_us=10_000), clients=2)
    pair.connect()
    bottleneck = pair.network.wire(Conditions(delay_us=10_000, rate_bytes_per_s=1_000_000, queue_ms=60))
    for client in pair.clients:
        pair.network.route(client.address, pair.server.address, bottleneck)
        keep_full(pair, client, 10_000)
    peer_ids = pair.server.connected
    pair.run_for(5)
    pair.server.events.clear()
    pair.run_for(30)
    first, second = (len(pair.server.messages(0, peer_id)) for peer_id in peer_ids)
    assert 0.7 <= first / second <= 1.4, (first, second)


def test_on_a_slow_link_what_is_sequenced_is_never_older_than_the_queue_and_two_round_trips() -> None:
    pair = Pair(
        1, up=Conditions(delay_us=35_000, rate_bytes_per_s=56_000, queue_ms=250), down=Conditions(delay_us=35_000)
    )
    pair.connect()
    taken = delays_ms(pair, 3, rate_hz=60, seconds=20, size=1_000)
    assert len(taken) >= 20 * 30, "at least thirty a second get through"
    assert taken[-1] <= 250 + 2 * 70 + 20, taken[-1]


def test_a_quiet_channel_waits_for_no_bulk() -> None:
    narrow = Conditions(delay_us=10_000, rate_bytes_per_s=400_000, queue_ms=30)
    pair = Pair(1, up=narrow, down=Conditions(delay_us=10_000))
    pair.connect()
    keep_full(pair, pair.client)
    taken = delays_ms(pair, 2, rate_hz=60, seconds=10)
    assert len(taken) == 600
    assert taken[len(taken) // 2] <= 10 + 30 + 20, taken[len(taken) // 2]
