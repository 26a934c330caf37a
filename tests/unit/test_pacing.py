"""The pacer against an exact token bucket in fractions."""

import random
from fractions import Fraction

import pytest
from forms import Forms

DEPTH = 12_000
MS = 1_000_000


def test_within_the_depth_nothing_waits_and_beyond_it_the_rate_rules(both_forms: Forms) -> None:
    pacer = both_forms("pacing").Pacer(DEPTH)
    for _ in range(10):
        assert pacer.may_send(1_200, 5 * MS, 12_000, 100 * MS)
        pacer.on_sent(1_200)
    assert not pacer.may_send(1_200, 5 * MS, 12_000, 100 * MS)
    # 15,000 bytes in 100 ms: 1,200 take 8 ms.
    assert pacer.ready_ns(1_200, 5 * MS, 12_000, 100 * MS) == 13 * MS
    assert not pacer.may_send(1_200, 13 * MS - 1, 12_000, 100 * MS)
    assert pacer.may_send(1_200, 13 * MS, 12_000, 100 * MS)


def test_the_depth_is_two_milliseconds_of_a_fast_rate(both_forms: Forms) -> None:
    pacer = both_forms("pacing").Pacer(DEPTH)
    window, round_ns = 16 * 2**20, 10 * MS
    pacer.on_sent(1)
    now, count = MS, 0
    while pacer.may_send(1_000, now, window, round_ns) and count < 10_000:
        pacer.on_sent(1_000)
        count += 1
    assert count == window * 5 // 4 // 5 // 1_000  # 2 of 10 ms.


def test_a_packet_deeper_than_the_bucket_goes_when_it_is_full(both_forms: Forms) -> None:
    pacer = both_forms("pacing").Pacer(DEPTH)
    assert pacer.may_send(60_000, 0, 12_000, 100 * MS)
    pacer.on_sent(60_000)
    assert not pacer.may_send(1, 0, 12_000, 100 * MS)
    assert pacer.ready_ns(60_000, 0, 12_000, 100 * MS) == 400 * MS  # The debt is paid first.
    assert pacer.may_send(60_000, 400 * MS, 12_000, 100 * MS)


def test_packets_that_did_not_ask_leave_a_bounded_debt(both_forms: Forms) -> None:
    pacer = both_forms("pacing").Pacer(DEPTH)
    for _ in range(1_000):
        pacer.on_sent(1_200)
    assert pacer.ready_ns(1_200, 0, 12_000, 100 * MS) == 16 * MS


def test_a_caller_that_asks_every_nanosecond_loses_nothing_to_rounding(both_forms: Forms) -> None:
    pacer = both_forms("pacing").Pacer(DEPTH)
    pacer.on_sent(DEPTH)
    window, round_ns = 4_000, 5_000  # One byte a nanosecond.
    round_ns *= 700  # Now one in 700.
    now = 0
    while not pacer.may_send(10, now, window, round_ns):
        now += 1
        assert now <= 7_000
    assert now == 7_000


@pytest.mark.parametrize("now_ns", [2**32, 2**45, 2**63])
@pytest.mark.parametrize(
    ("window", "round_ns"), [(2**31 - 1, 1), (2**31 - 1, 2**36), (2_400, 1), (2_400, 2**40), (1, 0)]
)
def test_hours_of_silence_and_extreme_rates_do_not_overflow(
    both_forms: Forms, now_ns: int, window: int, round_ns: int
) -> None:
    pacer = both_forms("pacing").Pacer(DEPTH)
    for _ in range(3):
        pacer.on_sent(1_200)
    assert pacer.may_send(DEPTH, now_ns, window, round_ns)
    pacer.on_sent(DEPTH)
    assert now_ns <= pacer.ready_ns(1_200, now_ns, window, round_ns) <= now_ns + 2**32


def test_a_clock_that_stands_or_goes_back_gains_nothing(both_forms: Forms) -> None:
    pacer = both_forms("pacing").Pacer(DEPTH)
    pacer.reset(50 * MS)
    pacer.on_sent(DEPTH)
    for now in (50 * MS, 49 * MS, 0):
        assert not pacer.may_send(1, now, 12_000, 100 * MS)
    assert pacer.ready_ns(1_200, 50 * MS, 12_000, 100 * MS) == 58 * MS


def test_reset_fills_the_bucket(both_forms: Forms) -> None:
    pacer = both_forms("pacing").Pacer(DEPTH)
    pacer.on_sent(DEPTH)
    assert not pacer.may_send(1_200, 0, 12_000, 100 * MS)
    pacer.reset(0)
    assert pacer.may_send(DEPTH, 0, 12_000, 100 * MS)


@pytest.mark.seeds(15)
def test_no_span_of_time_carries_more_than_rate_and_one_and_a_half_buckets(both_forms: Forms, seed: int) -> None:
    """An exact bucket of one and a half depths never owes more than the packet that just left."""
    prng, pacer = random.Random(seed), both_forms("pacing").Pacer(DEPTH)
    window, round_ns = prng.randint(2_400, 2**24), prng.randint(50_000, 10**9)
    rate = Fraction(5 * window, 4 * round_ns)
    depth = max(Fraction(DEPTH), 2 * MS * rate)
    level, filled_ns, now = depth * 3 / 2, 0, 0
    for step in range(1_500):
        size = prng.randint(30, 1_472)
        # Mostly ask without `ready_ns`, which refills: the lazy path is the one that could overdraw.
        if not pacer.may_send(size, now, window, round_ns) or prng.random() < 0.1:
            ready_ns = pacer.ready_ns(size, now, window, round_ns)
            assert pacer.may_send(size, now, window, round_ns) == (ready_ns == now), (seed, step)
        else:
            ready_ns = now
        if ready_ns > now:
            assert not pacer.may_send(size, ready_ns - 1, window, round_ns), (seed, step)
            now = ready_ns
        assert pacer.may_send(size, now, window, round_ns), (seed, step)
        pacer.on_sent(size)
        level = min(level + (now - filled_ns) * rate, depth * 3 / 2) - size
        filled_ns = now
        assert level >= -size, (seed, step)
        if prng.random() < 0.1:
            now += prng.randint(0, prng.choice((1_000, MS, 3 * MS, 10**9)))


@pytest.mark.seeds(10)
def test_a_sender_that_is_always_ready_gets_the_whole_rate(both_forms: Forms, seed: int) -> None:
    prng, pacer = random.Random(seed), both_forms("pacing").Pacer(DEPTH)
    window, round_ns = prng.randint(2_400, 2**24), prng.randint(50_000, 10**9)
    pacer.on_sent(DEPTH)
    now, sent = 0, 0
    for _ in range(2_000):
        now = pacer.ready_ns(1_200, now, window, round_ns)
        assert pacer.may_send(1_200, now, window, round_ns), seed
        pacer.on_sent(1_200)
        sent += 1_200
    depth = max(DEPTH, 2 * MS * 5 * window // (4 * round_ns))
    assert abs(sent - now * 5 * window / (4 * round_ns)) <= depth, seed
