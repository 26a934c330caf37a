"""The round-trip estimator against RFC 9002 s. 5 and numbers worked out by hand."""

import random

import pytest
from forms import Forms

MS = 1_000_000


def test_before_a_sample_the_guess_is_333_ms(both_forms: Forms) -> None:
    rtt = both_forms("rtt").RttEstimator()
    assert not rtt.has_sample
    assert (rtt.smoothed_ns, rtt.variation_ns) == (333 * MS, 333 * MS // 2)
    assert rtt.pto_ns(25 * MS) == 333 * MS + 4 * (333 * MS // 2) + 25 * MS


@pytest.mark.parametrize(
    ("first_ns", "smoothed_ns"), [(0, MS), (MS, MS), (40 * MS, 40 * MS), (1_000 * MS, 1_000 * MS), (2**63, 1_000 * MS)]
)
def test_the_seed_is_clamped_and_is_no_sample(both_forms: Forms, first_ns: int, smoothed_ns: int) -> None:
    rtt = both_forms("rtt").RttEstimator()
    rtt.seed(first_ns)
    assert (rtt.smoothed_ns, rtt.variation_ns, rtt.has_sample) == (smoothed_ns, smoothed_ns // 2, False)


def test_the_first_sample_replaces_the_seed_and_ignores_the_ack_delay(both_forms: Forms) -> None:
    rtt = both_forms("rtt").RttEstimator()
    rtt.update(40 * MS, 25 * MS)
    assert rtt.has_sample
    assert (rtt.smoothed_ns, rtt.variation_ns, rtt.latest_ns, rtt.min_ns) == (40 * MS, 20 * MS, 40 * MS, 40 * MS)


def test_a_second_sample_moves_the_average_by_an_eighth(both_forms: Forms) -> None:
    rtt = both_forms("rtt").RttEstimator()
    rtt.update(40 * MS, 0)
    rtt.update(64 * MS, 8 * MS)
    assert rtt.variation_ns == (3 * 20 * MS + 16 * MS) // 4
    assert rtt.smoothed_ns == (7 * 40 * MS + 56 * MS) // 8
    assert (rtt.latest_ns, rtt.min_ns) == (64 * MS, 40 * MS)


@pytest.mark.parametrize(("delay_ms", "adjusted_ms"), [(9, 41), (10, 40), (11, 50), (2**40, 50)])
def test_an_ack_delay_that_undercuts_the_minimum_is_not_believed(
    both_forms: Forms, delay_ms: int, adjusted_ms: int
) -> None:
    rtt = both_forms("rtt").RttEstimator()
    rtt.update(40 * MS, 0)
    rtt.update(50 * MS, delay_ms * MS)
    assert rtt.smoothed_ns == (7 * 40 * MS + adjusted_ms * MS) // 8


def test_probe_and_loss_times_never_fall_below_a_millisecond(both_forms: Forms) -> None:
    rtt = both_forms("rtt").RttEstimator()
    for _ in range(50):
        rtt.update(8_000, 0)
    assert rtt.pto_ns(0) == 8_000 + MS
    assert rtt.loss_delay_ns() == MS


def test_the_loss_delay_is_nine_eighths_of_the_longer_of_average_and_latest(both_forms: Forms) -> None:
    rtt = both_forms("rtt").RttEstimator()
    rtt.update(80 * MS, 0)
    rtt.update(40 * MS, 0)
    assert rtt.loss_delay_ns() == rtt.smoothed_ns * 9 // 8
    rtt.update(160 * MS, 0)
    assert rtt.loss_delay_ns() == 180 * MS


def test_jitter_is_the_smoothed_difference_of_neighbours(both_forms: Forms) -> None:
    rtt = both_forms("rtt").RttEstimator()
    rtt.update(40 * MS, 0)
    assert rtt.jitter_ns == 0
    rtt.update(56 * MS, 0)
    assert rtt.jitter_ns == MS
    for step in range(400):
        rtt.update((40 if step % 2 else 56) * MS, 0)
    assert 15 * MS < rtt.jitter_ns <= 16 * MS


def test_a_new_path_forgets_the_old_one(both_forms: Forms) -> None:
    rtt = both_forms("rtt").RttEstimator()
    rtt.update(40 * MS, 0)
    rtt.update(45 * MS, 0)
    rtt.reset(70 * MS)
    assert not rtt.has_sample
    assert (rtt.smoothed_ns, rtt.latest_ns, rtt.min_ns, rtt.jitter_ns) == (70 * MS, 0, 0, 0)
    rtt.update(90 * MS, 0)
    assert (rtt.smoothed_ns, rtt.min_ns) == (90 * MS, 90 * MS)


class ObviousRtt:
    """RFC 9002 A.7 in fractions of a nanosecond."""

    def __init__(self, first: int) -> None:
        self.smoothed, self.variation, self.minimum = float(first), first / 2, first

    def update(self, latest: int, delay: int) -> None:
        self.minimum = min(self.minimum, latest)
        adjusted = latest - delay if latest >= self.minimum + delay else latest
        self.variation = 0.75 * self.variation + 0.25 * abs(self.smoothed - adjusted)
        self.smoothed = 0.875 * self.smoothed + 0.125 * adjusted


@pytest.mark.seeds(10)
def test_the_estimator_agrees_with_the_rfc_in_real_numbers(both_forms: Forms, seed: int) -> None:
    prng = random.Random(seed)
    first = prng.randint(1, 10**9)
    rtt, model = both_forms("rtt").RttEstimator(), ObviousRtt(first)
    rtt.update(first, 0)
    for step in range(500):
        latest, delay = prng.randint(0, prng.choice((10**5, 10**9, 10**11))), prng.randint(0, 10**8)
        rtt.update(latest, delay)
        model.update(latest, delay)
        assert rtt.min_ns == model.minimum, (seed, step)
        assert abs(rtt.smoothed_ns - model.smoothed) <= 16, (seed, step)
        assert abs(rtt.variation_ns - model.variation) <= 32, (seed, step)
