"""An acknowledgement that nothing hangs on is applied after the answer has left, and before anybody could miss it."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastnet import Client, Config, Data, Server
from fastnet.net.clock import monotonic_ns
from socket_world import LIMIT_S, linked

ORDERED, UNRELIABLE = 0, 1
Ends = tuple[Server, Client]


@pytest.fixture
def ends() -> Iterator[Ends]:
    """A server and a client that have nothing reliable in flight; nobody turns them but the test."""
    stage, server, client = linked(Config(mtu_discovery=False))
    yield server, client
    stage.close()


def heard(driver: Server | Client) -> list[Data]:
    """What its next polls bring, once they bring a message."""
    limit_ns = monotonic_ns() + int(LIMIT_S * 1e9)
    while monotonic_ns() < limit_ns:
        if found := [event for event in driver.poll(0.1) if isinstance(event, Data)]:
            return found
    raise AssertionError("nothing came")


def echoed(server: Server, client: Client, channel: int) -> Any:
    """One message there and back, whose answer carries an acknowledgement; the client's `Recovery`."""
    client.send(1, channel, b"ball")
    for event in heard(server):
        server.send(event.peer_id, event.channel, event.data)
    assert [event.data for event in heard(client)] == [b"ball"]
    assert client.pump is not None
    peer = client.pump.endpoint.slots[0]
    assert peer is not None
    return peer.recovery


def settled_recovery(server: Server, client: Client) -> Any:
    """After some echoes: the handshake's own packets are acknowledged by then."""
    for _ in range(5):
        recovery = echoed(server, client, UNRELIABLE)
    return recovery


def test_the_application_gets_its_message_first(ends: Ends) -> None:
    server, client = ends
    recovery = settled_recovery(server, client)
    assert recovery.noted
    before = recovery.packets_acked
    client.send(1, UNRELIABLE, b"answer")
    assert not recovery.noted
    assert recovery.packets_acked > before


def test_who_asks_for_figures_gets_those_of_now(ends: Ends) -> None:
    server, client = ends
    recovery = settled_recovery(server, client)
    assert recovery.noted
    assert client.peer(1).in_flight_bytes == 0
    assert not recovery.noted


def test_deadlines_are_reckoned_with_it(ends: Ends) -> None:
    server, client = ends
    recovery = settled_recovery(server, client)
    assert recovery.noted
    assert client.next_deadline_ns() > monotonic_ns()
    assert not recovery.noted
    assert recovery.deadline_ns == 2**64 - 1, "nothing is in flight that could get lost"


def test_a_second_one_applies_the_first(ends: Ends) -> None:
    server, client = ends
    recovery = settled_recovery(server, client)
    acked = recovery.packets_acked
    client.send(1, UNRELIABLE, b"one")  # Applies what was noted, and is answered twice.
    for event in heard(server):
        server.send(event.peer_id, event.channel, b"first")
        server.send(event.peer_id, event.channel, b"second")
    data: list[bytes] = []
    while len(data) < 2:
        data += [event.data for event in heard(client)]
    client.peer(1)
    assert recovery.packets_acked >= acked + 2


def test_the_end_of_a_reliable_message_is_never_put_off(ends: Ends) -> None:
    server, client = ends
    recovery = settled_recovery(server, client)
    for _ in range(5):
        echoed(server, client, ORDERED)
        assert not recovery.noted, "room in the send queue hangs on it"
