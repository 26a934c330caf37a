"""What the application decides about a client: at once, later, never, or with an error."""

import threading

import pytest
from fastnet.net.admission import Answer, Deferred, Refusal, require_token
from fastnet.net.clock import monotonic_ns, wall_s
from fastnet.protocol.numbers import CloseCode
from fastnet.protocol.ticket import Address
from fastnet.protocol.tokens import TokenVerifier, make_token
from strangers import ScriptedClient, hello_frame
from tls_world import SERVER, TRUST, Peers, connect, drive, error_of, make_client, make_listener

SECOND_NS = 1_000_000_000


def test_admit_sees_address_certificate_and_token(peers: Peers) -> None:
    seen: list[tuple[Address, bytes | None, bytes | None]] = []

    def admit(address: Address, certificate: bytes | None, token: bytes | None) -> Answer:
        seen.append((address, certificate, token))
        return None

    listener = make_listener(SERVER, peers, admit=admit)
    connect(listener, token=b"ticket to ride")
    [(address, certificate, token)] = seen
    assert (address.hi, address.lo) == (0, 0xFFFF_7F00_0001)
    assert (certificate, token) == (None, b"ticket to ride")
    listener.close()


def test_a_token_lets_its_bearer_in_once(peers: Peers) -> None:
    key = b"k" * 32
    verifier = TokenVerifier({0: key}, "eu-1")
    listener = make_listener(SERVER, peers, admit=require_token(verifier))
    token = make_token(key, client_id=77, server_name="eu-1", nonce=bytes(16), issued_s=wall_s())
    assert error_of(listener).code == CloseCode.TOKEN_REQUIRED
    assert error_of(listener, token=b"forged").code == CloseCode.TOKEN_INVALID
    connect(listener, token=token)
    assert [ticket.token_client_id for ticket in peers.tickets] == [77]
    error = error_of(listener, token=token)
    assert error.code == CloseCode.TOKEN_USED
    assert "token used" in str(error)
    listener.close()


def test_an_admit_that_fails_refuses_and_is_logged(peers: Peers, caplog: pytest.LogCaptureFixture) -> None:
    def admit(*_: object) -> Answer:
        raise RuntimeError("the database is away")

    listener = make_listener(SERVER, peers, admit=admit)
    assert error_of(listener).code == CloseCode.INTERNAL_ERROR
    assert "the database is away" in caplog.text
    assert peers.reserved == {}
    listener.close()


def test_false_is_a_no(peers: Peers) -> None:
    listener = make_listener(SERVER, peers, admit=lambda *_: False)
    assert error_of(listener).code == CloseCode.REFUSED
    listener.close()


@pytest.mark.parametrize("answer", [True, Refusal(1_001, "no")])
def test_an_answer_may_come_later_from_another_thread(answer: Answer, peers: Peers) -> None:
    waiting = Deferred()
    listener = make_listener(SERVER, peers, admit=lambda *_: waiting)
    client = make_client(listener, TRUST)
    drive(listener, client, until=lambda: len(peers.reserved) == 1 and not listener.turn(monotonic_ns()))
    assert not client.done
    thread = threading.Thread(target=waiting.resolve, args=(answer,))
    thread.start()
    thread.join(10)
    assert listener.next_deadline_ns() == 0
    drive(listener, client)
    assert (client.ticket is not None) == (answer is True)
    waiting.resolve(True)  # Too late to count.
    assert peers.reserved == {}
    client.close()
    listener.close()


def test_an_answer_that_was_there_already_counts(peers: Peers) -> None:
    waiting = Deferred()
    waiting.resolve(None)
    listener = make_listener(SERVER, peers, admit=lambda *_: waiting)
    connect(listener)
    listener.close()


def test_an_answer_that_never_comes_is_a_refusal_at_the_deadline(peers: Peers) -> None:
    listener = make_listener(SERVER, peers, admit=lambda *_: Deferred())
    client = make_client(listener, TRUST)
    drive(listener, client, until=lambda: len(peers.reserved) == 1)
    listener.turn(monotonic_ns() + 10 * SECOND_NS)
    drive(listener, client)
    client.close()
    assert client.error is not None
    assert "took too long" in str(client.error)
    assert peers.reserved == {}
    listener.close()


def test_l6_a_client_that_leaves_before_the_answer_frees_its_place(peers: Peers) -> None:
    waiting = Deferred()
    listener = make_listener(SERVER, peers, admit=lambda *_: waiting)
    client = make_client(listener, TRUST)
    drive(listener, client, until=lambda: len(peers.reserved) == 1)
    client.close()
    drive(listener, until=lambda: listener.in_flight == 0)
    waiting.resolve(True)
    listener.turn(monotonic_ns())
    assert (peers.reserved, peers.tickets) == ({}, [])
    listener.close()


def test_l6_a_client_that_talks_while_the_answer_is_awaited_is_dropped(peers: Peers) -> None:
    listener = make_listener(SERVER, peers, admit=lambda *_: Deferred())
    client = ScriptedClient(listener)
    client.say(hello_frame())
    drive(listener, until=lambda: len(peers.reserved) == 1)
    client.say(hello_frame())
    drive(listener, until=lambda: listener.in_flight == 0)
    assert (peers.reserved, listener.stats.failed) == ({}, 1)
    client.close()
    listener.close()
