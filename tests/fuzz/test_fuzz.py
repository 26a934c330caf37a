"""A short, seeded run of every fuzz target over the kept corpus; `make fuzz` runs them for long."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from engine import CORPUS, Fuzzer, corpus_of
from run import TARGETS, target_of

RUNS = {
    "handshake": 2_000,
    "token": 4_000,
    "header": 300,
    "frames": 300,
    "reassembly": 2_000,
    "channels": 60,
    "connection": 60,
}


@pytest.mark.parametrize("name", TARGETS)
@pytest.mark.seeds(1)
def test_no_input_breaks_a_promise(name: str, seed: int) -> None:
    """Every input of the corpus, each a behaviour of its own, and as many mutations of them as a second allows."""
    target = target_of(name)
    fuzzer = Fuzzer(target.run, target.seeds() + corpus_of(name), seed)
    fuzzer.fuzz(runs=RUNS[name])
    assert fuzzer.behaviours > 1


def test_the_fuzzer_finds_a_planted_fault() -> None:
    """A fuzzer that finds nothing must be one that could."""

    def run(data: bytes) -> int:
        depth = next((at for at, byte in enumerate(b"\xc0\x01\xff") if data[at : at + 1] != bytes([byte])), 3)
        if depth == 3:
            raise ValueError("found")
        return depth

    with pytest.raises(Exception, match="found"):
        Fuzzer(run, [bytes(3)], 1).fuzz(runs=20_000)


def test_the_corpus_stays_small() -> None:
    """It travels with every clone."""
    assert sum(path.stat().st_size for path in CORPUS.rglob("*")) < 200_000
