"""The tables that people read: on the terminal, and in Markdown for the documentation."""

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence

from rich import box
from rich.console import Console
from rich.table import Table

from fastnet.protocol.errors import FastNetError
from fastnet.tools.benchmark.order import Order
from fastnet.tools.benchmark.peer import label
from fastnet.tools.benchmark.rows import Row

Cell = Callable[[Row], str]


def _time(value_us: float | None) -> str:
    return "-" if value_us is None else f"{value_us:.1f}" if value_us < 1_000 else f"{value_us:,.0f}"


def _cost(value_us: float) -> str:
    return f"{value_us:.2f}" if value_us < 100 else f"{value_us:,.0f}"


def _ms(value_us: float | None) -> str:
    return "-" if value_us is None else f"{value_us / 1_000:.1f}"


def _ratio(row: Row) -> str:
    return "-" if row.ratio_to_raw_udp is None else f"{row.ratio_to_raw_udp:.2f}"


def _rate(row: Row) -> str:
    return (
        f"{row.messages_per_s / 1_000:,.1f}k" if row.messages_per_s < 10_000 else f"{row.messages_per_s / 1_000:,.0f}k"
    )


def _gigabits(row: Row) -> str:
    return f"{row.messages_per_s * row.payload_bytes * 8 / 1e9:.2f}"


def _arrived(row: Row) -> str:
    return f"{100 * (1 - row.lost / row.messages):.2f} %" if row.lost else "100 %"


AEAD: tuple[str, Cell] = ("AEAD", lambda row: "yes" if row.encrypted else "no")
CPU: tuple[str, Cell] = ("CPU", lambda row: _cost(row.cpu_us_per_message))
LOST: tuple[str, Cell] = ("lost", lambda row: f"{row.lost:,}")
COLUMNS: dict[str, tuple[tuple[str, Cell], ...]] = {
    "latency": (
        AEAD,
        ("p50", lambda row: _time(row.p50_us)),
        ("p99", lambda row: _time(row.p99_us)),
        ("p99.9", lambda row: _time(row.p999_us)),
        ("max", lambda row: _time(row.max_us)),
        ("mean", lambda row: _time(row.mean_us)),
        CPU,
        ("msg/s", _rate),
        LOST,
        ("x raw", _ratio),
    ),
    "throughput": (AEAD, ("msg/s", _rate), ("Gbit/s", _gigabits), CPU, LOST, ("x raw", _ratio)),
    "scale": (
        AEAD,
        ("server CPU", lambda row: _cost(row.cpu_us_per_message)),
        ("burst p50", lambda row: _time(row.p50_us)),
        ("burst p99", lambda row: _time(row.p99_us)),
        LOST,
        ("x raw", _ratio),
    ),
    "loss": (
        AEAD,
        ("p50 ms", lambda row: _ms(row.p50_us)),
        ("p99 ms", lambda row: _ms(row.p99_us)),
        ("max ms", lambda row: _ms(row.max_us)),
        CPU,
        ("arrived", _arrived),
        ("x raw", _ratio),
    ),
}
NARROW = {"mean", "msg/s"}
"""Columns of latency that a terminal has no room for; they are in the JSON and in Markdown."""
QUIET_LOAD = 0.5
"""A machine with more to do than this before the run is not quiet."""
CAPTIONS = {
    "latency": "us; CPU: us a message, both ends; x raw: p50 against raw UDP in the same round, median of rounds",
    "throughput": "arrived at the receiver; CPU: us a message, both ends; x raw: messages a second against raw UDP's",
    "scale": "times in us; CPU: of the server alone, a message; x raw: CPU against raw UDP's",
    "loss": "from the intended time until answered; CPU: us a message, both ends; x raw: p50 against raw UDP's",
}


def say_intro(console: Console, machine: Mapping[str, object], configurations: Mapping[str, str]) -> None:
    """Where this runs, and how everyone is set up."""
    virtual = ", virtual" if machine["virtual"] else ""
    console.print(
        f"{machine['cpu']}, {machine['cores']} cores{virtual}; {machine['system']}; load {machine['load_before']}"
    )
    console.print(f"server on core {machine['core_of_server']}, client on core {machine['core_of_client']}")
    for name, configuration in configurations.items():
        console.print(f"[dim]{name}:[/] {configuration}", highlight=False)


def kind_of(suite: str) -> str:
    """Which table a suite has."""
    return suite.partition("-")[0]


def title_of(row: Row) -> str:
    """What one setting was: one line."""
    kind, _, setting = row.suite.partition("-")
    clients = "1 connected client" if setting == "1" else f"{setting} connected clients"
    what = {
        "latency": "paced, from the intended times" if setting else "closed loop",
        "throughput": "one way",
        "scale": "a stranger's garbage" if setting == "garbage" else clients,
        "loss": setting.replace("-", " of datagrams lost each way, ", 1) + " one way",
    }[kind]
    return f"{kind}: {what}, {row.mode}, {row.payload_bytes:,} B, {row.messages:,} messages in {row.rounds} rounds"


def ordered(rows: Iterable[Row]) -> list[Row]:
    """The best first."""
    best: dict[str, Callable[[Row], float]] = {
        "latency": lambda row: row.p50_us or float("inf"),
        "throughput": lambda row: -row.messages_per_s,
        "scale": lambda row: row.cpu_us_per_message,
        "loss": lambda row: row.p99_us or float("inf"),
    }
    return sorted(rows, key=lambda row: best[kind_of(row.suite)](row))


def is_ours(row: Row) -> bool:
    """Whether it is this project; `fastnet-rs` is another one."""
    return row.peer.startswith("fastnet") and row.peer != "fastnet-rs"


def say_table(console: Console, order: Order, rows: Sequence[Row]) -> None:
    """One setting: a line per contender."""
    if not rows:
        return
    kind = kind_of(order.suite)
    table = Table(title=title_of(rows[0]), box=box.SIMPLE_HEAD, padding=0, caption=CAPTIONS[kind])
    columns = [(name, cell) for name, cell in COLUMNS[kind] if kind != "latency" or name not in NARROW]
    table.add_column("peer", no_wrap=True)
    for name, _ in columns:
        table.add_column(name, justify="right", no_wrap=True)
    for row in ordered(rows):
        cells = (cell(row) for _, cell in columns)
        table.add_row(label(row.peer, row.variant), *cells, style="bold" if is_ours(row) else "")
    console.print(table)


def markdown(machine: Mapping[str, object], rows: Sequence[Row]) -> str:
    """The tables of one result for the documentation, with the command and the machine that made them."""
    virtual = ", virtual" if machine["virtual"] else ""
    parts = [
        f"`{machine['command']}`",
        f"{machine['cpu']}, {machine['cores']} cores{virtual}, {machine['system']}, Python {machine['python']}, "
        f"{machine['openssl']}, load before {machine['load_before']}.",
    ]
    if doubts := _doubts(machine):
        parts.append(f"**Coarse: {doubts}.**")
    for _, group in itertools.groupby(rows, key=lambda row: (row.suite, row.mode, row.payload_bytes)):
        parts.append(_markdown_table(list(group)))
    memory = machine.get("memory_bytes_per_idle_peer")
    if isinstance(memory, Mapping):
        lines = [f"| {name} | {size:,} |" for name, size in memory.items()]
        parts.append("\n".join(["| connected idle peer | resident bytes of the server |", "|---|---:|", *lines]))
    left_out = machine.get("left_out")
    if isinstance(left_out, Mapping) and left_out:
        parts.append("Left out:\n\n" + "\n".join(f"- {who}: {why}" for who, why in left_out.items()))
    return "\n\n".join(parts) + "\n"


def _doubts(machine: Mapping[str, object]) -> str:
    """Why the numbers of this run should not be quoted; empty if they may."""
    load = machine["load_before"]
    found = ["a quick run"] if "--quick" in str(machine["command"]) else []
    if isinstance(load, float | int) and load > QUIET_LOAD:
        found.append("other work shared the machine")
    return ", and ".join(found)


def renewed(page: str, tables: Mapping[str, str]) -> str:
    """`page` with what stands between `<!-- bench NAME -->` and `<!-- /bench -->` replaced by the table of that name.

    Raises FastNetError for a table that the page has no place for.
    """
    for name, table in tables.items():
        head, begin, rest = page.partition(f"<!-- bench {name} -->\n")
        _, end, tail = rest.partition("<!-- /bench -->")
        if not begin or not end:
            raise FastNetError(f"the page has no `<!-- bench {name} -->` that a `<!-- /bench -->` ends")
        page = f"{head}{begin}\n{table}\n{end}{tail}"
    return page


def _markdown_table(rows: Sequence[Row]) -> str:
    kind = kind_of(rows[0].suite)
    columns = COLUMNS[kind]
    lines = [
        f"**{title_of(rows[0])}**",
        "",
        "| peer | " + " | ".join(name for name, _ in columns) + " |",
        "|---|" + "---:|" * len(columns),
    ]
    for row in ordered(rows):
        name = label(row.peer, row.variant)
        cells = [f"**{name}**" if is_ours(row) else name, *(cell(row) for _, cell in columns)]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join([*lines, "", CAPTIONS[kind]])
