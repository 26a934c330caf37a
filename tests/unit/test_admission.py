"""Caps and rates at the door against an obvious model, and the application's answers."""

import random

import pytest
from fastnet.net import admission
from fastnet.net.admission import Deferred, Doorkeeper, Entry, Refusal
from fastnet.protocol.address import group_of, parse_address
from fastnet.protocol.config import Config
from fastnet.protocol.errors import UsageError
from fastnet.protocol.numbers import CloseCode
from fastnet.protocol.ticket import Address

SECOND_NS = 1_000_000_000


class ObviousDoor:
    """Lists and fractions: too slow to ship, too simple to be wrong."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.inside: list[tuple[int, int]] = []
        self.tokens: dict[int, tuple[float, int]] = {}

    def enter(self, address: Address, now_ns: int) -> Entry:
        who = house_of(address)
        if len(self.inside) >= self.config.handshakes_max:
            return Entry.OVER_CAP
        if self.inside.count(who) >= self.config.handshakes_per_address:
            return Entry.OVER_CAP
        group, burst = group_of(address.hi, address.lo), self.config.handshake_burst
        tokens, then_ns = self.tokens.get(group, (float(burst), now_ns))
        tokens = min(burst, tokens + (now_ns - then_ns) * self.config.handshake_rate_per_s / SECOND_NS)
        if tokens < 1 - 1e-6:
            self.tokens[group] = tokens, now_ns
            return Entry.OVER_RATE
        self.tokens[group] = tokens - 1, now_ns
        self.inside.append(who)
        return Entry.WELCOME


def house_of(address: Address) -> tuple[int, int]:
    return (0, address.lo) if address.hi == 0 else (address.hi, 0)


@pytest.mark.parametrize("seed", range(20))
def test_the_door_agrees_with_an_obvious_model(seed: int) -> None:
    prng = random.Random(seed)
    config = Config(handshakes_max=12, handshakes_per_address=4, handshake_rate_per_s=8, handshake_burst=6)
    hosts = ["192.0.2.1", "192.0.2.2", "198.51.100.1", "2001:db8::1", "2001:db8::2", "2001:db8:0:1::1"]
    door, model, now_ns, inside = Doorkeeper(config), ObviousDoor(config), 1, []
    for _ in range(2_000):
        now_ns += prng.choice([0, 125_000_000, prng.randrange(SECOND_NS)])
        address = parse_address(prng.choice(hosts), prng.randrange(1, 65_536))
        entry = door.enter(address, now_ns)
        assert entry is model.enter(address, now_ns), seed
        if entry is Entry.WELCOME:
            inside.append(address)
        while inside and prng.random() < 0.55:
            gone = inside.pop(prng.randrange(len(inside)))
            door.leave(gone)
            model.inside.remove(house_of(gone))
        assert door.total == len(inside) <= 12


def test_a_house_of_ipv6_is_a_64_and_of_ipv4_one_address() -> None:
    door = Doorkeeper(Config(handshakes_per_address=1))
    assert door.enter(parse_address("2001:db8::1", 1), 1) is Entry.WELCOME
    assert door.enter(parse_address("2001:db8::ffff:1", 1), 1) is Entry.OVER_CAP
    assert door.enter(parse_address("2001:db8:0:1::1", 1), 1) is Entry.WELCOME
    assert door.enter(parse_address("192.0.2.1", 1), 1) is Entry.WELCOME
    assert door.enter(parse_address("192.0.2.2", 1), 1) is Entry.WELCOME


def test_l6_memory_is_bounded_whatever_number_of_neighbourhoods_knocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admission, "_GROUPS_MAX", 100)
    door = Doorkeeper(Config(handshakes_max=10))
    for number in range(1_000):
        address = parse_address(f"10.{number >> 8}.{number & 255}.1", 1)
        if door.enter(address, 1) is Entry.WELCOME and number % 3:
            door.leave(address)
        assert door.group_count <= 100
        assert door.total <= 10


@pytest.mark.parametrize("code", [0, CloseCode.PEER_RESET, CloseCode.TCP_UNREACHABLE, 999, 3_000, -1])
def test_a_refusal_with_a_code_that_is_not_the_applications_is_an_error(code: int) -> None:
    with pytest.raises(UsageError, match=r"1000\.\.2999"):
        Refusal(code, "")


@pytest.mark.parametrize("code", [1_000, 2_999, CloseCode.TOKEN_EXPIRED, CloseCode.SERVER_FULL])
def test_a_refusal_with_a_code_of_ones_own_is_fine(code: int) -> None:
    assert Refusal(code, "why").code == code


def test_of_two_late_answers_the_first_counts() -> None:
    waiting, rung = Deferred(), []
    waiting.on_resolved(lambda: rung.append(waiting.answer))
    assert not waiting.resolved
    waiting.resolve(True)
    waiting.resolve(False)
    assert (waiting.answer, rung) == (True, [True])
    with pytest.raises(UsageError):
        waiting.resolve(Deferred())
