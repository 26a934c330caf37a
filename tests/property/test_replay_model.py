"""The replay window against a set."""

import random

import pytest
from forms import Forms


class ObviousWindow:
    """A set and a maximum are too slow to ship and too simple to be wrong."""

    def __init__(self) -> None:
        self.seen: set[int] = set()
        self.highest = 0

    def is_fresh(self, number: int) -> bool:
        return number not in self.seen and number // 64 > self.highest // 64 - 32

    def mark(self, number: int) -> None:
        self.seen.add(number)
        self.highest = max(self.highest, number)


def near_the_edge(prng: random.Random, highest: int) -> int:
    """A number where mistakes live: about the newest, about the oldest, in between, or a jump ahead."""
    step = prng.choice(
        (prng.randint(-3, 3), prng.randint(-2_060, -1_970), prng.randint(-2_500, 0), prng.randint(0, 130))
    )
    if prng.random() < 0.002:
        step = prng.choice((2_047, 2_048, 2_049, 2**20, 2**40, 2**60))
    return max(0, min(highest + step, 2**64 - 1))


@pytest.mark.seeds(20)
def test_a_replay_window_agrees_with_an_obvious_model(both_forms: Forms, seed: int) -> None:
    prng, window, model = random.Random(seed), both_forms("replay").ReplayWindow(), ObviousWindow()
    for step in range(3_000):
        number = near_the_edge(prng, model.highest)
        assert window.is_fresh(number) == model.is_fresh(number), (seed, step, number)
        if model.is_fresh(number):
            window.mark(number)
            model.mark(number)
        assert window.highest == model.highest, (seed, step, number)
