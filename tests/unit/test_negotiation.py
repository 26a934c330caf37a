"""What two ends agree on, and the words in which they refuse."""

import hashlib

import pytest
from fastnet.protocol import handshake, negotiation, spec
from fastnet.protocol.config import Config
from fastnet.protocol.handshake import Accept, Endpoint, HandshakeFormatError, Hello
from fastnet.protocol.numbers import CloseCode
from fastnet.protocol.ticket import Address, Limits, Reservation

RESERVATION = Reservation(7, 0xA0A1A2A3A4A5A6A7, bytes(range(16)))
CIPHERS_BOTH = (spec.CIPHER_AES_256_GCM, spec.CIPHER_CHACHA20_POLY1305)


def hello_of(config: Config, *, has_aes: bool = True, client_cid: bytes = b"", token: bytes | None = None) -> Hello:
    return negotiation.make_hello(config, random=bytes(32), has_aes=has_aes, client_cid=client_cid, token=token)


def accept_of(hello: Hello, config: Config, *, has_aes: bool = True) -> Accept:
    return negotiation.make_accept(
        hello, config, RESERVATION, random=bytes(32), has_aes=has_aes, endpoints=[Endpoint("", 7_777)]
    )


def test_the_channels_hash_is_that_of_the_document() -> None:
    expected = "5a5823d42e97636e180047ab937724d461237e4058a00c9f79284ce433ceb9ff"
    assert negotiation.channels_hash(Config()).hex() == expected


def test_the_channels_hash_knows_numbers_and_kinds_and_nothing_else() -> None:
    tables = [{0: "unreliable"}, {1: "unreliable"}, {0: "sequenced"}, {0: "unreliable", 1: "unreliable"}]
    hashes = {negotiation.channels_hash(Config(channels=table)) for table in tables}
    assert len(hashes) == len(tables)
    everything = Config(channels=dict.fromkeys(range(256), "sequenced"))
    content = (256).to_bytes(2, "big") + b"".join(bytes([number, 3]) for number in range(256))
    assert negotiation.channels_hash(everything) == hashlib.sha256(content).digest()


def test_other_channels_are_refused_with_the_servers_table_in_words() -> None:
    server = Config(channels={0: "reliable_ordered", 9: "sequenced"})
    refuse = negotiation.check_hello(hello_of(Config()), server)
    assert refuse is not None
    assert refuse.code == CloseCode.CHANNELS_MISMATCH
    assert refuse.reason.endswith("0 reliable_ordered, 9 sequenced")
    assert len(refuse.reason) < spec.REASON_MAX


def test_another_app_is_refused_with_both_numbers() -> None:
    refuse = negotiation.check_hello(hello_of(Config(app_id=3)), Config(app_id=4))
    assert refuse is not None
    assert refuse.code == CloseCode.APP_MISMATCH
    assert "3 at the client and 4 at the server" in refuse.reason


def test_the_same_configuration_is_not_refused() -> None:
    assert negotiation.check_hello(hello_of(Config(app_id=3)), Config(app_id=3, max_datagram_bytes=1_200)) is None


@pytest.mark.parametrize(("low", "high", "who"), [(2, 3, "server"), (0, 0, "client")])
def test_no_common_version_is_refused_with_both_ranges(low: int, high: int, who: str) -> None:
    refuse = negotiation.refuse_versions(low, high)
    assert refuse is not None
    assert refuse.code == CloseCode.VERSION_MISMATCH
    assert f"{low} to {high}" in refuse.reason
    assert "1 to 1" in refuse.reason
    assert refuse.reason.endswith(f"update the {who}")
    assert negotiation.refuse_versions(1, high + 1) is None


@pytest.mark.parametrize(
    ("client", "client_aes", "server", "server_aes", "chosen"),
    [
        ((1,), True, CIPHERS_BOTH, True, 1),
        (CIPHERS_BOTH, True, (1,), True, 1),
        (CIPHERS_BOTH, True, CIPHERS_BOTH, True, 2),
        (CIPHERS_BOTH, False, CIPHERS_BOTH, True, 1),
        (CIPHERS_BOTH, True, CIPHERS_BOTH, False, 1),
        ((1, 2), True, CIPHERS_BOTH, True, 1),
        (Config().ciphers, True, Config().ciphers, True, 2),
        (Config().ciphers, True, Config().ciphers, False, 1),
    ],
)
def test_the_first_cipher_of_the_clients_that_the_server_has_is_taken(
    client: tuple[int, ...], client_aes: bool, server: tuple[int, ...], server_aes: bool, chosen: int
) -> None:
    hello = hello_of(Config(ciphers=client), has_aes=client_aes)
    accept = accept_of(hello, Config(ciphers=server), has_aes=server_aes)
    assert accept.cipher == chosen
    negotiation.check_accept(hello, accept)


@pytest.mark.parametrize(("client", "server"), [(False, False), (False, True), (True, False), (True, True)])
def test_header_protection_is_on_if_either_end_wants_it(client: bool, server: bool) -> None:
    accept = accept_of(hello_of(Config(header_protection=client)), Config(header_protection=server))
    assert accept.header_protection == (client or server)


def test_a_server_that_chooses_what_was_not_offered_is_an_error() -> None:
    hello = hello_of(Config(ciphers=(1,), header_protection=True))
    accept = accept_of(hello, Config())
    fields = {name: getattr(accept, name) for name in Accept.__slots__}
    for change in ({"cipher": 2}, {"version": 2}, {"header_protection": False}):
        with pytest.raises(HandshakeFormatError):
            negotiation.check_accept(hello, Accept(**(fields | change)))


def test_the_two_tickets_mirror_each_other() -> None:
    hello = hello_of(Config(idle_timeout_ms=5_000), client_cid=b"\0\0\0\0\0\0\0\5")
    accept = accept_of(hello, Config(max_datagram_bytes=1_300, header_protection=True))
    server = negotiation.server_ticket(hello, accept, bytes(32), first_rtt_ns=5, certificate=None, token_client_id=77)
    client = negotiation.client_ticket(
        hello, accept, bytes(32), server=Address(1, 2, 3, 4), first_rtt_ns=6, verified=True, certificate=b"der"
    )
    assert (client.is_server, client.peer_id) == (False, spec.SERVER_PEER_ID)
    assert (server.is_server, server.peer_id, server.token_client_id) == (True, 7, 77)
    assert (client.receive_id, client.receive_id_bytes) == (server.send_id, server.send_id_bytes) == (5, 8)
    assert (client.send_id, client.send_id_bytes) == (server.receive_id, server.receive_id_bytes)
    assert server.receive_id == RESERVATION.connection_id
    assert client.reset_token == server.reset_token == RESERVATION.reset_token
    assert client.peer_limits == Limits(max_datagram_bytes=1_300)
    assert server.peer_limits == Limits(idle_timeout_ms=5_000)
    assert client.header_protection is server.header_protection is True
    assert client.endpoints == (Address(1, 2, 7_777, 4),)


def test_the_host_that_tcp_reached_is_tried_first_and_keeps_its_scope() -> None:
    hello = hello_of(Config())
    accept = negotiation.make_accept(
        hello,
        Config(),
        RESERVATION,
        random=bytes(32),
        has_aes=False,
        endpoints=[Endpoint("192.0.2.1", 1), Endpoint("2001:db8::1", 2), Endpoint("", 3)],
    )
    ticket = negotiation.client_ticket(
        hello, accept, bytes(32), server=Address(5, 6, 80, 9), first_rtt_ns=None, verified=True, certificate=b""
    )
    mapped = Address(0, 0xFFFF_C000_0201, 1)
    assert ticket.endpoints == (Address(5, 6, 3, 9), mapped, Address(0x20010DB8_00000000, 1, 2))


def test_the_transcript_binds_both_frames_and_the_clients_certificate() -> None:
    plain = negotiation.transcript_hash(b"hello", b"accept", None)
    assert plain == hashlib.sha256(b"helloaccept" + bytes(32)).digest()
    named = negotiation.transcript_hash(b"hello", b"accept", b"der")
    assert named == hashlib.sha256(b"helloaccept" + hashlib.sha256(b"der").digest()).digest()
    frame = handshake.encode_hello(hello_of(Config()), bytes(11))
    assert negotiation.transcript_hash(frame, b"", None) != negotiation.transcript_hash(frame[:-1], b"", None)
