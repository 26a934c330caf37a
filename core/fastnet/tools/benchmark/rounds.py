"""Rounds: everyone has a turn in each, so that what disturbs the machine disturbs all alike."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from fastnet.tools.benchmark.order import Order
from fastnet.tools.benchmark.peer import Contender
from fastnet.tools.benchmark.processes import RunFailedError
from fastnet.tools.benchmark.run import Cores, Run, run


@dataclass(slots=True)
class Result:
    """All runs of one setting."""

    order: Order
    runs: dict[Contender, list[Run]] = field(default_factory=dict)
    left_out: dict[Contender, str] = field(default_factory=dict)
    """Who failed, and why."""

    @property
    def baseline(self) -> list[Run]:
        """The runs of raw UDP; none where it takes no part."""
        return next((runs for contender, runs in self.runs.items() if contender.is_baseline), [])

    def save_samples(self, folder: Path) -> None:
        """One file of native u32 nanoseconds per contender and round, losses left out."""
        for contender, runs in self.runs.items():
            for number, each in enumerate(runs):
                stem = f"{self.order.suite}-{self.order.mode}-{self.order.payload_bytes}-{contender.label}-{number}"
                (folder / f"{stem.replace(' ', '-')}.u32").write_bytes(each.samples_ns.tobytes())


def measure(
    contenders: Sequence[Contender], orders: Sequence[Order], rounds: int, cores: Cores, console: Console
) -> list[Result]:
    """Every order, `rounds` times around. Who fails once is left out of that setting, with a line that says why."""
    results = [Result(order, {each: [] for each in contenders if each.variant.can(order)}) for order in orders]
    total = rounds * sum(len(result.runs) for result in results)
    with _progress(console) as progress:
        task = progress.add_task("", total=total)
        for result in results:
            for number in range(rounds):
                for contender in turns(list(result.runs), number):
                    _take_turn(result, contender, cores, progress, task)
        progress.update(task, description="measured", completed=total)
        progress.refresh()
    return results


def _take_turn(result: Result, contender: Contender, cores: Cores, progress: Progress, task: TaskID) -> None:
    order = result.order
    progress.update(task, description=f"{_setting(order)}: {contender.label}")
    progress.refresh()  # Now, and not while two processes need the two cores.
    try:
        result.runs[contender].append(run(contender, order, cores))
    except RunFailedError as error:
        _leave_out(result, contender, error, progress)
    progress.advance(task)


def turns(contenders: Sequence[Any], number: int) -> list[Any]:
    """Each round has an order of its own, so that nobody always follows the same; the same ones in every run."""
    return random.Random(number).sample(contenders, len(contenders))


def _leave_out(result: Result, contender: Contender, error: RunFailedError, progress: Progress) -> None:
    if contender.is_baseline:
        raise error
    del result.runs[contender]
    result.left_out[contender] = str(error)
    progress.console.print(f"[yellow]left out of {_setting(result.order)}:[/] {error}")


def reasons(results: Iterable[Result]) -> dict[str, str]:
    """By setting and contender: why it was left out."""
    return {
        f"{each.label} in {_setting(result.order)}": why for result in results for each, why in result.left_out.items()
    }


def _setting(order: Order) -> str:
    return f"{order.suite}, {order.mode}, {order.payload_bytes:,} B"


def _progress(console: Console) -> Progress:
    columns = (TextColumn("{task.description:<54}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console, auto_refresh=False, transient=True)
