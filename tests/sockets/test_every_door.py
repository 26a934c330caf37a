"""Every code that can end a connection while it is being made, or by the server's restart, over real sockets."""

import socket
from collections.abc import Callable

import pytest
from fastnet import Client, Config, Disconnected, Server, Trust
from fastnet.net.admission import require_token
from fastnet.net.clock import monotonic_ns
from fastnet.net.devca import certificate_pem, key_pem, self_signed
from fastnet.protocol import negotiation
from fastnet.protocol.numbers import CloseCode
from fastnet.protocol.tokens import TokenVerifier, make_token
from socket_world import OPENED, OWN_HOST, Stage, make_server, trusting

KEY = bytes(range(32))
NOW_S = 1_000_000
HASTY = Config(handshake_timeout_ms=200)


def ending(client: Client, *others: object) -> Disconnected:
    """Play until `client` was told how it ended."""
    stage = Stage(*others, client)  # type: ignore[arg-type]
    stage.play(lambda: stage.has(client, Disconnected))
    return next(event for event in stage.heard[client] if isinstance(event, Disconnected))


def at_server(client_config: Config | None = None, token: bytes | None = None, **server_options: object) -> int:
    """How it ends at a real server with these options."""
    server = make_server(**server_options)
    client = Client(server.tcp_address, trust=trusting(server), config=client_config, token=token)
    return ending(client, server).code


def with_token(token: bytes, spent: bool = False) -> int:
    verifier = TokenVerifier({0: KEY}, "game")
    if spent:
        verifier.verify(token, NOW_S)
    return at_server(token=token, admit=require_token(verifier, lambda: NOW_S))


def a_token(issued_s: int = NOW_S) -> bytes:
    return make_token(KEY, client_id=7, server_name="game", nonce=bytes(16), issued_s=issued_s)


def to_listener(play: Callable[[socket.socket], object] | None, config: Config | None = None) -> int:
    """How it ends at a port where somebody listens who is no FastNet server: `play` gets the connection."""
    with socket.create_server((OWN_HOST, 0)) as listener:
        if play is None:
            address = listener.getsockname()
            listener.close()
            return ending(Client(address, trust=Trust(danger_accept_any_certificate=True))).code
        client = Client(listener.getsockname(), trust=Trust(danger_accept_any_certificate=True), config=config)
        OPENED.append(client)
        accepted, _ = listener.accept()
        with accepted:
            play(accepted)
            return ending(client).code


def not_certified() -> int:
    server = make_server()
    return ending(Client(server.tcp_address, trust=Trust()), server).code


def of_another_version() -> int:
    """No real peer of another version exists; this is what decides about one."""
    refusal = negotiation.refuse_versions(2, 9)
    assert refusal is not None
    return refusal.code


def udp_blocked() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as deaf:
        deaf.bind((OWN_HOST, 0))
        server = make_server(advertise=[deaf.getsockname()])
        client = Client(server.tcp_address, trust=trusting(server), config=Config(bind_timeout_ms=500))
        return ending(client, server).code


def raising(*_: object) -> bool:
    raise RuntimeError("the application's mistake")


def full() -> int:
    server = make_server(config=Config(peers_max=1))
    first = Client(server.tcp_address, trust=trusting(server))
    stage = Stage(server, first)
    stage.play(lambda: stage.has(first))
    second = Client(server.tcp_address, trust=trusting(server))
    return ending(second, server, first).code


CODES: dict[CloseCode, Callable[[], int]] = {
    CloseCode.HANDSHAKE_TIMEOUT: lambda: to_listener(lambda accepted: None, HASTY),
    CloseCode.UDP_UNREACHABLE: udp_blocked,
    CloseCode.TCP_UNREACHABLE: lambda: to_listener(None),
    CloseCode.TLS_FAILED: lambda: to_listener(lambda accepted: accepted.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")),
    CloseCode.CERTIFICATE_REJECTED: not_certified,
    CloseCode.VERSION_MISMATCH: of_another_version,
    CloseCode.APP_MISMATCH: lambda: at_server(Config(app_id=1), config=Config(app_id=2)),
    CloseCode.CHANNELS_MISMATCH: lambda: at_server(Config(channels={0: "unreliable"})),
    CloseCode.SERVER_FULL: full,
    CloseCode.TOKEN_REQUIRED: lambda: with_token(b""),
    CloseCode.TOKEN_INVALID: lambda: with_token(b"nonsense"),
    CloseCode.TOKEN_EXPIRED: lambda: with_token(a_token(NOW_S - 61)),
    CloseCode.TOKEN_USED: lambda: with_token(a_token(), spent=True),
    CloseCode.REFUSED: lambda: at_server(admit=lambda *_: False),
    CloseCode.INTERNAL_ERROR: lambda: at_server(admit=raising),
}


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.name)
def test_every_code_that_ends_a_connect_is_reached_and_told(code: CloseCode) -> None:
    assert CODES[code]() == code


def test_a_server_that_forgot_its_client_says_so_and_that_is_no_word_of_the_peer() -> None:
    made = self_signed(["localhost"])
    files = certificate_pem(made), key_pem(made)

    first = Server(f"{OWN_HOST}:0", f"{OWN_HOST}:0", *files)
    udp = first.udp_address
    client = Client(first.tcp_address, trust=trusting(first))
    stage = Stage(first, client)
    stage.play(lambda: stage.has(client))
    stage.leave(first)
    first.release()
    second = Server(udp, f"{OWN_HOST}:0", *files)
    client.send(1, 0, b"are you there?")
    told = ending(client, second)
    assert told.code == CloseCode.PEER_RESET
    assert not told.by_peer


def test_a_server_closes_at_once_when_a_client_passed_tls_and_never_bound_udp() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as deaf:
        deaf.bind((OWN_HOST, 0))
        server = make_server(advertise=[deaf.getsockname()])
        client = Client(server.tcp_address, trust=trusting(server))
        stage = Stage(server, client)
        stage.play(lambda: server.stats().peers)
        began_ns = monotonic_ns()
        server.close()
        assert monotonic_ns() - began_ns < 200_000_000
        client.release()
