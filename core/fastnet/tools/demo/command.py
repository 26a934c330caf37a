"""The command: runs both phases with a live view, prints the tables, saves the picture, and judges."""

from collections.abc import Callable, Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from fastnet.tools.demo.messages import CHANNELS
from fastnet.tools.demo.phases import Phase, run_clean, run_impaired
from fastnet.tools.demo.report import BAD_LINK_TEXT, phase_table, say_verdict

_INTRODUCTION = (
    "[bold]FastNet[/]: an encrypted server and client, two processes, {messages:,} messages on each of four channels, "
    "each echoed; first on a good link, then with {link}.\n"
)


@click.command()
@click.option("--messages", default=1_000, show_default=True, type=click.IntRange(10, 100_000), help="On each channel.")
@click.option(
    "--rate", default=200, show_default=True, type=click.IntRange(1, 2_000), help="Messages a second, on each."
)
@click.option("--seed", default=1, show_default=True, help="Decides which datagrams the bad link loses.")
@click.option("--picture", default="out/demo.png", show_default=True, type=click.Path(dir_okay=False, path_type=Path))
def demo(messages: int, rate: int, seed: int, picture: Path) -> None:
    """See all four channels keep their word, on a good link and on a bad one.

    Exit status 0 only if every channel kept its promise on both.
    """
    console = Console(highlight=False)
    console.print(_INTRODUCTION.format(messages=messages, link=BAD_LINK_TEXT))
    with _progress(console) as progress:
        phases = [
            run_clean(messages, rate, _view(progress, "good link", messages)),
            run_impaired(messages, rate, _view(progress, "bad link", messages), seed),
        ]
    _conclude(console, phases, picture)


def _conclude(console: Console, phases: Sequence[Phase], picture: Path) -> None:
    from fastnet.tools.demo.picture import save_picture  # Only now: drawing takes a second to import.

    for phase in phases:
        console.print()
        console.print(phase_table(phase))
    save_picture(phases, picture)
    console.print()
    say_verdict(console, phases, str(picture))
    if not all(phase.promises_kept for phase in phases):
        raise click.exceptions.Exit(1)


def _progress(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.fields[phase]:10}"),
        TextColumn("{task.description:22}"),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TextColumn("echoed"),
        TimeElapsedColumn(),
        console=console,
    )


def _view(progress: Progress, phase: str, messages: int) -> Callable[[Sequence[int], Sequence[int]], None]:
    """A bar for each channel; full when every message has been echoed."""
    tasks = [
        progress.add_task(f"{channel} {name}", total=messages, phase="" if channel else phase)
        for channel, name in CHANNELS.items()
    ]

    def update(sent: Sequence[int], returned: Sequence[int]) -> None:
        for task, count in zip(tasks, returned, strict=True):
            progress.update(task, completed=count)

    return update
