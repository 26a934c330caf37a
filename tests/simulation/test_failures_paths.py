"""Failures we were shown (PROTOCOL.md s. 13): addresses that change, thieves, small and silent paths."""

import itertools
import random
from functools import partial

import pytest
from fastnet.protocol.address import parse_address
from fastnet.protocol.config import Config
from fastnet.protocol.numbers import CloseCode
from fastnet.protocol.ticket import Address
from fastnet.testing import Carried, Conditions
from fastnet.testing.pair import SERVER_ADDRESS, Pair

MS = 1_000_000
THIEF = parse_address("10.66.6.6", 666)
ALL = (0, 1, 2, 3)


def chatter(pair: Pair, seconds: float, rate_hz: int = 60) -> list[bytes]:
    """Both ends send on every channel for so long, from now on; answers what will be sent each way."""
    count = int(seconds * rate_hz)
    messages = [number.to_bytes(4) for number in range(count)]
    for number, message in enumerate(messages):
        for end in (pair.client, pair.server):
            for channel in ALL:
                pair.after(number / rate_hz, partial(end.send, channel, message))
    return messages


def assert_reliable(pair: Pair, messages: list[bytes]) -> None:
    ends = (pair.client, pair.server)
    assert pair.run_until(
        lambda: all(end.arrived[channel] >= len(messages) for end in ends for channel in (0, 2)), limit_s=30
    )
    for end in (pair.client, pair.server):
        assert end.messages(0) == messages
        assert sorted(end.messages(2)) == messages


@pytest.mark.parametrize("when", ["first", "any"])
@pytest.mark.seeds(3)
def test_f5_a_thief_that_races_copies_gets_no_data_and_stops_nobody(when: str, seed: int) -> None:
    pair = Pair(seed, up=Conditions(delay_us=20_000))
    stolen = [0]
    prng = random.Random(seed)

    def race(carried: Carried) -> bool:
        if carried.destination == SERVER_ADDRESS and (stolen[0] == 0 if when == "first" else prng.random() < 0.5):
            stolen[0] += len(carried.content)
            pair.network.inject(carried.content, THIEF, SERVER_ADDRESS, pair.now_ns + 1)
        return True

    pair.network.filters.append(race)
    gained: list[bytes] = []
    pair.network.filters.append(
        lambda carried: carried.destination != THIEF or gained.append(carried.content) is not None  # type: ignore[func-returns-value]
    )
    pair.add_client()
    pair.run_until(lambda: pair.clients[1].connected, limit_s=10)
    pair.connect()
    messages = chatter(pair, 2)
    assert_reliable(pair, messages)
    assert sum(map(len, gained)) <= 3 * stolen[0]
    assert not pair.client.disconnected


def test_f19_everybody_silent_for_an_hour_stays_connected() -> None:
    pair = Pair(1)
    pair.connect()
    pair.server.send(0, b"the server speaks first")
    pair.run_until(lambda: pair.client.data, limit_s=1)
    assert pair.client.messages(0) == [b"the server speaks first"]
    sent_before = pair.client.datagrams_sent + pair.server.datagrams_sent
    pair.run_for(3_600)
    assert not pair.client.disconnected
    assert not pair.server.disconnected
    assert pair.client.datagrams_sent + pair.server.datagrams_sent - sent_before <= 2.2 * 3_600
    pair.client.send(2, b"still here")
    assert pair.run_until(lambda: pair.server.data, limit_s=1)


@pytest.mark.parametrize("talker", ["client", "server"])
def test_f19_one_way_talk_for_ten_minutes_stays_connected(talker: str) -> None:
    pair = Pair(1)
    pair.connect()
    speaker, listener = (pair.client, pair.server) if talker == "client" else (pair.server, pair.client)

    def speak() -> None:
        speaker.send(1, b"tick")
        if listener.arrived[1] < 6_000:
            pair.after(0.1, speak)

    speak()
    assert pair.run_until(lambda: listener.arrived[1] >= 6_000, limit_s=700)
    assert not speaker.disconnected
    assert not listener.disconnected


MOVES: dict[str, Address] = {
    "its port": parse_address("10.1.0.0", 50_001),
    "its address": parse_address("10.2.0.7", 50_000),
    "to IPv6": parse_address("2001:db8::7", 50_000),
}


@pytest.mark.parametrize("what", MOVES)
def test_f20_a_client_that_changes_keeps_its_session(what: str) -> None:
    pair = Pair(1, up=Conditions(delay_us=20_000))
    pair.connect()
    messages = chatter(pair, 4)
    arrivals: list[int] = []
    pair.client.on_event = lambda event: arrivals.append(pair.now_ns)
    pair.after(2, lambda: pair.move(pair.client, MOVES[what]))
    assert_reliable(pair, messages)
    assert not pair.client.disconnected
    assert not pair.server.disconnected
    gaps = [later - earlier for earlier, later in itertools.pairwise(arrivals)]
    assert max(gaps) <= (2 * 40 + 1_000) * MS, f"a gap of {max(gaps) / MS:.0f} ms"


@pytest.mark.parametrize("what", MOVES)
@pytest.mark.parametrize("gone_s", [0.0, 0.95, 1.0, 3.0, 8.0])
def test_f20_a_client_that_only_listens_is_found_two_round_trips_after_it_moved(gone_s: float, what: str) -> None:
    """Without a network for a while, so that its probes are rare: one PING must do, and three times that suffices."""
    pair = Pair(1, up=Conditions(delay_us=20_000))
    pair.connect()
    pair.run_for(1)
    gone = True
    pair.network.filters.append(lambda carried: not gone)
    for number in range(5):
        pair.server.send(0, bytes([number]))
    pair.run_for(gone_s)
    gone = False
    pair.move(pair.client, MOVES[what])
    pair.client.endpoint.rebind(pair.now_ns)
    pair.write(pair.client)
    assert pair.run_until(lambda: len(pair.client.data) == 5, limit_s=0.1)


def test_f20_a_nat_that_rebinds_again_and_again_loses_nothing_reliable() -> None:
    pair = Pair(1, up=Conditions(delay_us=20_000))
    pair.connect()
    messages = chatter(pair, 6)
    for number in range(6):
        outside = parse_address("192.0.2.1", 40_000 + number)
        pair.after(number + 0.5, partial(pair.network.rebind, pair.client.address, outside))
    assert_reliable(pair, messages)
    assert not pair.client.disconnected


def test_f24_the_round_trip_is_none_before_the_first_sample_and_right_after() -> None:
    pair = Pair(1, up=Conditions(delay_us=20_000), first_rtt_ns=300 * MS)
    assert pair.client.endpoint.peer(1).rtt_ms is None
    pair.connect()
    chatter(pair, 2)
    pair.run_for(3)
    for end in (pair.client, pair.server):
        rtt_ms = end.endpoint.peer(end.peer_id).rtt_ms
        assert rtt_ms is not None
        assert abs(rtt_ms - 40) <= 4, rtt_ms


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("discovery", [False, True])
def test_l9_a_path_that_eats_datagrams_over_1232_bytes_works(late: bool, discovery: bool) -> None:
    pair = Pair(1, up=Conditions(delay_us=5_000), config=Config(mtu_discovery=discovery))
    small = Conditions(delay_us=5_000, mtu_bytes=1_232)

    def shrink() -> None:
        for source, destination in ((pair.client, pair.server), (pair.server, pair.client)):
            pair.network.find_wire(source.address, destination.address).conditions = small

    if not late:
        shrink()
    pair.connect()
    pair.run_for(10)
    pair.after(0.5, shrink)
    message = random.Random(1).randbytes(300_000)
    for _ in range(4):
        pair.client.send(0, message)
        pair.server.send(2, message)
    assert pair.run_until(lambda: len(pair.server.data) == len(pair.client.data) == 4, limit_s=60)
    assert pair.server.messages(0) == pair.client.messages(2) == [message] * 4


@pytest.mark.parametrize("lost", range(1, 8))
@pytest.mark.parametrize("way", ["up", "down", "both"])
def test_l10_the_first_exchange_may_be_lost_repeatedly(lost: int, way: str) -> None:
    pair = Pair(1, up=Conditions(delay_us=30_000))
    seen = {True: 0, False: 0}

    def lose_first(carried: Carried) -> bool:
        up = carried.destination == SERVER_ADDRESS
        seen[up] += 1
        return seen[up] > lost or way == ("down" if up else "up")

    pair.network.filters.append(lose_first)
    pair.connect(limit_s=5)
    assert_reliable(pair, chatter(pair, 1))


@pytest.mark.seeds(3)
def test_forty_clients_bind_at_once_through_22_percent_of_loss_and_420_ms_each_way(seed: int) -> None:
    pair = Pair(seed, up=Conditions(loss=0.22, delay_us=420_000), clients=40)
    pair.connect(limit_s=10)
    assert not any(end.disconnected for end in pair.clients)


def test_l10_when_the_last_ack_is_lost_and_both_fall_silent_nothing_stalls() -> None:
    pair = Pair(1, up=Conditions(delay_us=10_000))
    pair.connect()
    pair.run_for(1)
    pair.client.send(0, b"last words")
    silence = [True]
    pair.network.filters.append(lambda carried: not silence[0] or carried.destination == SERVER_ADDRESS)
    assert pair.run_until(lambda: pair.server.data, limit_s=1)
    pair.run_for(2)
    silence[0] = False
    pair.run_for(3)
    assert pair.server.messages(0) == [b"last words"]
    stats = pair.client.endpoint.peer(1)
    assert stats.channels[0].queued_bytes == 0, "the client knows that it arrived"


def test_udp_that_never_arrives_ends_with_its_own_reason_in_time() -> None:
    pair = Pair(1, up=Conditions(loss=1.0))
    assert pair.run_until(lambda: pair.client.disconnected, limit_s=5.1)
    (end,) = pair.client.disconnected
    assert (end.code, end.by_peer) == (CloseCode.UDP_UNREACHABLE, False)
    assert "UDP did not" in end.reason
    pair.run_for(10)
    assert pair.server.events == []
    assert pair.server.endpoint.stats().peers == 0


def test_l12_a_network_that_is_gone_for_six_seconds_costs_nothing_but_time() -> None:
    pair = Pair(1, up=Conditions(delay_us=10_000))
    pair.connect()
    pair.run_for(1)
    gone = [True]
    pair.network.filters.append(lambda carried: not gone[0])
    for number in range(100):
        pair.client.send(0, number.to_bytes(4))
    before, turns = pair.client.datagrams_sent, pair.turns
    pair.run_for(6)
    assert pair.client.datagrams_sent - before < 60, "it hammers a dead network"
    assert pair.turns - turns < 500, "it spins"
    gone[0] = False
    assert pair.run_until(lambda: len(pair.server.data) == 100, limit_s=5)
    assert not pair.client.disconnected
