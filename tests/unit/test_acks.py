"""The ack tracker: what an ACK says, and when it must leave."""

from typing import Any

import pytest
from fastnet.protocol.datagram import Datagram
from fastnet.protocol.ticket import NEVER_NS
from forms import Forms
from frames_by_hand import read_ack

RELIABLE_NS = 5_000_000
UNRELIABLE_NS = 25_000_000
ROOM = 1_000


def tracker(forms: Forms) -> Any:
    return forms("acks").AckTracker(RELIABLE_NS, UNRELIABLE_NS)


def written(acks: Any, room: int = ROOM, now_ns: int = 0) -> bytes:
    """What `write` puts behind a header of three bytes; its result must say how much that is."""
    out = Datagram(1_200)
    out.rewind()
    out.put_zeros(3)
    size = acks.write(out, room, now_ns)
    assert size <= room
    assert out.at == 3 + size
    out.size = out.at
    return out.content()[3:]


def runs_of(acks: Any, room: int = ROOM) -> list[tuple[int, int]]:
    return read_ack(written(acks, room))[1]


def receive(acks: Any, *numbers: int, eliciting: bool = True, prompt: bool = False, now_ns: int = 0) -> None:
    for number in numbers:
        acks.on_received(number, eliciting, prompt, now_ns)


# What it says.


def test_before_any_packet_there_is_no_ack_frame(both_forms: Forms) -> None:
    acks = tracker(both_forms)
    assert not acks.any
    assert written(acks) == b""


def test_an_ack_names_exactly_what_was_received_as_f14_demands(both_forms: Forms) -> None:
    acks = tracker(both_forms)
    receive(acks, 0, 1, 2, 4, 40)
    assert acks.any
    assert acks.largest == 40
    assert runs_of(acks) == [(40, 40), (4, 4), (0, 2)]


def test_the_frame_has_the_bytes_of_the_document(both_forms: Forms) -> None:
    acks = tracker(both_forms)
    receive(acks, 0, 1, 2, 4)
    receive(acks, 40, now_ns=1_000_000)
    assert written(acks, now_ns=1_048_007) == bytes.fromhex("02 28 06 02 00 22 00 00 02")


def test_the_delay_counts_from_the_arrival_of_the_largest(both_forms: Forms) -> None:
    acks = tracker(both_forms)
    receive(acks, 7, now_ns=1_000_000)
    receive(acks, 5, now_ns=9_000_000)
    assert read_ack(written(acks, now_ns=9_000_000))[0] == 1_000
    assert read_ack(written(acks, now_ns=0))[0] == 0  # A clock that went back would give 2**61.


def test_an_ack_of_a_long_lossless_run_takes_at_most_twelve_bytes(both_forms: Forms) -> None:
    acks = tracker(both_forms)
    receive(acks, 2**20, 2**20 + 1, now_ns=0)
    assert len(written(acks, now_ns=1_000_000)) <= 12


def test_the_largest_numbers_of_the_wire_fit(both_forms: Forms) -> None:
    acks = tracker(both_forms)
    receive(acks, 0, 2**40, 2**62 - 1)
    assert runs_of(acks) == [(2**62 - 1, 2**62 - 1), (2**40, 2**40), (0, 0)]


def test_with_little_room_the_newest_runs_are_said_first(both_forms: Forms) -> None:
    for room in range(40):
        acks = tracker(both_forms)
        receive(acks, *range(0, 20, 2))
        frame = written(acks, room)
        if room < 5:
            assert frame == b""
            assert acks.pending  # It did not leave.
        else:
            assert read_ack(frame)[1] == [(low, low) for low in range(18, -1, -2)][: (room - 5) // 2 + 1]
            assert not acks.pending


def test_only_the_33_newest_runs_are_remembered(both_forms: Forms) -> None:
    acks = tracker(both_forms)
    receive(acks, *range(0, 200, 2))
    newest = [(low, low) for low in range(198, 198 - 66, -2)]
    assert len(newest) == 33
    assert runs_of(acks) == newest
    receive(acks, 1)  # Older than the oldest: nowhere to put it.
    assert runs_of(acks) == newest
    receive(acks, 141)  # Joins two runs, so that there is room for one more, which then is the oldest.
    receive(acks, 11)
    assert runs_of(acks)[-1] == (11, 11)


# When what it said was heard.


def test_what_lies_below_an_acknowledged_ack_is_not_said_again(both_forms: Forms) -> None:
    acks = tracker(both_forms)
    receive(acks, 0, 1, 5, 6, 7, 8, 20)
    acks.on_ack_of_ack(7)
    assert runs_of(acks) == [(20, 20), (7, 8)]
    acks.on_ack_of_ack(3)  # An older one changes nothing.
    assert runs_of(acks) == [(20, 20), (7, 8)]
    acks.on_ack_of_ack(20)
    assert runs_of(acks) == [(20, 20)]


def test_an_acknowledged_ack_of_nothing_received_changes_nothing(both_forms: Forms) -> None:
    acks = tracker(both_forms)
    acks.on_ack_of_ack(0)
    assert written(acks) == b""
    receive(acks, 3)
    acks.on_ack_of_ack(2**62 - 1)
    assert runs_of(acks) == [(3, 3)]


def test_a_packet_later_than_the_pruning_is_still_acknowledged(both_forms: Forms) -> None:
    acks = tracker(both_forms)
    receive(acks, 0, 1, 3)
    acks.on_ack_of_ack(3)
    receive(acks, 2)
    assert runs_of(acks) == [(2, 3)]


# When it must leave.


def test_nothing_is_due_before_a_packet_elicits_it(both_forms: Forms) -> None:
    acks = tracker(both_forms)
    receive(acks, 0, 1, 5, 3, eliciting=False, prompt=True)
    assert (acks.pending, acks.immediate, acks.deadline_ns) == (False, False, NEVER_NS)
    assert runs_of(acks) == [(5, 5), (3, 3), (0, 1)]


@pytest.mark.parametrize(("prompt", "delay_ns"), [(True, RELIABLE_NS), (False, UNRELIABLE_NS)])
def test_one_packet_waits_for_the_delay_of_its_type(both_forms: Forms, prompt: bool, delay_ns: int) -> None:
    acks = tracker(both_forms)
    receive(acks, 9, prompt=prompt, now_ns=1_000)  # The first number is in order, whatever it is.
    assert (acks.pending, acks.immediate, acks.deadline_ns) == (True, False, 1_000 + delay_ns)


def test_the_earliest_deadline_rules(both_forms: Forms) -> None:
    acks = tracker(both_forms)
    receive(acks, 0, now_ns=0)
    receive(acks, 1, prompt=True, now_ns=1_000)
    assert acks.deadline_ns == 1_000 + RELIABLE_NS
    receive(acks, 2, now_ns=2_000)
    assert acks.deadline_ns == 1_000 + RELIABLE_NS
    receive(acks, 3, eliciting=False, now_ns=3_000)
    assert acks.deadline_ns == 1_000 + RELIABLE_NS


@pytest.mark.parametrize(("prompts", "count"), [([True] * 9, 2), ([False] * 9, 8), ([True] + [False] * 8, 8)])
def test_two_prompt_packets_or_eight_of_any_kind_hurry(both_forms: Forms, prompts: list[bool], count: int) -> None:
    acks = tracker(both_forms)
    for number in range(count):
        assert not acks.immediate
        receive(acks, number, prompt=prompts[number])
    assert acks.immediate


@pytest.mark.parametrize("number", [3, 12])
def test_a_packet_out_of_order_hurries(both_forms: Forms, number: int) -> None:
    acks = tracker(both_forms)
    receive(acks, 10)
    receive(acks, number)
    assert acks.immediate


def test_once_the_ack_left_nothing_is_due_and_counting_begins_anew(both_forms: Forms) -> None:
    acks = tracker(both_forms)
    receive(acks, 0, 1, prompt=True)
    assert acks.immediate
    written(acks)
    assert (acks.pending, acks.immediate, acks.deadline_ns) == (False, False, NEVER_NS)
    receive(acks, 2, prompt=True)
    assert not acks.immediate
