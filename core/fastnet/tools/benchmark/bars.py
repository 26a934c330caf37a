"""Pictures of what is one number a contender: floods and what a server spends on a message, as bars."""

from collections.abc import Callable, Sequence

from matplotlib.axes import Axes

from fastnet.tools.benchmark.looks import look_of
from fastnet.tools.benchmark.rounds import Result
from fastnet.tools.benchmark.run import Run

Figure = Callable[[Result, Sequence[Run]], float]


def is_bars(result: Result) -> bool:
    """Whether a result is drawn here, and not as a curve."""
    return result.order.kind in ("throughput", "scale", "garbage")


def draw_bars(panel: Axes, result: Result) -> None:
    """A bar for each contender, the best on top; the number stands behind it."""
    figure, unit, best_is_most = _subject(result)
    values = [(figure(result, runs), contender) for contender, runs in result.runs.items() if runs]
    values.sort(key=lambda pair: pair[0], reverse=not best_is_most)
    for place, (value, contender) in enumerate(values):
        panel.barh(place, value, height=0.62, color=look_of(contender).colour)
        text = f"  {value:,.0f}{unit}" if value >= 100 else f"  {value:.2f}{unit}"
        panel.text(value, place, text, va="center", fontsize=9, fontweight="bold")
    panel.set_yticks(range(len(values)), [contender.label for _, contender in values])
    panel.set_xlim(0, 1.28 * max((value for value, _ in values), default=1.0))
    panel.set_xticks([])


def _subject(result: Result) -> tuple[Figure, str, bool]:
    """The number, its unit, and whether more of it is better."""
    if result.order.kind != "throughput":
        return _cpu_us, " us", False
    return (_gigabits, " Gbit/s", True) if result.order.payload_bytes > 65_000 else (_thousands, "k/s", True)


def _per_second(runs: Sequence[Run]) -> float:
    return sum(run.delivered for run in runs) / max(1, sum(run.elapsed_us for run in runs)) * 1e6


def _thousands(_: Result, runs: Sequence[Run]) -> float:
    return _per_second(runs) / 1e3


def _gigabits(result: Result, runs: Sequence[Run]) -> float:
    return _per_second(runs) * result.order.payload_bytes * 8 / 1e9


def _cpu_us(_: Result, runs: Sequence[Run]) -> float:
    return sum(run.cpu_us for run in runs) / max(1, sum(run.delivered for run in runs))
