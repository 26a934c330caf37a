"""Who gets in at the server's door, and what both ends then know of each other."""

from pathlib import Path

import pytest
from certificate_maker import KINDS, issue, openssl_files
from fastnet.net.credentials import load_credentials
from fastnet.net.listener import HandshakeListener
from fastnet.net.trust import Trust
from fastnet.protocol import spec
from fastnet.protocol.config import Config
from fastnet.protocol.errors import TlsFailedError
from fastnet.protocol.ticket import Address
from strangers import ScriptedClient, hello_frame
from tls_world import SERVER, TRUST, UDP_PORT, Peers, connect, drive, error_of, make_client, make_listener

SECOND_NS = 1_000_000_000


def test_both_ends_get_tickets_that_fit(listener: HandshakeListener, peers: Peers) -> None:
    client = make_client(listener, TRUST, Config(idle_timeout_ms=5_000), client_cid=b"\0\0\0\0\0\0\0\7")
    drive(listener, client)
    ticket, [served] = client.ticket, peers.tickets
    assert ticket is not None
    assert ticket.exporter_secret == served.exporter_secret
    assert len(ticket.exporter_secret) == 32
    assert (ticket.send_id, ticket.receive_id) == (served.receive_id, served.send_id)
    assert (ticket.receive_id, ticket.receive_id_bytes) == (7, 8)
    assert served.peer_limits.idle_timeout_ms == 5_000
    assert ticket.endpoints == (Address(0, 0xFFFF_7F00_0001, UDP_PORT),)
    assert ticket.peer_certificate == SERVER.leaf_der
    assert ticket.verified
    assert served.peer_certificate is None
    for end in (ticket, served):
        assert end.first_rtt_ns is not None
        assert 0 < end.first_rtt_ns < SECOND_NS
    assert peers.reserved == {}
    client.close()
    drive(listener, until=lambda: listener.in_flight == 0)
    assert listener.stats.completed == listener.stats.accepted == 1


def test_no_two_connections_share_a_secret(listener: HandshakeListener, peers: Peers) -> None:
    for _ in range(5):
        connect(listener)
    assert len({ticket.exporter_secret for ticket in peers.tickets}) == 5


def test_the_sink_knows_a_client_before_the_client_does(peers: Peers, listener: HandshakeListener) -> None:
    client = ScriptedClient(listener)
    seen: list[bool] = []
    register = peers.register
    peers.register = lambda *told: (seen.append(client._heard()), register(*told))[1]  # type: ignore
    client.say(hello_frame())
    assert client.listen()[0] == spec.ACCEPT
    assert seen == [False]
    client.close()


def test_a_hello_may_come_byte_by_byte(listener: HandshakeListener, peers: Peers) -> None:
    client = ScriptedClient(listener)
    for value in hello_frame():
        client.say(bytes([value]))
    assert client.listen()[0] == spec.ACCEPT
    assert len(peers.tickets) == 1
    client.close()


@pytest.fixture(scope="session")
def openssl_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("openssl")


@pytest.mark.parametrize("how", ["pin", "ca"])
@pytest.mark.parametrize("kind", KINDS)
def test_f2_the_openssl_recipe_connects(kind: str, how: str, openssl_folder: Path, peers: Peers) -> None:
    certificate, key = openssl_files(openssl_folder, kind)
    credentials = load_credentials(certificate, key)
    trust = Trust(pins=credentials.pin) if how == "pin" else Trust(ca=certificate)
    listener = make_listener(credentials, peers)
    connect(listener, trust)
    assert len(peers.tickets) == 1
    listener.close()


def test_with_a_client_ca_only_its_clients_get_in(peers: Peers) -> None:
    authority = issue(ca=True, subject="players")
    player, stranger = issue([], issuer=authority, subject="player 7"), issue([], subject="stranger")
    listener = make_listener(SERVER, peers, client_ca=authority.leaf)
    connect(listener, client_credentials=player)
    [ticket] = peers.tickets
    assert ticket.peer_certificate == player.leaf_der
    for wrong in (None, stranger):
        assert isinstance(error_of(listener, client_credentials=wrong), TlsFailedError)
    assert listener.stats.failed == 2
    listener.close()


def test_the_clients_certificate_is_part_of_the_keys(peers: Peers) -> None:
    player = issue([], subject="player")
    listener = make_listener(SERVER, peers, client_ca=player.leaf)
    client = make_client(listener, TRUST, client_credentials=player)
    drive(listener, client)
    assert client.ticket is not None
    assert client.ticket.exporter_secret == peers.tickets[0].exporter_secret
    client.close()
    listener.close()
