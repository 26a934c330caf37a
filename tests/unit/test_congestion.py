"""The congestion window: every row of RFC 9002 s. 7 that we follow, and the undo that we add."""

from typing import Any

import pytest
from forms import Forms

INITIAL, MINIMUM, MAXIMUM = 12_000, 4_800, 100_000


def new_reno(forms: Forms) -> Any:
    return forms("congestion").NewReno(INITIAL, MINIMUM, MAXIMUM)


def fill(control: Any, size: int = 1_200) -> int:
    """Send until refused; returns how many packets left."""
    count = 0
    while control.may_send(size) and count < 1_000:
        control.on_sent(size)
        count += 1
    return count


def one_round(control: Any, sent_ns: int) -> None:
    """Fill the window, then let all of it be acked."""
    for _ in range(fill(control)):
        control.on_acked(1_200, sent_ns, sent_ns + 1)
    control.on_acked(control.in_flight, sent_ns, sent_ns + 1)


def test_the_window_bounds_what_is_in_flight(both_forms: Forms) -> None:
    control = new_reno(both_forms)
    assert fill(control) == 10
    assert control.in_flight == control.window == INITIAL
    assert not control.may_send(1)
    control.on_discarded(1_200)
    assert control.may_send(1_200)
    assert not control.may_send(1_201)


def test_an_empty_flight_takes_a_packet_above_the_window(both_forms: Forms) -> None:
    control = new_reno(both_forms)
    assert control.may_send(65_527)
    control.on_sent(65_527)
    assert not control.may_send(1)


def test_slow_start_doubles_each_round_up_to_the_maximum(both_forms: Forms) -> None:
    control = new_reno(both_forms)
    for window in (24_000, 48_000, 96_000, MAXIMUM, MAXIMUM):
        one_round(control, 1)
        assert control.window == window


def test_a_loss_halves_and_then_each_round_adds_one_datagram(both_forms: Forms) -> None:
    control = new_reno(both_forms)
    one_round(control, 1)
    control.on_sent(1_200)
    control.on_lost(1_200, 10, 20, 0)
    assert control.window == control.threshold == 12_000
    for window in (13_200, 14_400, 15_600):
        one_round(control, 30)
        assert control.window == window


def test_at_the_threshold_one_ack_adds_nothing_yet(both_forms: Forms) -> None:
    control = new_reno(both_forms)
    fill(control)
    control.on_lost(1_200, 10, 20, 0)
    assert control.window == control.threshold
    control.on_acked(1_200, 30, 40)
    assert control.window == control.threshold


@pytest.mark.parametrize(("size", "grown"), [(INITIAL // 2 - 1, 0), (INITIAL // 2, INITIAL // 2)])
def test_half_a_window_in_use_is_enough_to_grow(both_forms: Forms, size: int, grown: int) -> None:
    control = new_reno(both_forms)
    control.on_sent(size)
    control.on_acked(size, 0, 1)
    assert control.window == INITIAL + grown


def test_losses_of_one_round_cut_once(both_forms: Forms) -> None:
    control = new_reno(both_forms)
    count = fill(control)
    for number in range(count):
        control.on_lost(1_200, number, 50, 0)
    assert control.window == 6_000
    assert control.in_flight == 0
    control.on_sent(1_200)
    control.on_lost(1_200, 51, 60, 0)  # Sent after the cut: a new round.
    assert control.window == MINIMUM


def test_the_turn_of_the_cut_belongs_to_it(both_forms: Forms) -> None:
    control = new_reno(both_forms)
    fill(control)
    control.on_lost(1_200, 0, 50, 0)
    control.on_lost(1_200, 50, 90, 0)
    assert control.window == 6_000


def test_packets_sent_before_the_cut_do_not_grow_the_window(both_forms: Forms) -> None:
    control = new_reno(both_forms)
    count = fill(control)
    control.on_lost(1_200, 0, 50, 0)
    for number in range(1, count):
        control.on_acked(1_200, number, 60)
    assert control.window == 6_000


def test_the_window_never_falls_below_the_minimum_nor_below_zero_flight(both_forms: Forms) -> None:
    control = new_reno(both_forms)
    for now in range(10):
        control.on_lost(1_200, 10 * now, 10 * now + 5, 0)
    assert control.window == MINIMUM
    assert control.in_flight == 0


def test_a_sender_that_uses_less_than_half_does_not_grow_its_window(both_forms: Forms) -> None:
    control = new_reno(both_forms)
    for now in range(1_000):
        control.on_sent(1_200)
        control.on_acked(1_200, now, now + 1)
    assert control.window == INITIAL
    assert not control.limited


def test_a_refusal_counts_as_use(both_forms: Forms) -> None:
    control = new_reno(both_forms)
    control.on_sent(1_200)
    assert not control.limited
    assert not control.may_send(11_000)
    assert control.limited
    control.on_acked(1_200, 0, 1)
    assert control.window == 13_200


def test_undo_gives_back_the_last_cut_once(both_forms: Forms) -> None:
    control = new_reno(both_forms)
    one_round(control, 1)
    before = (control.window, control.threshold)
    fill(control)
    control.on_lost(1_200, 10, 20, 0)
    assert control.window == 12_000
    control.undo()
    assert (control.window, control.threshold) == before
    control.undo()
    assert (control.window, control.threshold) == before
    control.on_lost(1_200, 11, 30, 0)  # A real loss of the same round still counts.
    assert control.window == 12_000


def test_undo_without_a_cut_changes_nothing(both_forms: Forms) -> None:
    control = new_reno(both_forms)
    control.undo()
    assert control.window == INITIAL


def test_undo_never_takes_what_was_grown_since(both_forms: Forms) -> None:
    control = new_reno(both_forms)
    fill(control)
    control.on_lost(1_200, 0, 5, 0)
    for now in range(10, 100):
        one_round(control, now)
    grown = control.window
    assert grown > INITIAL
    control.undo()
    assert control.window == grown


def test_persistent_congestion_starts_from_the_minimum_and_cannot_be_undone(both_forms: Forms) -> None:
    control = new_reno(both_forms)
    one_round(control, 1)
    fill(control)
    control.on_lost(1_200, 10, 20, 0)
    control.on_persistent()
    assert (control.window, control.threshold) == (MINIMUM, 12_000)
    control.undo()
    assert control.window == MINIMUM
    control.on_discarded(control.in_flight)
    one_round(control, 15)  # Slow start at once (RFC 9002 B.8), also with packets sent before.
    assert control.window == 2 * MINIMUM


def test_a_new_path_starts_anew_but_its_flight_stays_counted(both_forms: Forms) -> None:
    control = new_reno(both_forms)
    one_round(control, 1)
    count = fill(control)
    control.on_lost(1_200, 10, 20, 0)
    flight = control.in_flight
    control.reset()
    assert (control.window, control.threshold) == (INITIAL, 2**64 - 1)
    assert control.in_flight == flight == (count - 1) * 1_200
    control.undo()
    assert control.window == INITIAL


@pytest.mark.parametrize("maximum", [2**31 - 1])
def test_the_largest_window_of_the_configuration_does_not_overflow(both_forms: Forms, maximum: int) -> None:
    control = both_forms("congestion").NewReno(maximum, 2_400, maximum)
    control.on_sent(maximum)
    control.on_acked(maximum, 0, 1)
    assert control.window == maximum
    control.on_lost(1, 2**63, 2**63 + 5, 0)
    assert control.window == maximum // 2


@pytest.mark.parametrize(("min_rtt_ms", "least"), [(0, MINIMUM), (75, MINIMUM), (100, 6_400), (200, INITIAL)])
def test_cuts_end_at_what_an_empty_path_of_64_kb_a_second_holds(both_forms: Forms, min_rtt_ms: int, least: int) -> None:
    control = new_reno(both_forms)
    for number in range(10):
        control.on_lost(0, 100 * number, 100 * number + 50, min_rtt_ms * 1_000_000)
    assert control.window == control.threshold == least
    control.on_persistent()
    assert control.window == MINIMUM, "persistent congestion believes in no path"


def test_what_need_not_leave_leaves_an_eighth_of_the_window_free(both_forms: Forms) -> None:
    control = new_reno(both_forms)
    assert control.spare_bytes() == INITIAL - INITIAL // 8
    control.on_sent(10_000)
    assert control.spare_bytes() == 500
    control.on_sent(1_000)
    assert control.spare_bytes() == 0
