"""What the demonstration says at its end: a table for each phase, and the verdict."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from fastnet.tools.demo.messages import CHANNELS
from fastnet.tools.demo.phases import BAD_LINK, Phase
from fastnet.tools.figures import percentile, time_text

BAD_LINK_TEXT = (
    f"{BAD_LINK.loss:.0%} loss, {BAD_LINK.duplicate:.0%} duplicates, {BAD_LINK.delay_us // 1_000} ms delay, "
    f"{BAD_LINK.jitter_us // 1_000} ms of reordering jitter, each way"
)

# In two lines each, so that the table fits 80 columns.
_HEADINGS = ("sent", "deliv-\nered", "dupli-\ncated", "out of\norder", "super-\nseded", "lost", "p50", "p99")


def phase_table(phase: Phase) -> Table:
    """One row a channel."""
    title = f"[bold]{phase.title}[/]: {_subtitle(phase)}"
    table = Table(title=title, title_justify="left", title_style="", box=None, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column("channel", no_wrap=True)
    for heading in _HEADINGS:
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("word")
    for channel, name in CHANNELS.items():
        count, times = phase.counts[channel], phase.round_trips_us[channel]
        superseded, lost = (count.missing, 0) if channel == 3 else (0, count.missing)
        numbers = (count.sent, count.delivered, count.duplicated, count.out_of_order, superseded, lost)
        broken = phase.broken[channel]
        table.add_row(
            f"{channel} {name}",
            *(f"{number:,}" if number else "[dim]0[/]" for number in numbers),
            time_text(percentile(times, 50)),
            time_text(percentile(times, 99)),
            f"[red]broken: {broken}[/]" if broken else "[green]kept[/]",
        )
    return table


def _subtitle(phase: Phase) -> str:
    if phase.link is None:
        return "straight over the loopback interface"
    return BAD_LINK_TEXT


def say_verdict(console: Console, phases: Sequence[Phase], picture: str) -> None:
    """The last lines."""
    for phase in phases:
        if phase.link is not None:
            link = phase.link
            console.print(
                f"The bad link took {link.offered:,} datagrams, lost {link.gone:,} and duplicated {link.duplicated:,}."
            )
    console.print("Counts hold both directions, messages and their echoes; p50 and p99 are whole round trips.")
    console.print(f"Picture: {picture}")
    if all(phase.promises_kept for phase in phases):
        console.print("[bold green]Every channel kept its promise.[/]")
    else:
        console.print("[bold red]A channel broke its promise.[/]")
