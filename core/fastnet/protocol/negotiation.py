"""What the two ends agree on: the answer to a HELLO, the check of an ACCEPT, and the ticket that both lead to.

Pure functions over the messages of `handshake`. PROTOCOL.md s. 2.3, 2.4.
"""

import hashlib
from collections.abc import Sequence

from fastnet.protocol import spec
from fastnet.protocol.address import parse_address
from fastnet.protocol.config import Config, channel_table
from fastnet.protocol.handshake import Accept, Endpoint, HandshakeFormatError, Hello, Refuse
from fastnet.protocol.numbers import CloseCode
from fastnet.protocol.ticket import Address, Limits, Reservation, Ticket

RANDOM_BYTES = 32


def limits_of(config: Config) -> Limits:
    """What an end with `config` declares of itself."""
    return Limits(
        max_datagram_bytes=config.max_datagram_bytes,
        idle_timeout_ms=config.idle_timeout_ms,
        ack_delay_reliable_us=config.ack_delay_reliable_us,
        ack_delay_unreliable_us=config.ack_delay_unreliable_us,
        max_reliable_message_bytes=config.max_reliable_message_bytes,
        max_unreliable_message_bytes=config.max_unreliable_message_bytes,
        initial_credit_bytes=config.initial_credit_bytes,
    )


def channels_hash(config: Config) -> bytes:
    """32 bytes that are equal at both ends if, and only if, numbers and kinds of the channels are."""
    table = channel_table(config)
    numbered = b"".join(bytes([number, channel.kind_number]) for number, channel in sorted(table.items()))
    return hashlib.sha256(len(table).to_bytes(2, "big") + numbered).digest()


def channels_text(config: Config) -> str:
    """The channel table in words: `0 reliable_ordered, 1 unreliable`."""
    return ", ".join(f"{number} {channel.kind}" for number, channel in sorted(channel_table(config).items()))


def usable_ciphers(config: Config, has_aes: bool) -> tuple[int, ...]:
    """The configured ciphers, by preference, without AES on a processor that lacks the instructions."""
    return tuple(cipher for cipher in config.ciphers if has_aes or cipher != spec.CIPHER_AES_256_GCM)


# The client.


def make_hello(config: Config, *, random: bytes, has_aes: bool, client_cid: bytes, token: bytes | None) -> Hello:
    """What a client with `config` offers; `random` are 32 fresh bytes."""
    return Hello(
        random=random,
        channels_hash=channels_hash(config),
        app_id=config.app_id,
        client_cid=client_cid,
        limits=limits_of(config),
        ciphers=usable_ciphers(config, has_aes),
        header_protection=config.header_protection,
        token=token,
    )


def check_accept(hello: Hello, accept: Accept) -> None:
    """Raises HandshakeFormatError if the server chose what was not offered."""
    if not hello.version_min <= accept.version <= hello.version_max:
        raise HandshakeFormatError(f"version {accept.version} was not offered")
    if accept.cipher not in hello.ciphers:
        raise HandshakeFormatError(f"cipher {accept.cipher} was not offered")
    if hello.header_protection and not accept.header_protection:
        raise HandshakeFormatError("header protection was asked for and left out")


# The server.


def refuse_versions(low: int, high: int) -> Refuse | None:
    """The refusal of a client that speaks versions `low` to `high`, if none of them is ours."""
    if low <= spec.VERSION <= high:
        return None
    return Refuse(
        CloseCode.VERSION_MISMATCH,
        f"the client speaks protocol versions {low} to {high}, the server {spec.VERSION} to {spec.VERSION}: "
        f"update the {'server' if low > spec.VERSION else 'client'}",
    )


def check_hello(hello: Hello, config: Config) -> Refuse | None:
    """The refusal of a client that is another game, or has other channels; None if it may come in."""
    if hello.app_id != config.app_id:
        return Refuse(
            CloseCode.APP_MISMATCH,
            f"app_id is {hello.app_id} at the client and {config.app_id} at the server: set both to the same number",
        )
    if hello.channels_hash != channels_hash(config):
        return Refuse(
            CloseCode.CHANNELS_MISMATCH,
            f"the channels differ; configure the client with the server's: {channels_text(config)}",
        )
    return None


def make_accept(
    hello: Hello,
    config: Config,
    reservation: Reservation,
    *,
    random: bytes,
    has_aes: bool,
    endpoints: Sequence[Endpoint],
) -> Accept:
    """The acceptance: the first cipher of the client's that the server has; header protection if either wants it."""
    usable = usable_ciphers(config, has_aes)
    return Accept(
        random=random,
        server_cid=reservation.connection_id.to_bytes(spec.CONNECTION_ID_BYTES, "big"),
        reset_token=reservation.reset_token,
        peer_id=reservation.peer_id,
        cipher=next(cipher for cipher in hello.ciphers if cipher in usable),
        header_protection=hello.header_protection or config.header_protection,
        endpoints=tuple(endpoints),
        limits=limits_of(config),
    )


# Both.


def transcript_hash(hello_frame: bytes, accept_frame: bytes, client_certificate: bytes | None) -> bytes:
    """What the exported keys are bound to: both frames whole, and the client's leaf certificate (DER) if it has one."""
    certificate = hashlib.sha256(client_certificate).digest() if client_certificate is not None else bytes(32)
    return hashlib.sha256(hello_frame + accept_frame + certificate).digest()


def client_ticket(
    hello: Hello,
    accept: Accept,
    exported: bytes,
    *,
    server: Address,
    first_rtt_ns: int | None,
    verified: bool,
    certificate: bytes,
) -> Ticket:
    """What the client goes on with; `server` is the address that TCP reached."""
    return Ticket(
        is_server=False,
        peer_id=spec.SERVER_PEER_ID,
        receive_id=int.from_bytes(hello.client_cid, "big"),
        receive_id_bytes=len(hello.client_cid),
        send_id=int.from_bytes(accept.server_cid, "big"),
        send_id_bytes=len(accept.server_cid),
        exporter_secret=exported,
        cipher=accept.cipher,
        header_protection=accept.header_protection,
        reset_token=accept.reset_token,
        peer_limits=accept.limits,
        first_rtt_ns=first_rtt_ns,
        endpoints=_addresses(accept.endpoints, server),
        verified=verified,
        peer_certificate=certificate,
        own_id=accept.peer_id,
    )


def server_ticket(
    hello: Hello,
    accept: Accept,
    exported: bytes,
    *,
    first_rtt_ns: int | None,
    certificate: bytes | None,
    token_client_id: int | None,
) -> Ticket:
    """What the server goes on with."""
    return Ticket(
        is_server=True,
        peer_id=accept.peer_id,
        receive_id=int.from_bytes(accept.server_cid, "big"),
        receive_id_bytes=len(accept.server_cid),
        send_id=int.from_bytes(hello.client_cid, "big"),
        send_id_bytes=len(hello.client_cid),
        exporter_secret=exported,
        cipher=accept.cipher,
        header_protection=accept.header_protection,
        reset_token=accept.reset_token,
        peer_limits=hello.limits,
        first_rtt_ns=first_rtt_ns,
        peer_certificate=certificate,
        token_client_id=token_client_id,
    )


def _addresses(endpoints: Sequence[Endpoint], server: Address) -> tuple[Address, ...]:
    """The host that TCP reached first, the others in the server's order."""
    ordered = sorted(endpoints, key=lambda endpoint: endpoint.host != "")
    return tuple(
        parse_address(endpoint.host, endpoint.port)
        if endpoint.host
        else Address(server.hi, server.lo, endpoint.port, server.scope)
        for endpoint in ordered
    )
