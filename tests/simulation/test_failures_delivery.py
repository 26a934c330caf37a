"""Failures we were shown (PROTOCOL.md s. 13): delivery. Each test bears the number of its row."""

import itertools
import random

import pytest
from fastnet.protocol.errors import MessageTooLargeError, WouldBlockError
from fastnet.protocol.events import Data
from fastnet.testing import Carried, Conditions
from fastnet.testing.pair import Pair
from frames import ack, data
from scripted import MS, Rig, acked, frames_named

ALL = (0, 1, 2, 3)


def numbered(count: int, size: int = 20) -> list[bytes]:
    return [number.to_bytes(4) + bytes(size - 4) for number in range(count)]


def drop_datagrams(pair: Pair, doomed: set[int]) -> None:
    """Make the datagrams with these places in the order of sending, from now on, vanish; both directions count."""
    places = itertools.count()
    pair.network.filters.append(lambda carried: next(places) not in doomed)


@pytest.mark.seeds(3)
def test_f4_a_datagram_delivered_three_times_and_again_later_counts_once(seed: int) -> None:
    pair, seen = Pair(seed), []

    def thrice(carried: Carried) -> bool:
        seen.append(carried)
        for delay_ms in (1, 2):
            pair.network.inject(carried.content, carried.source, carried.destination, pair.now_ns + delay_ms * MS)
        return True

    pair.network.filters.append(thrice)
    pair.connect()
    for number, channel in itertools.product(range(10), ALL):
        pair.client.send(channel, bytes([number]))
    pair.run_for(1)
    everything = list(seen)
    pair.network.filters.clear()
    pair.run_for(4)
    for carried in everything:
        pair.network.inject(carried.content, carried.source, carried.destination, pair.now_ns + MS)
    pair.run_for(1)
    for channel in ALL:
        assert sorted(pair.server.messages(channel)) == [bytes([number]) for number in range(10)]
    assert len(pair.client.connected) == len(pair.server.connected) == 1


def test_f4_replays_do_not_keep_a_dead_connection_alive() -> None:
    pair, recorded = Pair(1), []
    pair.connect()
    pair.network.filters.append(lambda carried: recorded.append(carried) or True)  # type: ignore[func-returns-value]
    pair.client.send(0, b"hello")
    pair.run_for(0.5)
    pair.network.filters[:] = [lambda carried: False]  # From here on only replays arrive.
    for second in range(20):
        for carried in recorded:
            pair.network.inject(carried.content, carried.source, carried.destination, pair.now_ns + second * 1_000 * MS)
    assert pair.run_until(lambda: pair.server.disconnected and pair.client.disconnected, limit_s=11.5)


def test_f11_any_one_datagram_may_be_lost_and_any_two_and_the_ends() -> None:
    reference = Pair(1)
    reference.connect()
    before = reference.client.datagrams_sent + reference.server.datagrams_sent
    send_twenty(reference)
    count = reference.client.datagrams_sent + reference.server.datagrams_sent - before
    assert count >= 20
    couples = random.Random(1).sample(list(itertools.combinations(range(count), 2)), 60)
    for doomed in [{place} for place in range(count)] + [set(couple) for couple in couples]:
        pair = Pair(1)
        pair.connect()
        drop_datagrams(pair, doomed)
        send_twenty(pair)
        assert pair.server.messages(0) == numbered(20), doomed
        assert sorted(pair.server.messages(2)) == numbered(20), doomed


def send_twenty(pair: Pair) -> None:
    for message in numbered(20):
        pair.client.send(0, message)
        pair.client.send(2, message)
    pair.run_until(lambda: len(pair.server.data) == 40, limit_s=5)
    pair.run_for(0.1)


def test_f12_channels_count_their_own_messages_and_an_ack_frees_only_what_it_names() -> None:
    pair = Pair(1)
    pair.connect()
    pair.client.send(1, b"unreliable first")
    for message in numbered(20):
        pair.client.send(0, message)
    for message, channel in itertools.product(numbered(100, 40), ALL):
        pair.client.send(channel, message)
    pair.run_for(2)
    assert pair.server.messages(0) == numbered(20) + numbered(100, 40)
    assert sorted(pair.server.messages(2)) == numbered(100, 40)


def test_f12_data_that_an_ack_does_not_name_is_sent_again() -> None:
    rig = Rig()
    rig.bind()
    now = rig.clock.now_ns
    rig.endpoint.send(rig.peer_id, 0, b"on zero", now)
    first = rig.collect()
    rig.endpoint.send(rig.peer_id, 2, b"on two", now)
    second = rig.collect()
    number = next(number for number, frames in first if any(frame.name == "DATA" for frame in frames))
    assert frames_named(second, "DATA")[0].body == (2, 0, b"on two")
    resent = rig.say(ack(number)) + rig.wait(3)
    bodies = [frame.body for frame in frames_named(resent, "DATA")]
    assert (2, 0, b"on two") in bodies
    assert (0, 0, b"on zero") not in bodies


@pytest.mark.parametrize("shuffle", ["neighbours", "tens"])
def test_f13_swapped_and_reversed_datagrams_arrive_complete_in_order_once(shuffle: str) -> None:
    rig = Rig()
    rig.bind()
    messages = numbered(40)
    datagrams = [rig.peer.seal(data(0, message, number)) for number, message in enumerate(messages)]
    width = 2 if shuffle == "neighbours" else 10
    for start in range(0, len(datagrams), width):
        for datagram in reversed(datagrams[start : start + width]):
            rig.deliver(datagram)
    assert [event.data for event in rig.data] == messages


def test_f14_an_ack_names_exactly_what_was_received() -> None:
    rig = Rig()
    packets = rig.say(b"", pad_to=1_200)
    assert not frames_named(packets, "ACK") or acked(packets) == {0}
    rig = Rig()
    rig.bind()
    base = rig.peer.next_number
    for number in (base, base + 1, base + 2, base + 4, base + 40):
        packets = rig.say(b"\x01", number=number)
    packets += rig.wait(0.1)
    assert acked(packets) == {*range(base + 3), base + 4, base + 40}


def test_f15_a_listener_that_polls_gets_everything_and_nothing_stops_at_a_round_number() -> None:
    pair = Pair(1)
    pair.connect()
    total, sent, received = 20_000, [0, 0], [0, 0]

    def note(event: object) -> None:
        if isinstance(event, Data):
            slot = event.channel // 2
            assert event.channel == 2 or event.data == received[0].to_bytes(4)
            received[slot] += 1

    def feed() -> None:
        for slot, channel in ((0, 0), (1, 2)):
            try:
                while sent[slot] < total:
                    pair.client.send(channel, sent[slot].to_bytes(4))
                    sent[slot] += 1
            except WouldBlockError:
                pass
        if min(sent) < total:
            pair.after(0.002, feed)

    pair.server.on_event = note
    feed()
    assert pair.run_until(lambda: received == [total, total], limit_s=60), (sent, received)


@pytest.mark.parametrize("channel", [0, 2])
def test_f15_a_listener_that_never_polls_makes_send_say_so_and_loses_nothing(channel: int) -> None:
    pair = Pair(1)
    pair.connect()
    pair.server.polls = False
    accepted = 0
    for number in range(100_000):
        try:
            pair.client.send(channel, number.to_bytes(4) + bytes(96))
        except WouldBlockError:
            break
        accepted += 1
        if number % 50 == 49:
            pair.run_for(0.005)
    assert 1_000 < accepted < 100_000, "send never said that the way is full"
    pair.run_for(5)
    assert not pair.client.disconnected
    pair.server.polls = True
    assert pair.run_until(lambda: len(pair.server.data) == accepted, limit_s=30), len(pair.server.data)


SIZES = (0, 1, *range(1_163, 1_191), 1_199, 1_200, 1_201, 16 * 1_024)


@pytest.mark.parametrize("channel", ALL)
def test_f16_every_size_up_to_the_limit_arrives_intact_and_one_more_is_refused(channel: int) -> None:
    pair = Pair(1)
    pair.connect()
    prng = random.Random(1)
    large = () if channel in (1, 3) else (64 * 1_024, 1_024 * 1_024)
    sent = []
    for size in SIZES + large:
        for message in (prng.randbytes(size), b""):
            pair.client.send(channel, message)
            sent.append(message)
            pair.run_for(0.5 if size > 60_000 else 0.01)
    pair.run_for(2)
    assert sorted(pair.server.messages(channel)) == sorted(sent)
    limit = 16 * 1_024 if channel in (1, 3) else 1_024 * 1_024
    with pytest.raises(MessageTooLargeError, match=f"{limit:,}"):
        pair.client.send(channel, bytes(limit + 1))


@pytest.mark.parametrize("channel", [0, 2])
@pytest.mark.seeds(2)
def test_f16_a_mebibyte_arrives_through_nine_percent_of_loss(channel: int, seed: int) -> None:
    pair = Pair(seed, up=Conditions(loss=0.09, delay_us=8_000))
    pair.connect()
    message = random.Random(seed).randbytes(1_024 * 1_024)
    pair.client.send(channel, message)
    assert pair.run_until(lambda: pair.server.data, limit_s=60)
    assert pair.server.messages(channel) == [message]
