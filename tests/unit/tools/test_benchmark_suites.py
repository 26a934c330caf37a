"""The bench's suites: what they order, what the programs are told, how floods become rows, tables and pictures."""

import json
import os
import socket
import subprocess
import sys
import time
from array import array
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from fastnet.protocol.errors import FastNetError
from fastnet.tools import bench as command
from fastnet.tools.benchmark import suites
from fastnet.tools.benchmark.build import cargo_build, compile_c, fetch_debian
from fastnet.tools.benchmark.order import Order
from fastnet.tools.benchmark.peer import CLEAR, LOST, REPORT, Contender, Variant
from fastnet.tools.benchmark.picture import save_picture
from fastnet.tools.benchmark.program import NUMBER, TALLY, TOP_BYTE, TOP_OF_QUESTIONS, Sink, Task, tally_of
from fastnet.tools.benchmark.report import markdown, ordered, renewed, title_of
from fastnet.tools.benchmark.rounds import Result
from fastnet.tools.benchmark.rows import Row, make_row, make_rows, memory_of
from fastnet.tools.benchmark.run import Run, expected_s
from fastnet.tools.benchmark.stranger import queue_of
from fastnet.tools.benchmark.suites import Size

SIZE = Size(rounds=2, messages=10_000, warmup=500)
MIB = 1_048_576


class NamedPeer:
    """Only a name and its variants."""

    configuration = "none"

    def __init__(self, name: str, *variants: Variant) -> None:
        self.name, self.variants = name, variants

    def build(self, folder: Path) -> str | None:
        return None

    def serve_command(self, variant: Variant, order: Order) -> list[str]:
        return []

    def client_command(self, variant: Variant, order: Order, ready: str, server_pid: int) -> list[str]:
        return []

    def udp_port(self, ready: str) -> int:
        return int(ready)


def contender(name: str, channel: str = "unreliable") -> Contender:
    variant = Variant(name, channel, encrypted=False)
    return Contender(NamedPeer(name, variant), variant)


# What is ordered.


@pytest.mark.parametrize(
    ("suite", "kind", "server", "client"),
    [
        ("latency", "latency", "serve", "client"),
        ("latency-paced", "latency", "serve", "client"),
        ("throughput", "throughput", "sink", "flood"),
        ("scale-1000", "scale", "serve", "burst"),
        ("scale-garbage", "garbage", "serve", "client"),
        ("loss-2%-25ms", "loss", "serve", "client"),
    ],
)
def test_the_suite_says_what_the_programs_do(suite: str, kind: str, server: str, client: str) -> None:
    order = Order(suite, "block", 64, warmup=10, messages=100, per_second=50, clients=7, proxy_port=4_000)
    assert order.kind == kind
    assert order.server_arguments() == [server, "block", "7", "4000"]
    assert order.client_arguments("1,abc", 99) == [
        *(client, "1,abc", "block", "64", "10", "100", "50", "99", "7", "200", "4000")
    ]


def test_a_python_program_understands_its_arguments() -> None:
    order = Order("latency", "spin", 64, warmup=3, messages=5, per_second=1_000, clients=2, patience_ms=70)
    task = Task.from_arguments(order.client_arguments("4711", os.getpid()))
    assert (task.verb, task.ready, task.mode, task.warmup, task.messages) == ("client", "4711", "spin", 3, 5)
    assert (task.interval_ns, task.patience_ns, task.clients) == (1_000_000, 70_000_000, 2)
    assert task.idle_bytes > 1_000_000
    assert len(task.message(9)) == 64
    assert [list(numbers) for numbers in task.bursts(120)] == [
        list(range(50)),
        list(range(50, 100)),
        list(range(100, 120)),
    ]


def test_reliable_channels_carry_the_big_messages_and_the_others_the_small_ones() -> None:
    kinds = frozenset({"latency", "throughput"})
    small, big = suites.throughput(SIZE, ["spin"], [64, MIB])
    reliable = Variant("reliable", "reliable", True, kinds=kinds)
    unreliable = Variant("unreliable", "unreliable", True, kinds=kinds)
    assert [reliable.can(small), reliable.can(big)] == [False, True]
    assert [unreliable.can(small), unreliable.can(big)] == [True, False]
    assert not Variant("echo only", "reliable", True).can(big)
    assert not Variant("sleeper", "unreliable", True, kinds=kinds, modes=frozenset({"block"})).can(small)
    assert (small.messages, big.messages) == (5_000, 2)


def test_scale_ends_with_the_stranger_who_needs_a_server_that_sleeps() -> None:
    names = [(order.suite, order.mode) for order in suites.scale(SIZE, ["spin", "block"], [64], [1, 100])]
    assert names == [
        *(("scale-1", "spin"), ("scale-100", "spin")),
        *(("scale-1", "block"), ("scale-100", "block"), ("scale-garbage", "block")),
    ]


def test_loss_asks_for_every_link_once() -> None:
    orders = list(suites.loss(SIZE, ["block"], [64], [1, 5], [25, 100]))
    assert [(order.suite, order.loss, order.delay_us) for order in orders] == [
        *(("loss-1%-25ms", 0.01, 25_000), ("loss-1%-100ms", 0.01, 100_000)),
        *(("loss-5%-25ms", 0.05, 25_000), ("loss-5%-100ms", 0.05, 100_000)),
    ]
    assert all(order.warmup <= suites.LOSS_WARMUP and order.patience_ms >= 10_000 for order in orders)


def test_a_run_has_time_for_what_it_does() -> None:
    quick = Order("latency", "spin", 64, warmup=10, messages=100)
    assert expected_s(quick) < 1
    assert expected_s(Order("latency-paced", "spin", 64, 10, 100, per_second=10)) > 10
    assert expected_s(Order("scale-1000", "block", 64, 10, 100, clients=1_000)) > 40
    assert expected_s(Order("loss-1%-100ms", "block", 64, 10, 100, delay_us=100_000)) > 10
    assert expected_s(Order("throughput", "spin", MIB, 10, 100)) > 5 * expected_s(quick)
    assert expected_s(Order("throughput", "spin", 64, 20_000, 200_000)) < 30  # A flood is no matter of minutes.


# What comes back.


def test_a_sink_counts_since_it_was_cleared() -> None:
    sink = Sink()
    assert sink.answer(NUMBER.pack(1), 1) is None
    assert tally_of(sink.answer(NUMBER.pack(CLEAR), 1) or b"", CLEAR) == (0, 0, 0)
    sink.count(0)
    sink.count(2)
    tally = tally_of(sink.answer(NUMBER.pack(REPORT), 1) or b"", REPORT)
    assert tally is not None
    count, first_ns, last_ns = tally
    assert count == 3
    assert first_ns <= last_ns <= time.monotonic_ns()
    assert tally_of(TALLY.pack(CLEAR, 1, 2, 3), REPORT) is None
    assert tally_of(NUMBER.pack(REPORT), REPORT) is None
    assert all(NUMBER.pack(what)[TOP_BYTE] == TOP_OF_QUESTIONS for what in (CLEAR, REPORT))


def test_a_flood_is_compared_by_what_arrives_and_a_server_by_what_it_spends() -> None:
    runs = [Run(array("I"), 10, 400, 1_000, delivered=rate) for rate in (100, 200, 400)]
    base = [Run(array("I"), 0, 200, 1_000, delivered=100) for _ in range(3)]
    flood = make_row(contender("someone"), Order("throughput", "spin", 64, 0, 410), runs, base)
    assert (flood.ratio_to_raw_udp, flood.p50_us, flood.lost) == (2.0, None, 30)
    assert flood.messages_per_s == round(700 / 3_000e-6, 1)
    garbage = make_row(contender("someone"), Order("scale-garbage", "block", 64, 0, 410), runs, base)
    assert garbage.ratio_to_raw_udp == 1.0
    assert garbage.cpu_us_per_message == round(1_200 / 700, 3)


def test_where_raw_udp_takes_no_part_there_is_no_ratio() -> None:
    runs = [Run(array("I"), 0, 400, 1_000, delivered=100)]
    assert make_row(contender("someone"), Order("throughput", "spin", MIB, 0, 100), runs, []).ratio_to_raw_udp is None


def test_memory_is_told_where_enough_peers_were_counted() -> None:
    def result(clients: int, *sizes: float | None) -> Result:
        runs = [Run(array("I"), 0, 1, 1, 1, peer_bytes=size) for size in sizes]
        return Result(Order(f"scale-{clients}", "block", 64, 0, 1, clients=clients), {contender("someone"): runs})

    assert memory_of([result(1, 9e6), result(1_000, 8_000.0, 7_000.0, 9_000.0)]) == {"someone": 8_000}
    assert memory_of([result(1_000, None)]) == {}


# Tables and pictures.


def results_of(suite: str, **more: Any) -> Result:
    order = Order(suite, "block", more.pop("payload", 64), 0, 1_000, **more)
    samples = array("I", range(50_000, 51_000)) if order.kind in ("latency", "loss", "scale") else array("I")
    runs = {
        contender(name, "reliable"): [Run(samples, 0, cost, cost, delivered=1_000)]
        for name, cost in (("raw-udp", 1_000), ("enet", 4_000), ("fastnet", 2_000))
    }
    return Result(order, runs)


EVERY_KIND = [
    results_of("latency"),
    results_of("latency-paced", per_second=10_000),
    results_of("throughput"),
    results_of("throughput", payload=MIB),
    results_of("scale-100", clients=100),
    results_of("scale-garbage"),
    results_of("loss-2%-25ms", loss=0.02, delay_us=25_000),
]


@pytest.mark.parametrize("result", EVERY_KIND, ids=lambda result: f"{result.order.suite} {result.order.payload_bytes}")
def test_every_suite_has_a_picture(result: Result, tmp_path: Path) -> None:
    save_picture([result] * 3, tmp_path / "picture.svg")
    text = (tmp_path / "picture.svg").read_text()
    for name in ("raw-udp", "enet", "fastnet"):
        assert name in text


@pytest.mark.parametrize("result", EVERY_KIND, ids=lambda result: f"{result.order.suite} {result.order.payload_bytes}")
def test_every_suite_has_a_table_with_the_best_first(result: Result) -> None:
    rows = make_rows(result)
    facts = {"command": "fastnet bench x", "cpu": "a CPU", "cores": 2, "virtual": True, "system": "Linux"}
    text = markdown({**facts, "python": "3", "openssl": "3", "load_before": 0.1}, rows)
    assert "`fastnet bench x`" in text
    assert title_of(rows[0]) in text
    lines = [line for line in text.splitlines() if line.startswith(("| **fastnet", "| enet", "| raw"))]
    assert len(lines) == 3
    assert len({line.count("|") for line in text.splitlines() if line.startswith("|")}) == 1
    if result.order.kind in ("throughput", "scale", "garbage"):
        assert [row.peer for row in ordered(rows)] == ["raw-udp", "fastnet", "enet"]


@pytest.mark.parametrize(
    ("command_line", "load", "words"),
    [
        ("fastnet bench latency", 0.2, ""),
        ("fastnet bench latency --quick", 0.2, "**Coarse: a quick run.**"),
        ("fastnet bench latency", 2.5, "**Coarse: other work shared the machine.**"),
        ("fastnet bench loss --quick", 1, "**Coarse: a quick run, and other work shared the machine.**"),
    ],
)
def test_a_run_that_should_not_be_quoted_says_so(command_line: str, load: float, words: str) -> None:
    facts = {"cpu": "c", "cores": 2, "virtual": False, "system": "s", "python": "3", "openssl": "3"}
    text = markdown({**facts, "command": command_line, "load_before": load}, make_rows(EVERY_KIND[0]))
    assert (words in text) if words else ("Coarse" not in text)


def test_memory_stands_below_the_tables() -> None:
    facts = {"command": "c", "cpu": "c", "cores": 2, "virtual": False, "system": "s", "python": "3", "openssl": "3"}
    facts |= {"load_before": 0, "memory_bytes_per_idle_peer": {"fastnet unreliable": 7_000}}
    assert "| fastnet unreliable | 7,000 |" in markdown(facts, make_rows(EVERY_KIND[4]))


def test_who_was_left_out_stands_below_the_tables_with_the_reason() -> None:
    facts = {"cpu": "c", "cores": 2, "virtual": False, "system": "s", "python": "3", "openssl": "3", "load_before": 0}
    text = markdown({**facts, "command": "c", "left_out": {"enet": "nobody sells it"}}, make_rows(EVERY_KIND[0]))
    assert text.endswith("Left out:\n\n- enet: nobody sells it\n")
    assert "Left out" not in markdown({**facts, "command": "c", "left_out": {}}, make_rows(EVERY_KIND[0]))


@pytest.mark.parametrize("content", ["{", "[]", '{"rows": []}', '{"machine": {}, "rows": [{"peer": "x"}]}'])
def test_report_refuses_files_that_are_not_its_own(tmp_path: Path, content: str) -> None:
    (tmp_path / "other.json").write_text(content)
    done = CliRunner().invoke(command.bench, ["report", str(tmp_path / "other.json")])
    assert done.exit_code == 1
    assert "other.json holds no rows of `fastnet bench`" in done.output


def test_report_prints_what_was_saved(tmp_path: Path) -> None:
    saved = tmp_path / "rows.json"
    facts = {"command": "c", "cpu": "c", "cores": 2, "virtual": False, "system": "s", "python": "3", "openssl": "3"}
    rows = [{name: getattr(row, name) for name in Row.__slots__} for row in make_rows(EVERY_KIND[0])]
    saved.write_text(json.dumps({"machine": {**facts, "load_before": 1.5}, "rows": rows}))
    done = CliRunner().invoke(command.bench, ["report", str(saved)])
    assert done.exit_code == 0, done.output
    assert "| **fastnet** | no | 50.5 |" in done.output
    assert "load before 1.5" in done.output


def test_a_page_is_renewed_between_its_marks_only() -> None:
    page = "a\n<!-- bench x -->\nold\n<!-- /bench -->\nb\n<!-- bench y -->\n<!-- /bench -->\nc\n"
    once = renewed(page, {"x": "| new |\n"})
    assert once == "a\n<!-- bench x -->\n\n| new |\n\n<!-- /bench -->\nb\n<!-- bench y -->\n<!-- /bench -->\nc\n"
    assert renewed(once, {"x": "| new |\n"}) == once
    with pytest.raises(FastNetError, match="bench z"):
        renewed(page, {"z": "| new |\n"})


def test_our_page_has_a_place_for_everything_that_is_measured() -> None:
    page = (command.ROOT / "docs" / "benchmarks.md").read_text()
    makefile = (command.ROOT / "Makefile").read_text()
    names = next(line for line in makefile.splitlines() if line.startswith("BENCH_RESULTS"))
    stems = [f"bench-{word.strip(')')}" for word in names.partition(",out/bench-%.json,")[2].split()]
    assert len(stems) >= 5
    assert renewed(page, dict.fromkeys(stems, "| t |\n")).count("| t |") == len(stems)


def test_who_takes_no_part_or_cannot_be_had_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    everything = frozenset({"latency", "throughput"})
    peers = [
        NamedPeer("raw-udp", Variant("raw-udp", "unreliable", False, kinds=everything)),
        NamedPeer("echo-only", Variant("echo-only", "unreliable", False)),
        NamedPeer("unobtainable", Variant("unobtainable", "unreliable", False, kinds=everything)),
    ]
    monkeypatch.setattr(peers[2], "build", lambda folder: "nobody sells it")
    monkeypatch.setattr(command, "PEERS", tmp_path)
    monkeypatch.setattr(command, "load_peers", lambda _: peers)
    monkeypatch.setattr(command, "build_name", lambda: "release")
    monkeypatch.setattr(
        command, "measure", lambda contenders, *_: asked.append([each.label for each in contenders]) or []
    )
    asked: list[list[str]] = []
    done = CliRunner().invoke(command.bench, ["throughput", "--quick", "--payload", "64"])
    assert done.exit_code == 0, done.output
    assert "echo-only takes no part in this suite" in done.output
    assert "unobtainable is left out: nobody sells it" in done.output
    assert asked == [["raw-udp"]]


# Building, and the stranger.


@pytest.mark.parametrize(
    ("build", "words"),
    [
        (lambda path: compile_c(path / "broken.c", path / "broken"), "error"),
        (lambda path: cargo_build(path, "nobody", path / "target"), "cargo"),
        (lambda path: fetch_debian(path / "absent.sh", path, ["nothing"]), "apt-get|bash"),
    ],
    ids=["a compiler's error", "no workspace", "no script"],
)
def test_what_cannot_be_built_says_why_in_one_line(
    build: Callable[[Path], str | None], words: str, tmp_path: Path
) -> None:
    (tmp_path / "broken.c").write_text("int main(void) { return 0 }\n")
    (tmp_path / "bench.h").write_text("")
    why = build(tmp_path)
    assert why is not None
    assert "\n" not in why
    assert any(word in why for word in words.split("|")), why
    assert not (tmp_path / "broken").exists()


def test_a_program_is_compiled_again_when_the_header_is_newer(tmp_path: Path) -> None:
    (tmp_path / "good.c").write_text("int main(void) { return 0; }\n")
    (tmp_path / "bench.h").write_text("")
    assert compile_c(tmp_path / "good.c", tmp_path / "good") is None
    built = (tmp_path / "good").stat().st_mtime_ns
    assert compile_c(tmp_path / "good.c", tmp_path / "good") is None
    assert (tmp_path / "good").stat().st_mtime_ns == built
    later = time.time() + 10
    os.utime(tmp_path / "bench.h", (later, later))
    assert compile_c(tmp_path / "good.c", tmp_path / "good") is None
    assert (tmp_path / "good").stat().st_mtime_ns > built


def test_the_kernels_table_tells_what_waits_in_a_socket() -> None:
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ear,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as mouth,
    ):
        ear.bind(("127.0.0.1", 0))
        port = ear.getsockname()[1]
        assert queue_of(port) == (0, 0)
        mouth.sendto(bytes(64), ("127.0.0.1", port))
        assert queue_of(port)[0] > 64
        ear.recv(100)
        assert queue_of(port)[0] == 0


ABSORBER = """
import socket
ear = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
ear.bind(("127.0.0.1", 0))
print(ear.getsockname()[1], flush=True)
while True:
    ear.recv(2048)
"""


def test_a_strangers_garbage_is_all_counted_and_its_cost_is_the_servers() -> None:
    with subprocess.Popen([sys.executable, "-S", "-c", ABSORBER], stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            port = server.stdout.readline().strip()
            arguments = [port, "64", "240", "1000", str(server.pid)]
            done = subprocess.run(
                [sys.executable, "-m", "fastnet.tools.benchmark.stranger", *arguments],
                capture_output=True,
                text=True,
                timeout=30,
                check=True,
            )
        finally:
            server.kill()
    figures = json.loads(done.stderr)
    assert figures["delivered"] == 1_000
    assert 0 < figures["cpu_us"] < 1_000_000
    assert LOST not in figures.values()
