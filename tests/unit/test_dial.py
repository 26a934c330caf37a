"""The client's side: which address, whom it believes, what it says before it does, and how each failure reads."""

import contextlib
import logging
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from certificate_maker import issue
from fastnet.net import tcp
from fastnet.net.clock import monotonic_ns
from fastnet.net.credentials import Credentials
from fastnet.net.devca import ensure_dev_ca, issue_leaf, self_signed
from fastnet.net.dial import ATTEMPT_DELAY_MS, ClientHandshake
from fastnet.net.listener import HandshakeListener
from fastnet.net.tls import ServerTls, TlsError, server_context
from fastnet.net.tls_socket import TlsSocket
from fastnet.net.trust import Trust
from fastnet.protocol import handshake
from fastnet.protocol.config import Config
from fastnet.protocol.errors import (
    CertificateRejectedError,
    HandshakeTimeoutError,
    TcpUnreachableError,
    TlsFailedError,
    UsageError,
)
from fastnet.protocol.handshake import Accept, Endpoint, Refuse
from fastnet.protocol.numbers import CloseCode
from fastnet.protocol.ticket import NEVER_NS, Address
from strangers import is_closed
from tls_world import Peers, drive, make_client, make_listener

SERVER = self_signed(["localhost"])
TRUST = Trust(pins=SERVER.pin)
MS, SECOND_NS = 1_000_000, 1_000_000_000
GREASE = bytes(handshake.GREASE_BYTES)
Candidate = tuple[int, tcp.SocketName]


@pytest.fixture(autouse=True)
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


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    made = ScriptedServer()
    yield made
    made.close()


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


# Which address.


def test_f23_a_dead_first_address_costs_a_quarter_of_a_second(
    black_hole: Candidate, listener: HandshakeListener
) -> None:
    began_ns = monotonic_ns()
    client = dial(black_hole, (socket.AF_INET, listener.address))
    assert client.next_deadline_ns() - began_ns < (ATTEMPT_DELAY_MS + 50) * MS
    client.turn(began_ns + 10 * MS)
    assert client.tcp_peer is None
    client.turn(began_ns + 300 * MS)  # Later than the delay, though it has not passed: time is an argument.
    drive(listener, client)
    assert client.ticket is not None
    assert client.tcp_peer == client.ticket.endpoints[0].__class__(0, 0xFFFF_7F00_0001, listener.address[1])
    client.close()


def test_f23_a_refusing_first_address_costs_nothing(refusing: Candidate, listener: HandshakeListener) -> None:
    began_ns = monotonic_ns()
    client = dial(refusing, (socket.AF_INET, listener.address))
    drive(listener, client)
    assert client.ticket is not None
    assert monotonic_ns() - began_ns < ATTEMPT_DELAY_MS * MS
    client.close()


def test_f23_a_black_hole_is_tcp_unreachable_in_time(black_hole: Candidate) -> None:
    began_ns = monotonic_ns()
    client = dial(black_hole, black_hole, config=Config(connect_timeout_ms=1_000))
    client.turn(began_ns + 260 * MS)
    client.turn(began_ns + 1_200 * MS)
    assert not client.done  # The second one has its own second.
    client.turn(began_ns + 1_300 * MS)
    text = text_of(client, TcpUnreachableError)
    assert text.count("no answer in 1,000 ms") == 2
    assert f"no TCP connection to localhost port {black_hole[1][1]}" in text


def test_f23_a_closed_port_is_tcp_unreachable_with_what_to_check(refusing: Candidate) -> None:
    client = dial(refusing)
    drive(None, client)
    assert client.error is not None
    assert client.error.code == CloseCode.TCP_UNREACHABLE
    text = text_of(client, TcpUnreachableError)
    assert f"127.0.0.1:{refusing[1][1]}: Connection refused" in text
    assert "is the server running, is the port right, and does its firewall let TCP through?" in text


def test_an_address_without_a_route_is_passed_over(listener: HandshakeListener) -> None:
    nowhere: Candidate = (socket.AF_INET6, ("fe80::1", 9, 0, 999_999))
    client = dial(nowhere, (socket.AF_INET, listener.address))
    drive(listener, client)
    assert client.ticket is not None
    client.close()


def test_the_losers_of_the_race_are_closed(server: ScriptedServer, listener: HandshakeListener) -> None:
    client = dial((socket.AF_INET, listener.address), server.candidate)
    drive(listener, client)
    assert client.ticket is not None
    assert server.accepted() is None  # The first answered, so the second was never asked.
    client.close()


def test_without_a_name_the_address_is_the_name(peers: Peers) -> None:
    authority = issue(ca=True, subject="root")
    leaf = issue_leaf(authority, ["127.0.0.1"])
    listener = make_listener(leaf, peers)
    client = make_client(listener, Trust(ca=authority.leaf), server_name=None)
    drive(listener, client)
    assert client.ticket is not None, client.error
    client.close()
    listener.close()


# Whom it believes.


@pytest.mark.parametrize(
    ("credentials", "cause"),
    [
        (SERVER, "self-signed"),
        (issue(["other.example.org"]), "self-signed"),
        (issue(last_day=-0.5), "expired"),
    ],
    ids=["self-signed", "wrong name", "expired"],
)
def test_f1_an_untrusted_server_gets_nothing_after_client_hello(
    credentials: Credentials, cause: str, server: ScriptedServer
) -> None:
    client = dial(server.candidate, trust=Trust())
    tls = ServerTls(server_context(credentials), 65_536)
    received: list[bytes] = []

    def work() -> bool:
        plain = server.accepted()
        if plain is not None:
            with contextlib.suppress(BlockingIOError):
                received.append(plain.recv(65_536))
                if received[-1]:
                    tls.feed(received[-1])
                    tls.step()
                    plain.sendall(tls.take())
        return client.done

    drive(None, client, until=work)
    text = text_of(client, CertificateRejectedError)
    assert cause in text
    assert credentials.pin in text
    plain = server.accepted()
    assert plain is not None
    assert plain.recv(65_536) == b""  # TCP ends; no Finished, no HELLO, no alert.
    assert len([piece for piece in received if piece]) == 1
    assert not tls.done


def test_f1_the_listener_reports_no_client(listener: HandshakeListener, peers: Peers) -> None:
    client = make_client(listener, Trust())
    drive(listener, client, until=lambda: client.done and listener.in_flight == 0)
    text_of(client, CertificateRejectedError)
    assert (peers.tickets, peers.reserved, listener.stats.failed) == ([], {}, 1)


def test_the_development_authority_needs_no_settings(peers: Peers) -> None:
    listener = make_listener(issue_leaf(ensure_dev_ca().credentials), peers)
    client = make_client(listener, Trust())
    drive(listener, client)
    assert client.ticket is not None, client.error
    assert client.ticket.verified
    client.close()
    listener.close()


def test_accepting_anything_connects_unverified(listener: HandshakeListener, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "fastnet"):
        client = make_client(listener, Trust(danger_accept_any_certificate=True), server_name="whoever")
        drive(listener, client)
    assert client.ticket is not None
    assert client.ticket.verified is False
    assert "NOT checked" in caplog.text
    client.close()


# What else can go wrong.


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
