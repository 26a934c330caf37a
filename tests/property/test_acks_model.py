"""The ack tracker against a set of numbers."""

import random

import pytest
from fastnet.protocol.datagram import Datagram
from fastnet.protocol.ticket import NEVER_NS
from forms import Forms
from frames_by_hand import read_ack

RELIABLE_NS = 5_000
UNRELIABLE_NS = 25_000
Run = tuple[int, int]


class ObviousAcks:
    """A set of numbers, cut into runs anew whenever somebody asks."""

    def __init__(self) -> None:
        self.numbers: set[int] = set()
        self.largest = -1
        self.waiting: list[tuple[int, bool, bool]] = []  # When, prompt, out of order.

    def receive(self, number: int, eliciting: bool, prompt: bool, now_ns: int) -> None:
        if eliciting:
            self.waiting.append((now_ns, prompt, self.largest >= 0 and number != self.largest + 1))
        self.numbers.add(number)
        self.largest = max(self.largest, number)
        self.numbers = {number for low, high in self.runs()[:33] for number in range(low, high + 1)}

    def prune(self, largest: int) -> None:
        self.numbers = {number for number in self.numbers if number >= largest}

    def runs(self) -> list[Run]:
        runs: list[Run] = []
        for number in sorted(self.numbers, reverse=True):
            if runs and runs[-1][0] == number + 1:
                runs[-1] = (number, runs[-1][1])
            else:
                runs.append((number, number))
        return runs

    def immediate(self) -> bool:
        prompt = sum(prompt for _, prompt, _ in self.waiting)
        return prompt >= 2 or len(self.waiting) >= 8 or any(odd for _, _, odd in self.waiting)

    def deadline_ns(self) -> int:
        return min(
            (now + (RELIABLE_NS if prompt else UNRELIABLE_NS) for now, prompt, _ in self.waiting), default=NEVER_NS
        )


def a_new_number(prng: random.Random, model: ObviousAcks, seen: set[int]) -> int:
    """In order mostly, sometimes late or ahead, never a second time."""
    top = model.largest
    number = top + 1 if prng.random() < 0.7 else top + prng.randint(-120, 4)
    while number < 0 or number in seen:
        number += prng.randint(1, 3)
    return number


@pytest.mark.seeds(15)
def test_the_ack_tracker_agrees_with_an_obvious_model(both_forms: Forms, seed: int) -> None:
    prng, model, seen = random.Random(seed), ObviousAcks(), set[int]()
    acks = both_forms("acks").AckTracker(RELIABLE_NS, UNRELIABLE_NS)
    out = Datagram(1_200)
    said: list[int] = []
    for step in range(800):
        now_ns = step * 1_000
        number = a_new_number(prng, model, seen)
        eliciting, prompt = prng.random() < 0.7, prng.random() < 0.3
        seen.add(number)
        model.receive(number, eliciting, prompt, now_ns)
        acks.on_received(number, eliciting, prompt, now_ns)
        where = (seed, step, number)
        assert acks.largest == model.largest, where
        assert acks.pending == bool(model.waiting), where
        assert acks.immediate == model.immediate(), where
        if not acks.immediate:
            assert acks.deadline_ns == model.deadline_ns(), where
        if prng.random() < 0.2:
            out.rewind()
            room = prng.choice((1_000, 1_000, prng.randint(0, 40)))
            size = acks.write(out, room, now_ns)
            out.size = out.at
            assert out.size == size <= room, where
            if size:
                runs = read_ack(out.content())[1]
                assert runs == model.runs()[: len(runs)], where
                assert room < 1_000 or len(runs) == len(model.runs()), where
                model.waiting.clear()
                said.append(model.largest)
        if said and prng.random() < 0.1:
            heard = prng.choice(said)
            acks.on_ack_of_ack(heard)
            model.prune(heard)
