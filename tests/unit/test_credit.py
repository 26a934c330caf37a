"""The receiving side of credit against a counter."""

import random

import pytest
from forms import Forms

INITIAL, CEILING = 65_536, 2_097_152


def test_new_credit_is_announced_after_half_a_window(both_forms: Forms) -> None:
    credit = both_forms("credit").CreditReceiver(INITIAL, CEILING)
    assert (credit.limit, credit.window, credit.consumed, credit.grown) == (INITIAL, INITIAL, 0, 0)
    assert not credit.on_consumed(INITIAL // 2 - 1)
    assert credit.on_consumed(1)
    assert credit.announce() == credit.limit == INITIAL + INITIAL // 2
    assert not credit.on_consumed(32)


def test_a_wish_within_the_window_needs_no_growth(both_forms: Forms) -> None:
    credit = both_forms("credit").CreditReceiver(INITIAL, CEILING)
    credit.on_consumed(1_000)
    assert credit.on_wanted(INITIAL + 1_000) == 0
    assert credit.announce() == INITIAL + 1_000


@pytest.mark.parametrize("wanted", [2**62 - 1, 2**63, 2**64 - 1])
def test_a_huge_wish_gets_the_ceiling_and_no_more(both_forms: Forms, wanted: int) -> None:
    credit = both_forms("credit").CreditReceiver(INITIAL, CEILING)
    assert credit.on_wanted(wanted) == CEILING - INITIAL
    credit.grow(CEILING - INITIAL)
    assert (credit.window, credit.grown) == (CEILING, CEILING - INITIAL)
    assert credit.on_wanted(wanted) == 0


def test_growth_asks_for_just_enough(both_forms: Forms) -> None:
    credit = both_forms("credit").CreditReceiver(INITIAL, CEILING)
    assert credit.on_wanted(INITIAL + 5_000) == 5_000
    credit.grow(3_000)  # The budget had no more.
    assert credit.on_wanted(INITIAL + 5_000) == 2_000


def test_what_was_promised_is_not_given_back(both_forms: Forms) -> None:
    credit = both_forms("credit").CreditReceiver(INITIAL, CEILING)
    credit.grow(10_000)
    credit.announce()
    assert credit.shrink_to_initial() == 0
    credit.on_consumed(4_000)
    assert credit.shrink_to_initial() == 4_000
    assert (credit.grown, credit.limit) == (6_000, INITIAL + 10_000)
    credit.on_consumed(50_000)
    assert credit.shrink_to_initial() == 6_000
    assert (credit.window, credit.grown) == (INITIAL, 0)


@pytest.mark.seeds(10)
def test_the_limit_never_falls_and_the_books_balance(both_forms: Forms, seed: int) -> None:
    prng = random.Random(seed)
    initial = prng.randint(4_096, 100_000)
    ceiling = initial + prng.randint(0, 2**22)
    credit = both_forms("credit").CreditReceiver(initial, ceiling)
    budget, sent, consumed = prng.randint(0, 2**21), 0, 0
    whole = budget
    for step in range(2_000):
        promised = credit.limit
        action = prng.randrange(4)
        if action == 0 and sent < credit.limit:
            sent += prng.randint(1, credit.limit - sent)  # The peer sends what it may.
        elif action == 1 and sent > consumed:
            cost = prng.randint(1, sent - consumed)
            consumed += cost
            if credit.on_consumed(cost):
                assert credit.announce() - promised >= credit.window // 2, (seed, step)
        elif action == 2:
            wanted = sent + prng.choice((0, prng.randint(0, 2**21), 2**62))
            growth = min(credit.on_wanted(wanted), budget)
            budget -= growth
            credit.grow(growth)
            credit.announce()
        elif action == 3:
            budget += credit.shrink_to_initial()
        where = (seed, step, action)
        assert credit.limit >= promised, where
        assert credit.consumed == consumed, where
        assert credit.window == initial + credit.grown <= ceiling, where
        assert credit.limit - consumed <= credit.window, where  # What may be in our memory.
        assert budget + credit.grown == whole, where
