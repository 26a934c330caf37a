"""The benchmark of several cores still runs, and its ratios are made of its numbers. No timings."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM, LIMIT_S = Path(__file__).with_name("cores.py"), 240


@pytest.mark.skipif(len(os.sched_getaffinity(0)) < 2, reason="needs two cores")
def test_two_workers_on_two_cores_are_measured_against_one(tmp_path: Path) -> None:
    result = tmp_path / "cores.json"
    command = [sys.executable, str(PROGRAM), "--seconds", "0.2", "--rounds", "1", "--json", str(result)]
    subprocess.run(command, check=True, timeout=LIMIT_S)
    (row,) = json.loads(result.read_text())["rounds"]
    one, two = row["one_core"], row["two_cores"]
    assert min(one["cpu_us_each"], two["cpu_us_each"]) > 0
    assert one["per_second"] * one["cpu_us_each"] < 1e6, "a worker cannot have more than its core"
    assert two["per_second"] * two["cpu_us_each"] < 2e6
    assert row["throughput"] == two["per_second"] / one["per_second"]
    assert row["server"] == 2 * one["cpu_us_each"] / two["cpu_us_each"]
