"""A path is bound (PROTOCOL.md s. 2.7 and 9.1) by a peer that says what it likes, in any order."""

from fastnet.protocol.address import parse_address
from fastnet.protocol.events import Connected, Data
from frames import challenge, data, response
from scripted import Rig, frames_named

OTHER = parse_address("10.2.0.9", 4_242)


def test_a_server_that_speaks_before_its_client_is_bound_is_heard_after_connected() -> None:
    rig = Rig(endpoint_is_server=False)
    packets = rig.collect()
    token = frames_named(packets, "PATH_CHALLENGE")[0].body[0]
    rig.say(challenge(b"server's"), pad_to=1_200)  # Its PATH_RESPONSE was lost, but not ours to it.
    rig.say(data(0, b"early", 0) + data(1, b"too"))
    assert rig.events == []
    assert isinstance(token, bytes)
    rig.say(response(token), pad_to=1_200)
    assert [type(event) for event in rig.events] == [Connected, Data, Data]


def test_an_unbound_server_answers_every_challenge_with_its_own_until_it_is_answered() -> None:
    rig = Rig()
    for number in range(3):
        packets = rig.say(challenge(number.to_bytes(8)), pad_to=1_200)
        assert frames_named(packets, "PATH_RESPONSE")[0].body == (number.to_bytes(8),)
        assert len(frames_named(packets, "PATH_CHALLENGE")) == 1


def test_each_challenge_of_an_unbound_client_is_answered_from_the_address_that_it_asked() -> None:
    """It tries several addresses of a server from one socket, and the way back from the first may be dead."""
    rig = Rig()
    packets = []
    for address in ((0, 1), (0, 2), (0, 1)):
        rig.asked = address
        packets += rig.say(challenge(b"a try or"), pad_to=1_200)
        assert rig.answered_from == address
    token = frames_named(packets, "PATH_CHALLENGE")[0].body[0]
    assert isinstance(token, bytes)
    rig.say(response(token))
    rig.asked = (0, 2)
    rig.say(challenge(b"still on"), pad_to=1_200)  # A try that was under way; the client has chosen by now.
    assert rig.answered_from == (0, 1)


def test_a_server_whose_allowance_is_spent_still_binds_a_client_that_only_pings() -> None:
    rig = Rig()
    rig.say(challenge(b"12345678"), pad_to=1_200)
    rig.wait(3)  # Its challenges go unanswered until three times 1,200 bytes are spent.
    spent = sum(len(content) for _, content in rig.sent_to)
    assert spent <= 3_600
    challenges = []
    for _ in range(5):
        challenges += frames_named(rig.say(b"\x01") + rig.wait(0.9), "PATH_CHALLENGE")
    assert challenges, "three times a small datagram is enough for a challenge"
    assert sum(len(content) for _, content in rig.sent_to) <= 3 * (1_200 + 5 * 30)
    token = challenges[-1].body[0]
    assert isinstance(token, bytes)
    rig.say(response(token))
    assert [type(event) for event in rig.events] == [Connected]


def test_an_old_packet_from_elsewhere_makes_no_candidate_even_while_the_end_is_near() -> None:
    rig = Rig()
    rig.bind()
    late = rig.peer.seal(b"\x01")
    rig.say(b"\x01")
    rig.endpoint.send(rig.peer_id, 0, b"never acknowledged", rig.clock.now_ns)
    rig.endpoint.disconnect(rig.peer_id, 0, "", rig.clock.now_ns)
    rig.collect()
    before = len(rig.sent_to)
    rig.deliver(late, OTHER)
    assert all(address != OTHER for address, _ in rig.sent_to[before:])
