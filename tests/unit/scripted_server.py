"""A server that does to one client what the test says, and a client that dials any addresses."""

import contextlib
import socket
from collections.abc import Callable

from fastnet.net import tcp
from fastnet.net.clock import monotonic_ns
from fastnet.net.credentials import Credentials
from fastnet.net.dial import ClientHandshake
from fastnet.net.tls import ServerTls, TlsError, server_context
from fastnet.net.tls_socket import TlsSocket
from fastnet.net.trust import Trust
from fastnet.protocol.config import Config
from tls_world import SERVER, TRUST, drive

Candidate = tuple[int, tcp.SocketName]


def dial(*candidates: Candidate, trust: Trust = TRUST, config: Config | None = None) -> ClientHandshake:
    return ClientHandshake(candidates, "localhost", trust, config or Config(), now_ns=monotonic_ns())


def text_of(client: ClientHandshake, kind: type[Exception]) -> str:
    assert client.ticket is None
    assert isinstance(client.error, kind), client.error
    client.close()
    return str(client.error)


class ScriptedServer:
    """A TCP server that does to one client what the test says."""

    def __init__(self) -> None:
        self.listening = socket.socket()
        self.listening.bind(("127.0.0.1", 0))
        self.listening.listen(8)
        self.listening.setblocking(False)
        self.candidate: Candidate = (socket.AF_INET, self.listening.getsockname())
        self.plain: socket.socket | None = None

    def accepted(self) -> socket.socket | None:
        if self.plain is None:
            with contextlib.suppress(BlockingIOError):
                self.plain, _ = self.listening.accept()
                self.plain.setblocking(False)
        return self.plain

    def close(self) -> None:
        self.listening.close()
        if self.plain is not None:
            self.plain.close()


def serve_tls(
    server: ScriptedServer, client: ClientHandshake, answer: Callable[[bytes], bytes], credentials: Credentials = SERVER
) -> bytes:
    """Honest TLS, then whatever `answer` makes of HELLO. Returns what arrived from the client inside TLS."""
    link: list[TlsSocket] = []
    heard = b""

    def work() -> bool:
        nonlocal heard
        plain = server.accepted()
        if plain is not None and not link:
            link.append(TlsSocket(plain, ServerTls(server_context(credentials), 65_536)))
        with contextlib.suppress(TlsError):
            if link and link[0].receive() and (link[0].tls.done or link[0].tls.step()):
                received = link[0].tls.read()
                heard += received
                if received:
                    link[0].tls.write(answer(heard))
            if link:
                link[0].flush()
        return client.done

    drive(None, client, until=work)
    return heard
