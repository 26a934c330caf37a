"""Crowds and strangers at the door, and those inside never notice."""

import contextlib
import socket
import struct
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastnet import Client, Config, Connected, Data, Disconnected, Server
from fastnet.net.clock import monotonic_ns
from processes import HERE, Process
from socket_world import Stage, make_server, trusting

WIDE = Config(handshakes_per_address=256, handshake_rate_per_s=10_000, handshake_burst=1_000)
STRANGER = "127.0.0.2"
"""Strangers come from another address than clients do: the door counts per address."""
CLIENT_HELLO = bytes.fromhex("1603010200010001fc0303")


class Pinger:
    """A connected peer that always has one message on its way, and notes how many handshakes ended between two."""

    def __init__(self, stage: Stage, server: Server) -> None:
        self.client = Client(server.tcp_address, trust=trusting(server))
        self.echoes = 0
        self.most_between = 0
        self._stage, self._server, self._ended = stage, server, 0
        stage.add(self.client)
        stage.play(lambda: stage.has(self.client))
        self._ping()

    def look(self) -> None:
        """After every turn of the stage."""
        if len(self._stage.data(self.client)) > self.echoes:
            self.echoes += 1
            ended = self._completed()
            self.most_between = max(self.most_between, ended - self._ended)
            self._ping()

    def _ping(self) -> None:
        self._ended = self._completed()
        self.client.send(1, 1, b"ping")

    def _completed(self) -> int:
        stats: Any = self._server.handshakes
        return int(stats.completed)


@pytest.fixture
def strangers() -> Iterator[Callable[..., socket.socket]]:
    """Plain TCP connections from another address, closed at the end."""
    opened: list[socket.socket] = []

    def come(server: Server, first_words: bytes = b"") -> socket.socket:
        made = socket.socket()
        opened.append(made)
        made.bind((STRANGER, 0))
        made.settimeout(10)
        made.connect(server.tcp_address)
        made.setblocking(False)
        with contextlib.suppress(OSError):
            made.send(first_words)
        return made

    yield come
    for one in opened:
        one.close()


def test_200_clients_at_once_connect_while_one_tcp_client_is_silent_and_a_peer_plays_on(
    strangers: Callable[..., socket.socket],
) -> None:
    """Between two echoes of the peer the server ends at most two handshakes: none waits behind the crowd."""
    server = make_server(config=WIDE)
    stage = Stage(server)
    strangers(server)
    pinger = Pinger(stage, server)
    address = ":".join(map(str, server.tcp_address))
    with Process(HERE / "crowd_process.py", server.pin, address, "200") as crowd:

        def all_have_gone() -> bool:
            pinger.look()
            return sum(isinstance(event, Disconnected) for event in stage.heard[server]) == 200

        stage.play(all_have_gone, 60)
        assert crowd.line() == '["done", 200]', crowd.lines
        assert crowd.wait() == 0, crowd.lines
    assert sum(isinstance(event, Connected) for event in stage.heard[server]) == 201
    assert pinger.echoes > 200
    assert pinger.most_between <= 2
    assert not stage.has(pinger.client, Disconnected)


def test_f25_what_one_client_does_to_itself_no_other_one_feels(strangers: Callable[..., socket.socket]) -> None:
    server = make_server()
    stage = Stage(server)
    resetting = strangers(server, CLIENT_HELLO)
    stage.play_for(0.01)
    resetting.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    resetting.close()
    vanished = Client(server.tcp_address, trust=trusting(server))
    stage.add(vanished)
    stage.play(lambda: stage.has(vanished) and stage.has(server))
    stage.leave(vanished)
    vanished.release()
    (gone,) = server.peers()
    for _ in range(20):
        server.send(gone, 1, b"to a closed port: the next send hears of it")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as flooding:
        flooding.setblocking(False)
        before_ns = monotonic_ns()
        client = Client(server.tcp_address, trust=trusting(server))
        stage.add(client)

        def flood() -> bool:
            with contextlib.suppress(BlockingIOError):
                for _ in range(200):
                    flooding.sendto(bytes(1_200), server.udp_address)
            return stage.has(client)

        stage.play(flood)
    assert monotonic_ns() - before_ns < 5_000_000_000  # 1 s is the promise; the machine may be loaded.
    client.send(1, 0, b"all is well")
    stage.play(lambda: stage.data(client))
    assert sum(server.stats().drops.values()) > 0


@pytest.mark.parametrize(
    "first_words",
    [b"", CLIENT_HELLO, b"\x16\x03\x01\xff\xff" + bytes(60_000), b"GET / HTTP/1.1\r\n\r\n", bytes(1_000_000)],
    ids=["silence", "half a ClientHello", "a frame of 0xFFFF", "another protocol", "a megabyte"],
)
def test_f6_strangers_at_the_door_do_not_disturb_the_live_peers(
    strangers: Callable[..., socket.socket], first_words: bytes
) -> None:
    server = make_server(config=WIDE.with_changes(handshake_timeout_ms=2_000))
    stage = Stage(server)
    clients = [_admitted(stage, server) for _ in range(20)]
    came = [strangers(server, first_words) for _ in range(200)]
    for number in range(20):
        for client in clients:
            client.send(1, number % 4, b"%d" % number)
        stage.play(lambda number=number: all(len(stage.data(one)) > number for one in clients))  # type: ignore[misc]
    _admitted(stage, server)
    stage.play(lambda: all(_was_closed(one) for one in came))
    assert not any(stage.has(client, Disconnected) for client in clients)
    assert sum(isinstance(event, Connected) for event in stage.heard[server]) == 21
    assert sum(isinstance(event, Data) for event in stage.heard[server]) == 400


def _admitted(stage: Stage, server: Server) -> Client:
    """One more client, connected."""
    client = Client(server.tcp_address, trust=trusting(server))
    stage.add(client)
    stage.play(lambda: stage.has(client))
    return client


def _was_closed(stranger: socket.socket) -> bool:
    try:
        while stranger.recv(65_536):
            continue
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True
