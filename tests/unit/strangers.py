"""Those who are not FastNet clients, or not honest ones: raw sockets, other TLS, and scripted messages inside TLS."""

import contextlib
import socket
import ssl
import struct

from fastnet.net.listener import HandshakeListener
from fastnet.net.tls import ClientTls, TlsError, client_context
from fastnet.net.tls_socket import TlsSocket
from fastnet.protocol import handshake, negotiation
from fastnet.protocol.config import Config
from fastnet.protocol.handshake import Hello
from tls_world import drive


def raw_stranger(listener: HandshakeListener, source: str = "127.0.0.1") -> socket.socket:
    """A TCP connection under way, from any address of 127.0.0.0/8."""
    stranger = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    stranger.setblocking(False)
    stranger.bind((source, 0))
    stranger.connect_ex(listener.address)
    return stranger


def send_some(stranger: socket.socket, content: bytes) -> None:
    with contextlib.suppress(OSError):
        stranger.send(content)


def reset(stranger: socket.socket) -> None:
    """Close with an RST."""
    stranger.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    stranger.close()


def is_closed(stranger: socket.socket) -> bool:
    """Whether the other end has closed; whatever it said before is thrown away."""
    with contextlib.suppress(BlockingIOError):
        try:
            while stranger.recv(65_536):
                pass
        except ConnectionError:
            return True
        return True
    return False


def client_hello() -> bytes:
    """The first bytes of an honest client."""
    tls = ClientTls(client_context(), "localhost", 65_536)
    tls.step()
    return tls.take()


def hello_frame(**changes: object) -> bytes:
    values = {"random": bytes(32), "channels_hash": negotiation.channels_hash(Config())}
    return handshake.encode_hello(Hello(**(values | changes)), bytes(handshake.GREASE_BYTES))  # type: ignore[arg-type]


def shake_foreign_hands(
    listener: HandshakeListener, versions: tuple[ssl.TLSVersion, ssl.TLSVersion], alpn: list[str]
) -> str:
    """How the standard library's TLS client ends with these versions and names; `done` if it believes to be in."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.minimum_version, context.maximum_version = versions
    if alpn:
        context.set_alpn_protocols(alpn)
    with socket.create_connection(listener.address) as plain:
        plain.setblocking(False)
        with context.wrap_socket(plain, do_handshake_on_connect=False) as foreign:
            outcome: list[str] = []

            def ended() -> bool:
                with contextlib.suppress(ssl.SSLWantReadError):
                    try:
                        foreign.do_handshake()
                        outcome.append("closed" if foreign.recv(1) == b"" else "done")
                    except (ssl.SSLError, OSError) as error:
                        if isinstance(error, ssl.SSLWantReadError):
                            raise
                        outcome.append(str(error))
                return bool(outcome)

            drive(listener, until=ended)
            return outcome[0]


class ScriptedClient:
    """Honest TLS, and any bytes inside it."""

    def __init__(self, listener: HandshakeListener, source: str = "127.0.0.1") -> None:
        self._listener = listener
        self.link = TlsSocket(raw_stranger(listener, source), ClientTls(client_context(), "localhost", 1 << 20))
        self.received = b""
        self.ended = False
        self.link.tls.step()
        drive(listener, until=self._shaken)

    def _shaken(self) -> bool:
        with contextlib.suppress(TlsError):
            self.link.flush()
        if self.link.receive():
            self.link.tls.step()
        self.link.flush()
        return self.link.tls.done

    def say(self, content: bytes) -> None:
        """Send these bytes inside TLS."""
        self.link.tls.write(content)
        self.link.flush()

    def listen(self) -> bytes:
        """What the server says until it closes or falls silent after an answer."""
        drive(self._listener, until=self._heard)
        return self.received

    def _heard(self) -> bool:
        try:
            self.link.receive()
            self.received += self.link.tls.read()
        except TlsError:
            self.ended = True
        return self.ended or bool(self.received)

    def close(self) -> None:
        self.link.close()
