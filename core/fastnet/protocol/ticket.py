"""What the handshake hands over to the protocol: a `Ticket` is all that an endpoint needs to begin a connection."""

from dataclasses import dataclass, field

from fastnet.protocol import spec

NEVER_NS = 2**64 - 1
"""A deadline that never comes."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one end declares of itself in HELLO or ACCEPT; defaults are those of PROTOCOL.md s. 12."""

    max_datagram_bytes: int = 1_472
    idle_timeout_ms: int = 10_000
    ack_delay_reliable_us: int = 5_000
    ack_delay_unreliable_us: int = 25_000
    max_reliable_message_bytes: int = 1_048_576
    max_unreliable_message_bytes: int = 16_384
    initial_credit_bytes: int = 65_536


@dataclass(frozen=True, slots=True)
class Address:
    """One UDP address in the protocol's form: 128 bits of IPv6, IPv4 as ::ffff:a.b.c.d."""

    hi: int
    lo: int
    port: int
    scope: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """A finished TLS handshake. `receive_id` is what the peer puts on datagrams to us, `send_id` what we put on ours;
    a length of 0 means no id at all. `endpoints` are the server's UDP addresses to try, for clients."""

    is_server: bool
    peer_id: int
    receive_id: int
    receive_id_bytes: int
    send_id: int
    send_id_bytes: int
    exporter_secret: bytes = field(repr=False)
    cipher: int = spec.CIPHER_CHACHA20_POLY1305
    header_protection: bool = False
    reset_token: bytes = field(default=bytes(16), repr=False)
    peer_limits: Limits = Limits()
    first_rtt_ns: int | None = None
    endpoints: tuple[Address, ...] = ()
    verified: bool = True
    """False when the client was told to accept any certificate."""
    peer_certificate: bytes | None = None
    """The other end's leaf certificate, DER."""
    token_client_id: int | None = None
    own_id: int | None = None
    """A client's number at the server."""


@dataclass(frozen=True, slots=True)
class Reservation:
    """A server's place for a peer whose handshake is under way; a `Ticket` is made from it."""

    peer_id: int
    connection_id: int
    reset_token: bytes = field(repr=False)
