"""One datagram's bytes: integers, bounds, and copies."""

import random

import pytest
from fastnet.protocol.datagram import Datagram, blank_bytes, varint_size
from frames_by_hand import read_varint


def reading(content: bytes) -> Datagram:
    inbound = Datagram(max(64, len(content)))
    inbound.load(content)
    return inbound


def writing(capacity: int = 64) -> Datagram:
    out = Datagram(capacity)
    out.rewind()
    return out


def written(out: Datagram) -> bytes:
    out.size = out.at
    return out.content()


# Varints.


@pytest.mark.parametrize(  # RFC 9000 A.1, but for its last example: 37 in two bytes is a longer form than needed.
    ("encoded", "value"),
    [
        ("c2197c5eff14e88c", 151_288_809_941_952_652),
        ("9d7f3e7d", 494_878_333),
        ("7bbd", 15_293),
        ("25", 37),
    ],
)
def test_the_examples_of_the_rfc(encoded: str, value: int) -> None:
    content = bytes.fromhex(encoded)
    inbound = reading(content)
    assert inbound.varint() == value
    assert (inbound.left(), inbound.bad) == (0, False)
    out = writing()
    out.put_varint(value)
    assert written(out) == content
    assert varint_size(value) == len(content)


@pytest.mark.parametrize("value", [0, 63, 64, 16_383, 16_384, 2**30 - 1, 2**30, 2**62 - 1])
def test_only_the_shortest_form_of_a_number_is_read(value: int) -> None:
    for code, length in enumerate((1, 2, 4, 8)):
        if value >= 1 << (8 * length - 2):
            continue
        content = (value | code << (8 * length - 2)).to_bytes(length, "big")
        inbound = reading(content)
        if length == varint_size(value):
            assert inbound.varint() == value
            assert not inbound.bad
        else:
            assert inbound.varint() == 0
            assert inbound.bad


@pytest.mark.parametrize("value", [64, 16_384, 2**30])
def test_a_truncated_varint_is_bad_and_reads_nothing_beyond(value: int) -> None:
    out = writing()
    out.put_varint(value)
    content = written(out)
    for cut in range(len(content)):
        inbound = reading(content)
        inbound.end = cut
        assert inbound.varint() == 0
        assert inbound.bad
        assert inbound.at <= cut


@pytest.mark.seeds(5)
def test_what_is_written_is_read_again_and_by_hand(seed: int) -> None:
    prng = random.Random(seed)
    for _ in range(500):
        value = prng.getrandbits(prng.randint(0, 62))
        out = writing()
        out.put_varint(value)
        content = written(out)
        assert reading(content).varint() == value, seed
        assert read_varint(content, 0) == (value, len(content)), seed


# Bounds.


@pytest.mark.parametrize(("name", "size"), [("u8", 1), ("u16", 2), ("u32", 4), ("u64", 8)])
def test_fixed_integers_are_big_endian_and_never_read_past_the_stop(name: str, size: int) -> None:
    content = bytes(range(0xF1, 0xF1 + size))
    inbound = reading(content + b"x")
    assert getattr(inbound, name)() == int.from_bytes(content, "big")
    assert (inbound.at, inbound.bad) == (size, False)
    for end in range(size):
        inbound = reading(content)
        inbound.end = end
        assert getattr(inbound, name)() == 0
        assert (inbound.at, inbound.bad) == (0, True)


def test_bad_stays_until_the_next_load() -> None:
    inbound = reading(b"\x07")
    inbound.u16()
    assert inbound.u8() == 7
    assert inbound.bad
    inbound.load(b"\x07")
    assert not inbound.bad


def test_a_datagram_takes_no_more_than_its_capacity() -> None:
    datagram = Datagram(64)
    datagram.load(bytes(64))
    with pytest.raises(ValueError, match="65 bytes do not fit into a datagram of 64"):
        datagram.load(bytes(65))
    for capacity in (-1, 0, 63, 65_537):
        with pytest.raises(ValueError, match=r"outside 64\.\.65536"):
            Datagram(capacity)


def test_rewind_makes_room_for_the_whole_capacity() -> None:
    out = writing(100)
    assert out.left() == 100
    out.put_zeros(99)
    out.put_u8(255)
    assert out.left() == 0
    assert written(out) == bytes(99) + b"\xff"
    out.rewind()
    assert (out.left(), out.size) == (100, 0)


def test_numbers_of_any_length_are_written_and_read_in_place() -> None:
    out = writing()
    out.put_u8(1)
    out.put_u16(0x0203)
    out.put_u32(0x04050607)
    out.put_u64(0x08090A0B0C0D0E0F)
    out.put_number(0x99101112, 3)  # The low bytes only.
    assert written(out) == bytes(range(1, 19))
    assert out.u8_at(1) == 2
    assert out.u64_at(7) == 0x08090A0B0C0D0E0F
    assert out.number_at(15, 3) == 0x101112
    out.put_u8_at(0, 0x1FF)
    assert out.u8_at(0) == 0xFF


# Copies.


def test_take_gives_a_copy_that_later_loads_do_not_change() -> None:
    inbound = reading(b"first and second")
    assert inbound.take(5) == b"first"
    assert inbound.take(0) == b""
    taken = inbound.take(4)
    inbound.load(b"XXXXXXXXXXXXXXXX")
    assert taken == b" and"


def test_copy_into_fills_a_blank_and_moves_the_cursor() -> None:
    target = blank_bytes(10)
    assert target == bytes(10)
    inbound = reading(b"abcdef")
    inbound.copy_into(target, 3, 4)
    assert target == b"\0\0\0abcd\0\0\0"
    assert inbound.left() == 2
    inbound.copy_into(target, 8, 2)
    assert target == b"\0\0\0abcd\0ef"
    assert blank_bytes(10) == bytes(10)  # Nobody else's zeros.


def test_put_bytes_writes_a_part_of_its_source() -> None:
    out = writing()
    out.put_bytes(b"0123456789", 2, 5)
    out.put_bytes(b"", 0, 0)
    assert written(out) == b"23456"


@pytest.mark.parametrize("content", [b"", b"t", b"token", b"xtoken", b"xtokem", b"xuoken", b"tokenx"])
def test_ends_with_looks_at_the_last_bytes_only(content: bytes) -> None:
    for tail in (b"", b"n", b"token"):
        assert reading(content).ends_with(tail) == content.endswith(tail)


def test_all_zeros_reads_to_the_stop() -> None:
    inbound = reading(b"\x01\0\0\0\x02")
    inbound.at, inbound.end = 1, 4
    assert inbound.all_zeros()
    assert inbound.at == 4
    inbound.at, inbound.end = 1, 5
    assert not inbound.all_zeros()
    inbound.at = inbound.end
    assert inbound.all_zeros()


# The path.


def test_a_path_is_copied_and_each_part_of_the_remote_address_is_compared() -> None:
    first, second = Datagram(64), Datagram(64)
    first.remote_hi, first.remote_lo, first.remote_port, first.remote_scope = 2**64 - 1, 2**63, 65_535, 2**32 - 1
    first.local_hi, first.local_lo = 5, 6
    assert not first.same_remote(second)
    second.copy_path(first)
    assert second.same_remote(first)
    assert (second.local_hi, second.local_lo) == (5, 6)
    second.local_lo = 7  # Our own address is not the other end.
    assert second.same_remote(first)
    for part in ("remote_hi", "remote_lo", "remote_port", "remote_scope"):
        second.copy_path(first)
        setattr(second, part, 1)
        assert not second.same_remote(first)
