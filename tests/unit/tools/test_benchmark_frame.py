"""`fastnet bench frame`: figures, their promises, and what stands in the way."""

import json
from pathlib import Path

import pytest
from fastnet.tools.benchmark import frame, frame_table
from fastnet.tools.benchmark.frame import Figure
from rich.console import Console


def test_a_promise_is_kept_or_stands_out() -> None:
    assert Figure("poll", 0.1, "us", 0.1).kept
    assert not Figure("poll", 0.11, "us", 0.1).kept
    assert Figure("cpu", 99.0, "%").kept
    console = Console(width=100, record=True, force_terminal=True, color_system="standard")
    console.print(frame_table.table_of([Figure("good", 1.0, "us", 2.0), Figure("bad", 3.0, "us", 2.0)]))
    words = console.export_text(styles=True)
    good, bad = (next(line for line in words.splitlines() if name in line) for name in ("good", "bad"))
    assert "<= 2 us" in good
    assert "\x1b[31m" in bad
    assert "\x1b[31m" not in good


def test_figures_come_from_what_the_program_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program in the place of the real one, whose words are known."""
    told = {
        "calls": {"poll_p50_ns": 11, "send_p50_ns": 50},
        "frames": {"frame_p50_ns": 14_000, "frame_p99_ns": 20_000, "cpu_share": 0.02},
        "boot": {"open_ns": 250_000, "connected_ns": 100e6, "poll_worst_ns": 2_000, "resident_bytes": 40 * 2**20},
        "bare": {"resident_bytes": 2 * 2**20},
    }
    program, yardstick = tmp_path / "frame", tmp_path / "yardstick"
    cases = "\n".join(f"{verb}) echo '{json.dumps(words)}' ;;" for verb, words in told.items())
    program.write_text(f'#!/bin/sh\ncase "$1" in\n{cases}\nesac\n')
    yardstick.write_text("#!/bin/sh\necho '{\"frame_p50_ns\": 10000}'\n")
    for each in (program, yardstick):
        each.chmod(0o755)
    amount = frame.Amount(starts=2, calls=1, frames=1, rounds=3)
    where = ["127.0.0.1", "1", "ca.pem"]
    figures = [
        *frame._calls(program, where, amount),
        *frame._frames(program, yardstick, where, amount),
        *frame._starts(program, where, amount),
    ]
    found = {each.name: each for each in figures}
    assert found["poll, nothing there, sleep, p50"].value == pytest.approx(0.011)
    assert found["frame of 4 sends and 4 events, sleep, p50"] == Figure(
        "frame of 4 sends and 4 events, sleep, p50", 14.0, "us", 15.0
    )
    assert found["the same frame without the library, p50"].value == pytest.approx(10.0)
    assert found["frame of the library over that without"].value == pytest.approx(1.4)
    assert found["CPU of the process at 60 Hz, tick"].value == pytest.approx(2.0)
    assert found["resident memory, connected"].value == pytest.approx(38.0)
    assert not found["resident memory, connected"].kept
    assert not found["connected, after init"].kept


def test_a_program_that_fails_is_quoted(tmp_path: Path) -> None:
    program = tmp_path / "frame"
    program.write_text("#!/bin/sh\necho 'no connection: refused' >&2\nexit 1\n")
    program.chmod(0o755)
    with pytest.raises(ValueError, match="frame calls: no connection: refused"):
        frame._run(program, "calls")
