"""The TLS end that a listener makes beforehand: one, in quiet moments, for whoever knocks next."""

import select
from collections.abc import Iterator

import pytest
from fastnet.net import listener as module
from fastnet.net.clock import monotonic_ns
from fastnet.net.listener import HandshakeListener
from fastnet.net.tls import ServerTls
from fastnet.protocol.ticket import NEVER_NS
from strangers import client_hello, raw_stranger
from tls_world import QUIET_NS, SERVER, TRUST, Peers, drive, make_client, make_listener, rest


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[ServerTls]:
    """All TLS ends that were made."""
    ends: list[ServerTls] = []

    def make(*given: object) -> ServerTls:
        ends.append(ServerTls(*given))  # type: ignore[arg-type]
        return ends[-1]

    monkeypatch.setattr(module, "ServerTls", make)
    return ends


@pytest.fixture
def listener(made: list[ServerTls]) -> Iterator[HandshakeListener]:
    listener = make_listener(SERVER, Peers())
    yield listener
    listener.close()


def test_who_knocks_at_a_quiet_door_takes_what_is_there_already(
    listener: HandshakeListener, made: list[ServerTls]
) -> None:
    for knock in range(1, 4):
        assert (len(made), listener.next_deadline_ns()) == (knock, NEVER_NS)  # Nothing is left to do.
        client = make_client(listener, TRUST)
        drive(listener, client)
        assert client.ticket is not None
        assert len(made) == knock
        client.close()
        drive(listener, until=lambda: listener.in_flight == 0)
        rest(listener)


def test_a_burst_makes_its_own_and_one_is_made_after_it(listener: HandshakeListener, made: list[ServerTls]) -> None:
    strangers = [raw_stranger(listener) for _ in range(5)]
    now_ns = monotonic_ns()
    while listener.in_flight < 5:
        listener.turn(now_ns)
    assert (len(made), listener.next_deadline_ns()) == (5, now_ns + QUIET_NS)
    listener.turn(now_ns + QUIET_NS - 1)
    assert len(made) == 5
    for _ in range(3):
        listener.turn(now_ns + QUIET_NS)
    assert len(made) == 6
    assert listener.next_deadline_ns() > now_ns + 2 * QUIET_NS  # Only the strangers' own.
    for stranger in strangers:
        stranger.close()


def test_the_next_is_not_made_in_a_turn_that_somebody_waits_for(
    listener: HandshakeListener, made: list[ServerTls]
) -> None:
    stranger = raw_stranger(listener)
    drive(listener, until=lambda: listener.in_flight == 1)
    due_ns = listener.next_deadline_ns()
    stranger.sendall(client_hello())
    select.select([listener.fileno()], [], [], 10)
    listener.turn(due_ns)
    assert (len(made), len(stranger.recv(1)), listener.next_deadline_ns()) == (1, 1, due_ns)
    listener.turn(due_ns)
    assert len(made) == 2
    stranger.close()
