"""Reassembly against a byte string: any cut, order, overlap and repeat."""

import random

import pytest
from fastnet.protocol.datagram import Datagram
from forms import Forms


class ObviousReassembly:
    """One byte or None for each place of the message."""

    def __init__(self, total: int) -> None:
        self.places: list[int | None] = [None] * total

    def add(self, start: int, content: bytes) -> int:
        added = 0
        for at, byte in enumerate(content, start):
            if self.places[at] is None:
                self.places[at] = byte
                added += 1
        return added


def a_piece(prng: random.Random, total: int) -> tuple[int, int]:
    """Unit and length of a legal piece."""
    units = -(-total // 32)
    unit = prng.randrange(units)
    longest = prng.choice((1, 2, 8, 9, 37, 300))
    last = min(units, unit + prng.randint(1, longest))
    length = min(total, 32 * last) - 32 * unit
    return (unit, length) if length < total else (0, 32)


@pytest.mark.seeds(25)
def test_reassembly_agrees_with_a_byte_string(both_forms: Forms, seed: int) -> None:
    prng = random.Random(seed)
    module = both_forms("reassembly")
    total = prng.choice((33, 63, 64, 65, 255, 256, 257, 511, 513, prng.randint(33, 3_000), prng.randint(33, 30_000)))
    parts, model, inbound = module.Reassembly(total), ObviousReassembly(total), Datagram(10_000)
    for step in range(20 * total):
        unit, length = a_piece(prng, total)
        assert module.pieces_valid(total, unit, length, total) == 0, (seed, step, unit, length)
        content = prng.randbytes(length)
        inbound.load(content)
        added = parts.add(inbound, unit, length)
        assert added == model.add(32 * unit, content), (seed, step, unit, length)
        assert inbound.at == length
        assert parts.held_bytes == total - model.places.count(None)
        assert parts.complete == (parts.held_bytes == total)
        if parts.complete:
            break
    assert parts.complete, seed
    assert parts.message() == bytes(byte for byte in model.places if byte is not None), seed
