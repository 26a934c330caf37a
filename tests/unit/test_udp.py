"""UDP sockets on loopback: nothing lost, the asked address answers, and a network that says no is counted."""

import errno
import os
import socket
import threading

import pytest
from fastnet.net.clock import monotonic_ns
from fastnet.net.udp import UdpSocket
from fastnet.protocol.address import parse_address
from fastnet.protocol.datagram import Datagram
from fastnet.protocol.errors import AddressInUseError, FastNetError, SocketClosedError, UsageError
from fastnet.protocol.ticket import Address

SECOND_NS = 1_000_000_000


def towards(target: UdpSocket, host: str, content: bytes) -> Datagram:
    """A datagram for `target` as it is reached at `host`."""
    made = Datagram(2_048)
    fill(made, parse_address(host, target.address[1]), content)
    return made


def fill(made: Datagram, address: Address, content: bytes) -> None:
    made.load(content)
    made.remote_hi, made.remote_lo = address.hi, address.lo
    made.remote_port, made.remote_scope = address.port, address.scope
    made.local_hi = made.local_lo = 0


def next_datagram(sock: UdpSocket) -> Datagram:
    assert sock.wait(SECOND_NS), "nothing arrived"
    assert sock.receive_batch(1) == 1
    return sock.datagram(0)


def origin(datagram: Datagram) -> Address:
    return Address(datagram.remote_hi, datagram.remote_lo, datagram.remote_port, datagram.remote_scope)


def answer(sock: UdpSocket, asked: Datagram, content: bytes) -> None:
    """Reply as the endpoint does: the received path, turned round."""
    reply = sock.next_out()
    reply.load(content)
    reply.copy_path(asked)
    sock.commit()
    assert sock.flush() == 1


@pytest.mark.parametrize("connect", [True, False])
@pytest.mark.parametrize(
    ("bound", "host"),
    [("127.0.0.1", "127.0.0.1"), ("::1", "::1"), ("0.0.0.0", "127.0.0.1"), ("::", "::1"), ("", "127.0.0.1")],
)
def test_an_echo_keeps_content_and_addresses(bound: str, host: str, connect: bool) -> None:
    server = UdpSocket.bind(bound, 0)
    there = parse_address(host, server.address[1])
    client = UdpSocket.open_towards(there, connect=connect)
    try:
        assert client.send(towards(server, host, b"ping"))
        asked = next_datagram(server)
        assert asked.content() == b"ping"
        assert (asked.at, asked.end, asked.bad) == (0, 4, False)
        came_from = parse_address(host, client.address[1])
        assert origin(asked) == came_from
        answer(server, asked, b"pong")
        got = next_datagram(client)
        assert got.content() == b"pong"
        assert origin(got) == there
        assert server.counters.received == client.counters.received == 1
        assert server.counters.sent_bytes == client.counters.received_bytes == 4
        assert server.counters.errors == client.counters.errors == 0
    finally:
        server.close()
        client.close()


def test_a_dual_stack_socket_shows_ipv4_senders_as_mapped_addresses() -> None:
    server = UdpSocket.bind("", 0)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as plain:
        plain.bind(("127.0.0.1", 0))
        plain.sendto(b"four", ("127.0.0.1", server.address[1]))
        asked = next_datagram(server)
        assert origin(asked) == parse_address("127.0.0.1", plain.getsockname()[1])
        assert asked.remote_lo >> 32 == 0xFFFF
    server.close()


def test_without_dual_stack_ipv4_is_not_heard() -> None:
    server = UdpSocket.bind("::", 0, dual_stack=False)
    client = UdpSocket.open_towards(parse_address("127.0.0.1", server.address[1]))
    client.send(towards(server, "127.0.0.1", b"four"))
    assert not server.receive(Datagram(64))
    assert client.receive_batch(1) == 0
    assert client.counters.refused == 1
    server.close()
    client.close()


@pytest.mark.parametrize("bound", ["0.0.0.0", ""])
@pytest.mark.parametrize("asked_host", ["127.0.0.2", "127.0.0.3"])
@pytest.mark.parametrize("batch", [1, 3])
def test_the_address_that_was_asked_answers(bound: str, asked_host: str, batch: int) -> None:
    """PROTOCOL.md F22. A connected client would drop an answer from any other address."""
    server = UdpSocket.bind(bound, 0)
    client = UdpSocket.open_towards(parse_address(asked_host, server.address[1]))
    client.send(towards(server, asked_host, b"who are you"))
    asked = next_datagram(server)
    local = parse_address(asked_host, 0)
    assert (asked.local_hi, asked.local_lo) == (local.hi, local.lo)
    for _ in range(batch):
        reply = server.next_out()
        reply.load(b"me")
        reply.copy_path(asked)
        server.commit()
    assert server.flush() == batch
    for _ in range(batch):
        assert next_datagram(client).content() == b"me"
    server.close()
    client.close()


def test_a_socket_bound_to_one_address_reports_no_local_address() -> None:
    server = UdpSocket.bind("127.0.0.2", 0)
    client = UdpSocket.open_towards(parse_address("127.0.0.2", server.address[1]))
    client.send(towards(server, "127.0.0.2", b"x"))
    asked = next_datagram(server)
    assert (asked.local_hi, asked.local_lo) == (0, 0)
    server.close()
    client.close()


@pytest.mark.parametrize("bound", ["127.0.0.1", "::1", ""])
@pytest.mark.parametrize("connect", [True, False])
def test_a_batch_of_200_loses_and_reorders_nothing(bound: str, connect: bool) -> None:
    server = UdpSocket.bind(bound, 0)
    there = parse_address(bound or "127.0.0.1", server.address[1])
    client = UdpSocket.open_towards(there, connect=connect)
    flushed = 0
    for number in range(200):
        fill(client.next_out(), there, number.to_bytes(2) * (1 + number))
        client.commit()
        flushed += client.flush() if number % 50 == 49 else 0
    assert flushed == 200
    got: list[bytes] = []
    calls = 0
    while len(got) < 200:
        count = server.receive_batch(64)
        assert count > 0, f"only {len(got)} of 200 arrived"
        calls += 1
        for index in range(count):
            assert origin(server.datagram(index)).port == client.address[1]
            got.append(server.datagram(index).content())
    assert got == [number.to_bytes(2) * (1 + number) for number in range(200)]
    assert server.receive_batch(64) == 0
    assert calls <= 6, "a flood is read many at once"
    server.close()
    client.close()


def test_a_full_outgoing_ring_flushes_itself() -> None:
    server = UdpSocket.bind("127.0.0.1", 0)
    there = parse_address("127.0.0.1", server.address[1])
    client = UdpSocket.open_towards(there)
    for number in range(150):
        fill(client.next_out(), there, bytes([number]))
        client.commit()
    client.flush()
    assert client.counters.sent == 150
    assert client.flush() == 0
    server.close()
    client.close()


@pytest.mark.parametrize("count", [1, 5])
@pytest.mark.parametrize("bound", ["127.0.0.1", "0.0.0.0"])
def test_a_datagram_that_is_too_long_shows_by_its_size(count: int, bound: str) -> None:
    server = UdpSocket.bind(bound, 0, max_datagram=1_200)
    client = UdpSocket.open_towards(parse_address("127.0.0.1", server.address[1]), max_datagram=2_048)
    for _ in range(count):
        for size in (1_200, 1_201, 2_000, 0):
            client.send(towards(server, "127.0.0.1", bytes(size)))
    sizes = []
    while fresh := server.receive_batch(64):
        sizes += [server.datagram(index).size for index in range(fresh)]
    assert sizes == [1_200, 1_201, 1_201, 0] * count
    server.close()
    client.close()


def test_a_port_in_use_says_what_to_do() -> None:
    first = UdpSocket.bind("127.0.0.1", 0)
    with pytest.raises(AddressInUseError, match="choose another port") as caught:
        UdpSocket.bind("127.0.0.1", first.address[1])
    assert caught.value.errno == errno.EADDRINUSE
    first.close()


def test_reuse_port_shares_a_port() -> None:
    first = UdpSocket.bind("127.0.0.1", 0, reuse_port=True)
    second = UdpSocket.bind("127.0.0.1", first.address[1], reuse_port=True)
    assert second.address == first.address
    first.close()
    second.close()


@pytest.mark.parametrize(
    ("host", "words"), [("192.0.2.1", "no such address"), ("not a host", "no address of this machine")]
)
def test_a_wrong_host_is_named(host: str, words: str) -> None:
    with pytest.raises(FastNetError, match=words):
        UdpSocket.bind(host, 0)


def test_a_port_where_nobody_listens_is_counted_and_never_raises() -> None:
    gone = UdpSocket.bind("127.0.0.1", 0)
    client = UdpSocket.open_towards(parse_address("127.0.0.1", gone.address[1]))
    hello = towards(gone, "127.0.0.1", b"anyone?")
    gone.close()
    for attempt in range(1, 20):
        assert client.send(hello), "an old refusal does not cost a new datagram"
        if attempt % 2:
            assert client.receive_batch(8) == 0
            assert client.receive_batch(8) == 0
    assert client.counters.refused == 19
    assert client.counters.last_errno == errno.ECONNREFUSED
    for _ in range(10):
        client.next_out().copy_path(hello)
        client.commit()
    assert client.flush() == 10
    client.close()


def test_each_refusal_has_its_own_counter() -> None:
    server = UdpSocket.bind("127.0.0.1", 0, max_datagram=65_527)
    too_big = Datagram(65_536)
    fill(too_big, parse_address("127.0.0.1", 9), bytes(65_530))
    assert not server.send(too_big)
    assert server.counters.too_big == 1
    wrong_family = towards(server, "2001:db8::1", b"x")
    assert not server.send(wrong_family)
    assert server.counters.unreachable == 1
    broadcast = towards(server, "255.255.255.255", b"x")
    assert not server.send(broadcast)
    assert server.counters.denied == 1
    assert server.counters.as_dict() == {
        **dict.fromkeys(("sent", "sent_bytes", "received", "received_bytes", "blocked", "refused", "failed"), 0),
        **dict.fromkeys(("unreachable", "denied", "too_big"), 1),
    }
    server.close()


def test_refusals_inside_a_batch_do_not_stop_the_rest() -> None:
    server = UdpSocket.bind("127.0.0.1", 0)
    good = parse_address("127.0.0.1", server.address[1])
    bad = parse_address("255.255.255.255", 9)
    for number in range(20):
        fill(server.next_out(), bad if number % 3 == 0 else good, bytes([number]))
        server.commit()
    assert server.flush() == 13
    assert server.counters.denied == 7
    got = []
    while count := server.receive_batch(64):
        got += [server.datagram(index).content()[0] for index in range(count)]
    assert got == [number for number in range(20) if number % 3]
    server.close()


def test_a_full_send_buffer_is_counted_as_blocked() -> None:
    """Loopback UDP never fills its send buffer, so a socket that does is put beneath the descriptor."""
    near, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    client = UdpSocket.open_towards(parse_address("127.0.0.1", 9))
    os.dup2(near.fileno(), client.fileno())
    for _ in range(5_000):
        fill(client.next_out(), parse_address("127.0.0.1", 9), bytes(1_000))
        client.commit()
    client.flush()
    assert client.counters.blocked > 0
    assert client.counters.sent > 0
    assert client.counters.sent + client.counters.blocked == 5_000
    lone = Datagram(64)
    fill(lone, parse_address("127.0.0.1", 9), b"x")
    assert not client.send(lone)
    for end in (client, near, far):
        end.close()


def test_a_closed_socket_says_so() -> None:
    sock = UdpSocket.bind("127.0.0.1", 0)
    datagram = towards(sock, "127.0.0.1", b"x")
    sock.next_out().copy_path(datagram)
    sock.close()
    sock.close()
    assert sock.fileno() == -1
    for use in (
        lambda: sock.send(datagram),
        lambda: sock.receive(datagram),
        lambda: sock.receive_batch(1),
        lambda: sock.receive_spin(0, 1),
        lambda: sock.wait(1),
        lambda: sock.rebind(),
        lambda: sock.address,
        lambda: sock.connect(parse_address("127.0.0.1", 9)),
    ):
        with pytest.raises(SocketClosedError):
            use()
    sock.commit()
    with pytest.raises(SocketClosedError):
        sock.flush()


@pytest.mark.parametrize("connect", [True, False])
def test_rebind_takes_a_new_port_and_keeps_talking(connect: bool) -> None:
    server = UdpSocket.bind("127.0.0.1", 0)
    there = parse_address("127.0.0.1", server.address[1])
    client = UdpSocket.open_towards(there, connect=connect)
    client.send(towards(server, "127.0.0.1", b"before"))
    before = origin(next_datagram(server)).port
    client.rebind()
    client.send(towards(server, "127.0.0.1", b"after"))
    asked = next_datagram(server)
    assert asked.content() == b"after"
    assert origin(asked).port == client.address[1] != before
    assert client.connected == connect
    with pytest.raises(UsageError, match="only a client"):
        server.rebind()
    answer(server, asked, b"welcome back")
    assert next_datagram(client).content() == b"welcome back"
    server.close()
    client.close()


def test_a_connected_socket_hears_only_its_peer() -> None:
    server = UdpSocket.bind("127.0.0.1", 0)
    stranger = UdpSocket.bind("127.0.0.1", 0)
    client = UdpSocket.open_towards(parse_address("127.0.0.1", server.address[1]))
    stranger.send(towards(client, "127.0.0.1", b"psst"))
    assert not client.receive(Datagram(64))
    client.connect(parse_address("127.0.0.1", stranger.address[1]))
    stranger.send(towards(client, "127.0.0.1", b"hello"))
    assert next_datagram(client).content() == b"hello"
    for sock in (server, stranger, client):
        sock.close()


def test_spinning_finds_a_datagram_and_gives_up_in_time() -> None:
    server = UdpSocket.bind("127.0.0.1", 0)
    now_ns = monotonic_ns()
    assert server.receive_spin(now_ns, now_ns) == 0
    assert server.receive_spin(now_ns, now_ns + 100_000) == 0
    assert monotonic_ns() >= now_ns + 100_000
    sender = threading.Thread(target=lambda: server.send(towards(server, "127.0.0.1", b"x")))
    sender.start()
    assert server.receive_spin(monotonic_ns(), monotonic_ns() + 5 * SECOND_NS) == 1, (
        "another thread runs while this one spins"
    )
    assert server.datagram(0).content() == b"x"
    sender.join()
    server.close()


def test_a_wait_without_traffic_ends_by_itself() -> None:
    server = UdpSocket.bind("127.0.0.1", 0)
    assert not server.wait(1_000_000)
    assert not server.wait(0)
    server.close()


def test_buffers_are_granted() -> None:
    server = UdpSocket.bind("127.0.0.1", 0, discover=True, buffer_bytes=65_536)
    assert min(server.buffer_bytes) >= 65_536
    server.close()


def resident_bytes() -> int:
    """What this process has in memory."""
    with open("/proc/self/statm") as told:
        return int(told.read().split()[1]) * os.sysconf("SC_PAGESIZE")


def test_a_clients_socket_is_small_until_datagrams_come_in_batches() -> None:
    """Two hundred of them: what one process of bots holds."""
    server = UdpSocket.bind("127.0.0.1", 0)
    there = parse_address("127.0.0.1", server.address[1])
    before = resident_bytes()
    clients = [UdpSocket.open_towards(there) for _ in range(200)]
    assert (resident_bytes() - before) / len(clients) < 65_536
    for client in clients:
        client.close()
    server.close()
