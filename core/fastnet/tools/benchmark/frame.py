"""What the C library costs a game: its calls, its frames at 60 Hz, its start, its memory and its size on disk.

One process measures itself (tests/benchmarks/c/frame.c) beside an echoing server of its own; the start is that of a
fresh process each time. Waking a thread costs what the system asks for it, so sleeping frames take turns with those of
a yardstick without the library (yardstick.c). Figures are medians of the runs; the limits are those that the project
set itself.
"""

import json
import statistics
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastnet.tools.benchmark.build import ROOT, compile_c
from fastnet.tools.benchmark.order import Order
from fastnet.tools.benchmark.peer import Peer

POLICIES = ("sleep", "tick", "spin")
LIMIT_S = 300
_MIB = 2**20


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table; `limit` None: no promise was made."""

    name: str
    value: float
    unit: str
    limit: float | None = None

    @property
    def kept(self) -> bool:
        """Whether the promise holds here and now."""
        return self.limit is None or self.value <= self.limit


@dataclass(frozen=True, slots=True)
class Amount:
    """How much is measured: calls and frames in each of the rounds."""

    starts: int
    calls: int
    frames: int
    rounds: int


FULL = Amount(15, 20_000, 360, 5)
QUICK = Amount(3, 2_000, 60, 3)


def figures(peer: Peer, folder: Path, library: Path, archives: Path, amount: Amount) -> Iterator[Figure]:
    """Measure, one figure after the other. `peer` is fastnet-c, built in `folder`. Raises OSError, ValueError."""
    link = [f"-I{ROOT / 'bindings' / 'c' / 'include'}", f"-L{library}", "-lfastnet", f"-Wl,-rpath,{library}"]
    program = _compiled("frame", folder, link)
    yardstick = _compiled("yardstick", folder, ["-pthread"])
    with _server(peer) as port:
        where = ["127.0.0.1", port, str(folder / "chain.pem")]
        yield from _calls(program, where, amount)
        yield from _frames(program, yardstick, where, amount)
        yield from _starts(program, where, amount)
    yield from _sizes(archives)


def _compiled(name: str, folder: Path, link: list[str]) -> Path:
    if (why := compile_c(ROOT / "tests" / "benchmarks" / "c" / f"{name}.c", folder / name, link)) is not None:
        raise ValueError(why)
    return folder / name


def _calls(program: Path, where: list[str], amount: Amount) -> Iterator[Figure]:
    for number, policy in enumerate(POLICIES):
        runs = [_run(program, "calls", *where, str(number), str(amount.calls)) for _ in range(amount.rounds)]
        yield Figure(f"poll, nothing there, {policy}, p50", _median(runs, "poll_p50_ns") / 1e3, "us", 0.1)
        yield Figure(f"send of 64 bytes, {policy}, p50", _median(runs, "send_p50_ns") / 1e3, "us", 0.2)


def _frames(program: Path, yardstick: Path, where: list[str], amount: Amount) -> Iterator[Figure]:
    bare: list[dict[str, Any]] = []
    for number, policy in enumerate(POLICIES):
        runs: list[dict[str, Any]] = []
        for _ in range(amount.rounds):
            runs.append(_run(program, "frames", *where, str(number), str(amount.frames)))
            if policy == "sleep":
                bare.append(_run(yardstick, str(amount.frames)))
        limit = 15.0 if policy == "sleep" else None
        yield Figure(f"frame of 4 sends and 4 events, {policy}, p50", _median(runs, "frame_p50_ns") / 1e3, "us", limit)
        yield Figure(f"frame of 4 sends and 4 events, {policy}, p99", _median(runs, "frame_p99_ns") / 1e3, "us")
        if policy == "sleep":
            yield from _beside(runs, bare)
        yield Figure(f"CPU of the process at 60 Hz, {policy}", _median(runs, "cpu_share") * 100, "%")


def _beside(runs: list[dict[str, Any]], bare: list[dict[str, Any]]) -> Iterator[Figure]:
    """The yardstick's frame, and how many of them ours is worth: the median of the rounds' ratios."""
    ratios = [run["frame_p50_ns"] / other["frame_p50_ns"] for run, other in zip(runs, bare, strict=True)]
    yield Figure("the same frame without the library, p50", _median(bare, "frame_p50_ns") / 1e3, "us")
    yield Figure("frame of the library over that without", float(statistics.median(ratios)), "x", 2.0)


def _starts(program: Path, where: list[str], amount: Amount) -> Iterator[Figure]:
    bare = _run(program, "bare")["resident_bytes"]
    cold = [_run(program, "boot", *where, "0") for _ in range(amount.starts)]
    warm = [_run(program, "boot", *where, "1") for _ in range(amount.starts)]
    yield Figure("open, which does not block", _median(cold, "open_ns") / 1e6, "ms", 1.0)
    yield Figure("connected, from the process's first call", _median(cold, "connected_ns") / 1e6, "ms", 120.0)
    yield Figure("connected, after init", _median(warm, "connected_ns") / 1e6, "ms", 5.0)
    yield Figure("longest poll while it starts", _median(cold, "poll_worst_ns") / 1e6, "ms", 1.0)
    yield Figure("resident memory, connected", (_median(cold, "resident_bytes") - bare) / _MIB, "MiB", 32.0)


def _sizes(archives: Path) -> Iterator[Figure]:
    for archive in sorted(archives.glob("fastnet-*-linux-*.zip")):
        yield Figure(archive.name, archive.stat().st_size / _MIB, "MiB", 12.0)


@contextmanager
def _server(peer: Peer) -> Iterator[str]:
    """The echoing end; its port."""
    variant = next(each for each in peer.variants if each.channel == "unreliable")
    command = peer.serve_command(variant, Order("latency", "block", 64, 0, 1))
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        word, _, port = server.stdout.readline().strip().partition(" ")
        if word != "ready":
            raise ValueError(f"{command[0]} did not start")
        yield port
    finally:
        server.kill()
        server.communicate()


def _run(program: Path, *arguments: str) -> dict[str, Any]:
    done = subprocess.run([str(program), *arguments], capture_output=True, text=True, timeout=LIMIT_S, check=False)
    if done.returncode != 0:
        raise ValueError(f"frame {' '.join(arguments)}: {done.stderr.strip() or done.returncode}")
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _median(runs: list[dict[str, Any]], name: str) -> float:
    return float(statistics.median(run[name] for run in runs))
