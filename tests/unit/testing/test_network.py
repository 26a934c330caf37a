"""The simulated network: one seed, one story; its hooks do what their names say."""

import random

import pytest
from fastnet.protocol.address import parse_address
from fastnet.protocol.ticket import NEVER_NS
from fastnet.testing import Carried, Conditions, ManualClock, SimulatedNetwork

SERVER, CLIENT, OTHER = (parse_address(f"10.0.0.{host}", 7_000) for host in (1, 2, 3))
BAD = Conditions(loss=0.1, jitter_us=5_000, reorder=0.1, duplicate=0.1, flip=0.05, rate_bytes_per_s=1_000_000)


def story(seed: int) -> list[tuple[int, bytes]]:
    """All that arrives when 500 datagrams are sent over a bad network."""
    network, arrived = SimulatedNetwork(seed, BAD), []
    for index in range(500):
        network.send(bytes([index & 255]) * 20, CLIENT, SERVER, index * 10_000)
    while (next_ns := network.next_ns()) != NEVER_NS:
        carried = network.take_due(next_ns)
        assert carried is not None
        arrived.append((next_ns, carried.content))
    return arrived


@pytest.mark.parametrize("seed", range(5))
def test_one_seed_tells_one_story_in_order_of_time(seed: int) -> None:
    arrived = story(seed)
    assert arrived == story(seed)
    assert arrived != story(seed + 1_000)
    assert [time for time, _ in arrived] == sorted(time for time, _ in arrived)


def test_equal_times_keep_the_order_of_sending() -> None:
    network = SimulatedNetwork(1, Conditions(delay_us=5))
    for index in range(50):
        network.send(bytes([index]), CLIENT, SERVER, 0)
    assert network.take_due(4_999) is None
    assert [network.take_due(5_000).content[0] for _ in range(50)] == list(range(50))  # type: ignore[union-attr]


def test_filters_see_every_datagram_and_can_swallow_it() -> None:
    network, seen = SimulatedNetwork(1, trace=True), []

    def swallow_odd(carried: Carried) -> bool:
        seen.append(carried.content[0])
        return carried.content[0] % 2 == 0

    network.filters.append(swallow_odd)
    assert [network.send(bytes([index]), CLIENT, SERVER, 0) for index in range(4)] == [1, 0, 1, 0]
    assert seen == [0, 1, 2, 3]
    assert network.trace is not None
    assert [record.copies for record in network.trace] == [1, 0, 1, 0]


def test_routes_choose_the_most_exact_rule_and_share_their_wire() -> None:
    network = SimulatedNetwork(1)
    shared, exact = network.wire(Conditions(delay_us=1)), network.wire(Conditions(delay_us=2))
    network.route(None, SERVER, shared)
    network.route(OTHER, SERVER, exact)
    network.send(b"a", CLIENT, SERVER, 0)
    network.send(b"b", OTHER, SERVER, 0)
    network.send(b"c", SERVER, CLIENT, 0)
    assert (shared.counts.offered, exact.counts.offered, network.in_flight) == (1, 1, 3)


def test_a_nat_rewrites_both_ways_and_its_old_port_goes_dead() -> None:
    network, clock = SimulatedNetwork(1), ManualClock()
    first, second = parse_address("192.0.2.1", 40_000), parse_address("192.0.2.1", 40_001)

    def arrival(source: object, destination: object) -> Carried:
        network.send(b"x", source, destination, clock.now_ns)  # type: ignore[arg-type]
        carried = network.take_due(clock.advance(1_000_000))
        assert carried is not None
        return carried

    network.rebind(CLIENT, first)
    assert arrival(CLIENT, SERVER).source == first
    assert arrival(SERVER, first).destination == CLIENT
    network.rebind(CLIENT, second)
    assert arrival(CLIENT, SERVER).source == second
    assert arrival(SERVER, first).destination == first  # Where nobody lives.
    assert arrival(SERVER, second).destination == CLIENT


def test_injected_datagrams_arrive_whatever_the_conditions() -> None:
    network = SimulatedNetwork(1, Conditions(loss=1.0))
    network.inject(b"forged", OTHER, SERVER, 77)
    assert network.send(b"lost", CLIENT, SERVER, 0) == 0
    assert network.take_due(77) == Carried(b"forged", OTHER, SERVER)


@pytest.mark.parametrize("seed", range(3))
def test_a_manual_clock_never_runs_backwards(seed: int) -> None:
    prng, clock = random.Random(seed), ManualClock()
    for _ in range(1_000):
        before = clock.now_ns
        assert clock.move_to(before + prng.randint(-1_000, 1_000)) >= before
    with pytest.raises(ValueError, match="cannot go back"):
        clock.advance(-1)
