"""The heap of deadlines against a dictionary and `min`."""

import random

import pytest
from fastnet.protocol.ticket import NEVER_NS
from fastnet.protocol.timers import TimerHeap


@pytest.mark.seeds(10)
def test_the_earliest_deadline_is_always_the_smallest_that_was_set(seed: int) -> None:
    prng, slots = random.Random(seed), 40
    heap, model = TimerHeap(slots), {}
    for step in range(3_000):
        slot = prng.randrange(slots)
        deadline_ns = NEVER_NS if prng.random() < 0.3 else prng.randrange(10**6)
        heap.move(slot, deadline_ns)
        if deadline_ns == NEVER_NS:
            model.pop(slot, None)
        else:
            model[slot] = deadline_ns
        earliest = min(model.values(), default=NEVER_NS)
        assert heap.next_ns() == earliest, (seed, step)
        assert model[heap.next_slot()] == earliest if model else heap.next_slot() == -1, (seed, step)
