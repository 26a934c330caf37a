"""A running game may wait for ever, stall, and poll from threads that come and go: games.c, with the real library."""

from pathlib import Path

import pytest
from living import CORES, Run, runner

STALL_MS = 5_000  # The idle timeout there is 2,000.


@pytest.fixture(params=CORES)
def game(request: pytest.FixtureRequest, tmp_path: Path) -> Run:
    """Runs a test of games.c."""
    return runner("games.c", request.param, tmp_path)


def test_a_wait_for_ever_ends_by_wake_by_event_and_by_the_end_of_its_handle_in_every_mode(game: Run) -> None:
    game("waits_end_in_every_mode")


def test_a_pumped_wait_is_awake_as_long_as_its_idle_policy_says(tmp_path: Path) -> None:
    runner("games.c", "real", tmp_path)("a_pumped_wait_is_awake_as_long_as_its_idle_policy_says")


def test_threads_that_poll_a_pumped_handle_and_end_leave_nothing(game: Run) -> None:
    game("pumped_handles_are_polled_by_threads_that_end")


def test_whoever_rests_between_two_turns_keeps_no_other_thread_out(game: Run) -> None:
    game("whoever_rests_between_turns_keeps_nobody_out")


def test_a_game_that_stalls_longer_than_the_idle_timeout_stays_connected(game: Run) -> None:
    game("a_stalled_game_stays_connected", STALL_MS)


@pytest.mark.slow
def test_a_game_that_loads_for_30_seconds_stays_connected(game: Run) -> None:
    game("a_stalled_game_stays_connected", 30_000)
