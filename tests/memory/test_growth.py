"""That memory does not grow while messages flow, and that who says so would notice if it did. No timings."""

import json
import random
import subprocess
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from fastnet import Data, Server
from fastnet.net.devca import certificate_pem, key_pem, self_signed
from growth import HERE, MIB, PAYLOADS, READY_S, Flow, Reading, judge, lines_of, measure, slope

PROGRAM = Path(__file__).with_name("growth.py")
RATE, SECONDS, LIMIT = 20_000, 600, 0.1
FLOW = Flow(sent=RATE * SECONDS, returned=RATE * SECONDS, per_second=float(RATE))
BASE = 40 * MIB


def readings_of(server: Callable[[float], float]) -> list[Reading]:
    """A run whose server had so many bytes more than in the beginning; its client never changed."""
    return [Reading(at, BASE + round(server(at)), BASE) for at in map(float, range(0, SECONDS, 2))]


def noise(at: float) -> float:
    return random.Random(at).uniform(-MIB, MIB)


def saw(at: float) -> float:
    return at % 90 * 20_000


@pytest.mark.parametrize(
    "more",
    [
        lambda _: 0,
        noise,
        saw,
        lambda at: 5 * MIB * min(1.0, at / 100),  # Caches fill during the warm-up.
        lambda at: 2 * MIB if at > 200 else 0,  # A table doubles once.
        lambda at: -at * 1_000,
    ],
    ids=["flat", "noise", "saw", "warm-up", "one step", "shrinking"],
)
def test_what_does_not_leak_is_not_blamed(more: Callable[[float], float]) -> None:
    verdict = judge(readings_of(more), FLOW, RATE, LIMIT)
    assert not verdict.grows, verdict
    assert verdict.client_bytes_a_message == 0


@pytest.mark.parametrize("hidden_by", [lambda _: 0, noise, saw], ids=["nothing", "noise", "saw"])
def test_sixteen_bytes_of_every_hundredth_message_are_noticed(hidden_by: Callable[[float], float]) -> None:
    verdict = judge(readings_of(lambda at: at * RATE * 16 / 100 + hidden_by(at)), FLOW, RATE, LIMIT)
    assert verdict.grows
    assert verdict.server_bytes_a_message == pytest.approx(0.16, rel=0.2)


def test_a_leak_of_the_client_counts_as_well() -> None:
    swapped = [Reading(each.at_s, each.client, each.server) for each in readings_of(lambda at: at * RATE)]
    verdict = judge(swapped, FLOW, RATE, LIMIT)
    assert verdict.grows
    assert (verdict.server_bytes_a_message, verdict.client_bytes_a_message) == (0, pytest.approx(1))


def test_the_slope_of_a_line_is_its_own_whatever_one_reading_says() -> None:
    line = [(float(at), 3.0 * at + 7) for at in range(50)]
    assert slope(line) == 3
    line[20] = (20.0, 1e9)
    assert slope(line) == pytest.approx(3)


@pytest.mark.parametrize(("per_second", "held"), [(20_000, True), (19_700, True), (19_000, False)])
def test_a_rate_that_was_not_held_is_said(per_second: float, held: bool) -> None:
    readings, flow = readings_of(lambda _: 0), Flow(100, 90, per_second)
    verdict = judge(readings, flow, RATE, LIMIT)
    assert verdict.rate_held is held
    text = list(lines_of(readings, flow, RATE, verdict))
    assert ("the rate was not held" in text[-1]) is not held
    assert any("10 did not return" in line for line in text)


def run(*arguments: object) -> None:
    """The program, whatever it thinks of the result."""
    done = subprocess.run(
        [sys.executable, str(PROGRAM), *map(str, arguments)], capture_output=True, text=True, check=False
    )
    assert "verdict: " in done.stdout, done.stderr


def told(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text())
    return content


def test_both_ends_are_read_while_every_message_is_sent(tmp_path: Path) -> None:
    run("--seconds", 2, "--rate", 2_000, "--json", tmp_path / "growth.json")
    content = told(tmp_path / "growth.json")
    assert content["flow"]["sent"] == 4_000
    assert 0 < content["flow"]["returned"] <= 4_000
    assert len(content["readings"]) > 20
    assert all(each["server"] > 5 * MIB and each["client"] > 5 * MIB for each in content["readings"])


def hoard(parent: Connection) -> None:
    """A server that keeps what it hears."""
    own, kept = self_signed(["localhost"]), []
    with Server(HERE, HERE, certificate_pem(own), key_pem(own)) as server:
        parent.send((server.tcp_address, server.pin))
        while True:
            kept.extend(event.data for event in server.poll(READY_S) if isinstance(event, Data))


def test_a_server_that_hoards_is_found_out() -> None:
    readings, flow = measure(2.0, 5_000, hoard)
    verdict = judge(readings, flow, 5_000, LIMIT)
    mean = sum(map(len, PAYLOADS)) / len(PAYLOADS)
    assert verdict.grows
    assert verdict.server_bytes_a_message > mean / 2
    assert verdict.client_bytes_a_message < mean / 2


@pytest.mark.slow
def test_a_minute_of_twenty_thousand_a_second_leaves_nothing(tmp_path: Path) -> None:
    """The bar is ten minutes, which `growth.py` runs by itself. Beside other tests the rate may be lower."""
    run("--seconds", 60, "--json", tmp_path / "growth.json")
    content = told(tmp_path / "growth.json")
    assert content["flow"]["sent"] == 1_200_000
    assert not content["verdict"]["grows"], content["verdict"]
