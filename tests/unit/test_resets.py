"""Stateless resets (PROTOCOL.md s. 9.3): shorter than their trigger, rare, and only known to who holds the key."""

from fastnet.protocol.address import parse_address
from fastnet.protocol.chance import Chance
from fastnet.protocol.datagram import Datagram
from fastnet.protocol.resets import Resets

MS = 1_000_000


def trigger(host: str, size: int) -> Datagram:
    datagram, address = Datagram(2_048), parse_address(host, 5_000)
    datagram.load(b"\x41" + (7).to_bytes(8) + bytes(size - 9))
    datagram.remote_hi, datagram.remote_lo, datagram.remote_port = address.hi, address.lo, address.port
    return datagram


def answers(resets: Resets) -> list[bytes]:
    out, found = Datagram(2_048), []
    while resets.take(out):
        found.append(out.content())
    return found


def test_an_answer_is_shorter_than_its_trigger_and_ends_with_the_token() -> None:
    resets = Resets(bytes(32), 200, Chance(bytes(32)))
    for number, size in enumerate((29, 30, 41, 1_200)):
        resets.answer(trigger(f"10.0.{number}.1", size), 0)
        (answer,) = answers(resets)
        assert len(answer) == min(40, size - 1)
        assert answer[0] & 0xC0 == 0x40
        assert answer[-16:] == resets.token(7)


def test_a_neighbourhood_gets_one_in_100_ms_and_all_together_so_many_a_second() -> None:
    resets = Resets(bytes(32), 3, Chance(bytes(32)))
    resets.answer(trigger("10.0.0.1", 100), 0)
    resets.answer(trigger("10.0.0.2", 100), 99 * MS)
    assert len(answers(resets)) == 1
    resets.answer(trigger("10.0.0.2", 100), 100 * MS)
    for number in range(1, 9):
        resets.answer(trigger(f"10.0.{number}.1", 100), 200 * MS)
    assert len(answers(resets)) == 2
    resets.answer(trigger("10.0.9.1", 100), 1_000 * MS)
    assert len(answers(resets)) == 1


def test_neighbourhoods_are_those_that_all_rate_limits_share() -> None:
    resets = Resets(bytes(32), 200, Chance(bytes(32)))
    for host in ("::1", "::2:0:1", "2001:db8::1", "2001:db8::ffff:1"):
        resets.answer(trigger(host, 100), 0)
    assert len(answers(resets)) == 2
