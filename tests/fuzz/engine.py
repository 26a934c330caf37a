"""A small fuzzer: it mutates a corpus, and keeps an input when it shows a behaviour or an edge of code not seen before.

The same seed and count of runs give the same inputs. In the build `FASTNET_BUILD=fuzz`, with coverage.so preloaded, the
edges are those of the compiled code; in any build a target's own answer (states, codes, sizes) tells behaviours apart.
"""

import ctypes
import random
import time
from collections.abc import Callable, Hashable
from pathlib import Path

CORPUS = Path(__file__).parent / "corpus"
SIZE_MAX = 4_096
_INTERESTING = (0, 1, 0x3F, 0x40, 0x7F, 0x80, 0xBF, 0xC0, 0xFF)
_MAP_BYTES = 1 << 16
# AFL's classes of counts: 1, 2, 3, 4.., 8.., 16.., 32.., 128..
_CLASS = bytes([0, 1, 2, 4] + [8] * 4 + [16] * 8 + [32] * 16 + [64] * 96 + [128] * 128)


class CrashError(Exception):
    """An input that broke a promise; `content` is that input."""

    def __init__(self, content: bytes, error: BaseException) -> None:
        super().__init__(f"{type(error).__name__}: {error}")
        self.content = content


def corpus_of(target: str) -> list[bytes]:
    """The kept inputs of one target, in a fixed order."""
    return [path.read_bytes() for path in sorted((CORPUS / target).glob("*")) if path.is_file()]


class Coverage:
    """Edges of compiled code, if this process has them."""

    def __init__(self) -> None:
        try:
            self._map = (ctypes.c_uint8 * _MAP_BYTES).in_dll(ctypes.CDLL(None), "fastnet_coverage")
        except ValueError:
            self._map = None
        self._seen = 0

    @property
    def there(self) -> bool:
        return self._map is not None

    def clear(self) -> None:
        if self._map is not None:
            ctypes.memset(self._map, 0, _MAP_BYTES)

    def is_news(self) -> bool:
        """Whether the run since `clear` took an edge never taken before, or one in another class of counts."""
        if self._map is None:
            return False
        taken = int.from_bytes(bytes(self._map).translate(_CLASS), "little")
        news = taken & ~self._seen
        self._seen |= taken
        return news != 0


class Fuzzer:
    """One target under one seed."""

    def __init__(self, run: Callable[[bytes], Hashable], inputs: list[bytes], seed: int) -> None:
        self._run = run
        self._prng = random.Random(seed)
        self._coverage = Coverage()
        self._behaviours: set[Hashable] = set()
        self.pool: list[bytes] = []
        self.runs = 0
        self.found: list[bytes] = []
        """Inputs that showed something new and were not in the corpus."""
        for content in inputs:
            self._try(content)
            self.pool.append(content)
        self.found.clear()

    @property
    def sees_code(self) -> bool:
        """Whether edges of compiled code are known, not only behaviours."""
        return self._coverage.there

    @property
    def behaviours(self) -> int:
        return len(self._behaviours)

    def fuzz(self, *, runs: int | None = None, seconds: float | None = None) -> None:
        """Try so many inputs, or for so long. Raises CrashError."""
        until = time.monotonic() + seconds if seconds is not None else None
        count = 0
        while (runs is None or count < runs) and (until is None or time.monotonic() < until):
            self._try(self._mutated())
            count += 1

    def _try(self, content: bytes) -> None:
        self._coverage.clear()
        try:
            behaviour = self._run(content)
        except Exception as error:
            raise CrashError(content, error) from error
        self.runs += 1
        news = self._coverage.is_news()
        if behaviour not in self._behaviours or news:
            self._behaviours.add(behaviour)
            if content not in self.pool:
                self.pool.append(content)
                self.found.append(content)

    def _mutated(self) -> bytes:
        prng = self._prng
        content = bytearray(prng.choice(self.pool))
        for _ in range(1 << prng.randrange(5)):
            prng.choice(_MUTATIONS)(prng, content, self.pool)
        return bytes(content[:SIZE_MAX])


def _flip(prng: random.Random, content: bytearray, _pool: list[bytes]) -> None:
    if content:
        content[prng.randrange(len(content))] ^= 1 << prng.randrange(8)


def _set(prng: random.Random, content: bytearray, _pool: list[bytes]) -> None:
    if content:
        content[prng.randrange(len(content))] = prng.choice(_INTERESTING)


def _add(prng: random.Random, content: bytearray, _pool: list[bytes]) -> None:
    if content:
        at = prng.randrange(len(content))
        content[at] = (content[at] + prng.randrange(-8, 9)) & 0xFF


def _insert(prng: random.Random, content: bytearray, _pool: list[bytes]) -> None:
    at = prng.randrange(len(content) + 1)
    content[at:at] = prng.randbytes(1 << prng.randrange(5))


def _delete(prng: random.Random, content: bytearray, _pool: list[bytes]) -> None:
    if content:
        at = prng.randrange(len(content))
        del content[at : at + (1 << prng.randrange(7))]


def _repeat(prng: random.Random, content: bytearray, _pool: list[bytes]) -> None:
    if content:
        at = prng.randrange(len(content))
        part = content[at : at + (1 << prng.randrange(8))]
        content[at:at] = part * prng.randrange(1, 4)


def _splice(prng: random.Random, content: bytearray, pool: list[bytes]) -> None:
    other = prng.choice(pool)
    at, start = prng.randrange(len(content) + 1), prng.randrange(len(other) + 1)
    content[at : at + prng.randrange(64)] = other[start : start + prng.randrange(256)]


_MUTATIONS = (_flip, _set, _add, _insert, _delete, _repeat, _splice)
