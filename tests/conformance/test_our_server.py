"""A real FastNet server, sockets and TLS and all, talks to a client that was written from PROTOCOL.md alone."""

import threading
from collections.abc import Callable

import pytest
from fastnet import Config, Connected, Data, Disconnected, Event, Server
from fastnet.net.credentials import Credentials
from fastnet.net.devca import self_signed
from foreign_client import ForeignClient

TURNS_MAX = 2_000


def serve(server: Server, client_work: Callable[[], None]) -> list[Event]:
    """Echo until the client's work is done and its end was heard; all events. Raises what the client raised."""
    failures: list[BaseException] = []

    def work() -> None:
        try:
            client_work()
        except BaseException as error:
            failures.append(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    events: list[Event] = []
    for _ in range(TURNS_MAX):
        server.wait(0.01)
        for event in server.poll():
            events.append(event)
            if isinstance(event, Data):
                server.send(event.peer_id, event.channel, event.data)
        if not thread.is_alive() and (failures or any(isinstance(event, Disconnected) for event in events)):
            break
    if failures:
        raise failures[0]
    assert not thread.is_alive()
    return events


@pytest.fixture(scope="module")
def credentials() -> Credentials:
    return self_signed(["localhost"])


@pytest.mark.parametrize("cid", [b"", b"8 bytes!"], ids=["no client id", "client id"])
@pytest.mark.parametrize(
    "parameters",
    [[], [(9, "01")], [(8, "0201"), (9, "01")], [(1, "04b0"), (2, "00000000"), (7, "00001000")]],
    ids=["defaults", "header protection", "cipher 2 first", "small limits"],
)
def test_a_client_that_only_knows_the_page_is_served(
    credentials: Credentials, cid: bytes, parameters: list[tuple[int, str]]
) -> None:
    config = Config(ciphers=(1, 2))
    sizes = {0: (0, 5, 3_000), 1: (0, 1, 1_100), 2: (7, 2_000), 3: (9, 9)}
    sent = [(channel, bytes([channel]) * size) for channel, each in sizes.items() for size in each]
    echoed: list[tuple[int, bytes]] = []

    with Server("127.0.0.1:0", "127.0.0.1:0", credentials.chain, credentials.private_key, config=config) as server:

        def work() -> None:
            client = ForeignClient(server.tcp_address, credentials.leaf_der, parameters, cid)
            for channel, payload in sent:
                client.message(channel, payload)
            while len(client.messages) < len(sent):
                client.receive()
            echoed.extend(client.messages)
            client.close(1_234, b"thank you")

        events = serve(server, work)
    assert sorted(echoed) == sorted(sent)
    assert [payload for channel, payload in echoed if channel == 0] == [payload for c, payload in sent if c == 0]
    assert isinstance(events[0], Connected)
    end = events[-1]
    assert isinstance(end, Disconnected)
    assert (end.code, end.reason, end.by_peer) == (1_234, "thank you", True)
