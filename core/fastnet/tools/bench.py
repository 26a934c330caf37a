"""`fastnet bench latency`: round trips beside raw UDP, in the same minute, on the same two cores."""

from pathlib import Path

import click
from rich.console import Console

from fastnet.net.build import build_name
from fastnet.protocol.errors import FastNetError
from fastnet.tools.benchmark.machine import machine_facts
from fastnet.tools.benchmark.peer import Contender, Order, Peer, choose, load_peers
from fastnet.tools.benchmark.report import say_intro, say_table
from fastnet.tools.benchmark.rounds import Result, measure
from fastnet.tools.benchmark.rows import make_row, save_json
from fastnet.tools.benchmark.run import choose_cores

ROOT = Path(__file__).parents[3]
PEERS = ROOT / "tests" / "benchmarks" / "peers"
PROGRAMS = ROOT / "build" / "bench"
MODES = {"spin": ("spin",), "block": ("block",), "both": ("spin", "block")}
FILE = click.Path(path_type=Path, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False)
ROUNDS, MESSAGES, WARMUP = 5, 30_000, 1_000
QUICK_ROUNDS, QUICK_MESSAGES, QUICK_WARMUP = 2, 4_000, 200


@click.group()
def bench() -> None:
    """Measure speed against raw UDP: two processes, two cores, rounds taken in turns, warm-up dropped."""


@bench.command()
@click.option("--peers", default="all", metavar="all|NAME,...", show_default=True, help="Who takes part.")
@click.option("--mode", type=click.Choice(list(MODES)), help="How both ends wait.  [default: both; spin if --quick]")
@click.option("--payload", "payloads", default="64", metavar="BYTES,...", show_default=True, help="Message sizes.")
@click.option("--rounds", type=click.IntRange(1, 1_000), help=f"How often everyone has a turn.  [default: {ROUNDS}]")
@click.option("--messages", type=click.IntRange(100), help=f"Messages each, over all rounds.  [default: {MESSAGES:,}]")
@click.option("--rate", type=click.IntRange(0, 1_000_000), default=0, help="Paced: so many a second, not closed loop.")
@click.option("--quick", is_flag=True, help="A smoke of some seconds; its numbers are coarse.")
@click.option("--json", "json_path", type=FILE, help="Write the rows here.")
@click.option("--plot", "plot_path", type=FILE, help="Draw a PNG or SVG here.")
@click.option("--samples", "samples_path", type=FOLDER, help="Keep raw samples here.")
def latency(
    peers: str,
    mode: str | None,
    payloads: str,
    rounds: int | None,
    messages: int | None,
    rate: int,
    quick: bool,
    json_path: Path | None,
    plot_path: Path | None,
    samples_path: Path | None,
) -> None:
    """How long a message and its echo take, on a closed loop, or paced with --rate."""
    rounds = rounds or (QUICK_ROUNDS if quick else ROUNDS)
    per_round = max(1, (messages or (QUICK_MESSAGES if quick else MESSAGES)) // rounds)
    orders = [
        Order(
            suite="latency-paced" if rate else "latency",
            mode=each,
            payload_bytes=payload,
            warmup=QUICK_WARMUP if quick else WARMUP,
            messages=per_round,
            per_second=rate,
        )
        for payload in _payloads(payloads)
        for each in MODES[mode or ("spin" if quick else "both")]
    ]
    console, cores = Console(), choose_cores()
    require_release()
    contenders = _contenders(peers, console)
    configurations = {each.peer.name: each.peer.configuration for each in contenders}
    machine = machine_facts(cores, configurations)
    say_intro(console, machine, configurations)
    results = measure(contenders, orders, rounds, cores, console)
    rows = [
        make_row(contender, result.order, runs, result.baseline)
        for result in results
        for contender, runs in result.runs.items()
    ]
    for result in results:
        say_table(console, [row for row in rows if (row.mode, row.payload_bytes) == result.setting])
    _save(results, samples_path, plot_path, console)
    if json_path:
        save_json(json_path, machine, rows)
        console.print(f"rows: {json_path}")


def require_release() -> None:
    """Only what ships is measured. Raises FastNetError for any other build."""
    if (name := build_name()) != "release":
        raise FastNetError(
            f"this is a {name} build, whose numbers would mislead: run `make clean build` without FASTNET_BUILD first"
        )


def _payloads(text: str) -> list[int]:
    try:
        found = [int(part) for part in text.split(",")]
    except ValueError as error:
        raise click.BadParameter(f"{text!r} is not a list of numbers", param_hint="--payload") from error
    if not all(4 <= payload <= 65_000 for payload in found):
        raise click.BadParameter("a payload has 4 to 65000 bytes", param_hint="--payload")
    return found


def _contenders(names: str, console: Console) -> list[Contender]:
    """Everyone asked for who can be built here; one line for each who cannot."""
    if not PEERS.is_dir():
        raise click.ClickException("the peers are in FastNet's source tree: run this from a checkout")
    try:
        chosen = choose(load_peers(PEERS), names.split(","))
    except LookupError as error:
        raise click.BadParameter(str(error.args[0]), param_hint="--peers") from error
    peers: dict[str, Peer] = {contender.peer.name: contender.peer for contender in chosen}
    missing = {name: reason for name, peer in peers.items() if (reason := peer.build(PROGRAMS))}
    for name, reason in missing.items():
        console.print(f"[yellow]{name} is left out:[/] {reason}")
    if not any(contender.is_baseline and contender.peer.name not in missing for contender in chosen):
        raise click.ClickException("without raw-udp there is nothing to compare with")
    return [contender for contender in chosen if contender.peer.name not in missing]


def _save(results: list[Result], samples: Path | None, plot: Path | None, console: Console) -> None:
    if samples:
        samples.mkdir(parents=True, exist_ok=True)
        for result in results:
            result.save_samples(samples)
        console.print(f"raw samples, u32 ns: {samples}")
    if plot:
        from fastnet.tools.benchmark.picture import save_picture  # matplotlib is slow to import and seldom needed.

        save_picture(results, plot)
        console.print(f"picture: {plot}")
