"""TLS on memory buffers: both ends in one process, byte by byte if need be, and every misuse a `TlsError`."""

import pytest
from certificate_maker import issue
from fastnet.net.clock import wall_s
from fastnet.net.credentials import Credentials
from fastnet.net.devca import self_signed
from fastnet.net.tls import ClientTls, ServerTls, TlsError, client_context, server_context
from fastnet.net.trust import Trust, check_client
from fastnet.protocol.errors import CertificateRejectedError
from fastnet.protocol.handshake import FRAME_BYTES_MAX
from OpenSSL import SSL, crypto

SERVER = self_signed(["localhost"])
BYTES_MAX = 65_536


def pair(
    server: Credentials = SERVER, *, name: str = "localhost", client: Credentials | None = None, piece: int = 65_536
) -> tuple[ClientTls, ServerTls]:
    """Two ends after their handshake, which moved in pieces of `piece` bytes."""
    roots = client.chain if client is not None else ()
    ends = ClientTls(client_context(client), name, BYTES_MAX), ServerTls(server_context(server, roots), BYTES_MAX)
    for _ in range(4):
        for one, other in (ends, ends[::-1]):
            if not one.done:
                one.step()
            move(one, other, piece)
    assert ends[0].done
    assert ends[1].done
    return ends


def move(source: ClientTls | ServerTls, target: ClientTls | ServerTls, piece: int = 65_536) -> int:
    content = source.take()
    for at in range(0, len(content), piece):
        target.feed(content[at : at + piece])
        if not target.done:
            target.step()
    return len(content)


@pytest.mark.parametrize("kind", ["ec", "rsa", "ed25519"])
def test_both_ends_export_the_same_secret_bound_to_its_context(kind: str) -> None:
    client, server = pair(self_signed(["localhost"], kind))
    assert client.export(b"H") == server.export(b"H")
    assert client.export(b"H") != client.export(b"h")
    assert len(client.export(b"H")) == 32
    other, _ = pair()
    assert other.export(b"H") != client.export(b"H")


def test_it_works_byte_by_byte() -> None:
    client, server = pair(piece=1)
    assert client.export(b"") == server.export(b"")


def test_it_is_tls_1_3_with_hybrid_key_exchange_where_openssl_has_it() -> None:
    client, _ = pair()
    assert client._connection.get_protocol_version_name() == "TLSv1.3"
    assert client._connection.get_group_name() in ("X25519MLKEM768", "X25519", "x25519")


def test_frames_pass_and_records_are_joined() -> None:
    client, server = pair()
    assert server.read() == b""
    client.write(b"HEL")
    client.write(b"LO")
    move(client, server)
    assert server.read() == b"HELLO"
    assert server.read() == b""
    server.write(b"A" * 4_000)
    move(server, client, 7)
    assert client.read() == b"A" * 4_000


def test_reading_stops_not_far_beyond_one_frame() -> None:
    client, server = pair()
    for _ in range(10):
        client.write(bytes(4_000))
    move(client, server)
    assert FRAME_BYTES_MAX < len(server.read()) <= 2 * FRAME_BYTES_MAX


def test_what_came_before_the_end_is_read_before_the_end_is_an_error() -> None:
    client, server = pair()
    client.write(b"bye")
    client.write_close()
    move(client, server)
    assert server.read() == b"bye"
    for _ in range(2):
        with pytest.raises(TlsError, match="closed the connection"):
            server.read()


def test_changed_bytes_are_an_error_at_every_later_call() -> None:
    client, server = pair()
    client.write(b"hello")
    content = bytearray(client.take())
    content[-1] ^= 1
    server.feed(bytes(content))
    for _ in range(2):
        with pytest.raises(TlsError):
            server.read()


def test_the_chain_of_the_other_end_comes_leaf_first() -> None:
    root = issue(ca=True, subject="root")
    middle = issue(ca=True, issuer=root, subject="middle")
    leaf, player, guest = issue(issuer=middle), issue([], subject="player"), issue([], issuer=middle, subject="guest")
    client, server = pair(leaf, client=player)
    assert client.peer_chain() == [leaf.leaf_der, middle.leaf_der]
    assert server.peer_chain() == [player.leaf_der]
    _, server = pair(leaf, client=guest)
    assert server.peer_chain() == [guest.leaf_der, middle.leaf_der]
    _, alone = pair()
    assert alone.peer_chain() == []


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # Only pyOpenSSL's own class holds such a certificate.
@pytest.mark.parametrize("at_the_server", [False, True])
def test_a_certificate_that_cannot_be_parsed_is_rejected_like_any_other(at_the_server: bool) -> None:
    """One of version 8, which OpenSSL takes and `cryptography` does not, by an exception that is no ValueError."""
    der, version_3 = SERVER.leaf_der, bytes.fromhex("A003020102")
    odd = crypto.load_certificate(crypto.FILETYPE_ASN1, der.replace(version_3, bytes.fromhex("A003020107"), 1))
    contexts = client_context(SERVER), server_context(SERVER, SERVER.chain if at_the_server else ())
    contexts[0 if at_the_server else 1].use_certificate(odd)
    client, server = ClientTls(contexts[0], "localhost", BYTES_MAX), ServerTls(contexts[1], BYTES_MAX)
    client.step()
    for one, other in ((client, server), (server, client), (client, server)):
        move(one, other)
    chain = (server if at_the_server else client).peer_chain()
    if at_the_server:
        assert "version" in (check_client(SERVER.chain, chain, wall_s()) or "").lower()
        return
    with pytest.raises(CertificateRejectedError, match=r"(?i)version"):
        Trust(danger_accept_any_certificate=True).check(chain, "localhost", "127.0.0.1", wall_s())


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "fe80::1%eth0"])
def test_addresses_are_not_sent_as_names(address: str) -> None:
    tls = ClientTls(client_context(), address, BYTES_MAX)
    tls.step()
    assert tls.take().find(b"\0\0\x09localhost") == -1
    assert tls._connection.get_servername() is None
    named = ClientTls(client_context(), "localhost", BYTES_MAX)
    named.step()
    assert b"localhost" in named.take()


def test_the_cap_counts_every_byte() -> None:
    tls = ServerTls(server_context(SERVER), 100)
    tls.feed(bytes(60))
    assert tls.bytes_left == 40
    with pytest.raises(TlsError, match="too many bytes"):
        tls.feed(bytes(41))


def test_garbage_is_an_error_and_its_alert_can_be_taken() -> None:
    tls = ServerTls(server_context(SERVER), BYTES_MAX)
    tls.feed(b"\x16\x03\x01\x00\x05\x02\x00\x00\x01\x00")
    with pytest.raises(TlsError):
        tls.step()
    assert tls.take()[:1] == b"\x15"


def test_a_session_is_of_no_use_so_the_certificate_is_always_shown_again() -> None:
    contexts = client_context(), server_context(SERVER)
    session: SSL.Session | None = None
    for _ in range(2):
        client = ClientTls(contexts[0], "localhost", BYTES_MAX)
        server = ServerTls(contexts[1], BYTES_MAX)
        if session is not None:
            client._connection.set_session(session)
        client.step()
        move(client, server)
        assert move(server, client) > 600  # A resumed handshake would fit into half of that.
        move(client, server)
        server.write(b"x")
        move(server, client)
        assert client.read() == b"x"
        session = client._connection.get_session()


def test_clients_share_a_context_unless_they_show_a_certificate() -> None:
    assert client_context() is client_context()
    assert client_context(SERVER) is not client_context(SERVER)
    assert client_context(SERVER) is not client_context()
