"""The benchmark's picture: a panel for each setting; round trips from the quickest to the slowest, or bars."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from fastnet.tools.benchmark.bars import draw_bars, is_bars
from fastnet.tools.benchmark.looks import INK, look_of
from fastnet.tools.benchmark.rounds import Result
from fastnet.tools.benchmark.run import Run

FAINT, GRID = "#6b7385", "#e4e7ee"
SHARES = {0.0: "fastest", 0.5: "p50", 0.9: "p90", 0.99: "p99", 0.999: "p99.9", 0.9999: "p99.99"}
_ENOUGH_BEYOND = 5  # A share is drawn while at least so many samples lie beyond it.
_ACROSS = 2  # Panels beside each other.
_PANEL, _NAMES = 6.0, 3.0  # Inches; names stand beside the curves.
TITLES = {
    "latency": "Round trips beside raw UDP",
    "throughput": "What arrives, one core per end",
    "scale": "What a server spends",
    "loss": "Reliable round trips on bad links",
}
_STYLE: dict[Any, Any] = {
    "font.size": 10,
    "text.color": INK,
    "axes.edgecolor": GRID,
    "axes.labelcolor": FAINT,
    "xtick.color": FAINT,
    "ytick.color": FAINT,
    "svg.fonttype": "none",
}


def save_picture(results: Sequence[Result], path: Path) -> None:
    """Draw one panel per setting into `path`, PNG or SVG by its name; its folder is made if need be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    drawn = [result for result in results if any(result.runs.values())]
    across = max(1, min(_ACROSS, len(drawn)))
    down = max(1, -(-len(drawn) // across))
    with mpl.rc_context(_STYLE):
        figure = Figure(figsize=(0.5 + (_PANEL + _NAMES) * across, 0.4 + 5.0 * down), dpi=150, facecolor="white")
        panels = np.atleast_1d(figure.subplots(down, across)).flatten()
        for panel, result in zip(panels, drawn, strict=False):
            _draw(panel, result)
        for panel in panels[len(drawn) :]:
            panel.set_visible(False)
        title = TITLES[results[0].order.suite.partition("-")[0]] if results else ""
        figure.suptitle(title, x=0.02, ha="left", fontsize=15, fontweight="bold")
        figure.tight_layout(rect=(0, 0, 1, 0.97), w_pad=3)
        figure.savefig(path)


def _draw(panel: Axes, result: Result) -> None:
    if is_bars(result):
        draw_bars(panel, result)
    else:
        _draw_curves(panel, result)
    for side in ("left", "right", "top", "bottom"):
        panel.spines[side].set_visible(side == "bottom" and not is_bars(result))
    panel.tick_params(which="both", length=0, labelsize=8.5)
    panel.set_title(_title(result), loc="left", fontsize=11, fontweight="bold")


def _title(result: Result) -> str:
    order = result.order
    mode = f"both ends {'spinning' if order.mode == 'spin' else 'blocking'}, {order.payload_bytes:,} bytes"
    if order.kind == "loss":
        return f"{order.loss:.0%} lost each way, {order.delay_us // 1_000} ms one way"
    if order.kind == "garbage":
        return f"CPU of the server for a stranger's garbage, {order.payload_bytes:,} bytes"
    if order.kind == "scale":
        return f"CPU of the server for a message, {order.clients:,} client{'s' if order.clients > 1 else ''} connected"
    if order.kind == "throughput":
        return f"One way, {mode}"
    return f"{mode[0].upper()}{mode[1:]}, {f'{order.per_second:,} a second' if order.per_second else 'closed loop'}"


def _draw_curves(panel: Axes, result: Result) -> None:
    names, last = [], 0.9
    for contender, runs in result.runs.items():
        shares, times_us = _curve(runs)
        if len(times_us) == 0:
            continue
        look, last = look_of(contender), max(last, float(shares[-1]))
        line: Any = look.line
        panel.plot(_place(shares), times_us, color=look.colour, linewidth=look.width, linestyle=line)
        median_us = float(np.interp(0.5, shares, times_us))
        names.append((median_us, f"{_short(median_us)}  {contender.label}", look.colour))
    panel.set_yscale("log")
    marks = [share for share in SHARES if share <= last]
    panel.set_xticks(_place(np.array(marks)), [SHARES[share] for share in marks])
    panel.set_xlim(_place(np.array([0.0]))[0], _place(np.array([last]))[0])
    panel.yaxis.set_major_formatter(lambda value, _: _time_text(value))
    panel.yaxis.set_minor_formatter(lambda value, _: _time_text(value) if f"{value:e}"[0] in "25" else "")
    panel.grid(color=GRID, linewidth=0.8)
    _write_names(panel, names)


def _write_names(panel: Axes, names: Sequence[tuple[float, str, str]]) -> None:
    """Beside the curves, with their p50, the slowest on top as in the picture."""
    for row, (_, text, colour) in enumerate([(0.0, "p50", FAINT), *sorted(names, reverse=True)]):
        place = 1.02, 0.97 - row * 0.06
        panel.text(*place, text, transform=panel.transAxes, color=colour, fontsize=9, fontweight="bold")


def _curve(runs: Sequence[Run]) -> tuple["np.ndarray[Any, Any]", "np.ndarray[Any, Any]"]:
    """Shares and the times in us below which they lie."""
    samples = np.sort(np.concatenate([np.frombuffer(run.samples_ns, dtype=np.uint32) for run in runs]))
    if len(samples) == 0:
        return np.array([]), np.array([])
    last = max(0.5, 1 - _ENOUGH_BEYOND / len(samples))
    shares = 1 - np.geomspace(1, 1 - last, 400)
    return shares, np.quantile(samples, shares) / 1_000


def _place(shares: "np.ndarray[Any, Any]") -> "np.ndarray[Any, Any]":
    """Where a share stands: each further nine takes the same room."""
    return -np.log10(1 - shares + 1e-9)


def _short(value_us: float) -> str:
    return f"{value_us:.1f} us" if value_us < 10_000 else f"{value_us / 1_000:.1f} ms"


def _time_text(value_us: float) -> str:
    return f"{value_us:g} us" if value_us < 1_000 else f"{value_us / 1_000:g} ms"
