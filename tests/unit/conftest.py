"""What the tests of the client's and of the server's handshake share."""

import contextlib
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastnet.net.listener import HandshakeListener
from scripted_server import Candidate, ScriptedServer
from tls_world import SERVER, Peers, make_listener


@pytest.fixture
def config_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FASTNET_CONFIG_DIR", str(tmp_path))


@pytest.fixture
def peers() -> Peers:
    return Peers()


@pytest.fixture
def listener(peers: Peers) -> Iterator[HandshakeListener]:
    made = make_listener(SERVER, peers)
    yield made
    made.close()


@pytest.fixture
def black_hole() -> Iterator[Candidate]:
    """An address where SYNs vanish: a listening socket whose backlog is full."""
    with contextlib.ExitStack() as stack:
        deaf = stack.enter_context(socket.socket())
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(0)
        for _ in range(4):
            filler = stack.enter_context(socket.socket())
            filler.setblocking(False)
            filler.connect_ex(deaf.getsockname())
        yield socket.AF_INET, deaf.getsockname()


@pytest.fixture
def refusing() -> Candidate:
    """An address where nobody listens."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        return socket.AF_INET, closed.getsockname()


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    made = ScriptedServer()
    yield made
    made.close()
