"""Failures we were shown (PROTOCOL.md s. 13): keys, endings, long and busy links, what history costs."""

import itertools
import time
from functools import partial

import pytest
from cryptography.exceptions import InvalidTag
from fastnet.protocol.address import parse_address
from fastnet.protocol.config import Config
from fastnet.protocol.errors import NotConnectedError, UnknownPeerError
from fastnet.protocol.numbers import CloseCode
from fastnet.testing import Carried, Conditions
from fastnet.testing.pair import SERVER_ADDRESS, Pair
from scripted import ScriptedPeer

MS = 1_000_000
ALL = (0, 1, 2, 3)


def talk(pair: Pair, count: int, rate_hz: float) -> None:
    """Both ends send `count` messages on every channel; WOULD_BLOCK does not happen at these rates."""
    for number in range(count):
        for end, channel in itertools.product((pair.client, pair.server), ALL):
            pair.after(number / rate_hz, partial(end.send, channel, number.to_bytes(4)))


def all_reliable(pair: Pair, count: int) -> bool:
    return all(end.arrived[channel] == count for end in (pair.client, pair.server) for channel in (0, 2))


@pytest.mark.seeds(3)
def test_f10_keys_that_change_all_the_time_lose_nothing_reliable(seed: int) -> None:
    config = Config(key_update_packets=100)
    pair = Pair(seed, config=config, up=Conditions(loss=0.05, delay_us=10_000, jitter_us=8_000, duplicate=0.02))
    pair.connect()
    count = 1_500
    talk(pair, count, rate_hz=100)
    assert pair.run_until(lambda: all_reliable(pair, count), limit_s=60)
    expected = [number.to_bytes(4) for number in range(count)]
    for end in (pair.client, pair.server):
        assert end.messages(0) == expected
        assert sorted(end.messages(2)) == expected
        assert end.endpoint.peer(end.peer_id).key_phase >= 10


def test_f10_the_clock_alone_changes_keys_too() -> None:
    pair = Pair(1, config=Config(key_update_s=10))
    pair.connect()
    pair.run_for(3_600)
    assert pair.client.endpoint.peer(1).key_phase >= 300
    pair.client.send(0, b"after all these phases")
    assert pair.run_until(lambda: pair.server.data, limit_s=1)


def test_f10_the_clock_changes_keys_also_while_nothing_else_waits_for_time() -> None:
    """Every ack rides on data, so in a steady conversation no deadline ever comes."""
    pair = Pair(1, config=Config(key_update_s=10))
    pair.connect()
    talk(pair, 6_000, rate_hz=100)
    pair.run_for(60)
    assert pair.client.endpoint.peer(1).key_phase >= 5


def test_a_conversation_seldom_wakes_a_server_for_a_deadline_that_was_settled_long_ago() -> None:
    """Each message asks for an ack, and each answer carries it: the deadline of the ack must have gone with it."""
    pair = Pair(1, config=Config(mtu_discovery=False))
    pair.connect()
    talk(pair, 1_000, rate_hz=100)
    due = 0
    while pair.server.arrived[1] < 1_000:
        due += pair.server.endpoint.next_deadline_ns(pair.now_ns) == pair.next_ns()
        turns = pair.turns
        assert pair.run_until(lambda turns=turns: pair.turns > turns, limit_s=1)
    assert due < 50


@pytest.mark.parametrize("who", ["client", "server"])
@pytest.mark.seeds(4)
def test_f28_a_goodbye_carries_its_code_and_reason_through_loss(who: str, seed: int) -> None:
    pair = Pair(seed, up=Conditions(loss=0.05, delay_us=20_000))
    pair.connect()
    leaver, other = (pair.client, pair.server) if who == "client" else (pair.server, pair.client)
    leaver.send(0, b"last words")
    leaver.disconnect(1_234, "bye")
    assert pair.run_until(lambda: other.disconnected and leaver.disconnected, limit_s=5)
    (end,) = other.disconnected
    assert (end.code, end.reason, end.by_peer) == (1_234, "bye", True)
    (own,) = leaver.disconnected
    assert (own.code, own.reason, own.by_peer) == (1_234, "bye", False)
    assert other.messages(0) == [b"last words"]
    pair.run_for(10)
    assert pair.server.endpoint.stats().peers == 0
    for end in (leaver, other):
        with pytest.raises((UnknownPeerError, NotConnectedError)):
            end.send(0, b"too late")
        assert len(end.disconnected) == 1


@pytest.mark.parametrize("code", [CloseCode.KICKED, CloseCode.SHUTTING_DOWN, 2_999])
def test_l14_the_reason_arrives_even_when_every_queue_is_full(code: int) -> None:
    pair = Pair(1, up=Conditions(delay_us=20_000, rate_bytes_per_s=50_000, queue_ms=250))
    pair.connect()
    for _ in range(20):
        pair.server.send(0, bytes(50_000))
        pair.server.send(1, bytes(10_000))
    pair.run_for(0.2)
    pair.server.disconnect(code, "the reason")
    assert pair.run_until(lambda: pair.client.disconnected, limit_s=5)
    (end,) = pair.client.disconnected
    assert (end.code, end.reason, end.by_peer) == (code, "the reason", True)


def test_silence_ends_by_the_idle_timeout_at_both_ends_and_in_time() -> None:
    pair = Pair(1)
    pair.connect()
    pair.run_for(5)
    pair.network.filters.append(lambda carried: False)
    assert pair.run_until(lambda: pair.client.disconnected and pair.server.disconnected, limit_s=11.5)
    for end in (pair.client, pair.server):
        (ended,) = end.disconnected
        assert (ended.code, ended.by_peer) == (CloseCode.IDLE_TIMEOUT, False)


def test_f26_fifty_datagrams_between_two_polls_are_fifty_events_and_then_none() -> None:
    pair = Pair(1)
    pair.connect()
    pair.server.polls = False
    for number in range(50):
        pair.client.send(1, number.to_bytes(4))
    pair.run_for(0.1)
    assert len(pair.server.endpoint.take_events()) == 50
    assert pair.server.endpoint.take_events() == []


class Nonces:
    """Watches a connection's wire with its real keys; refuses a direction, phase and number that it has seen before."""

    def __init__(self, pair: Pair) -> None:
        client_ticket, server_ticket = pair.tickets[0]
        self.used: set[tuple[bool, int, int]] = set()
        self._readers = {True: ScriptedPeer(server_ticket), False: ScriptedPeer(client_ticket)}
        self._phase = {True: 0, False: 0}
        pair.network.filters.append(self._watch)

    def _watch(self, carried: Carried) -> bool:
        up = carried.destination == SERVER_ADDRESS
        reader, phase = self._readers[up], self._phase[up]
        for candidate in (phase, phase + 1, phase - 1):
            try:
                number, _ = reader.open(carried.content, candidate)
            except (InvalidTag, IndexError):
                continue
            self._phase[up] = max(phase, candidate)
            assert (up, candidate, number) not in self.used, "a key and nonce repeat"
            self.used.add((up, candidate, number))
            return True
        raise AssertionError("a datagram that neither phase's key opens")


@pytest.mark.seeds(3)
def test_f30_no_key_meets_a_nonce_twice_through_phases_losses_and_moves(seed: int) -> None:
    pair = Pair(seed, config=Config(key_update_packets=100), up=Conditions(loss=0.1, delay_us=10_000, duplicate=0.05))
    nonces = Nonces(pair)
    pair.connect()
    talk(pair, 600, rate_hz=100)
    for number in range(5):
        outside = parse_address("192.0.2.1", 40_000 + number)
        pair.after(number + 0.5, partial(pair.network.rebind, pair.client.address, outside))
    assert pair.run_until(lambda: all_reliable(pair, 600), limit_s=60)
    pair.client.disconnect(0, "")
    pair.run_for(5)
    assert len(nonces.used) > 4_000
    assert {phase for _, phase, _ in nonces.used} >= set(range(5))


def test_l7_a_round_trip_longer_than_the_longest_timeout_makes_no_storm() -> None:
    patient = Config(bind_timeout_ms=60_000, bind_timeout_server_ms=60_000, idle_timeout_ms=60_000)
    pair = Pair(1, up=Conditions(delay_us=1_550_000), config=patient)
    pair.connect(limit_s=60)
    pair.run_for(30)
    before = pair.client.datagrams_sent
    lost_before = pair.client.endpoint.peer(1).datagrams_lost
    for number in range(600):
        pair.after(number * 0.1, partial(pair.client.send, 0, number.to_bytes(4) + bytes(200)))
    assert pair.run_until(lambda: pair.server.arrived[0] == 600, limit_s=120)
    pair.run_for(10)
    assert pair.server.messages(0) == [number.to_bytes(4) + bytes(200) for number in range(600)]
    assert pair.client.datagrams_sent - before < 600 * 1.05 + 40 * 2
    assert pair.client.endpoint.peer(1).datagrams_lost - lost_before < 30


def test_l8_jitter_without_loss_makes_few_resends_and_keeps_the_window() -> None:
    pair = Pair(1, up=Conditions(delay_us=10_000, jitter_us=30_000))
    pair.connect()
    for number in range(4_000):
        pair.after(number / 400, partial(pair.client.send, 0, number.to_bytes(4) + bytes(500)))
    pair.run_for(5)
    middle = pair.client.endpoint.peer(1)
    assert pair.run_until(lambda: pair.server.arrived[0] == 4_000, limit_s=20)
    last = pair.client.endpoint.peer(1)
    assert last.datagrams_lost - middle.datagrams_lost < 40, "spurious resends fade"
    assert last.window_bytes >= 12_000, "the window did not collapse"


@pytest.mark.slow
def test_l8_ten_thousand_packets_a_second_at_nine_percent_loss_stay_connected() -> None:
    many_small_packets(seconds=60)


def test_l8_five_seconds_of_ten_thousand_packets_a_second_at_nine_percent_loss() -> None:
    many_small_packets(seconds=5)


def many_small_packets(seconds: int) -> None:
    pair = Pair(1, up=Conditions(loss=0.09, delay_us=5_000))
    pair.connect()
    count, rate = seconds * 10_000, 10_000
    for number in range(count):
        pair.after(number / rate, lambda: pair.client.send(1, b"position"))
    pair.run_for(seconds + 1)
    assert not pair.client.disconnected
    assert not pair.server.disconnected
    pair.client.send(0, b"still here")
    assert pair.run_until(lambda: pair.server.messages(0), limit_s=5)


@pytest.mark.parametrize("channel", [1, 3])
def test_l15_a_reliable_channel_that_stalls_delays_nobody_else(channel: int) -> None:
    def delays(stalled: bool) -> list[int]:
        pair = Pair(1, up=Conditions(delay_us=20_000))
        pair.connect()
        arrivals: dict[bytes, int] = {}
        pair.server.on_event = lambda event: arrivals.setdefault(getattr(event, "data", b""), pair.now_ns)
        if stalled:  # The reliable message is lost once: it takes a round trip and more until it is there.
            pair.network.filters.append(lambda carried: False)
            pair.client.send(0, b"lost once")
            pair.network.filters.clear()
            for number in range(20):
                pair.client.send(0, b"behind it" + number.to_bytes(4))
        sent: dict[bytes, int] = {}

        def speak(number: int) -> None:
            message = b"m" + number.to_bytes(4)
            sent[message] = pair.now_ns
            pair.client.send(channel, message)

        for number in range(200):
            pair.after(number / 200, partial(speak, number))
        pair.run_for(3)
        assert all(message in arrivals for message in sent)
        return [arrivals[message] - sent[message] for message in sent]

    assert max(delays(stalled=True)) <= max(delays(stalled=False)) + MS


def test_l15_a_round_trip_that_varies_drops_no_unreliable_message_at_the_sender() -> None:
    pair = Pair(1, up=Conditions(delay_us=5_000, jitter_us=80_000))
    pair.connect()
    for number in range(1_200):
        pair.after(number / 60, partial(pair.client.send, 1, number.to_bytes(4)))
    pair.run_for(22)
    stats = pair.client.endpoint.peer(1).channels[1]
    assert (stats.sent, stats.dropped, stats.superseded) == (1_200, 0, 0)
    assert len(pair.server.messages(1)) == 1_200


@pytest.mark.bench
def test_f29_history_costs_nothing() -> None:
    """40,000 sends, without and with acks: the last 500 take as long as the first."""
    for answered in (False, True):
        pair = Pair(1, config=Config(maximum_window_bytes=2**31 - 1, idle_timeout_ms=0))
        pair.connect()
        if not answered:
            pair.network.filters.append(lambda carried: carried.destination == SERVER_ADDRESS)
        times = []
        for number in range(40_000):
            before = time.perf_counter()
            pair.client.send(1, b"history")
            times.append(time.perf_counter() - before)
            if number % 16 == 15:
                pair.run_for(0.001)
        first, last = sorted(times[:500]), sorted(times[-500:])
        assert last[250] <= first[250] * 1.2, (answered, first[250], last[250])


def test_the_same_seed_tells_the_same_story_to_the_last_datagram() -> None:
    def story() -> list[tuple[int, int, int]]:
        pair = Pair(7, up=Conditions(loss=0.1, jitter_us=9_000, duplicate=0.05), trace=True)
        pair.connect()
        talk(pair, 100, rate_hz=60)
        pair.run_for(5)
        assert pair.network.trace is not None
        return [(record.time_ns, record.size, record.copies) for record in pair.network.trace]

    assert story() == story()
