"""`Server(handshake_thread=True)`: the same server, whose turns have no TLS in them."""

import asyncio
import threading

import pytest
from fastnet import Client, Config, Data, Disconnected, Refusal, Trust
from fastnet.net.tls import ServerTls
from fastnet.protocol.numbers import CloseCode
from socket_world import OPENED, Stage, bind, echo, hear, is_a, join, make_server, run, trusting

CROWD = Config(handshakes_per_address=256, handshake_burst=256)


def test_a_crowd_comes_in_and_everyone_is_answered() -> None:
    server = make_server(config=CROWD, handshake_thread=True)
    clients = [Client(server.tcp_address, trust=trusting(server)) for _ in range(40)]
    stage = Stage(server, *clients)
    stage.play(lambda: all(stage.has(client) for client in clients))
    for number, client in enumerate(clients):
        client.send(1, 0, b"%d" % number)
    stage.play(lambda: all(stage.data(client) for client in clients))
    assert [stage.data(client) for client in clients] == [[b"%d" % number] for number in range(40)]
    assert server.handshakes.completed == 40  # type: ignore[attr-defined]


def test_the_same_in_asyncio() -> None:
    async def play() -> None:
        async with await bind(handshake_thread=True) as server, await join(server) as client:
            await client.send(1, 0, b"hello")
            answering = asyncio.create_task(echo(server))
            heard = await hear(client, is_a(Data))
            assert [event.data for event in heard if isinstance(event, Data)] == [b"hello"]
            answering.cancel()

    run(play())


def test_a_full_server_says_so_and_has_room_again_when_somebody_left() -> None:
    server = make_server(config=Config(peers_max=1), handshake_thread=True)
    first, second = (Client(server.tcp_address, trust=trusting(server)) for _ in range(2))
    stage = Stage(server, first)
    stage.play(lambda: stage.has(first))
    stage.add(second)
    stage.play(lambda: stage.has(second, Disconnected))
    assert stage.heard[second][-1].code == CloseCode.SERVER_FULL  # type: ignore[union-attr]
    first.disconnect(1)
    stage.play(lambda: stage.has(server, Disconnected) and not server.stats().peers)
    third = Client(server.tcp_address, trust=trusting(server))
    stage.add(third)
    stage.play(lambda: stage.has(third))


def test_the_application_is_asked_on_that_thread_and_its_no_is_heard() -> None:
    asked: list[str] = []

    def admit(*_: object) -> Refusal:
        asked.append(threading.current_thread().name)
        return Refusal(1_234, "not today")

    server = make_server(admit=admit, handshake_thread=True)
    client = Client(server.tcp_address, trust=trusting(server))
    stage = Stage(server, client)
    stage.play(lambda: stage.has(client, Disconnected))
    told = stage.heard[client][-1]
    assert isinstance(told, Disconnected)
    assert told.code == 1_234
    assert told.reason.endswith("not today")
    assert asked == ["fastnet-handshakes"]


def test_closing_ends_the_thread_also_in_the_middle_of_a_handshake() -> None:
    server = make_server(handshake_thread=True)
    client = Client(server.tcp_address, trust=trusting(server))
    OPENED.append(client)
    server.close()
    assert "fastnet-handshakes" not in {thread.name for thread in threading.enumerate()}


def threads_of_tls(monkeypatch: pytest.MonkeyPatch, *, threaded: bool) -> set[str]:
    """Which threads took a step of a server's TLS while three clients came in, one of them a stranger to the server."""
    seen: set[str] = set()
    step = ServerTls.step

    def noted_step(tls: ServerTls) -> bool:
        seen.add(threading.current_thread().name)
        return step(tls)

    monkeypatch.setattr(ServerTls, "step", noted_step)
    server = make_server(config=CROWD, handshake_thread=threaded)
    clients = [Client(server.tcp_address, trust=trusting(server)) for _ in range(2)]
    distrustful = Client(server.tcp_address, trust=Trust(pins=["sha256/" + "A" * 43 + "="]))
    stage = Stage(server, *clients, distrustful)
    stage.play(lambda: all(stage.has(client) for client in clients) and stage.has(distrustful, Disconnected))
    return seen


def test_turns_of_the_server_have_no_tls_in_them(monkeypatch: pytest.MonkeyPatch) -> None:
    assert threads_of_tls(monkeypatch, threaded=True) == {"fastnet-handshakes"}


def test_without_the_thread_its_turns_have(monkeypatch: pytest.MonkeyPatch) -> None:
    assert threads_of_tls(monkeypatch, threaded=False) == {threading.current_thread().name}
