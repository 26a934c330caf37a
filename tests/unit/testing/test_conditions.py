"""The impairments do what they are called, in the amount they are asked for."""

import random
from itertools import groupby

import pytest
from fastnet.testing import Conditions, Wire

COUNT = 20_000
MS = 1_000_000


def wire_of(seed: int = 1, **conditions: object) -> Wire:
    return Wire(Conditions(**conditions), random.Random(seed))  # type: ignore[arg-type]


def test_a_clean_wire_delivers_everything_once_after_its_delay() -> None:
    wire = wire_of(delay_us=250)
    assert all(wire.carry(b"x", now) == [(now + 250_000, b"x")] for now in range(0, 1_000_000, 1_000))
    assert wire.counts.gone == 0
    assert wire.counts.bytes_carried == wire.counts.offered == 1_000


@pytest.mark.parametrize("share", [0.0, 0.007, 0.09, 0.27, 1.0])
def test_loss_is_the_share_that_was_asked_for(share: float) -> None:
    wire = wire_of(loss=share)
    lost = sum(not wire.carry(b"x", 0) for _ in range(COUNT))
    assert lost == wire.counts.lost
    assert abs(lost / COUNT - share) < 0.02


def test_bursts_have_the_share_and_the_mean_length_that_were_asked_for() -> None:
    wire = wire_of(burst_loss=0.03, burst_packets=6.0)
    lost = [not wire.carry(b"x", 0) for _ in range(200_000)]
    bursts = [len(list(run)) for is_lost, run in groupby(lost) if is_lost]
    assert abs(sum(lost) / len(lost) - 0.03) < 0.006
    assert abs(sum(bursts) / len(bursts) - 6.0) < 0.7


def test_duplicates_arrive_twice_and_flips_change_one_bit() -> None:
    wire = wire_of(duplicate=0.14, flip=0.5)
    content, twice, flipped = bytes(50), 0, 0
    for _ in range(COUNT):
        arrivals = wire.carry(content, 0)
        twice += len(arrivals) == 2
        for _, arrived in arrivals:
            bits = int.from_bytes(arrived).bit_count()
            assert bits <= 1
            flipped += bits
    assert abs(twice / COUNT - 0.14) < 0.02
    assert flipped == wire.counts.flipped
    assert abs(flipped / (COUNT + twice) - 0.5) < 0.02


def test_jitter_stays_in_its_bounds_and_held_back_datagrams_are_overtaken() -> None:
    wire = wire_of(delay_us=8_000, jitter_us=3_000, reorder=0.06, reorder_us=15_000)
    delays_us = [wire.carry(b"x", 0)[0][0] / 1_000 for _ in range(COUNT)]
    held = [delay for delay in delays_us if delay >= 8_000 + 3_000]
    assert abs(len(held) / COUNT - 0.06) < 0.01
    assert all(8_000 <= delay < 11_000 or 23_000 <= delay < 26_000 for delay in delays_us)


def test_a_rate_spaces_datagrams_and_its_full_queue_drops_the_tail() -> None:
    wire = wire_of(delay_us=0, rate_bytes_per_s=100_000, queue_ms=30)
    arrivals = [wire.carry(bytes(1_000), 0) for _ in range(10)]
    times_ms = [entry[0][0] // MS for entry in arrivals if entry]
    assert times_ms == [10, 20, 30, 40]
    assert wire.counts.queue_full == 6
    assert wire.carry(bytes(1_000), 45 * MS)[0][0] == 55 * MS


def test_blackouts_and_small_paths_swallow_exactly_their_share() -> None:
    once = wire_of(delay_us=0, blackouts_ms=((700, 1_400),))
    assert [bool(once.carry(b"x", at * MS)) for at in (699, 700, 1_399, 1_400)] == [True, False, False, True]
    often = wire_of(delay_us=0, blackout_every_ms=6_000, blackout_ms=400)
    assert [bool(often.carry(b"x", at * MS)) for at in (0, 5_999, 6_000, 6_399, 6_400)] == [1, 1, 0, 0, 1]
    small = wire_of(mtu_bytes=1_232)
    assert [len(small.carry(bytes(size), 0)) for size in (1_232, 1_233)] == [1, 0]


def test_impossible_conditions_are_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"loss = 1\.5"):
        Conditions(loss=1.5)
    with pytest.raises(ValueError, match="burst_packets"):
        Conditions(burst_packets=0.5)
