"""Whom the server refuses: the reason arrives."""

import pytest
from fastnet.net.admission import Refusal
from fastnet.net.listener import HandshakeListener
from fastnet.protocol import handshake
from fastnet.protocol.config import Config
from fastnet.protocol.errors import ChannelsMismatchError, RefusedError, VersionMismatchError
from fastnet.protocol.handshake import Hello
from fastnet.protocol.numbers import CloseCode
from strangers import ScriptedClient
from tls_world import SERVER, TRUST, Peers, connect, drive, error_of, make_client, make_listener


def test_l14_a_full_server_says_so_at_once(peers: Peers, listener: HandshakeListener) -> None:
    peers.places = 0
    error = error_of(listener)
    assert isinstance(error, RefusedError)
    assert error.code == CloseCode.SERVER_FULL
    assert "the server is full" in str(error)
    peers.places = 1
    connect(listener)
    assert error_of(listener).code == CloseCode.SERVER_FULL
    assert listener.stats.refused == 2


def test_l14_the_applications_own_code_and_reason_arrive(peers: Peers) -> None:
    listener = make_listener(SERVER, peers, admit=lambda *_: Refusal(2_345, "bannèd until Tuesday"))
    error = error_of(listener)
    assert isinstance(error, RefusedError)
    assert error.code == 2_345
    assert "bannèd until Tuesday" in str(error)
    assert peers.reserved == {}
    listener.close()


def test_other_channels_are_refused_with_the_servers_table(listener: HandshakeListener) -> None:
    error = error_of(listener, config=Config(channels={0: "unreliable"}))
    assert isinstance(error, ChannelsMismatchError)
    assert "0 reliable_ordered, 1 unreliable, 2 reliable_unordered, 3 sequenced" in str(error)


def test_another_app_is_refused(listener: HandshakeListener) -> None:
    error = error_of(listener, config=Config(app_id=5))
    assert error.code == CloseCode.APP_MISMATCH
    assert "5 at the client and 0 at the server" in str(error)


def test_a_client_of_a_later_version_is_refused_though_its_hello_is_unreadable(listener: HandshakeListener) -> None:
    client = ScriptedClient(listener)
    client.say(b"\x01\x00\x09\x00\x02\x00\x03later")
    refuse = handshake.decode_refuse(client.listen()[3:])
    assert refuse.code == CloseCode.VERSION_MISMATCH
    assert (refuse.version_min, refuse.version_max) == (1, 1)
    assert "2 to 3" in refuse.reason
    client.close()


def test_a_client_learns_of_a_version_mismatch(listener: HandshakeListener, monkeypatch: pytest.MonkeyPatch) -> None:
    client = make_client(listener, TRUST)
    client._hello = Hello(random=bytes(32), channels_hash=bytes(32), version_min=7, version_max=9)
    drive(listener, client)
    client.close()
    assert isinstance(client.error, VersionMismatchError)
    assert "7 to 9" in str(client.error)
