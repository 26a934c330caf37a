"""Failures we were shown (PROTOCOL.md s. 13), L11 and F8: numbers at the edges of their forms, junk without an id."""

import random

import pytest
from fastnet.protocol.config import Config
from fastnet.protocol.errors import WouldBlockError
from fastnet.testing import Carried, Conditions
from fastnet.testing.pair import SERVER_ADDRESS, Pair
from frames import data, piece
from scripted import Rig, ScriptedPeer

EDGES = (2**14, 2**16, 2**30, 2**32)
HOP = 2**31 - 10  # As far ahead as a number of 4 bytes can be told.


def hop_to(rig: Rig, number: int) -> None:
    """Let the peer's packet numbers rise to `number` as fast as the receiver can follow."""
    while rig.peer.next_number < number:
        rig.say(b"\x01", number=min(number, rig.peer.next_number + HOP))


@pytest.mark.parametrize("edge", EDGES)
def test_l11_packet_numbers_pass_every_edge_in_any_order(edge: int) -> None:
    rig = Rig()
    rig.bind()
    hop_to(rig, edge - 40)
    numbers = list(range(edge - 20, edge + 20))
    random.Random(edge).shuffle(numbers)
    for number in numbers:
        rig.say(data(1, number.to_bytes(8)), number=number)
        rig.say(data(1, number.to_bytes(8)), number=number)  # A replay: it changes nothing.
    assert [int.from_bytes(event.data) for event in rig.data] == numbers


@pytest.mark.parametrize("edge", [*EDGES, 2**62 - 100])
def test_l11_sequenced_ids_pass_every_edge_and_only_forwards(edge: int) -> None:
    rig = Rig()
    rig.bind()
    prng, newest, expected = random.Random(edge), -1, []
    for _ in range(200):
        message_id = edge + prng.randrange(-50, 50)
        rig.say(data(3, message_id.to_bytes(8), message_id))
        if message_id > newest:
            newest = message_id
            expected.append(message_id)
    assert [int.from_bytes(event.data) for event in rig.data] == expected


@pytest.mark.parametrize("edge", [*EDGES, 2**62 - 100])
def test_l11_pieces_of_unreliable_messages_pass_every_edge(edge: int) -> None:
    rig = Rig()
    rig.bind()
    for message_id in range(edge - 5, edge + 5):
        whole = message_id.to_bytes(8) * 8
        rig.say(piece(1, message_id, 64, 1, whole[32:]))
        rig.say(piece(1, message_id, 64, 0, whole[:32]))
    assert [event.data for event in rig.data] == [number.to_bytes(8) * 8 for number in range(edge - 5, edge + 5)]


@pytest.mark.parametrize("channel", [0, 2])
@pytest.mark.parametrize("in_flight_max", [256, 8_192])
def test_l11_the_oldest_packet_may_be_lost_again_and_again_while_the_window_is_full(
    channel: int, in_flight_max: int
) -> None:
    config = Config(packets_in_flight_max=in_flight_max)
    pair = Pair(1, up=Conditions(delay_us=20_000), config=config)
    pair.connect()
    losses, messages = [0], [number.to_bytes(4) + bytes(996) for number in range(3_000)]
    reader = ScriptedPeer(pair.tickets[0][1])

    def lose_the_first_message(carried: Carried) -> bool:
        """Whatever carries message 0 is lost, 12 times."""
        if carried.destination != SERVER_ADDRESS:
            return True
        _, frames = reader.open(carried.content)
        if losses[0] >= 12 or not any(frame.name == "DATA" and frame.body[1] == 0 for frame in frames):
            return True
        losses[0] += 1
        return False

    pair.network.filters.append(lose_the_first_message)
    first = b"first" + bytes(555)
    pair.client.send(channel, first)
    left = list(reversed(messages))

    def feed() -> None:
        try:
            while left:
                pair.client.send(channel, left[-1])
                left.pop()
        except WouldBlockError:
            pair.after(0.01, feed)

    feed()
    assert pair.run_until(lambda: pair.server.arrived[channel] == len(messages) + 1, limit_s=120)
    assert losses == [12]
    assert sorted(pair.server.messages(channel)) == sorted([first, *messages])
    if channel == 0:
        assert pair.server.messages(channel) == [first, *messages]


def test_f8_junk_of_full_size_without_a_known_id_is_told_apart_before_any_key_is_tried() -> None:
    for waiting in (0, 20):
        pair = Pair(1, clients=0)
        pair.network.filters.append(lambda carried: False)
        for _ in range(waiting):
            pair.add_client()
        prng, count = random.Random(1), 5_000
        for _ in range(count):
            pair.network.inject(b"\x41" + prng.randbytes(1_199), pair.server.address, SERVER_ADDRESS, pair.now_ns)
        pair.run_for(0.1)
        assert pair.server.endpoint.stats().drops == {"unknown": count}
