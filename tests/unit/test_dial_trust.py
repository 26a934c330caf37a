"""Whom a client believes, and what it says before it does."""

import contextlib
import logging

import pytest
from certificate_maker import issue
from fastnet.net.credentials import Credentials
from fastnet.net.devca import ensure_dev_ca, issue_leaf
from fastnet.net.listener import HandshakeListener
from fastnet.net.tls import ServerTls, server_context
from fastnet.net.trust import Trust
from fastnet.protocol.errors import CertificateRejectedError
from scripted_server import ScriptedServer, dial, text_of
from tls_world import SERVER, Peers, drive, make_client, make_listener

pytestmark = pytest.mark.usefixtures("config_folder")


def test_without_a_name_the_address_is_the_name(peers: Peers) -> None:
    authority = issue(ca=True, subject="root")
    leaf = issue_leaf(authority, ["127.0.0.1"])
    listener = make_listener(leaf, peers)
    client = make_client(listener, Trust(ca=authority.leaf), server_name=None)
    drive(listener, client)
    assert client.ticket is not None, client.error
    client.close()
    listener.close()


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
