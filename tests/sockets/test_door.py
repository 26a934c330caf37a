"""Who may come in, and what those hear who may not: reasons reach the other end."""

import hashlib
import os
import threading
from collections.abc import Callable
from typing import Any

import pytest
from authority import issue
from fastnet import (
    Client,
    CloseCode,
    Config,
    Connected,
    Credentials,
    Data,
    Deferred,
    Disconnected,
    Refusal,
    Server,
)
from fastnet.net.admission import require_token
from fastnet.net.clock import wall_s
from fastnet.net.devca import certificate_pem
from fastnet.protocol.tokens import TokenVerifier, make_token
from socket_world import Stage, linked, make_server, trusting


def knock(server: Server, **more: Any) -> tuple[Stage, Client]:
    """A client that knocks, up to the answer; client certificates that are refused show later than TLS itself."""
    client = Client(server.tcp_address, trust=trusting(server), **more)
    stage = Stage(server, client)
    stage.play(lambda: stage.has(client) or stage.has(client, Disconnected))
    return stage, client


def the_refusal(stage: Stage, client: Client) -> Disconnected:
    (event,) = stage.heard[client]
    assert isinstance(event, Disconnected)
    return event


def test_admit_is_told_address_certificate_and_token() -> None:
    asked: list[tuple[Any, ...]] = []

    def admit(*about: Any) -> bool:
        asked.append(about)
        return True

    server = make_server(admit=admit)
    stage, client = knock(server, token=b"a ticket")
    assert stage.has(client)
    ((address, certificate, token),) = asked
    assert (address.lo & 0xFFFFFFFF).to_bytes(4) == bytes([127, 0, 0, 1])
    assert (certificate, token) == (None, b"a ticket")
    stage.close()


@pytest.mark.parametrize(
    ("answer", "code", "text"),
    [
        (Refusal(1_500, "banned until Monday"), 1_500, "banned until Monday"),
        (Refusal(CloseCode.SERVER_FULL, "come back later"), CloseCode.SERVER_FULL, "come back later"),
        (False, CloseCode.REFUSED, "does not admit"),
    ],
)
def test_a_refusal_reaches_the_client_with_its_code_and_reason(answer: Any, code: int, text: str) -> None:
    server = make_server(admit=lambda *_: answer)
    stage, client = knock(server)
    refused = the_refusal(stage, client)
    assert refused.code == code
    assert text in refused.reason
    assert stage.heard[server] == []
    stage.close()


def test_an_answer_may_come_later_from_another_thread_while_others_play() -> None:
    deferred = Deferred()
    answers: list[Any] = [True, deferred]
    server = make_server(admit=lambda *_: answers.pop(0))
    stage, first = knock(server)
    second = Client(server.tcp_address, trust=trusting(server))
    stage.add(second)
    stage.play(lambda: not answers)
    for number in range(20):
        first.send(1, 1, b"%d" % number)
        stage.play(lambda number=number: len(stage.data(first)) > number)  # type: ignore[misc]
    assert not stage.has(second)
    thread = threading.Thread(target=deferred.resolve, args=(True,))
    thread.start()
    stage.play(lambda: stage.has(second))
    thread.join()
    stage.close()


def test_an_admit_that_fails_refuses_one_client_and_ends_nothing(caplog: pytest.LogCaptureFixture) -> None:
    answers = [True]

    def admit(*_: Any) -> bool:
        return answers.pop()  # There is one; the second client finds a mistake of the application.

    server = make_server(admit=admit)
    stage, first = knock(server)
    second = Client(server.tcp_address, trust=trusting(server))
    stage.add(second)
    stage.play(lambda: stage.has(second, Disconnected))
    assert the_refusal(stage, second).code == CloseCode.INTERNAL_ERROR
    assert "admit failed" in caplog.text
    first.send(1, 0, b"still here")
    stage.play(lambda: stage.data(first))
    stage.close()


def test_tokens_open_the_door_once() -> None:
    verifier, ticket = token_office()
    server = make_server(admit=require_token(verifier))
    good = ticket(1)
    stage, client = knock(server, token=good)
    assert stage.has(client)
    for token, code in ((None, CloseCode.TOKEN_REQUIRED), (b"forged" * 30, CloseCode.TOKEN_INVALID), (good, 15)):
        other = Client(server.tcp_address, trust=trusting(server), token=token)
        stage.add(other)
        stage.play(lambda other=other: stage.has(other, Disconnected))  # type: ignore[misc]
        assert the_refusal(stage, other).code == code
        stage.leave(other)
        other.release()
    stage.close()


def test_a_token_of_the_same_client_replaces_its_old_connection() -> None:
    """F21 with a token: the client came back, and the server knows it by its id at once."""
    verifier, ticket = token_office()
    server = make_server(admit=require_token(verifier))
    stage, first = knock(server, token=ticket(7))
    stage.play(lambda: stage.has(server))
    second = Client(server.tcp_address, trust=trusting(server), token=ticket(7))
    stage.add(second)
    stage.play(lambda: stage.has(second) and stage.has(first, Disconnected) and stage.has(server, Disconnected))
    told = stage.heard[first][-1]
    assert isinstance(told, Disconnected)
    assert told.code == CloseCode.REPLACED
    stage.play(lambda: server.peers() not in ([], [stage.heard[server][0].peer_id]))
    assert len(server.peers()) == 1
    stage.close()


def token_office() -> tuple[TokenVerifier, Callable[[int], bytes]]:
    """A verifier, and the login service that signs for it."""
    key, name = os.urandom(32), "game.example"

    def sign(client_id: int) -> bytes:
        nonce = os.urandom(16)
        return make_token(key, client_id=client_id, server_name=name, nonce=nonce, issued_s=wall_s())

    return TokenVerifier({0: key}, name), sign


def test_l14_a_full_server_says_so() -> None:
    stage, server, _ = linked(Config(peers_max=1))
    late = Client(server.tcp_address, trust=trusting(server))
    stage.add(late)
    stage.play(lambda: stage.has(late, Disconnected))
    refused = the_refusal(stage, late)
    assert refused.code == CloseCode.SERVER_FULL
    assert "full" in refused.reason
    stage.close()


def test_l14_a_kick_arrives_with_its_reason_though_the_queues_are_full() -> None:
    stage, server, client = linked()
    (peer_id,) = server.peers()
    for _ in range(8):
        server.send(peer_id, 0, bytes(200_000))
    server.disconnect(peer_id, CloseCode.KICKED, "cheating")
    stage.play(lambda: stage.has(client, Disconnected))
    assert stage.heard[client][-1] == Disconnected(1, CloseCode.KICKED, "cheating", True)
    stage.close()


def test_a_place_that_became_free_is_taken_again() -> None:
    stage, server, first = linked(Config(peers_max=1))
    first.disconnect(1)
    stage.play(lambda: stage.has(server, Disconnected) and server.peers_left() == 0)
    second = Client(server.tcp_address, trust=trusting(server), config=Config(peers_max=1))
    stage.add(second)
    stage.play(lambda: stage.has(second))
    stage.close()


# Client certificates.


def client_authority() -> tuple[Credentials, Credentials]:
    """An authority for clients, and a client of it."""
    authority = issue("clients", ca=True)
    return authority, issue("client 7", authority)


def test_a_server_that_wants_client_certificates_admits_those_of_its_authority_alone() -> None:
    authority, client_credentials = client_authority()
    shown: list[Any] = []

    def admit(_address: Any, certificate: bytes | None, _token: Any) -> bool:
        shown.append(certificate)
        return True

    server = make_server(client_ca=certificate_pem(authority), admit=admit)
    stage, client = knock(server, credentials=client_credentials)
    assert stage.has(client)
    assert [hashlib.sha256(one).hexdigest() for one in shown] == [
        hashlib.sha256(client_credentials.leaf_der).hexdigest()
    ]
    client.send(1, 0, b"both ends know each other")
    stage.play(lambda: stage.data(client))
    for credentials in (None, client_authority()[1]):
        stranger = Client(server.tcp_address, trust=trusting(server), credentials=credentials)
        stage.add(stranger)
        stage.play(lambda stranger=stranger: stage.has(stranger, Disconnected))  # type: ignore[misc]
        assert the_refusal(stage, stranger).code == CloseCode.TLS_FAILED
        stage.leave(stranger)
        stranger.release()
    assert len(shown) == 1
    assert sum(isinstance(event, Connected | Disconnected) for event in stage.heard[server]) == 1
    assert any(isinstance(event, Data) for event in stage.heard[server])
    stage.close()
