"""When a busy poll asks, when it lets the loop run and when it gives up; time is a number here."""

import pytest
from fastnet import UsageError
from fastnet.net.aio_busy_poll import LIMIT_US_MAX, BusyPoll

US = 1_000
FRUITLESS_MAX = 4
LIMIT_NS = 50 * US


def missed(busy: BusyPoll, now_ns: int) -> int:
    """A poll in vain that then sleeps; the time after it."""
    until_ns = busy.begin(now_ns)
    assert until_ns == now_ns + LIMIT_NS
    assert busy.missed()
    busy.loop_ran()
    return until_ns


def gave_up() -> tuple[BusyPoll, int]:
    """One that asks no more, and the time."""
    busy, now_ns = BusyPoll(50), 7
    for _ in range(FRUITLESS_MAX):
        now_ns = missed(busy, now_ns)
    return busy, now_ns


def test_the_loop_is_held_no_longer_than_the_limit_however_many_polls_find_something() -> None:
    busy, now_ns, polls = BusyPoll(50), 1_000, 0
    end_ns = now_ns + LIMIT_NS
    while now_ns < end_ns:
        assert busy.begin(now_ns) == end_ns  # Whatever was found in between.
        busy.found()
        now_ns += 12 * US
        polls += 1
    assert polls == 5
    assert busy.begin(now_ns) <= now_ns
    assert not busy.missed()  # No sleep: the loop runs once ..
    busy.loop_ran()
    assert busy.begin(now_ns) == now_ns + LIMIT_NS  # .. and it asks again, for the whole time.


def test_what_is_left_of_a_stretch_is_no_failure() -> None:
    busy, now_ns = BusyPoll(50), 1_000
    for _ in range(10 * FRUITLESS_MAX):
        assert busy.begin(now_ns) == now_ns + LIMIT_NS
        assert busy.begin(now_ns + 40 * US) == now_ns + LIMIT_NS
        assert not busy.missed()
        busy.loop_ran()
        now_ns += LIMIT_NS


def test_four_polls_in_vain_are_enough() -> None:
    busy, now_ns = gave_up()
    for _ in range(100):
        assert busy.begin(now_ns) == 0
        now_ns += 51 * US
        busy.heard(now_ns)


def test_success_in_between_begins_the_count_anew() -> None:
    busy, now_ns = BusyPoll(50), 7
    for _ in range(100):
        for _ in range(FRUITLESS_MAX - 1):
            now_ns = missed(busy, now_ns)
        busy.begin(now_ns)
        busy.found()
        busy.loop_ran()
    assert busy.begin(now_ns) != 0


def test_it_asks_again_when_news_come_within_the_limit_and_more_rarely_each_time_that_is_in_vain() -> None:
    busy, now_ns = gave_up()
    sleeps = []
    for _ in range(15):
        sleeps.append(0)
        while busy.begin(now_ns) == 0:
            sleeps[len(sleeps) - 1] += 1
            now_ns += LIMIT_NS
            busy.heard(now_ns)
        assert busy.missed()
        busy.loop_ran()
    assert sleeps == [*(2**power for power in range(1, 13)), 4_096, 4_096, 4_096]


def test_once_asking_helps_again_it_is_as_it_was() -> None:
    busy, now_ns = gave_up()
    while busy.begin(now_ns) == 0:
        now_ns += LIMIT_NS
        busy.heard(now_ns)
    busy.found()
    busy.loop_ran()
    for _ in range(FRUITLESS_MAX):
        now_ns = missed(busy, now_ns)
    assert busy.begin(now_ns) == 0


def test_news_to_nobody_who_sleeps_mean_nothing() -> None:
    busy, now_ns = gave_up()
    for _ in range(100):
        busy.heard(now_ns)
        assert busy.begin(now_ns) == 0
        busy.heard(now_ns + LIMIT_NS + 1)  # Too late, and what follows it came to one who was awake.
        busy.heard(now_ns + LIMIT_NS + 2)


@pytest.mark.parametrize("limit_us", [-1, 0, LIMIT_US_MAX + 1, 1 << 70])
def test_a_limit_that_stalls_the_loop_is_refused(limit_us: int) -> None:
    with pytest.raises(UsageError, match=r"outside 0\.\.10000.*spin=True"):
        BusyPoll(limit_us)
