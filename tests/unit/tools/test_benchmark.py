"""The bench: who takes part, how runs become rows, and that a run measures, fails and ends as it should. No timings."""

import json
import os
import statistics
import sys
from array import array
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from fastnet.protocol.errors import FastNetError
from fastnet.tools import bench as command
from fastnet.tools.benchmark.order import Order
from fastnet.tools.benchmark.peer import LOST, Contender, Variant, choose, load_peers
from fastnet.tools.benchmark.processes import RunFailedError
from fastnet.tools.benchmark.rounds import Result, measure, turns
from fastnet.tools.benchmark.rows import make_row, quantile_us
from fastnet.tools.benchmark.run import Cores, Run, choose_cores, run
from rich.console import Console

ORDER = Order("latency", "spin", payload_bytes=64, warmup=10, messages=100)
FIELDS = [
    *("suite", "peer", "variant", "mode", "channel", "encrypted", "payload_bytes", "messages", "lost", "rounds"),
    *("p50_us", "p99_us", "p999_us", "max_us", "mean_us", "cpu_us_per_message", "messages_per_s", "ratio_to_raw_udp"),
]
GOOD_CLIENT = """
import array, os, sys
sys.stdout.buffer.write(array.array("I", [int(word) for word in sys.argv[2].split(",")]).tobytes())
sys.stderr.write("a warning\\n" + '{"cpu_us": 7, "elapsed_us": 1000}')
sys.exit(int(sys.argv[1]))
"""
SERVER = "import sys; print('ready 4711', flush=True); sys.stdin.read()"


class ScriptedPeer:
    """A peer whose programs say what the test wants."""

    configuration = "scripted"

    def __init__(self, name: str, samples: list[int], *, status: int = 0, server: str = SERVER) -> None:
        self.name = name
        self.variants = (Variant(name, "unreliable", encrypted=False),)
        self._samples, self._status, self._server = samples, status, server
        self.asked: list[tuple[Order, str, int]] = []

    def build(self, folder: Path) -> str | None:
        return None

    def serve_command(self, variant: Variant, order: Order) -> list[str]:
        return [sys.executable, "-S", "-c", self._server]

    def client_command(self, variant: Variant, order: Order, ready: str, server_pid: int) -> list[str]:
        self.asked.append((order, ready, server_pid))
        return [sys.executable, "-S", "-c", GOOD_CLIENT, str(self._status), ",".join(map(str, self._samples))]

    def udp_port(self, ready: str) -> int:
        return int(ready)


def contender(peer: ScriptedPeer) -> Contender:
    return Contender(peer, peer.variants[0])


def cores() -> Cores:
    mine = sorted(os.sched_getaffinity(0))
    return Cores(server=mine[-1], client=mine[0])


def test_a_run_returns_the_samples_without_the_losses() -> None:
    peer = ScriptedPeer("someone", [5_000, LOST, *[6_000] * 98])
    got = run(contender(peer), ORDER, cores())
    assert got == Run(array("I", [5_000, *[6_000] * 98]), lost=1, cpu_us=7, elapsed_us=1_000, delivered=99)
    ((order, ready, pid),) = peer.asked
    assert (order, ready) == (ORDER, "4711")
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)  # The server is gone with the run.


@pytest.mark.parametrize(
    ("peer", "words"),
    [
        (ScriptedPeer("quits", [1] * 100, status=3), "a warning|cpu_us"),
        (ScriptedPeer("forgets", [1] * 99), "99 samples instead of 100"),
        (ScriptedPeer("mute", [1] * 100, server="raise SystemExit('no luck')"), "did not start: no luck"),
        (ScriptedPeer("rude", [1] * 100, server="print('hello', flush=True)"), "did not start"),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_a_program_that_fails_is_quoted(peer: ScriptedPeer, words: str) -> None:
    with pytest.raises(RunFailedError, match=words):
        run(contender(peer), ORDER, cores())


def test_rounds_take_turns_and_a_failure_leaves_only_its_own_peer_out() -> None:
    base = ScriptedPeer("raw-udp", [4_000] * 100)
    slow = ScriptedPeer("slow", [8_000] * 100)
    broken = ScriptedPeer("broken", [1] * 100, status=1)
    console = Console(file=open(os.devnull, "w"))  # noqa: SIM115 - closed below
    results = measure([contender(peer) for peer in (base, slow, broken)], [ORDER], 3, cores(), console)
    console.file.close()
    (result,) = results
    assert {each.label: len(runs) for each, runs in result.runs.items()} == {"raw-udp": 3, "slow": 3}
    row = make_row(
        contender(slow), ORDER, result.runs[next(c for c in result.runs if c.label == "slow")], result.baseline
    )
    assert row.ratio_to_raw_udp == 2.0


def test_nobody_always_follows_the_same() -> None:
    peers = ["raw-udp", *"abcdefgh"]
    rounds = [turns(peers, number) for number in range(11)]
    assert all(sorted(order) == sorted(peers) for order in rounds)
    for peer in peers:
        before = {order[order.index(peer) - 1] if order.index(peer) else None for order in rounds}
        assert len(before) > 4, f"{peer} follows {before} only"
    assert rounds == [turns(peers, number) for number in range(11)], "another run has the same orders"


def test_without_the_baseline_there_is_no_benchmark() -> None:
    base = ScriptedPeer("raw-udp", [1] * 100, status=1)
    with pytest.raises(RunFailedError):
        measure([contender(base)], [ORDER], 1, cores(), Console(quiet=True))


def test_a_row_pools_the_rounds_and_takes_the_median_of_their_ratios() -> None:
    peer = ScriptedPeer("someone", [])
    runs = [Run(array("I", [time] * 100), 0, 1_490, 1_000, 100) for time in (10_000, 30_000, 50_000)]
    runs[2] = Run(array("I", [50_000] * 98), 2, cpu_us=1_490, elapsed_us=1_000, delivered=98)
    base = [Run(array("I", [time] * 100), 0, 0, 1, 100) for time in (10_000, 10_000, 40_000)]
    row = make_row(contender(peer), ORDER, runs, base)
    assert row.ratio_to_raw_udp == statistics.median([1.0, 3.0, 1.25])
    assert (row.messages, row.lost, row.rounds) == (300, 2, 3)
    assert (row.p50_us, row.p99_us, row.max_us) == (30.0, 50.0, 50.0)
    assert row.cpu_us_per_message == 15.0
    assert row.messages_per_s == round(298 / 3_000e-6, 1)


def test_a_peer_that_loses_everything_still_has_a_row() -> None:
    lost = [Run(array("I"), 100, 0, 1_000, 0)]
    row = make_row(contender(ScriptedPeer("deaf", [])), ORDER, lost, [Run(array("I", [1]), 0, 0, 1, 1)])
    assert (row.lost, row.p50_us, row.mean_us, row.ratio_to_raw_udp) == (100, None, None, None)


@pytest.mark.parametrize(
    ("share", "expected"), [(0.0, 1.0), (0.5, 501.0), (0.99, 991.0), (0.999, 1_000.0), (1.0, 1_000.0)]
)
def test_quantiles_of_a_thousand_are_the_obvious_ones(share: float, expected: int) -> None:
    assert quantile_us([number * 1_000 for number in range(1, 1_001)], share) == expected


def test_names_choose_and_the_baseline_always_takes_part() -> None:
    peers = list(load_peers(command.PEERS))
    labels = [each.label for each in choose(peers, ["all"])]
    assert labels[:2] == ["raw-udp", "raw-udp+aead"]
    assert {"python-socket", "fastnet unreliable", "fastnet reliable"} <= set(labels)
    assert [each.label for each in choose(peers, ["python-socket"])] == ["raw-udp", "python-socket"]
    assert [each.label for each in choose(peers, ["fastnet reliable"])] == ["raw-udp", "fastnet reliable"]
    assert [each.label for each in choose(peers, ["raw-udp"])] == ["raw-udp", "raw-udp+aead"]
    with pytest.raises(LookupError, match="no peer is called 'enet6'; there are asyncio-udp"):
        choose(peers, ["enet6"])


def test_the_two_ends_avoid_two_threads_of_one_core(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {2, 3, 6, 7})
    siblings = tmp_path / "cpu2/topology/thread_siblings_list"
    siblings.parent.mkdir(parents=True)
    for text, server in (("2-3", 6), ("2,6", 3), ("2", 3), ("2-3,6-7", 3)):
        siblings.write_text(f"{text}\n")
        assert choose_cores(tmp_path) == Cores(server=server, client=2)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {5})
    with pytest.raises(FastNetError, match="two CPU cores"):
        choose_cores(tmp_path)


def fast_peers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The command with scripted peers in place of the real ones."""
    peers = [ScriptedPeer("raw-udp", [4_000] * 50), ScriptedPeer("fastnet", [6_000] * 49 + [LOST])]
    monkeypatch.setattr(command, "PEERS", tmp_path)
    monkeypatch.setattr(command, "load_peers", lambda _: peers)
    monkeypatch.setattr(command, "choose_cores", cores)
    monkeypatch.setattr(command, "build_name", lambda: "release")


def latency(*arguments: object) -> Any:
    return CliRunner().invoke(command.bench, ["latency", *map(str, arguments)])


def test_the_command_writes_exactly_the_promised_rows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fast_peers(monkeypatch, tmp_path)
    written, raw = tmp_path / "rows.json", tmp_path / "raw"
    done = latency("--mode", "spin", "--rounds", 2, "--messages", 100, "--json", written, "--samples", raw)
    assert done.exit_code == 0, done.output
    assert "1.50" in done.output
    content = json.loads(written.read_text())
    assert set(content) == {"machine", "rows"}
    assert content["machine"]["build"] == "release"
    assert [list(row) for row in content["rows"]] == [FIELDS, FIELDS]
    assert [(row["peer"], row["p50_us"], row["lost"], row["ratio_to_raw_udp"]) for row in content["rows"]] == [
        ("raw-udp", 4.0, 0, 1.0),
        ("fastnet", 6.0, 2, 1.5),
    ]
    assert {path.name: path.stat().st_size for path in raw.iterdir()} == {
        f"latency-spin-64-{peer}-{number}.u32": 4 * count
        for peer, count in (("raw-udp", 50), ("fastnet", 49))
        for number in range(2)
    }


@pytest.mark.parametrize("name", ["picture.png", "picture.svg"])
def test_the_picture_is_drawn_in_the_format_of_its_name(name: str, tmp_path: Path) -> None:
    from fastnet.tools.benchmark.picture import save_picture

    runs = {
        contender(ScriptedPeer(peer, [])): [Run(array("I", range(base, base + 900)), 0, 0, 1)]
        for peer, base in (("raw-udp", 4_000), ("fastnet", 6_000), ("enet", 9_000))
    }
    runs[contender(ScriptedPeer("deaf", []))] = [Run(array("I"), 100, 0, 1)]
    save_picture([Result(ORDER, runs), Result(ORDER, runs)], tmp_path / "new" / name)
    head = (tmp_path / "new" / name).read_bytes()[:200]
    assert b"PNG" in head or b"<?xml" in head


@pytest.mark.parametrize(
    ("arguments", "prepare", "words"),
    [
        (["--payload", "3"], None, "from 4 to 1048576"),
        (["--payload", "many"], None, "not a list of numbers"),
        (["--peers", "enet6"], None, "no peer is called"),
        ([], lambda patch, _: patch.setattr(command, "build_name", lambda: "debug"), "this is a debug build"),
        ([], lambda patch, path: patch.setattr(command, "PEERS", path / "gone"), "run this from a checkout"),
    ],
)
def test_what_cannot_be_measured_is_refused_with_the_reason(
    arguments: list[str],
    prepare: Callable[[pytest.MonkeyPatch, Path], None] | None,
    words: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    fast_peers(monkeypatch, tmp_path)
    if prepare:
        prepare(monkeypatch, tmp_path)
    done = latency("--quick", *arguments)
    assert done.exit_code != 0
    assert words in done.output + str(done.exception)


@pytest.mark.parametrize("mode", ["spin", "block"])
@pytest.mark.parametrize("rate", [0, 2_000])
@pytest.mark.parametrize(
    "label", ["raw-udp", "raw-udp+aead", "python-socket", "fastnet unreliable", "fastnet reliable"]
)
def test_the_real_programs_lose_nothing(
    label: str, rate: int, mode: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The real programs, closed loop and paced; one core is enough to see that they are right."""
    (chosen,) = [each for each in choose(load_peers(command.PEERS), [label]) if each.label == label]
    assert chosen.peer.build(tmp_path_factory.getbasetemp() / "bench") is None
    order = Order("latency", mode, 64, warmup=10, messages=200, per_second=rate, patience_ms=5_000)
    got = run(chosen, order, cores())
    assert (len(got.samples_ns), got.lost) == (200, 0)
    assert got.cpu_us > 0
    assert got.elapsed_us > 0
