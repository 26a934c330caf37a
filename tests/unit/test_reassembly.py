"""Pieces: which are legal, and what becomes of them."""

import pytest
from fastnet.protocol.datagram import Datagram
from fastnet.protocol.numbers import CloseCode
from forms import Forms

FINE = 0
HUGE = [2**26, 2**31, 2**32, 2**57, 2**58, 2**59, 2**61, 2**62 - 1, 2**63, 2**64 - 1]


def piece(content: bytes) -> Datagram:
    """A datagram whose cursor stands before `content`, with something before and behind it."""
    inbound = Datagram(1_500)
    inbound.load(b"header" + content + b"tail")
    inbound.at = 6
    return inbound


@pytest.mark.parametrize(
    ("total", "unit", "length", "verdict"),
    [
        (2, 0, 1, CloseCode.FRAME_INVALID),  # Not a multiple of 32, and not the end.
        (33, 0, 32, FINE),
        (33, 1, 1, FINE),
        (33, 1, 2, CloseCode.FRAME_INVALID),
        (33, 2, 1, CloseCode.FRAME_INVALID),
        (64, 0, 32, FINE),
        (64, 1, 32, FINE),
        (64, 2, 32, CloseCode.FRAME_INVALID),
        (64, 1, 31, CloseCode.FRAME_INVALID),
        (64, 0, 64, CloseCode.FRAME_INVALID),  # The whole message is no piece.
        (64, 0, 65, CloseCode.FRAME_INVALID),
        (64, 0, 0, CloseCode.FRAME_INVALID),
        (64, 2, 0, CloseCode.FRAME_INVALID),
        (0, 0, 0, CloseCode.FRAME_INVALID),
        (0, 0, 32, CloseCode.FRAME_INVALID),
        (1, 0, 1, CloseCode.FRAME_INVALID),
        (1_000, 30, 40, FINE),
        (1_000, 31, 8, FINE),
        (1_000, 31, 9, CloseCode.FRAME_INVALID),
        (1_000, 0, 992, FINE),
        (1_001, 0, 1_000, CloseCode.MESSAGE_TOO_LARGE),
    ],
)
def test_a_piece_is_judged_as_the_document_says(
    both_forms: Forms, total: int, unit: int, length: int, verdict: int
) -> None:
    assert both_forms("reassembly").pieces_valid(total, unit, length, 1_000) == verdict


@pytest.mark.parametrize("huge", HUGE)
def test_huge_fields_do_not_overflow_into_legal_ones(both_forms: Forms, huge: int) -> None:
    pieces_valid = both_forms("reassembly").pieces_valid
    assert pieces_valid(1_000, huge, 32, 2_000) == CloseCode.FRAME_INVALID
    assert pieces_valid(1_000, 0, huge, 2_000) == CloseCode.FRAME_INVALID
    assert pieces_valid(1_000, huge, huge, 2_000) == CloseCode.FRAME_INVALID
    assert pieces_valid(huge, 0, 32, 2_000) == CloseCode.MESSAGE_TOO_LARGE
    assert pieces_valid(huge, huge, 32, 2_000) == CloseCode.MESSAGE_TOO_LARGE
    assert pieces_valid(huge, 0, huge, 2_000) == CloseCode.FRAME_INVALID
    assert pieces_valid(huge, huge // 32, 1, 2**64 - 1) in (FINE, CloseCode.FRAME_INVALID)


def test_every_small_piece_agrees_with_the_plain_rule(both_forms: Forms) -> None:
    pieces_valid = both_forms("reassembly").pieces_valid
    for total in range(100):
        for unit in range(5):
            for length in range(110):
                legal = 1 <= length < total and 32 * unit + length <= total
                legal = legal and (length % 32 == 0 or 32 * unit + length == total)
                assert (pieces_valid(total, unit, length, 99) == FINE) == legal, (total, unit, length)


def test_a_message_of_two_pieces_is_complete_with_the_second(both_forms: Forms) -> None:
    parts = both_forms("reassembly").Reassembly(40)
    assert (parts.total, parts.held_bytes, parts.complete) == (40, 0, False)
    inbound = piece(b"b" * 8)
    assert parts.add(inbound, 1, 8) == 8
    assert inbound.at == 6 + 8
    assert (parts.held_bytes, parts.complete) == (8, False)
    assert parts.add(piece(b"a" * 32), 0, 32) == 32
    assert parts.complete
    assert parts.message() == b"a" * 32 + b"b" * 8


def test_the_first_copy_of_a_unit_stays(both_forms: Forms) -> None:
    parts = both_forms("reassembly").Reassembly(128)
    assert parts.add(piece(b"1" * 32), 1, 32) == 32
    inbound = piece(b"2" * 96)
    assert parts.add(inbound, 0, 96) == 64
    assert inbound.at == 6 + 96  # The cursor goes on, whatever was new.
    inbound = piece(b"3" * 96)
    assert parts.add(inbound, 0, 96) == 0
    assert inbound.at == 6 + 96
    assert parts.add(piece(b"4" * 64), 2, 64) == 32
    assert parts.complete
    assert parts.message() == b"2" * 32 + b"1" * 32 + b"2" * 32 + b"4" * 32
    assert parts.add(piece(b"5" * 64), 2, 64) == 0
    assert parts.message() == b"2" * 32 + b"1" * 32 + b"2" * 32 + b"4" * 32


def test_two_messages_of_one_size_do_not_share_their_bytes(both_forms: Forms) -> None:
    first, second = both_forms("reassembly").Reassembly(33), both_forms("reassembly").Reassembly(33)
    for parts, letter in ((first, b"x"), (second, b"y")):
        parts.add(piece(letter * 32), 0, 32)
        parts.add(piece(letter), 1, 1)
    assert (first.message(), second.message()) == (b"x" * 33, b"y" * 33)
