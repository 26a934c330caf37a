"""Every suite of the bench with every peer that can be built here, few messages each: does it still run? No timings.

The rows go to out/bench-smoke.json, for who wants to look; they are too few to say anything about speed. Peers that
take minutes to build or to fetch take part where `make bench-all` has done so already.
"""

import os
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from fastnet.tools import bench as command
from fastnet.tools.benchmark import suites
from fastnet.tools.benchmark.machine import machine_facts
from fastnet.tools.benchmark.order import Order
from fastnet.tools.benchmark.peer import Contender, Peer, load_peers
from fastnet.tools.benchmark.rounds import Result, measure
from fastnet.tools.benchmark.rows import Row, load_rows, make_rows, save_json
from fastnet.tools.benchmark.run import Cores
from fastnet.tools.benchmark.suites import Size
from rich.console import Console

ARTEFACT = command.ROOT / "out" / "bench-smoke.json"
MIB = 1_048_576
SLOW_TO_BUILD = {"quinn": "rust/release", "fastnet-rs": "rust/release", "gns": "gns"}
"""And what is there of them once they are built."""
MUST_BE_THERE = {"raw-udp", "fastnet", "fastnet-asyncio", "python-socket", "asyncio-udp+aead"}
ORDERS: dict[str, Iterator[Order]] = {
    "latency": chain(
        suites.latency(Size(1, 200, 10), ["spin", "block"], [64], rate=0),
        suites.latency(Size(1, 200, 10), ["block"], [64], rate=2_000),
    ),
    "throughput": suites.throughput(Size(1, 8_000, 400), ["spin"], [64, MIB]),
    "scale": suites.scale(Size(1, 300, 50), ["block"], [64], [1, 20]),
    "loss": suites.loss(Size(1, 40, 2), ["block"], [64], [5], [5]),
}


def cores() -> Cores:
    """Two if there are two; one is enough to see that everything runs."""
    mine = sorted(os.sched_getaffinity(0))
    return Cores(server=mine[-1], client=mine[0])


def is_worth_building(peer: Peer) -> bool:
    return peer.name not in SLOW_TO_BUILD or (command.PROGRAMS / SLOW_TO_BUILD[peer.name]).exists()


def with_patience(order: Order) -> Order:
    """Other tests run at the same time: an answer may be late without being lost."""
    return replace(order, patience_ms=max(order.patience_ms, 5_000))


def measure_everything() -> dict[str, list[Result]]:
    """All suites, once."""
    peers = [peer for peer in load_peers(command.PEERS) if is_worth_building(peer)]
    missing = {peer.name: why for peer in peers if (why := peer.build(command.PROGRAMS))}
    for name, why in missing.items():
        print(f"SKIP: {name} is left out: {why}")
    assert not missing.keys() & MUST_BE_THERE
    contenders = [Contender(peer, each) for peer in peers if peer.name not in missing for each in peer.variants]
    quiet, patient = Console(quiet=True), {kind: list(map(with_patience, orders)) for kind, orders in ORDERS.items()}
    return {kind: measure(contenders, orders, 1, cores(), quiet) for kind, orders in patient.items()}


def check_we_take_part_everywhere(results: dict[str, list[Result]], rows: list[Row]) -> None:
    for result in chain.from_iterable(results.values()):
        assert any(contender.peer.name == "fastnet" for contender in result.runs), result.order
    assert {"scale-1", "scale-20", "scale-garbage"} <= {row.suite for row in rows}


def check_nothing_reliable_is_lost_and_something_of_all_arrives(rows: list[Row]) -> None:
    for row in rows:
        assert row.lost < row.messages, row
        assert row.channel != "reliable" or row.lost == 0, row


def check_big_messages_are_those_of_reliable_channels(rows: list[Row]) -> None:
    big = [row for row in rows if row.payload_bytes == MIB]
    assert big
    assert {row.channel for row in big} == {"reliable"}
    assert all(row.messages_per_s > 0 and row.p50_us is None for row in big)


def check_a_bad_link_takes_its_time(rows: list[Row]) -> None:
    """5 ms each way: an answer below 10 ms would have gone around the link."""
    slow = [row for row in rows if row.suite == "loss-5%-5ms"]
    assert {row.peer for row in slow} >= {"fastnet", "raw-udp"}
    for row in slow:
        assert row.p50_us is not None
        assert row.p50_us >= 10_000, row


def check_connected_peers_hold_memory(results: dict[str, list[Result]]) -> None:
    (result,) = [result for result in results["scale"] if result.order.clients == 20]
    ours = next(runs for contender, runs in result.runs.items() if contender.peer.name == "fastnet")
    assert all(run.peer_bytes is not None and run.peer_bytes > 1_000 for run in ours)


def test_every_suite_runs_with_everyone_and_its_rows_tell_the_truth() -> None:
    """One test, for everything is measured once: workers in parallel would each measure it again."""
    results = measure_everything()
    rows = [row for those in results.values() for result in those for row in make_rows(result)]
    save_json(ARTEFACT, machine_facts(cores(), {}), rows)
    assert load_rows(ARTEFACT)[1] == rows
    check_we_take_part_everywhere(results, rows)
    check_nothing_reliable_is_lost_and_something_of_all_arrives(rows)
    check_big_messages_are_those_of_reliable_channels(rows)
    check_a_bad_link_takes_its_time(rows)
    check_connected_peers_hold_memory(results)
