"""Every mistake a caller can make has its own exception, whose message says what to mend."""

import contextlib
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from authority import issue
from fastnet import (
    AddressInUseError,
    CertificateError,
    CertificateRejectedError,
    ChannelsMismatchError,
    Client,
    CloseCode,
    Config,
    ConnectError,
    Disconnected,
    FastNetError,
    HandshakeTimeoutError,
    MessageTooLargeError,
    RefusedError,
    SecureSocket,
    Server,
    TcpUnreachableError,
    TlsFailedError,
    Trust,
    UdpUnreachableError,
    UnknownChannelError,
    UnknownPeerError,
    UsageError,
    VersionMismatchError,
    WouldBlockError,
)
from fastnet.net.clock import monotonic_ns
from fastnet.net.devca import certificate_pem, key_pem, self_signed
from fastnet.net.resolve import Candidates
from fastnet.protocol import negotiation, spec
from fastnet.protocol.errors import connect_error
from socket_world import ANY, OPENED, OWN_HOST, Stage, certificate, linked, make_server, run, trusting


@pytest.fixture
def pair() -> Iterator[tuple[Stage, Server, Client]]:
    stage, server, client = linked(Config(max_reliable_message_bytes=1_000, send_queue_reliable_bytes=4_096))
    yield stage, server, client
    stage.close()


def refusal(server: Server | None, address: Any, **more: Any) -> ConnectError:
    """Why a client cannot connect, as the exception that `Client.connect` would raise."""
    client = Client(address, **more)
    stage = Stage(client, *([server] if server is not None else []))
    stage.play(lambda: stage.has(client, Disconnected))
    (event,) = stage.heard[client]
    assert isinstance(event, Disconnected)
    client.close()
    return connect_error(event.code, event.reason)


# Sending.


def test_unknown_peers(pair: tuple[Stage, Server, Client]) -> None:
    _, server, client = pair
    for call in (client.peer, client.disconnect, lambda peer_id: client.send(peer_id, 0, b"")):
        with pytest.raises(UnknownPeerError, match=r"no live peer has the id 2.*the server is peer 1"):
            call(2)
    for peer_id in (0, 1, 3, 2**31, 2**32, 2**70, -1):
        for call in (server.peer, server.disconnect, lambda peer_id: server.send(peer_id, 0, b"")):
            with pytest.raises(UnknownPeerError, match=f"the id {peer_id}: .*Connected events"):
                call(peer_id)


@pytest.mark.parametrize("channel", [4, 255, 256, -1, 2**40])
def test_f17_unknown_channels(pair: tuple[Stage, Server, Client], channel: int) -> None:
    with pytest.raises(
        UnknownChannelError, match=rf"channel {channel} is (not configured; there are \[0, 1, 2, 3\]|outside 0..255)"
    ):
        pair[2].send(1, channel, b"")


@pytest.mark.parametrize(("channel", "limit"), [(0, 1_000), (1, 16_384), (2, 1_000), (3, 16_384)])
def test_f16_a_message_above_the_limit(pair: tuple[Stage, Server, Client], channel: int, limit: int) -> None:
    stage, server, client = pair
    client.send(1, channel, bytes(limit))
    with pytest.raises(MessageTooLargeError, match=f"{limit + 1:,} bytes exceed the {limit:,}.*split the message"):
        client.send(1, channel, bytes(limit + 1))
    stage.play(lambda: stage.data(server))
    assert stage.data(server) == [bytes(limit)]


def test_what_is_no_bytes_is_a_type_error(pair: tuple[Stage, Server, Client]) -> None:
    with pytest.raises(TypeError):
        pair[2].send(1, 0, "text")  # type: ignore[arg-type]


def test_f15_a_full_queue_refuses_and_every_accepted_message_arrives(pair: tuple[Stage, Server, Client]) -> None:
    stage, server, client = pair
    accepted = 0
    with contextlib.suppress(WouldBlockError):
        for _ in range(100):
            client.send(1, 0, accepted.to_bytes(2) * 250)
            accepted += 1
    assert 0 < accepted < 100
    with pytest.raises(WouldBlockError, match="the send queue of channel 0 is full; poll, and send again later"):
        client.send(1, 0, bytes(500))
    stage.play(lambda: len(stage.data(server, 0)) >= accepted)
    assert stage.data(server, 0) == [number.to_bytes(2) * 250 for number in range(accepted)]
    client.send(1, 0, b"there is room again")


def test_codes_and_reasons_that_cannot_be_sent(pair: tuple[Stage, Server, Client]) -> None:
    client = pair[2]
    for code in (999, 3_000, CloseCode.IDLE_TIMEOUT, -1):
        with pytest.raises(UsageError, match=f"code {int(code)} cannot be sent; use 0 or 1000..2999"):
            client.disconnect(1, code)
    with pytest.raises(UsageError, match="more than 256 bytes of UTF-8; shorten it"):
        client.disconnect(1, 0, "é" * 129)
    assert client.peers() == [1]


# Binding.


def test_a_udp_port_in_use_and_a_tcp_port_in_use() -> None:
    with make_server() as server:
        with pytest.raises(AddressInUseError, match=rf"UDP 127.0.0.1 port {server.udp_address[1]} is in use.*or 0"):
            make_server(udp=server.udp_address)
        with pytest.raises(AddressInUseError, match=f"TCP port {server.tcp_address[1]} of 127.0.0.1 is taken"):
            make_server(tcp=server.tcp_address)


def test_addresses_that_are_not_of_this_machine_or_name_no_port() -> None:
    with pytest.raises(FastNetError, match=r"has no such address; bind 0.0.0.0 or :: for all"):
        make_server(udp="192.0.2.1:0")
    with pytest.raises(FastNetError, match="not an address of this machine"):
        make_server(tcp="192.0.2.1:0")
    with pytest.raises(UsageError, match=r"names no port; write HOST:PORT, or \[IPv6\]:PORT"):
        make_server(udp="127.0.0.1")
    with pytest.raises(UsageError, match="port 65536 is outside"):
        Client("127.0.0.1:65536")


def test_what_can_never_work_is_said_at_once_also_for_a_server_whose_name_must_be_looked_up() -> None:
    with pytest.raises(UsageError, match="the token has 1,025 bytes"):
        Client("name.invalid:7777", token=bytes(1_025))
    with pytest.raises(UsageError, match="is not a host name"):
        Client("name.invalid:7777", server_name="two..dots")


def test_bad_certificate_files(tmp_path: Path) -> None:
    certificate_file, key_file = tmp_path / "cert.pem", tmp_path / "key.pem"
    with pytest.raises(CertificateError, match=r"cert\.pem"):
        Server(ANY, ANY, certificate_file, key_file)
    certificate_file.write_text("no certificate")
    key_file.write_bytes(certificate()[1])
    with pytest.raises(CertificateError, match=r"cert\.pem"):
        Server(ANY, ANY, certificate_file, key_file)
    certificate_file.write_bytes(certificate()[0])
    key_file.write_text("no key")
    with pytest.raises(CertificateError, match=r"key\.pem"):
        Server(ANY, ANY, certificate_file, key_file)
    key_file.write_bytes(key_pem(self_signed(["localhost"])))
    with pytest.raises(CertificateError, match=r"does not belong|do not belong|not match|another"):
        Server(ANY, ANY, certificate_file, key_file)


# Connecting.


def test_f1_a_certificate_that_nothing_vouches_for_names_the_pin_that_would_match() -> None:
    server = make_server()
    error = refusal(server, ("localhost", server.tcp_address[1]))
    assert isinstance(error, CertificateRejectedError)
    assert server.pin in str(error)
    server.close()


def test_a_pin_of_another_key_and_a_name_that_is_not_in_the_certificate() -> None:
    authority, other = self_signed(["localhost"]), self_signed(["game.example"])
    server = Server(ANY, ANY, certificate_pem(other), key_pem(other))
    wrong_pin = refusal(server, server.tcp_address, trust=Trust(pins=[authority.pin]))
    assert isinstance(wrong_pin, CertificateRejectedError)
    assert "none of the given pins" in str(wrong_pin)
    assert server.pin in str(wrong_pin)
    wrong_ca = refusal(server, server.tcp_address, trust=Trust(ca=certificate_pem(authority)))
    assert isinstance(wrong_ca, CertificateRejectedError)
    server.close()


@pytest.mark.parametrize(
    ("name", "last_day", "cause"),
    [("game.example", 30, "game.example"), ("localhost", -1, "expired")],
    ids=["wrong name", "expired"],
)
def test_f1_a_certificate_of_the_right_authority_for_another_name_or_another_time(
    name: str, last_day: float, cause: str
) -> None:
    authority = issue("an authority", ca=True)
    leaf = issue(name, authority, last_day=last_day)
    OPENED.append(server := Server(ANY, ANY, certificate_pem(leaf), key_pem(leaf)))
    trust = Trust(ca=certificate_pem(authority))
    error = refusal(server, ("localhost", server.tcp_address[1]), trust=trust)
    assert isinstance(error, CertificateRejectedError)
    assert cause in str(error)
    assert server.pin in str(error)
    stats: Any = server.handshakes
    assert stats.completed == 0


def test_f23_a_tcp_black_hole_ends_at_the_connect_timeout() -> None:
    """A listener whose queue is full drops what knocks, as a firewall does."""
    with contextlib.ExitStack() as stack:
        hole = stack.enter_context(socket.socket())
        hole.bind(("127.0.0.1", 0))
        hole.listen(0)
        for _ in range(3):
            filler = stack.enter_context(socket.socket())
            filler.setblocking(False)
            filler.connect_ex(hole.getsockname())
        before_ns = monotonic_ns()
        error = refusal(None, hole.getsockname(), config=Config(connect_timeout_ms=300))
        assert isinstance(error, TcpUnreachableError)
        assert "no answer in 300 ms" in str(error)
        assert (monotonic_ns() - before_ns) / 1e9 >= 0.3


def test_nobody_at_the_tcp_port() -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))  # Bound and not listening: nobody else gets the port meanwhile.
        error = refusal(None, bound.getsockname())
    assert isinstance(error, TcpUnreachableError)
    assert "is the server running" in str(error)


def test_a_server_that_is_something_else(dumb: Callable[[bytes], tuple[str, int]]) -> None:
    error = refusal(None, dumb(b"SSH-2.0-OpenSSH_9.6\r\n"))
    assert isinstance(error, TlsFailedError)
    assert "FastNet server" in str(error)


def test_a_server_that_says_nothing(dumb: Callable[[bytes], tuple[str, int]]) -> None:
    error = refusal(None, dumb(b""), config=Config(handshake_timeout_ms=200))
    assert isinstance(error, HandshakeTimeoutError)
    assert "200 ms" in str(error)


@pytest.fixture
def dumb() -> Iterator[Callable[[bytes], tuple[str, int]]]:
    """TCP servers that say one thing to whoever comes, by the backlog alone: no thread serves them."""
    opened: list[socket.socket] = []

    def make(greeting: bytes) -> tuple[str, int]:
        listening = socket.create_server(("127.0.0.1", 0))
        opened.append(listening)
        if greeting:
            greet_first(listening, greeting, opened)
        host, port = listening.getsockname()
        return host, port

    yield make
    for one in opened:
        one.close()


def greet_first(listening: socket.socket, greeting: bytes, opened: list[socket.socket]) -> None:
    def greet() -> None:
        accepted, _ = listening.accept()
        opened.append(accepted)
        accepted.sendall(greeting)

    threading.Thread(target=greet, daemon=True).start()


def test_f23_udp_that_goes_nowhere_is_told_from_everything_else() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as hole:
        hole.bind(("127.0.0.1", 0))
        server = make_server(advertise=[hole.getsockname()])
        error = refusal(server, server.tcp_address, trust=trusting(server), config=Config(bind_timeout_ms=500))
        assert isinstance(error, UdpUnreachableError)
        assert "UDP" in str(error)
        server.close()


def test_f23_udp_to_a_closed_port_is_not_the_end_before_its_time() -> None:
    """ICMP says 'port unreachable' at once; that may be a lie or a moment, so the deadline decides."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as closed:
        closed.bind((OWN_HOST, 0))
        address = closed.getsockname()
    server = make_server(advertise=[address])
    error = refusal(server, server.tcp_address, trust=trusting(server), config=Config(bind_timeout_ms=500))
    assert isinstance(error, UdpUnreachableError)
    server.close()


def test_f23_a_name_whose_first_address_is_dead_connects_by_the_second() -> None:
    server = make_server()
    with socket.socket() as dead:
        dead.bind(("127.0.0.2", server.tcp_address[1]))
        candidates: Candidates = [
            (socket.AF_INET, ("127.0.0.2", server.tcp_address[1])),
            (socket.AF_INET, server.tcp_address),
        ]
        client = Client(server.tcp_address, trust=trusting(server))
        client._handshake.close()  # type: ignore[union-attr]
        client._begin(candidates)
        stage = Stage(server, client)
        stage.play(lambda: stage.has(client))
    stage.close()


def test_channels_that_differ_at_the_two_ends_are_named() -> None:
    server = make_server()
    config = Config(channels={0: "unreliable"})
    error = refusal(server, server.tcp_address, trust=trusting(server), config=config)
    assert isinstance(error, ChannelsMismatchError)
    assert "reliable_ordered" in str(error) or "reliable ordered" in str(error)
    server.close()


def test_another_game_is_refused() -> None:
    server = make_server(config=Config(app_id=1))
    error = refusal(server, server.tcp_address, trust=trusting(server), config=Config(app_id=2))
    assert error.code == CloseCode.APP_MISMATCH
    server.close()


def test_a_client_of_a_later_version_learns_which_versions_the_server_has(monkeypatch: pytest.MonkeyPatch) -> None:
    server = make_server()
    encode = negotiation.make_hello

    def of_the_future(*arguments: Any, **more: Any) -> Any:
        return replace(encode(*arguments, **more), version_min=7, version_max=9)

    monkeypatch.setattr(negotiation, "make_hello", of_the_future)
    error = refusal(server, server.tcp_address, trust=trusting(server))
    assert isinstance(error, VersionMismatchError)
    assert str(spec.VERSION) in str(error)
    assert "7" in str(error)
    server.close()


def test_asyncio_raises_the_same() -> None:
    async def play() -> None:
        server = await SecureSocket.bind_server(ANY, ANY, *certificate(), config=Config(app_id=1))
        assert server.tcp_address is not None
        with pytest.raises(CertificateRejectedError):
            await SecureSocket.connect(server.tcp_address)
        with pytest.raises(RefusedError):
            await SecureSocket.connect(server.tcp_address, trust=Trust(ca=certificate()[0]))
        with pytest.raises(TcpUnreachableError, match="does not resolve"):
            await SecureSocket.connect("no-such-host.invalid:1")
        with pytest.raises(AddressInUseError):
            await SecureSocket.bind_server(server.udp_address or "", ANY, *certificate())
        await server.close()

    run(play())


def test_a_tcp_reset_is_said_to_be_one() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        client = Client(listening.getsockname())
        accepted, _ = listening.accept()
        accepted.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        accepted.close()
        stage = Stage(client)
        stage.play(lambda: stage.has(client, Disconnected))
        (event,) = stage.heard[client]
        assert isinstance(event, Disconnected)
        assert event.code in (CloseCode.TCP_UNREACHABLE, CloseCode.TLS_FAILED)  # Before TCP was there, or after.
        assert "reset" in event.reason or "closed" in event.reason
        stage.close()
