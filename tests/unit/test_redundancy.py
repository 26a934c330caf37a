"""When small messages are repeated: the share of losses, the queue on the path, and the rests."""

import random
from typing import Any

import pytest
from forms import Forms

MS = 1_000_000
S = 1_000 * MS
ONE = 1 << 24


def redundancy(forms: Forms, packets: str = "x") -> Any:
    """`x` is a packet lost, `.` one that arrived."""
    made = forms("redundancy").Redundancy()
    for packet in packets:
        if packet == "x":
            made.on_lost()
        else:
            made.on_acked()
    return made


def test_one_loss_asks_for_one_repeat_and_is_forgotten_after_some_500_packets(both_forms: Forms) -> None:
    made = redundancy(both_forms)
    assert made.share == ONE >> 8
    assert made.repeats(0, 0) == 1
    arrived = 1
    while made.on_acked():
        arrived += 1
    assert 500 <= arrived <= 550


@pytest.mark.parametrize(("loss", "repeats"), [(0.01, 1), (0.03, 2), (0.3, 2)])
def test_the_share_finds_the_loss_of_the_path(both_forms: Forms, loss: float, repeats: int) -> None:
    prng = random.Random(7)
    made = redundancy(both_forms)
    shares, asked = [], []
    for number in range(20_000):
        if prng.random() < loss:
            made.on_lost()
        else:
            made.on_acked()
        if number >= 1_000:
            shares.append(made.share)
            asked.append(made.repeats(0, 0))
    assert 0.9 * loss < sum(shares) / len(shares) / ONE < 1.1 * loss
    assert sorted(asked)[len(asked) // 2] == repeats


def test_all_lost_does_not_overflow(both_forms: Forms) -> None:
    assert ONE - (1 << 8) <= redundancy(both_forms, "x" * 10_000).share <= ONE


def test_what_was_only_late_counts_no_more(both_forms: Forms) -> None:
    made = redundancy(both_forms)
    made.on_spurious()
    assert made.share == 0
    made.on_spurious()
    assert made.share == 0
    assert not made.on_acked()


def watched(forms: Forms, samples_ms: list[float]) -> list[bool]:
    """Whether a queue stands after each of these round trips, one every 5 ms, on a path of 50 ms."""
    made = redundancy(forms)
    found = []
    for number, sample_ms in enumerate(samples_ms, start=1):
        made.watch(int(sample_ms * MS), 50 * MS, number * 5 * MS)
        found.append(made.queue_stands(50 * MS))
    return found


def test_a_queue_stands_when_even_the_quickest_answer_of_a_round_trip_is_late(both_forms: Forms) -> None:
    assert not any(watched(both_forms, [50.0] * 40))
    filling = watched(both_forms, [50.0] * 20 + [75.0] * 60)
    assert not any(filling[:30]), "one round trip at least has to pass"
    assert all(filling[-30:])
    assert not watched(both_forms, [50.0] * 20 + [75.0] * 60 + [52.0])[-1], "the first quick answer ends it"


def test_jitter_is_no_queue(both_forms: Forms) -> None:
    prng = random.Random(3)
    jittery = [50 + 20 * prng.random() + 20 * prng.random() for _ in range(1_000)]
    assert sum(watched(both_forms, jittery)) < 200, "of 1,000"


def test_an_old_quick_answer_says_nothing_about_now(both_forms: Forms) -> None:
    made = redundancy(both_forms)
    made.watch(50 * MS, 50 * MS, S)
    made.watch(90 * MS, 50 * MS, 9 * S)
    assert made.queue_stands(50 * MS)


def test_rests_double_while_the_queue_comes_back_and_begin_anew_after_a_long_calm(both_forms: Forms) -> None:
    made = redundancy(both_forms)
    now_ns = 0
    for rest_s in (1, 2, 4, 8, 16, 32, 64, 64):
        made.watch(90 * MS, 50 * MS, now_ns)
        made.watch(90 * MS, 50 * MS, now_ns + 60 * MS)
        now_ns += 60 * MS
        assert made.repeats(50 * MS, now_ns) == 0
        made.watch(50 * MS, 50 * MS, now_ns + S // 2)
        assert made.repeats(50 * MS, now_ns + rest_s * S - 1) == 0, rest_s
        now_ns += rest_s * S
        assert [made.repeats(50 * MS, now_ns) for _ in range(16)] == [0] * 15 + [1], rest_s
    now_ns += 641 * S
    made.watch(90 * MS, 50 * MS, now_ns)
    assert made.repeats(50 * MS, now_ns) == 0
    made.watch(50 * MS, 50 * MS, now_ns + S // 2)
    assert made.rationed()
    assert any(made.repeats(50 * MS, now_ns + S) for _ in range(16))


@pytest.mark.parametrize(("quickest_ms", "counts"), [(54, [1, 2, 4, 8, 16, 16, 16]), (56, [1] * 7)])
def test_after_a_rest_repeats_double_each_two_round_trips_while_the_path_is_clear(
    both_forms: Forms, quickest_ms: int, counts: list[int]
) -> None:
    made = redundancy(both_forms)
    made.watch(90 * MS, 50 * MS, 0)
    made.watch(90 * MS, 50 * MS, 60 * MS)
    assert made.repeats(50 * MS, 60 * MS) == 0
    now_ns = 60 * MS + S
    found = []
    for _ in counts:
        for step in range(2):
            made.watch(quickest_ms * MS, 50 * MS, now_ns + step * 50 * MS)
        found.append(sum(made.repeats(50 * MS, now_ns + 50 * MS) for _ in range(16)))
        now_ns += 100 * MS
    assert found == counts
