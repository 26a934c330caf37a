"""What only the first connection would pay for, done while nobody waits: one with ourselves, in memory.

Code runs slower the first time, OpenSSL looks its algorithms up when they are first used, and what the boot gave back
is mapped again. Nothing here is sent, no file is opened, and nothing of it is kept but what runs faster afterwards.
"""

import hashlib
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from fastnet.net import log
from fastnet.net.clock import monotonic_ns, wall_s
from fastnet.net.credentials import Credentials
from fastnet.net.dial import BYTES_MAX
from fastnet.net.pump import Pump
from fastnet.net.tls import ClientTls, ServerTls, client_context, server_context
from fastnet.net.trust import Trust
from fastnet.net.udp import UdpSocket
from fastnet.protocol import handshake, negotiation, spec
from fastnet.protocol.config import Config
from fastnet.protocol.endpoint import Endpoint
from fastnet.protocol.keys import derive_secrets
from fastnet.protocol.phases import KeyPhases
from fastnet.protocol.sealing import has_aes
from fastnet.protocol.spec import CIPHER_AES_256_GCM, CIPHER_CHACHA20_POLY1305
from fastnet.protocol.ticket import Address, Reservation

from fastnet_c.results import text_of_error

_NAME = "localhost"
_HERE = Address(0, 0xFFFF_7F00_0001, 9)
_DAY = timedelta(days=1)


def acts() -> Iterator[bool]:
    """Does its next piece, of about a millisecond, whenever it is asked for one."""
    try:
        yield from _rehearse()
    except Exception as error:  # Then the first connection takes longer, or says what is wrong.
        log.debug("the rehearsal of a connection failed: %s", text_of_error(error))


def _rehearse() -> Iterator[bool]:
    client = ClientTls(client_context(), _NAME, BYTES_MAX)
    client.step()
    yield True
    _use_ciphers()
    yield True
    key = ec.generate_private_key(ec.SECP256R1())
    root = _issue("rehearsal", key, None, key)
    yield True
    leaf = _issue(_NAME, key, root, key)
    server = ServerTls(server_context(Credentials((leaf,), key)), BYTES_MAX)
    yield True
    server.feed(client.take())
    server.step()
    client.feed(server.take())
    yield True
    client.step()
    Trust(ca=[root]).check(client.peer_chain(), _NAME, "127.0.0.1", wall_s())
    yield True
    _agree(client, server)


def _issue(
    name: str, key: ec.EllipticCurvePrivateKey, root: x509.Certificate | None, signer: ec.EllipticCurvePrivateKey
) -> x509.Certificate:
    now = datetime.fromtimestamp(wall_s(), UTC)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(root.subject if root else subject)
    builder = builder.public_key(key.public_key()).serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(now - _DAY).not_valid_after(now + _DAY)
    builder = builder.add_extension(x509.BasicConstraints(root is None, None), critical=True)
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    return builder.sign(signer, hashes.SHA256())


def _use_ciphers() -> None:
    hashlib.sha256(b"").digest()
    for cipher in (CIPHER_CHACHA20_POLY1305, CIPHER_AES_256_GCM):
        KeyPhases(cipher, *derive_secrets(bytes(32)), 0)


def _agree(client: ClientTls, server: ServerTls) -> None:
    """HELLO, ACCEPT, and the endpoint and the socket that a ticket leads to."""
    config = Config()
    hello = negotiation.make_hello(config, random=os.urandom(32), has_aes=has_aes(), client_cid=b"", token=None)
    client.write(handshake.encode_hello(hello, bytes(handshake.GREASE_BYTES)))
    server.feed(client.take())
    server.step()
    _, body = handshake.take_frame(server.read(), spec.HELLO)  # type: ignore[misc]
    accept = negotiation.make_accept(
        handshake.decode_hello(body),
        config,
        Reservation(2, 1, bytes(16)),
        random=os.urandom(32),
        has_aes=has_aes(),
        endpoints=[handshake.Endpoint("", 9)],
    )
    server.write(handshake.encode_accept(accept, bytes(handshake.GREASE_BYTES)))
    client.feed(server.take())
    _, body = handshake.take_frame(client.read(), spec.ACCEPT)  # type: ignore[misc]
    ticket = negotiation.client_ticket(
        hello,
        handshake.decode_accept(body),
        client.export(bytes(32)),
        server=_HERE,
        first_rtt_ns=None,
        verified=True,
        certificate=b"",
    )
    endpoint = Endpoint(config, os.urandom(32), False)
    udp = UdpSocket.open_towards(_HERE, max_datagram=config.max_datagram_bytes, discover=config.mtu_discovery)
    try:
        Pump(endpoint, udp, False)  # Never turned, so the socket says nothing.
        endpoint.add_peer(ticket, monotonic_ns())
    finally:
        udp.close()
