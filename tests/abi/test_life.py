"""A process may exit, fork, unload, restart and interrupt the library at any moment: life.c, with the real library."""

import random
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import building
import pytest
from living import CORES, Run, credentials, runner

CHUNKS, EXITS_EACH = 10, 30
START_US = 160_000  # A start takes about 100 ms; delays from 0 to this cover all of it.
LOAD_US = 50_000
AT_ONCE = 4


@pytest.fixture(params=CORES)
def life(request: pytest.FixtureRequest, tmp_path: Path) -> Run:
    """Runs a test of life.c."""
    return runner("life.c", request.param, tmp_path)


def many(life: Run, test: str, delays: list[int]) -> None:
    with ThreadPoolExecutor(AT_ONCE) as pool:  # An exit mostly waits for its goodbyes.
        list(pool.map(lambda delay: life(test, delay), delays))


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_300_exits_under_load_are_clean(life: Run, chunk: int) -> None:
    dice = random.Random(chunk)
    many(life, "exit_under_load", [dice.randrange(LOAD_US) for _ in range(EXITS_EACH)])


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_300_exits_during_the_start_are_clean(life: Run, chunk: int) -> None:
    """Delays from 0 to 160 ms, evenly: each moment of the start is hit."""
    all_of_them = CHUNKS * EXITS_EACH
    many(life, "exit_during_start", [START_US * at // all_of_them for at in range(chunk, all_of_them, CHUNKS)])


def test_100_forked_children_get_an_answer_and_the_parent_goes_on(life: Run) -> None:
    life("forks")


def test_a_host_may_close_the_library_and_live_on(life: Run) -> None:
    life("live_on_after_dlclose")


def test_10_rounds_of_loading_and_closing_work(life: Run) -> None:
    life("reloads")


def test_100_rounds_of_init_and_shutdown_work(life: Run) -> None:
    life("restarts")


def test_signal_handlers_locale_and_rounding_stay_the_hosts(life: Run) -> None:
    life("signals_locale_and_rounding")


def test_a_connection_that_is_cut_is_no_sigpipe(life: Run) -> None:
    life("sigpipe_in_both_modes")


def test_an_exit_with_open_handles_waits_for_goodbyes_and_not_for_the_linger(life: Run) -> None:
    """The linger is 500 ms; the quickest of five, for the machine may be busy."""
    took_us = [int(life("exit_in_time", speaks=True).stdout.split()[0]) for _ in range(5)]
    assert min(took_us) < 250_000


@pytest.mark.parametrize("ending", ["send_and_exit", "send_disconnect_and_exit"])
def test_a_process_that_ends_says_goodbye_and_loses_nothing(ending: str, tmp_path: Path) -> None:
    """The server is another process; without a goodbye it would wait for its idle timeout and say reason 2."""
    program, library = building.build("plain").program("life.c"), building.release()
    command = [program, library, "serve_one", *credentials(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        port = server.stdout.readline().strip()
        subprocess.run([program, library, ending, "-", "-", port], check=True, timeout=building.TIMEOUT_S)
        heard = server.stdout.readline()
    assert heard == "10 messages, reason 0, by peer 1\n"
    assert server.returncode == 0
