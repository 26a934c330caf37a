"""The real proxy: loopback datagrams through it suffer what was asked, and nothing else."""

import socket
import time
from collections.abc import Iterator
from contextlib import closing, suppress

import pytest
from fastnet.testing import Conditions
from fastnet.testing.proxy import ImpairmentProxy

WAIT_S = 5.0


def udp_socket() -> socket.socket:
    opened = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    opened.settimeout(WAIT_S)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
    return opened


@pytest.fixture
def server() -> Iterator[socket.socket]:
    with closing(udp_socket()) as opened:
        opened.bind(("127.0.0.1", 0))
        yield opened


@pytest.fixture
def client() -> Iterator[socket.socket]:
    with closing(udp_socket()) as opened:
        yield opened


@pytest.fixture
def proxy(server: socket.socket) -> Iterator[ImpairmentProxy]:
    with ImpairmentProxy(server.getsockname()) as running:
        yield running


def received(target: socket.socket, count: int) -> list[bytes]:
    return [target.recv(2_048) for _ in range(count)]


def test_a_clean_proxy_carries_both_ways_and_tells_clients_apart(
    proxy: ImpairmentProxy, server: socket.socket, client: socket.socket
) -> None:
    with closing(udp_socket()) as other:
        client.sendto(b"mine", proxy.address)
        content, mine = server.recvfrom(100)
        other.sendto(b"yours", proxy.address)
        _, yours = server.recvfrom(100)
        assert content == b"mine"
        assert mine != yours
        server.sendto(b"to you", yours)
        server.sendto(b"to me", mine)
        assert client.recv(100) == b"to me"
        assert other.recv(100) == b"to you"


def test_conditions_change_at_run_time_and_are_counted(
    proxy: ImpairmentProxy, server: socket.socket, client: socket.socket
) -> None:
    client.sendto(b"first", proxy.address)
    assert server.recv(100) == b"first"
    proxy.set_conditions(Conditions(delay_us=0, duplicate=1.0))
    wait_until_duplicating(proxy, server, client)
    proxy.set_conditions(Conditions(loss=1.0))
    before = proxy.counts()[0]
    for _ in range(100):
        client.sendto(b"lost, mostly", proxy.address)
    deadline = time.monotonic() + WAIT_S
    while proxy.counts()[0].offered < before.offered + 100 and time.monotonic() < deadline:
        client.sendto(b"lost", proxy.address)
    assert proxy.counts()[0].lost > 0


def wait_until_duplicating(proxy: ImpairmentProxy, server: socket.socket, client: socket.socket) -> None:
    """The change takes hold between two datagrams; ask until it has."""
    for index in range(1_000):
        content = index.to_bytes(4)
        client.sendto(content, proxy.address)
        assert server.recv(100) == content
        if proxy.counts()[0].duplicated:
            assert server.recv(100) == content
            return
    raise AssertionError("never duplicated")


def test_a_delay_is_kept_and_two_thousand_datagrams_pass_quickly(server: socket.socket, client: socket.socket) -> None:
    with ImpairmentProxy(server.getsockname(), up=Conditions(delay_us=30_000)) as proxy:
        started = time.monotonic()
        for index in range(2_000):
            client.sendto(index.to_bytes(4), proxy.address)
            if index % 100 == 99:
                assert received(server, 100) == [number.to_bytes(4) for number in range(index - 99, index + 1)]
        elapsed = time.monotonic() - started
        assert elapsed >= 20 * 0.030  # Twenty batches, each waits for its last one.
        assert elapsed < WAIT_S


def test_a_rebound_client_appears_at_another_port_and_still_hears_the_server(
    proxy: ImpairmentProxy, server: socket.socket, client: socket.socket
) -> None:
    client.sendto(b"a", proxy.address)
    _, before = server.recvfrom(100)
    proxy.rebind()
    after = before
    server.settimeout(0.1)
    for _ in range(1_000):
        client.sendto(b"b", proxy.address)
        with suppress(TimeoutError):  # Whoever meets the rebinding is lost, as a datagram may be on any link.
            _, after = server.recvfrom(100)
        if after != before:
            break
    assert after != before
    server.sendto(b"there", after)
    assert client.recv(100) == b"there"


def test_closing_twice_is_fine_and_frees_the_port(server: socket.socket) -> None:
    proxy = ImpairmentProxy(server.getsockname())
    address = proxy.address
    proxy.close()
    proxy.close()
    with closing(udp_socket()) as again:
        again.bind(address)
