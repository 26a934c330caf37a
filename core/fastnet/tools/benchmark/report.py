"""The tables that people read."""

from collections.abc import Mapping, Sequence

from rich import box
from rich.console import Console
from rich.table import Table

from fastnet.tools.benchmark.peer import label
from fastnet.tools.benchmark.rows import Row

COLUMNS = ("AEAD", "p50", "p99", "p99.9", "max", "CPU", "msg/s", "lost", "x raw")
CAPTION = (
    "times in us; CPU: us per message, both ends together\n"
    "x raw: p50 against raw UDP in the same round, median of the rounds"
)


def say_intro(console: Console, machine: Mapping[str, object], configurations: Mapping[str, str]) -> None:
    """Where this runs, and how everyone is set up."""
    virtual = ", virtual" if machine["virtual"] else ""
    console.print(
        f"{machine['cpu']}, {machine['cores']} cores{virtual}; {machine['system']}; load {machine['load_before']}"
    )
    console.print(f"server on core {machine['core_of_server']}, client on core {machine['core_of_client']}")
    for name, configuration in configurations.items():
        console.print(f"[dim]{name}:[/] {configuration}", highlight=False)


def say_table(console: Console, rows: Sequence[Row]) -> None:
    """One setting: a line per contender, the quickest first."""
    if not rows:
        return
    one = rows[0]
    pace = "paced" if one.suite.endswith("paced") else "closed loop"
    title = f"{pace}, {one.mode}, {one.payload_bytes} B, {one.messages:,} messages in {one.rounds} rounds"
    table = Table(title=title, box=box.SIMPLE_HEAD, padding=0, caption=CAPTION)
    table.add_column("peer", no_wrap=True)
    for name in COLUMNS:
        table.add_column(name, justify="right", no_wrap=True)
    for row in sorted(rows, key=lambda row: row.p50_us or float("inf")):
        style = "bold" if row.peer.startswith("fastnet") else ""
        table.add_row(*_cells(row), style=style)
    console.print(table)


def _cells(row: Row) -> list[str]:
    times = (row.p50_us, row.p99_us, row.p999_us, row.max_us, row.cpu_us_per_message)
    return [
        label(row.peer, row.variant),
        "yes" if row.encrypted else "no",
        *("-" if time is None else f"{time:.1f}" if time < 1_000 else f"{time:.0f}" for time in times),
        f"{row.messages_per_s / 1_000:.0f}k",
        str(row.lost),
        "-" if row.ratio_to_raw_udp is None else f"{row.ratio_to_raw_udp:.2f}",
    ]
