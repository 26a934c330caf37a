"""The demonstration's picture: every round trip of every channel, on the good link and on the bad one."""

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from fastnet.tools.demo.messages import CHANNELS, PROMISES
from fastnet.tools.demo.phases import BAD_LINK, Phase
from fastnet.tools.demo.report import BAD_LINK_TEXT
from fastnet.tools.figures import percentile, time_text

INK, FAINT, GRID = "#1d2433", "#6b7385", "#e4e7ee"
COLOURS = {0: "#2563c9", 1: "#d9822b", 2: "#1a8f6d", 3: "#8a4fc9"}
_SPREAD = 0.26  # Half the height of a strip of dots; a row is 1 high.
_STYLE: dict[Any, Any] = {
    "font.size": 10,
    "text.color": INK,
    "axes.edgecolor": GRID,
    "axes.labelcolor": FAINT,
    "xtick.color": FAINT,
    "ytick.color": INK,
    "svg.fonttype": "none",
}


def save_picture(phases: Sequence[Phase], path: Path) -> None:
    """Draw `phases` side by side into a PNG at `path`; its folder is made if need be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with mpl.rc_context(_STYLE):
        figure = Figure(figsize=(12.5, 5.6), dpi=150, facecolor="white")
        panels = figure.subplots(1, len(phases), sharey=True)
        for panel, phase in zip(panels, phases, strict=True):
            _draw_phase(panel, phase)
        _name_rows(panels[0])
        figure.text(0.012, 0.955, "Every round trip, channel by channel", fontsize=15, fontweight="bold", va="center")
        messages = sum(len(times) for phase in phases for times in phase.round_trips_us.values())
        caption = f"{messages:,} echoed messages, one dot each. Encrypted, server and client in two processes."
        figure.text(0.012, 0.905, caption, color=FAINT, va="center")
        figure.subplots_adjust(left=0.165, right=0.985, top=0.785, bottom=0.075, wspace=0.12)
        figure.savefig(path)


def _draw_phase(panel: Axes, phase: Phase) -> None:
    prng = random.Random(1)
    panel.set_xscale("log" if phase.link is None else "linear")
    panel.set_xlim(*_limits(phase))
    panel.set_ylim(3.62, -0.55)
    for channel in CHANNELS:
        times = phase.round_trips_us[channel]
        heights = [channel + prng.uniform(-_SPREAD, _SPREAD) for _ in times]
        panel.scatter(times, heights, s=5, color=COLOURS[channel], alpha=0.28, linewidths=0, rasterized=True)
        _mark_percentiles(panel, channel, times)
        panel.text(
            0.995, channel + 0.43, _row_note(channel, phase), transform=panel.get_yaxis_transform(),
            ha="right", va="center", fontsize=8.5, color=FAINT,
        )  # fmt: skip
    if phase.link is not None:
        _mark_link(panel)
    title = "Good link" if phase.link is None else "Bad link"
    under = "loopback, nothing in between" if phase.link is None else BAD_LINK_TEXT
    panel.text(0, 1.075, title, transform=panel.transAxes, fontsize=12, fontweight="bold")
    panel.text(0, 1.02, under, transform=panel.transAxes, fontsize=9, color=FAINT)
    _tidy(panel)


def _mark_percentiles(panel: Axes, channel: int, times: Sequence[float]) -> None:
    for percent, side in ((50, "right"), (99, "left")):  # Outwards, so that the two labels never meet.
        at = percentile(times, percent)
        if not at:
            continue
        panel.plot([at, at], [channel - 0.40, channel + 0.30], color=INK, linewidth=1.4, solid_capstyle="butt")
        panel.annotate(
            f"p{percent} {time_text(at)}", (at, channel - 0.34), (3 if side == "left" else -3, 0),
            textcoords="offset points", ha=side, va="center", fontsize=8.5,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6, "alpha": 0.85},
        )  # fmt: skip


def _mark_link(panel: Axes) -> None:
    """The fastest that the link itself allows."""
    floor_us = 2 * BAD_LINK.delay_us
    panel.axvline(floor_us, color=FAINT, linewidth=1, linestyle=(0, (4, 3)), zorder=0)
    text = f"the link\nalone: {_tick_text(floor_us)} "
    panel.text(floor_us, 3.48, text, ha="right", va="center", fontsize=8.5, color=FAINT)


def _row_note(channel: int, phase: Phase) -> str:
    count = phase.counts[channel]
    missing = "" if not count.missing else f", {count.missing:,} {'superseded' if channel == 3 else 'lost'}"
    return f"{count.delivered:,} of {count.sent:,} delivered{missing}"


def _limits(phase: Phase) -> tuple[float, float]:
    times = [time for values in phase.round_trips_us.values() for time in values] or [1.0]
    return (min(times) * 0.75, max(times) * 2.2) if phase.link is None else (0.0, max(times) * 1.25)


def _name_rows(panel: Axes) -> None:
    panel.set_yticks(list(CHANNELS), [""] * len(CHANNELS))
    for channel, name in CHANNELS.items():
        for lift, text, size, weight, colour in (
            (-0.11, f"{channel}  {name}", 11, "bold", COLOURS[channel]),
            (0.11, PROMISES[channel], 8.5, "normal", FAINT),
        ):
            panel.text(
                -0.025, channel + lift, text, transform=panel.get_yaxis_transform(), ha="right", va="center",
                fontsize=size, fontweight=weight, color=colour,
            )  # fmt: skip


def _tidy(panel: Axes) -> None:
    panel.xaxis.set_major_formatter(lambda value, _: _tick_text(value))
    panel.xaxis.set_minor_formatter(lambda value, _: _tick_text(value) if _is_labelled(value) else "")
    panel.tick_params(axis="x", which="both", length=0, labelsize=8.5)
    panel.tick_params(axis="y", length=0)
    panel.grid(axis="x", which="both", color=GRID, linewidth=0.8)
    panel.set_axisbelow(True)
    for side in ("left", "right", "top"):
        panel.spines[side].set_visible(False)


def _is_labelled(value: float) -> bool:
    """Of the ticks between powers of ten, only those that begin with 2 and 5."""
    return f"{value:e}"[0] in "25"


def _tick_text(value_us: float) -> str:
    return f"{value_us:g} us" if 0 < value_us < 1_000 else f"{value_us / 1_000:g} ms"
