"""The frame-loop form: poll never blocks, wait does, and both tell the truth."""

import os
import selectors
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from socket import AF_INET, IPPROTO_TCP, SOCK_STREAM

import pytest
from fastnet import (
    Client,
    CloseCode,
    Config,
    Connected,
    Data,
    Disconnected,
    MessageTooLargeError,
    NotConnectedError,
    Server,
    SocketClosedError,
    UnknownChannelError,
    UnknownPeerError,
    WouldBlockError,
)
from fastnet.net.clock import monotonic_ns
from fastnet.net.driver import BytesLike
from socket_world import LIMIT_S, Stage, linked, make_server, trusting

MIB = 1 << 20


@pytest.fixture
def pair() -> Iterator[tuple[Stage, Server, Client]]:
    stage, server, client = linked()
    yield stage, server, client
    stage.close()


def test_all_four_channels_carry_any_bytes_like_there_and_back(pair: tuple[Stage, Server, Client]) -> None:
    stage, _, client = pair
    messages: list[BytesLike] = [b"bytes", bytearray(b"bytearray"), memoryview(b"memoryview"), b""]
    for channel, data in enumerate(messages):
        client.send(1, channel, data)
    stage.play(lambda: len(stage.data(client)) == 4)
    answers = {event.channel: event.data for event in stage.heard[client] if isinstance(event, Data)}
    assert answers == {0: b"bytes", 1: b"bytearray", 2: b"memoryview", 3: b""}


def test_a_client_keeps_tcp_until_udp_is_there_and_no_longer() -> None:
    server = make_server()
    client = Client(server.tcp_address, trust=trusting(server))
    stage = Stage(server, client)
    stage.play(lambda: client.pump is not None)
    tcp = client._handshake._link.tcp
    assert tcp.fileno() != -1
    assert client.stats().datagrams_sent == 1
    stage.play(lambda: stage.has(client))
    assert tcp.fileno() == -1
    assert client._handshake is None
    stage.close()


def test_many_messages_in_one_call_arrive_in_order_and_share_datagrams(pair: tuple[Stage, Server, Client]) -> None:
    stage, server, client = pair
    messages = [b"%d" % number for number in range(100)]
    before = client.stats().datagrams_sent
    client.send_all(1, 0, iter(messages))
    assert client.stats().datagrams_sent <= before + 2
    stage.play(lambda: len(stage.data(server)) == 100)
    assert stage.data(server) == messages
    client.send_all(1, 1, [])
    client.send_all(1, 1, [bytearray(b"a"), memoryview(b"b"), b""])
    stage.play(lambda: len(stage.data(server)) == 103)
    assert stage.data(server)[100:] == [b"a", b"b", b""]


def test_many_messages_are_taken_up_to_the_first_that_cannot_be(pair: tuple[Stage, Server, Client]) -> None:
    stage, server, client = pair
    with pytest.raises(MessageTooLargeError, match="1,048,577 bytes exceed") as caught:
        client.send_all(1, 0, [b"one", b"two", bytes(MIB + 1), b"never"])
    assert caught.value.taken == 2
    with pytest.raises(TypeError):
        client.send_all(1, 0, [b"three", "text"])  # type: ignore[list-item]
    with pytest.raises(WouldBlockError, match="queue of channel 0 is full") as full:
        client.send_all(1, 0, [bytes(1_000)] * 3_000)
    expected = 3 + full.value.taken
    stage.play(lambda: len(stage.data(server)) == expected)
    assert stage.data(server)[:3] == [b"one", b"two", b"three"]
    for peer_id, channel, error in (
        (7, 0, UnknownPeerError),
        (2**40, 0, UnknownPeerError),
        (1, 256, UnknownChannelError),
    ):
        with pytest.raises(error):
            client.send_all(peer_id, channel, [b"x"])
    client.close()
    with pytest.raises(SocketClosedError):
        client.send_all(1, 0, [b"x"])


def test_a_message_of_1_mib_arrives_whole(pair: tuple[Stage, Server, Client]) -> None:
    stage, _, client = pair
    big = os.urandom(1 << 20)
    client.send(1, 2, big)
    stage.play(lambda: stage.data(client))
    assert stage.data(client) == [big]


def test_connecting_does_not_block_and_a_send_before_connected_is_refused() -> None:
    server = make_server()
    client = Client(server.tcp_address, trust=trusting(server))
    assert client.poll() == []
    with pytest.raises(NotConnectedError, match="send after the Connected event"):
        client.send(1, 0, b"too early")
    with pytest.raises(NotConnectedError, match="wait for the Connected event"):
        client.stats()
    stage = Stage(server, client)
    stage.play(lambda: stage.has(client) and stage.has(server))
    assert stage.heard[client] == [Connected(1)]
    stage.close()


def test_a_client_connects_by_name_while_the_loop_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    server = make_server()
    asked: list[tuple[object, bool]] = []

    def look_up(host: object, port: int, **_more: object) -> list[tuple[object, ...]]:
        asked.append((host, threading.current_thread() is threading.main_thread()))
        return [(AF_INET, SOCK_STREAM, IPPROTO_TCP, "", ("127.0.0.1", port))]

    monkeypatch.setattr("socket.getaddrinfo", look_up)
    client = Client(("game.example", server.tcp_address[1]), trust=trusting(server))
    stage = Stage(server, client)
    stage.play(lambda: stage.has(client))
    stage.close()
    assert asked == [(b"game.example", False)]


def test_localhost_takes_no_look_up(monkeypatch: pytest.MonkeyPatch) -> None:
    server = make_server()
    monkeypatch.setattr("socket.getaddrinfo", lambda *_asked, **_more: pytest.fail("the system was asked"))
    client = Client(("localhost", server.tcp_address[1]), trust=trusting(server))
    stage = Stage(server, client)
    stage.play(lambda: stage.has(client))
    stage.close()


def test_where_no_selector_has_a_descriptor_both_sides_still_meet_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows. Each sleeps as long as it may; were it left to deadlines, the handshake's 10 s would pass."""
    monkeypatch.setattr(selectors, "DefaultSelector", selectors.SelectSelector)
    server = make_server()
    done = threading.Event()

    def serve() -> None:
        while not done.is_set():
            server.wait(LIMIT_S)
            server.poll()

    thread = threading.Thread(target=serve)
    thread.start()
    client = Client(server.tcp_address, trust=trusting(server))
    began_ns = monotonic_ns()
    heard: list[object] = []
    while not heard and monotonic_ns() - began_ns < 5_000_000_000:
        client.wait(LIMIT_S)
        heard += client.poll()
    done.set()
    server.wake()
    thread.join()
    client.close()
    server.close()
    assert heard == [Connected(1)]


def test_an_unknown_name_is_an_event_of_a_client_that_polls() -> None:
    client = Client("no-such-host.invalid:7778")
    stage = Stage(client)
    stage.play(lambda: stage.heard[client])
    (event,) = stage.heard[client]
    assert isinstance(event, Disconnected)
    assert event.code == CloseCode.TCP_UNREACHABLE
    assert "does not resolve" in event.reason
    stage.close()


def test_wait_returns_when_a_message_comes_and_not_before(pair: tuple[Stage, Server, Client]) -> None:
    stage, server, client = pair
    stage.play_for(0.1)
    before_ns = monotonic_ns()
    client.wait(0.02)
    assert monotonic_ns() - before_ns < LIMIT_S * 1e9
    client.send(1, 0, b"ping")
    limit_ns = monotonic_ns() + int(LIMIT_S * 1e9)
    events: list[object] = []
    while not events and monotonic_ns() < limit_ns:
        server.wait(1)
        events += server.poll()
    assert events == [Data(next(iter(server.peers())), 0, b"ping")]


def test_wait_does_not_sleep_while_poll_has_something_to_say(pair: tuple[Stage, Server, Client]) -> None:
    _, server, client = pair
    server.send(server.peers()[0], 0, b"arrived in a turn, not yet polled")
    limit_ns = monotonic_ns() + int(LIMIT_S * 1e9)
    while not client.has_news() and monotonic_ns() < limit_ns:
        client.turn()
    assert client.wait(0.0)
    assert client.poll() == [Data(1, 0, b"arrived in a turn, not yet polled")]


def test_another_thread_wakes_a_wait_that_nothing_else_would_end() -> None:
    with make_server() as server:
        waker = threading.Thread(target=server.wake)
        waker.start()
        assert server.wait(LIMIT_S)
        waker.join()


def test_without_auto_flush_messages_share_one_datagram_when_flushed() -> None:
    stage, server, client = linked(Config(auto_flush=False))
    stage.play_for(0.1)
    before = client.stats().datagrams_sent
    for number in range(20):
        client.send(1, 0, b"%d" % number)
    assert client.stats().datagrams_sent == before
    client.flush()
    assert client.stats().datagrams_sent == before + 1
    stage.play(lambda: len(stage.data(server)) == 20)
    assert stage.data(server) == [b"%d" % number for number in range(20)]
    stage.close()


def test_spinning_ends_talk_without_a_single_wait() -> None:
    server = make_server(spin=True)
    client = Client(server.tcp_address, trust=trusting(server), spin=True)
    limit_ns = monotonic_ns() + int(LIMIT_S * 1e9)
    echoes: list[bytes] = []
    while len(echoes) < 50 and monotonic_ns() < limit_ns:
        for event in server.poll():
            if isinstance(event, Data):
                server.send(event.peer_id, event.channel, event.data)
        for event in client.poll():
            match event:
                case Connected():
                    client.send(1, 1, b"0")
                case Data(_, _, data):
                    echoes.append(data)
                    client.send(1, 1, b"%d" % len(echoes))
    assert echoes == [b"%d" % number for number in range(50)]
    Stage(server, client).close()


def test_a_spinning_server_that_never_stops_hearing_lets_others_in() -> None:
    server = make_server(spin=True)
    first = Client(server.tcp_address, trust=trusting(server), spin=True)
    limit_ns = monotonic_ns() + int(LIMIT_S * 1e9)
    second: Client | None = None
    echoes = 0
    while (second is None or not second.peers()) and monotonic_ns() < limit_ns:
        for event in server.poll(0.01):
            if isinstance(event, Data):
                server.send(event.peer_id, event.channel, event.data)
        for event in first.poll():
            if isinstance(event, Connected | Data):
                first.send(1, 1, b"again")
                echoes += isinstance(event, Data)
        if echoes > 100 and second is None:
            second = Client(server.tcp_address, trust=trusting(server))
        if second is not None:
            second.poll()
    assert second is not None
    assert second.peers() == [1]
    Stage(server, first, second).close()


@pytest.mark.parametrize("spin", [True, False])
def test_a_poll_that_waits_in_vain_returns_nothing_and_heeds_time(spin: bool) -> None:
    server = make_server(spin=spin)
    client = Client(server.tcp_address, trust=trusting(server), spin=spin, config=Config(keepalive_ms=500))
    limit_ns = monotonic_ns() + int(LIMIT_S * 1e9)
    while not client.peers() and monotonic_ns() < limit_ns:
        server.poll()
        client.poll()
    for _ in range(20):  # What binding still owes leaves.
        server.poll(0.001)
        client.poll(0.001)
    before = client.stats().datagrams_sent
    polls = 0
    while client.stats().datagrams_sent == before and monotonic_ns() < limit_ns:
        assert client.poll(0.001) == []  # The keepalive's PING leaves from one of these.
        polls += 1
    assert polls > 1
    assert client.stats().datagrams_sent == before + 1
    Stage(server, client).close()


def test_a_send_that_raises_gives_no_number_twice(pair: tuple[Stage, Server, Client]) -> None:
    """The socket is gone under it: what was sealed may have left all the same."""
    stage, _, client = pair
    stage.leave(client)
    assert client.pump is not None
    peer = client.pump.endpoint.slots[0]
    assert peer is not None
    first, in_flight = peer.recovery.sent.next_number, peer.recovery.congestion.in_flight
    client.pump.udp.close()
    for _ in range(2):
        with pytest.raises(SocketClosedError):
            client.send(1, 1, b"into the void")
    assert peer.recovery.sent.next_number == first + 2
    assert client.peer(1).in_flight_bytes > in_flight
    client.release()
    stage.close()


def test_a_closed_socket_says_so_and_closing_twice_is_fine(pair: tuple[Stage, Server, Client]) -> None:
    _, server, client = pair
    for socket in (client, server):
        socket.close()
        socket.close()
        assert socket.closed
        for call in (socket.poll, socket.wait, socket.stats, socket.flush):
            with pytest.raises(SocketClosedError, match="make a new one"):
                call()
        with pytest.raises(SocketClosedError):
            socket.send(1, 0, b"")
        with pytest.raises(SocketClosedError):
            socket.disconnect(1)


def test_close_tells_the_other_end_and_flushes_what_is_reliable(pair: tuple[Stage, Server, Client]) -> None:
    stage, server, client = pair
    stage.leave(client)
    closer = threading.Thread(target=client.close)
    client.send(1, 0, b"last words")
    closer.start()
    stage.play(lambda: stage.has(server, Disconnected))
    closer.join()
    assert stage.heard[server][-2:] == [
        Data(stage.heard[server][-1].peer_id, 0, b"last words"),
        Disconnected(stage.heard[server][-1].peer_id, CloseCode.CLOSED, "", True),
    ]
    stage.close()


def test_a_server_that_closes_says_it_is_shutting_down(pair: tuple[Stage, Server, Client]) -> None:
    stage, server, client = pair
    stage.leave(server)
    closer = threading.Thread(target=server.close)
    closer.start()
    stage.play(lambda: stage.has(client, Disconnected))
    closer.join()
    assert stage.heard[client][-1] == Disconnected(1, CloseCode.SHUTTING_DOWN, "", True)
    stage.close()


def test_with_closes_both_forms() -> None:
    with ExitStack() as stack:
        server = stack.enter_context(make_server())
        thread = threading.Thread(target=_serve_until_gone, args=(server,))
        thread.start()
        with Client.connect(server.tcp_address, trust=trusting(server)) as client:
            assert client.peers() == [1]
        assert client.closed
        thread.join()
    assert server.closed


def _serve_until_gone(server: Server) -> None:
    limit_ns = monotonic_ns() + int(LIMIT_S * 1e9)
    while monotonic_ns() < limit_ns:
        server.wait(1)
        if any(isinstance(event, Disconnected) for event in server.poll()):
            return
