"""What a client makes of silence, other servers, answers right and wrong, and values that can never work."""

import contextlib
import socket

import pytest
from fastnet.net.clock import monotonic_ns
from fastnet.net.dial import ClientHandshake
from fastnet.net.tls import ServerTls, TlsError, server_context
from fastnet.net.tls_socket import TlsSocket
from fastnet.protocol import handshake
from fastnet.protocol.config import Config
from fastnet.protocol.errors import HandshakeTimeoutError, TlsFailedError, UsageError
from fastnet.protocol.handshake import Accept, Endpoint, Refuse
from fastnet.protocol.numbers import CloseCode
from fastnet.protocol.ticket import NEVER_NS, Address
from scripted_server import Candidate, ScriptedServer, dial, serve_tls, text_of
from strangers import is_closed
from tls_world import SERVER, TRUST, drive

SECOND_NS = 1_000_000_000
GREASE = bytes(handshake.GREASE_BYTES)
pytestmark = pytest.mark.usefixtures("config_folder")


def test_a_silent_server_is_a_handshake_timeout(server: ScriptedServer) -> None:
    client = dial(server.candidate, config=Config(handshake_timeout_ms=3_000))
    drive(None, client, until=lambda: client.tcp_peer is not None)
    deadline_ns = client.next_deadline_ns()
    assert deadline_ns - monotonic_ns() <= 3 * SECOND_NS
    client.turn(deadline_ns - 1)
    assert not client.done
    client.turn(deadline_ns)
    assert client.next_deadline_ns() == NEVER_NS
    text = text_of(client, HandshakeTimeoutError)
    assert "did not finish the handshake in 3,000 ms" in text


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (b"", "closed the connection before TLS began"),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", "it must be a FastNet server with TLS 1.3"),
        (b"\x15\x03\x03\x00\x02\x02\x46", "alert protocol version"),
    ],
    ids=["closes", "HTTP", "old TLS"],
)
def test_another_kind_of_server_is_tls_failed(answer: bytes, words: str, server: ScriptedServer) -> None:
    client = dial(server.candidate)

    def work() -> bool:
        plain = server.accepted()
        if plain is not None and plain.fileno() != -1:
            with contextlib.suppress(BlockingIOError):
                plain.recv(65_536)
                if answer:
                    plain.sendall(answer)
                plain.close()
        return client.done

    drive(None, client, until=work)
    assert client.error is not None
    assert client.error.code == CloseCode.TLS_FAILED
    assert words in text_of(client, TlsFailedError)


def accept_frame(**changes: object) -> bytes:
    values: dict[str, object] = {
        "random": bytes(32),
        "server_cid": bytes(8),
        "reset_token": bytes(16),
        "peer_id": 2,
        "endpoints": (Endpoint("", 1),),
    }
    return handshake.encode_accept(Accept(**(values | changes)), GREASE)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "answer",
    [
        b"\x01\x00\x00",
        b"\x02\xff\xff",
        b"\x02\x00\x01\x00",
        accept_frame() + b"\0",
        accept_frame(cipher=3),
        accept_frame(version=2),
        handshake.encode_refuse(Refuse(CloseCode.PEER_RESET, "")),
    ],
    ids=["HELLO", "huge", "short", "trailing byte", "cipher", "version", "code"],
)
def test_an_answer_that_breaks_the_rules_is_tls_failed(answer: bytes, server: ScriptedServer) -> None:
    client = dial(server.candidate)
    heard = serve_tls(server, client, lambda _: answer)
    assert heard[:1] == b"\x01"
    assert "its answer is not FastNet's" in text_of(client, TlsFailedError)


def test_a_server_that_leaves_after_hello_is_tls_failed(server: ScriptedServer) -> None:
    client = dial(server.candidate)

    def leave(_: bytes) -> bytes:
        assert server.plain is not None
        server.plain.shutdown(socket.SHUT_RDWR)
        return b"\x02"

    serve_tls(server, client, leave)
    assert "closed the connection" in text_of(client, TlsFailedError)


def test_an_answer_may_come_byte_by_byte_and_the_client_closes_first(server: ScriptedServer) -> None:
    client = dial(server.candidate)
    frame = accept_frame(endpoints=(Endpoint("", 4_711),))
    link: list[TlsSocket] = []
    sent = 0

    def work() -> bool:
        nonlocal sent
        plain = server.accepted()
        if plain is not None and not link:
            link.append(TlsSocket(plain, ServerTls(server_context(SERVER), 65_536)))
        if link and link[0].tls.done and sent < len(frame):
            link[0].tls.write(frame[sent : sent + 1])
            sent += 1
        with contextlib.suppress(TlsError):
            if link and link[0].receive() and not link[0].tls.done:
                link[0].tls.step()
        if link:
            link[0].flush()
        return client.done

    drive(None, client, until=work)
    assert client.ticket is not None, client.error
    assert client.ticket.endpoints == (Address(0, 0xFFFF_7F00_0001, 4_711),)
    assert sent == len(frame)
    client.close()
    assert is_closed(link[0].tcp)


def test_a_flood_of_answers_ends_at_the_cap(server: ScriptedServer) -> None:
    client = dial(server.candidate)
    plain: list[socket.socket] = []

    def work() -> bool:
        accepted = server.accepted()
        if accepted is not None:
            plain.append(accepted)
            with contextlib.suppress(OSError):
                accepted.send(b"\x16\x03\x03\x40\x00" + b"\x02\x00\xff\xff" + bytes(16_380))
        return client.done

    drive(None, client, until=work)
    text_of(client, TlsFailedError)


def test_closing_early_frees_everything(server: ScriptedServer, black_hole: Candidate) -> None:
    waiting = dial(black_hole, black_hole)
    waiting.close()
    talking = dial(server.candidate)
    drive(None, talking, until=lambda: server.accepted() is not None and talking.tcp_peer is not None)
    talking.close()
    assert server.plain is not None
    drive(None, until=lambda: server.plain is not None and is_closed(server.plain))


def test_a_turn_after_the_end_changes_nothing(refusing: Candidate) -> None:
    client = dial(refusing)
    drive(None, client)
    error = client.error
    client.turn(monotonic_ns() + 100 * SECOND_NS)
    assert client.error is error
    client.close()


@pytest.mark.parametrize(
    ("candidates", "name", "token", "words"),
    [
        ([], "localhost", None, "no address"),
        ([(2, ("127.0.0.1", 1))], "a..b", None, "is not a host name"),
        ([(2, ("127.0.0.1", 1))], "localhost", bytes(1_025), "1,025 bytes"),
    ],
)
def test_values_that_can_never_work_are_an_error_at_once(
    candidates: list[Candidate], name: str, token: bytes | None, words: str
) -> None:
    with pytest.raises(UsageError, match=words):
        ClientHandshake(candidates, name, TRUST, Config(), now_ns=1, token=token)
