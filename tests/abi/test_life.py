"""A host may exit, fork, unload, restart and interrupt the library at any moment: life.c, with the real library.

The same with the core written in C is quick, so it comes first and says whether the plain-C half is at fault.
"""

import random
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import building
import pytest
from fastnet.net.devca import certificate_pem, key_pem, self_signed, write_private

CHUNKS, EXITS_EACH = 10, 30
START_US = 160_000  # A start takes about 100 ms; delays from 0 to this cover all of it.
LOAD_US = 50_000
AT_ONCE = 4
STALL_MS = 5_000  # The idle timeout there is 2,000.
Life = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(params=["c-core", "real"])
def life(request: pytest.FixtureRequest, tmp_path: Path) -> Life:
    """Runs a test of life.c against one of the two libraries; a signal, a hang or a failed check fails it."""
    plain = building.build("plain")
    library = plain.library if request.param == "c-core" else building.release()
    program = plain.program("life.c")
    made = self_signed(["localhost", "127.0.0.1"])
    (tmp_path / "chain.pem").write_bytes(certificate_pem(made))
    write_private(tmp_path / "key.pem", key_pem(made))

    def run(test: str, number: int = 0, *, speaks: bool = False) -> "subprocess.CompletedProcess[str]":
        command = [program, library, test, tmp_path / "chain.pem", tmp_path / "key.pem", str(number)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=building.TIMEOUT_S)
        assert done.returncode == 0, f"{test} {number}: {done.returncode}\n{done.stdout}{done.stderr}"
        assert speaks or done.stderr + done.stdout == "", "the library writes to no stream"
        return done

    return run


def many(life: Life, test: str, delays: list[int]) -> None:
    with ThreadPoolExecutor(AT_ONCE) as pool:  # An exit mostly waits for its goodbyes.
        list(pool.map(lambda delay: life(test, delay), delays))


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_300_exits_under_load_are_clean(life: Life, chunk: int) -> None:
    dice = random.Random(chunk)
    many(life, "exit_under_load", [dice.randrange(LOAD_US) for _ in range(EXITS_EACH)])


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_300_exits_during_the_start_are_clean(life: Life, chunk: int) -> None:
    """Delays from 0 to 160 ms, evenly: each moment of the start is hit."""
    all_of_them = CHUNKS * EXITS_EACH
    many(life, "exit_during_start", [START_US * at // all_of_them for at in range(chunk, all_of_them, CHUNKS)])


def test_100_forked_children_get_an_answer_and_the_parent_goes_on(life: Life) -> None:
    life("forks")


def test_a_host_may_close_the_library_and_live_on(life: Life) -> None:
    life("live_on_after_dlclose")


def test_10_rounds_of_loading_and_closing_work(life: Life) -> None:
    life("reloads")


def test_100_rounds_of_init_and_shutdown_work(life: Life) -> None:
    life("restarts")


def test_signal_handlers_locale_and_rounding_stay_the_hosts(life: Life) -> None:
    life("signals_locale_and_rounding")


def test_a_connection_that_is_cut_is_no_sigpipe(life: Life) -> None:
    life("sigpipe_in_both_modes")


def test_a_wait_for_ever_ends_by_wake_by_event_and_by_the_end_of_its_handle_in_both_modes(life: Life) -> None:
    life("waits_end_in_both_modes")


def test_threads_that_poll_a_pumped_handle_and_end_leave_nothing(life: Life) -> None:
    life("pumped_handles_are_polled_by_threads_that_end")


def test_a_game_that_stalls_longer_than_the_idle_timeout_stays_connected(life: Life) -> None:
    life("a_stalled_game_stays_connected", STALL_MS)


@pytest.mark.slow
def test_a_game_that_loads_for_30_seconds_stays_connected(life: Life) -> None:
    life("a_stalled_game_stays_connected", 30_000)


def test_an_exit_with_open_handles_waits_for_goodbyes_and_not_for_the_linger(life: Life) -> None:
    """The linger is 500 ms; the quickest of five, for the machine may be busy."""
    took_us = [int(life("exit_in_time", speaks=True).stdout.split()[0]) for _ in range(5)]
    assert min(took_us) < 250_000


@pytest.mark.parametrize("ending", ["send_and_exit", "send_disconnect_and_exit"])
def test_a_process_that_ends_says_goodbye_and_loses_nothing(ending: str, tmp_path: Path) -> None:
    """The server is another process; without a goodbye it would wait for its idle timeout and say reason 2."""
    program, library = building.build("plain").program("life.c"), building.release()
    made = self_signed(["localhost", "127.0.0.1"])
    (tmp_path / "chain.pem").write_bytes(certificate_pem(made))
    write_private(tmp_path / "key.pem", key_pem(made))
    command = [program, library, "serve_one", tmp_path / "chain.pem", tmp_path / "key.pem"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        port = server.stdout.readline().strip()
        subprocess.run([program, library, ending, "-", "-", port], check=True, timeout=building.TIMEOUT_S)
        heard = server.stdout.readline()
    assert heard == "10 messages, reason 0, by peer 1\n"
    assert server.returncode == 0
