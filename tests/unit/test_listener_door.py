"""The server's door itself: where it stands, what it announces, when it has no descriptors, how it closes."""

import contextlib
import resource
import socket

import pytest
from fastnet.net.admission import Deferred
from fastnet.net.clock import monotonic_ns
from fastnet.net.listener import HandshakeListener
from fastnet.protocol.config import Config
from fastnet.protocol.errors import AddressInUseError, UsageError
from fastnet.protocol.handshake import Endpoint
from strangers import is_closed, raw_stranger
from tls_world import SERVER, TRUST, Peers, connect, drive, make_client, make_listener

SECOND_NS = 1_000_000_000


def test_a_port_in_use_says_so(listener: HandshakeListener) -> None:
    with pytest.raises(AddressInUseError, match=f"TCP port {listener.address[1]} .* choose another"):
        HandshakeListener(listener.address, SERVER, Config(), Peers(), endpoints=lambda: ())


@pytest.mark.parametrize("host", ["192.0.2.1", "no such host.invalid"])
def test_a_host_that_is_not_ours_says_so(host: str) -> None:
    with pytest.raises(UsageError):
        HandshakeListener((host, 0), SERVER, Config(), Peers(), endpoints=lambda: ())


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_f22_an_empty_host_serves_both_families(host: str, peers: Peers) -> None:
    listener = make_listener(SERVER, peers, host="")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    connect(listener, candidates=[(family, (host, listener.address[1]))], server_name=None)
    listener.close()


def test_all_endpoints_are_announced(peers: Peers) -> None:
    endpoints = (Endpoint("192.0.2.1", 5), Endpoint("", 6))
    listener = make_listener(SERVER, peers, endpoints=lambda: endpoints)
    client = make_client(listener, TRUST)
    drive(listener, client)
    assert client.ticket is not None
    assert [(address.lo & 0xFFFFFFFF, address.port) for address in client.ticket.endpoints] == [
        (0x7F000001, 6),
        (0xC0000201, 5),
    ]
    client.close()
    listener.close()


def test_without_descriptors_the_door_pauses_and_opens_again(listener: HandshakeListener) -> None:
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    strangers = [raw_stranger(listener) for _ in range(2)]
    lowest = socket.socket()
    free = lowest.fileno()
    lowest.close()
    now_ns = monotonic_ns()
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (free, limits[1]))
        listener.turn(now_ns)
        for _ in range(10):
            assert not listener.turn(now_ns)
            assert listener.next_deadline_ns() == now_ns + SECOND_NS // 10
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
    assert (listener.stats.accept_errors, listener.in_flight) == (1, 0)
    listener.turn(now_ns + SECOND_NS // 10)
    drive(listener, until=lambda: listener.in_flight == 2)
    for stranger in strangers:
        stranger.close()


def test_a_freed_descriptor_opens_a_paused_door(listener: HandshakeListener) -> None:
    first = raw_stranger(listener)
    drive(listener, until=lambda: listener.in_flight == 1)
    second, limits = raw_stranger(listener), resource.getrlimit(resource.RLIMIT_NOFILE)
    lowest = socket.socket()
    free = lowest.fileno()
    lowest.close()
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (free, limits[1]))
        drive(listener, until=lambda: listener.stats.accept_errors == 1)
        first.close()
        drive(listener, until=lambda: listener.stats.accepted == 2)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
    second.close()


def test_a_closed_listener_has_closed_everything(peers: Peers) -> None:
    listener = make_listener(SERVER, peers, admit=lambda *_: Deferred())
    stranger, client = raw_stranger(listener), make_client(listener, TRUST)
    drive(listener, client, until=lambda: len(peers.reserved) == 1 and listener.in_flight == 2)
    address = listener.address
    listener.close()
    assert is_closed(stranger)
    assert peers.reserved == {}
    with contextlib.closing(socket.socket()) as late:
        assert late.connect_ex(address) != 0
    stranger.close()
    client.close()
