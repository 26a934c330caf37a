"""The bad networks and the traffic of PROTOCOL.md's test matrix, and a short list with every pair of values in it."""

import itertools
import random
from dataclasses import dataclass
from typing import Any

from fastnet.testing import Conditions


@dataclass(frozen=True, slots=True)
class Traffic:
    """What one application sends: `messages` on each of `channels` at `rate_hz`, and `bulk_bytes` on channel 0."""

    rate_hz: int
    channels: tuple[int, ...] = (0, 1, 2, 3)
    messages: int = 30
    bulk_bytes: int = 0


SILENT = Traffic(60, (), 0)
TRAFFIC = {
    "20 Hz": Traffic(20),
    "60 Hz": Traffic(60),
    "128 Hz": Traffic(128),
    "bulk under 60 Hz": Traffic(60, bulk_bytes=200_000),
    "reliable only": Traffic(60, (0, 2), 60),
    "silent": SILENT,
}

DIMENSIONS: dict[str, tuple[Any, ...]] = {
    "loss": (0.0, 0.007, 0.03, 0.09, 0.27, 0.40, "bursts"),
    "delay_us": (100, 8_000, 35_000, 90_000, 260_000),
    "jitter_us": (0, 3_000, 18_000, 60_000),
    "reorder": ((0.0, 0), (0.01, 2_000), (0.06, 15_000), (0.22, 45_000)),
    "duplicate": (0.0, 0.03, 0.14),
    "flip": (0.0, 0.005),
    "rate": ((0, 30), (56_000, 30), (56_000, 250), (400_000, 30), (400_000, 250), (6_000_000, 30), (6_000_000, 250)),
    "blackout": (None, (700, None), (3_500, None), (8_000, None), (400, 6_000)),
    "traffic": tuple(TRAFFIC),
}
Combination = tuple[Any, ...]


def _pairs_of(combination: Combination) -> set[tuple[int, Any, int, Any]]:
    places = range(len(combination))
    return {(a, combination[a], b, combination[b]) for a, b in itertools.combinations(places, 2)}


def every_pair(prng: random.Random) -> list[Combination]:
    """Combinations in which every pair of values of two dimensions occurs at least once; greedy, so nearly minimal."""
    values = list(DIMENSIONS.values())
    missing = {
        (a, one, b, other)
        for (a, ones), (b, others) in itertools.combinations(enumerate(values), 2)
        for one in ones
        for other in others
    }
    chosen: list[Combination] = []
    while missing:
        candidates, wanted = [], sorted(missing, key=repr)
        for _ in range(40):
            a, one, b, other = prng.choice(wanted)
            candidate = [prng.choice(choices) for choices in values]
            candidate[a], candidate[b] = one, other
            candidates.append(tuple(candidate))
        best = max(candidates, key=lambda candidate: len(_pairs_of(candidate) & missing))
        missing -= _pairs_of(best)
        chosen.append(best)
    return chosen


COMBINATIONS = every_pair(random.Random(1))


def conditions_of(combination: Combination) -> Conditions:
    """The conditions of a combination, without its blackouts: those begin when there is something to black out."""
    loss, delay_us, jitter_us, (reorder, reorder_us), duplicate, flip, (rate, queue_ms), _, _ = combination
    return Conditions(
        loss=0.0 if loss == "bursts" else loss,
        burst_loss=0.03 if loss == "bursts" else 0.0,
        delay_us=delay_us,
        jitter_us=jitter_us,
        reorder=reorder,
        reorder_us=reorder_us,
        duplicate=duplicate,
        flip=flip,
        rate_bytes_per_s=rate,
        queue_ms=queue_ms,
    )


def blackouts_of(combination: Combination, start_ms: int) -> tuple[tuple[int, int], ...]:
    """The spans in which nothing passes, the first from `start_ms`."""
    if combination[7] is None:
        return ()
    length_ms, every_ms = combination[7]
    starts = [start_ms] if every_ms is None else range(start_ms, start_ms + 10 * every_ms, every_ms)
    return tuple((start, start + length_ms) for start in starts)


def traffic_of(combination: Combination) -> Traffic:
    """What is sent."""
    return TRAFFIC[combination[8]]
