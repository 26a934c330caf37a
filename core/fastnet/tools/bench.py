"""`fastnet bench`: us and others beside raw UDP, in the same minutes, on the same two cores."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from fastnet.net.build import build_name
from fastnet.protocol.errors import FastNetError
from fastnet.tools.benchmark import suites
from fastnet.tools.benchmark.build import ROOT
from fastnet.tools.benchmark.machine import machine_facts
from fastnet.tools.benchmark.order import Order
from fastnet.tools.benchmark.peer import Contender, Peer, choose, load_peers
from fastnet.tools.benchmark.report import markdown, renewed, say_intro, say_table
from fastnet.tools.benchmark.rounds import Result, measure, reasons
from fastnet.tools.benchmark.rows import load_rows, make_rows, memory_of, save_json
from fastnet.tools.benchmark.run import choose_cores

PEERS = ROOT / "tests" / "benchmarks" / "peers"
PROGRAMS = ROOT / "build" / "bench"
MODES = {"spin": ("spin",), "block": ("block",), "both": ("spin", "block")}
FILE = click.Path(path_type=Path, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False)
PAYLOAD_MIN, PAYLOAD_MAX = 4, 1_048_576
OPTIONS = (
    click.option("--peers", default="all", metavar="all|NAME,...", show_default=True, help="Who takes part."),
    click.option("--mode", type=click.Choice(list(MODES)), help="How both ends wait."),
    click.option("--rounds", type=click.IntRange(1, 1_000), help="How often everyone has a turn."),
    click.option("--messages", type=click.IntRange(100), help="Messages each, over all rounds."),
    click.option("--quick", is_flag=True, help="A smoke of some seconds; its numbers are coarse."),
    click.option("--json", "json_path", type=FILE, help="Write the rows here."),
    click.option("--plot", "plot_path", type=FILE, help="Draw a PNG or SVG here."),
    click.option("--samples", "samples_path", type=FOLDER, help="Keep raw samples here."),
)
Common = dict[str, Any]


@click.group()
def bench() -> None:
    """Measure speed against raw UDP: two processes, two cores, rounds taken in turns, warm-up dropped."""


def common(command: Callable[..., None]) -> Callable[..., None]:
    """The options of every suite."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


def numbers(low: int, high: int) -> Callable[[click.Context, click.Parameter, str], list[int]]:
    """A comma list of whole numbers within limits, as an option's value."""

    def parse(_: click.Context, parameter: click.Parameter, text: str) -> list[int]:
        try:
            found = [int(part) for part in text.split(",")]
        except ValueError as error:
            raise click.BadParameter(f"{text!r} is not a list of numbers") from error
        if not all(low <= number <= high for number in found):
            raise click.BadParameter(f"{parameter.name} are from {low} to {high}")
        return found

    return parse


def payload(default: str) -> Callable[..., Any]:
    """The option --payload."""
    parse = numbers(PAYLOAD_MIN, PAYLOAD_MAX)
    text = "Message sizes."
    return click.option("--payload", "payloads", default=default, callback=parse, show_default=True, help=text)


@bench.command()
@common
@payload("64")
@click.option("--rate", type=click.IntRange(0, 1_000_000), default=0, help="Paced: so many a second, not closed loop.")
def latency(payloads: list[int], rate: int, **options: Any) -> None:
    """How long a message and its echo take, on a closed loop, or paced with --rate."""
    modes = _modes(options, "spin" if options["quick"] else "both")
    carry_out(suites.latency(_size("latency", options), modes, payloads, rate), options, "latency")


@bench.command()
@common
@payload("64,1048576")
def throughput(payloads: list[int], **options: Any) -> None:
    """How many messages a second arrive, one core per end: small unreliable ones, big reliable ones."""
    modes = _modes(options, "spin" if options["quick"] else "both")
    carry_out(suites.throughput(_size("throughput", options), modes, payloads), options, "throughput")


@bench.command()
@common
@payload("64")
@click.option("--clients", default="1,100,1000", callback=numbers(1, 20_000), show_default=True, help="Connections.")
def scale(payloads: list[int], clients: list[int], **options: Any) -> None:
    """What a message costs a server with many clients, what a stranger's garbage costs, and what an idle peer holds."""
    orders = suites.scale(_size("scale", options), _modes(options, "block"), payloads, clients)
    carry_out(orders, options, "scale")


@bench.command()
@common
@payload("64")
@click.option("--loss", "losses", default="1,2,5", callback=numbers(0, 50), show_default=True, help="Percent each way.")
@click.option("--delay", "delays", default="25,100", callback=numbers(1, 1_000), show_default=True, help="ms one way.")
def loss(payloads: list[int], losses: list[int], delays: list[int], **options: Any) -> None:
    """How long reliable messages take, and whether all arrive, on links that lose and delay."""
    orders = suites.loss(_size("loss", options), _modes(options, "block"), payloads, losses, delays)
    carry_out(orders, options, "loss")


@bench.command()
@click.option("--quick", is_flag=True, help="A smoke of some seconds; its numbers are coarse.")
@click.option("--json", "json_path", type=FILE, help="Write the figures here.")
def frame(quick: bool, json_path: Path | None) -> None:
    """What the C library costs a game: calls, frames at 60 Hz, start, memory, size."""
    from fastnet.tools.benchmark import frame_table

    frame_table.carry_out(PEERS, PROGRAMS, ROOT, quick, json_path)


@bench.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--into", "page", type=FILE, help="Put them into this page, between `<!-- bench STEM -->` marks.")
def report(files: tuple[Path, ...], page: Path | None) -> None:
    """Print the tables of results that were saved with --json, in Markdown."""
    try:
        tables = {path.stem: markdown(*load_rows(path)) for path in files}
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    if page is None:
        click.echo("\n".join(tables.values()))
    else:
        page.write_text(renewed(page.read_text(), tables))
        click.echo(f"renewed: {page}")


def _modes(options: Common, default: str) -> Sequence[str]:
    return MODES[options["mode"] or default]


def _size(suite: str, options: Common) -> suites.Size:
    size = (suites.QUICK if options["quick"] else suites.FULL)[suite]
    return suites.Size(options["rounds"] or size.rounds, options["messages"] or size.messages, size.warmup)


def carry_out(wanted: Any, options: Common, suite: str) -> None:
    """Build, measure, show and save."""
    orders: list[Order] = list(wanted)
    rounds = _size(suite, options).rounds
    console, cores = Console(), choose_cores()
    require_release()
    contenders, missing = _contenders(options["peers"], orders, console)
    configurations = {each.peer.name: each.peer.configuration for each in contenders}
    machine = machine_facts(cores, configurations)
    say_intro(console, machine, configurations)
    results = measure(contenders, orders, rounds, cores, console)
    rows = [make_rows(result) for result in results]
    for result, those in zip(results, rows, strict=True):
        say_table(console, result.order, those)
    if memory := memory_of(results):
        machine["memory_bytes_per_idle_peer"] = memory
        console.print(f"resident bytes of the server per connected peer: {memory}")
    machine["left_out"] = missing | reasons(results)
    _save(results, options["samples_path"], options["plot_path"], console)
    if json_path := options["json_path"]:
        save_json(json_path, machine, [row for those in rows for row in those])
        console.print(f"rows: {json_path}")


def require_release() -> None:
    """Only what ships is measured. Raises FastNetError for any other build."""
    if (name := build_name()) not in ("release", "trained"):
        raise FastNetError(
            f"this is a {name} build, whose numbers would mislead: run `make clean build` without FASTNET_BUILD first"
        )


def _contenders(names: str, orders: Sequence[Order], console: Console) -> tuple[list[Contender], dict[str, str]]:
    """Everyone asked for who can be built here and has something to do, and why the others cannot; a line for each."""
    if not PEERS.is_dir():
        raise click.ClickException("the peers are in FastNet's source tree: run this from a checkout")
    try:
        chosen = choose(load_peers(PEERS), names.split(","))
    except LookupError as error:
        raise click.BadParameter(str(error.args[0]), param_hint="--peers") from error
    peers: dict[str, Peer] = {contender.peer.name: contender.peer for contender in chosen}
    able = [contender for contender in chosen if any(contender.variant.can(order) for order in orders)]
    idle = peers.keys() - {contender.peer.name for contender in able}
    for name in sorted(idle):
        console.print(f"[dim]{name} takes no part in this suite[/]")
    with console.status("building the peers"):
        missing = {name: why for name, peer in peers.items() if name not in idle and (why := peer.build(PROGRAMS))}
    for name, why in missing.items():
        console.print(f"[yellow]{name} is left out:[/] {why}")
    if not any(contender.is_baseline and contender.peer.name not in missing for contender in chosen):
        raise click.ClickException("without raw-udp there is nothing to compare with")
    return [contender for contender in able if contender.peer.name not in missing], missing


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
