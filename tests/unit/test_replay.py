"""The replay window at its edges."""

import pytest
from forms import Forms


def test_number_0_is_fresh_until_it_was_marked(both_forms: Forms) -> None:
    window = both_forms("replay").ReplayWindow()
    assert window.is_fresh(0)
    assert window.highest == 0
    window.mark(0)
    assert not window.is_fresh(0)
    assert window.is_fresh(1)


def test_the_window_reaches_back_1985_to_2048_numbers(both_forms: Forms) -> None:
    for last in (64_000, 64_001, 64_063):
        window = both_forms("replay").ReplayWindow()
        window.mark(last)
        reach = sum(window.is_fresh(number) for number in range(last)) + 1
        assert reach == 1_985 + last % 64
        assert not window.is_fresh(last - reach)


@pytest.mark.parametrize("number", [2**62 - 1, 2**62, 2**63, 2**64 - 1])
def test_numbers_at_the_end_of_u64_neither_overflow_nor_disturb(both_forms: Forms, number: int) -> None:
    window = both_forms("replay").ReplayWindow()
    for low in (0, 1, 2):
        window.mark(low)
    assert window.is_fresh(number)  # Asking changes nothing ..
    assert not window.is_fresh(2)
    assert window.is_fresh(3)
    window.mark(number)  # .. and marking ends only the past.
    assert window.highest == number
    assert not window.is_fresh(number)
    assert not window.is_fresh(3)
    assert window.is_fresh(number - 1)
    assert window.is_fresh(number - 1_984)
    assert not window.is_fresh(number - 2_048)


def test_a_jump_of_a_whole_ring_forgets_every_old_mark(both_forms: Forms) -> None:
    window = both_forms("replay").ReplayWindow()
    for number in range(2_048):
        window.mark(number)
    window.mark(2_048 * 1_000 + 2_047)
    assert all(window.is_fresh(number) for number in range(2_048 * 1_000, 2_048 * 1_000 + 2_047))
