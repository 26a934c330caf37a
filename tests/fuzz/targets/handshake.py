"""HELLO, ACCEPT and REFUSE from a stranger: a message within its limits, or a refusal, and nothing else."""

from collections.abc import Hashable
from dataclasses import replace

from fastnet.protocol import handshake, negotiation, spec
from fastnet.protocol.config import Config
from fastnet.protocol.ticket import Reservation

CONFIG = Config()
GREASE = bytes(range(handshake.GREASE_BYTES))
RESERVATION = Reservation(peer_id=2, connection_id=7, reset_token=bytes(16))
RANDOM = bytes(32)


def seeds() -> list[bytes]:
    """One of each message, with and without everything optional."""
    plain = negotiation.make_hello(CONFIG, random=RANDOM, has_aes=True, client_cid=b"", token=None)
    full = negotiation.make_hello(CONFIG, random=RANDOM, has_aes=True, client_cid=bytes(8), token=b"token")
    full = replace(full, header_protection=True)
    places = tuple(handshake.Endpoint(host, 7_777) for host in ("", "10.0.0.1", "2001:db8::1"))
    accept = negotiation.make_accept(full, CONFIG, RESERVATION, random=RANDOM, has_aes=True, endpoints=places)
    refuse = handshake.Refuse(11, "full")
    return [
        handshake.encode_hello(plain, GREASE),
        handshake.encode_hello(full, GREASE),
        handshake.encode_accept(accept, GREASE),
        handshake.encode_refuse(refuse),
    ]


def run(data: bytes) -> Hashable:
    try:
        frame = handshake.take_frame(data, spec.HELLO, spec.ACCEPT, spec.REFUSE)
        if frame is None:
            return "incomplete"
        return _BY_KIND[frame[0]](frame[1])
    except handshake.HandshakeFormatError as error:
        return "".join(letter for letter in str(error) if letter.isalpha())


def _hello(body: bytes) -> Hashable:
    low, high = handshake.hello_versions(body)
    refusal = negotiation.refuse_versions(low, high)
    hello = handshake.decode_hello(body)
    assert handshake.decode_hello(handshake.encode_hello(hello, GREASE)[3:]) == hello
    refusal = refusal or negotiation.check_hello(hello, CONFIG)
    if refusal is not None:
        handshake.decode_refuse(handshake.encode_refuse(refusal)[3:])
        return "refused", refusal.code
    accept = negotiation.make_accept(
        hello, CONFIG, RESERVATION, random=RANDOM, has_aes=False, endpoints=(handshake.Endpoint("", 1),)
    )
    negotiation.check_accept(hello, handshake.decode_accept(handshake.encode_accept(accept, GREASE)[3:]))
    negotiation.server_ticket(hello, accept, bytes(32), first_rtt_ns=None, certificate=None, token_client_id=None)
    return "accepted", hello.header_protection, len(hello.client_cid), hello.token is None


def _accept(body: bytes) -> Hashable:
    accept = handshake.decode_accept(body)
    assert handshake.decode_accept(handshake.encode_accept(accept, GREASE)[3:]) == accept
    hello = negotiation.make_hello(CONFIG, random=RANDOM, has_aes=False, client_cid=b"", token=None)
    negotiation.check_accept(hello, accept)
    server = negotiation.parse_address("10.0.0.1", 7_777)
    ticket = negotiation.client_ticket(
        hello, accept, bytes(32), server=server, first_rtt_ns=None, verified=True, certificate=b""
    )
    assert 1 <= len(ticket.endpoints) <= spec.ENDPOINTS_MAX
    return "ticket", accept.cipher, accept.header_protection, len(accept.endpoints)


def _refuse(body: bytes) -> Hashable:
    refuse = handshake.decode_refuse(body)
    handshake.decode_refuse(handshake.encode_refuse(refuse)[3:])
    return "refuse", len(refuse.reason) > 0


_BY_KIND = {spec.HELLO: _hello, spec.ACCEPT: _accept, spec.REFUSE: _refuse}
