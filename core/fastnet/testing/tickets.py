"""Tickets without a TLS handshake: what two ends would hold after one, made from a seed."""

import hashlib
import random

from fastnet.protocol import spec
from fastnet.protocol.config import Config
from fastnet.protocol.negotiation import limits_of
from fastnet.protocol.ticket import Address, Reservation, Ticket


def seed_bytes(seed: int, purpose: str) -> bytes:
    """32 bytes that depend on the seed and on what they are for."""
    return hashlib.sha256(f"fastnet test {seed} {purpose}".encode()).digest()


def make_tickets(
    seed: int,
    number: int = 0,
    *,
    client_config: Config,
    server_config: Config,
    reservation: Reservation,
    endpoints: tuple[Address, ...],
    first_rtt_ns: int | None = None,
    client_id_bytes: int = 0,
) -> tuple[Ticket, Ticket]:
    """The client's and the server's ticket of one connection; `number` tells connections of one seed apart."""
    prng = random.Random(seed_bytes(seed, f"ticket {number}"))
    secret = prng.randbytes(32)
    server_id = reservation.connection_id
    client_id = prng.getrandbits(64) if client_id_bytes else 0
    cipher = next(choice for choice in client_config.ciphers if choice in server_config.ciphers)
    hides = client_config.header_protection or server_config.header_protection
    client = Ticket(
        is_server=False,
        peer_id=spec.SERVER_PEER_ID,
        receive_id=client_id,
        receive_id_bytes=client_id_bytes,
        send_id=server_id,
        send_id_bytes=spec.CONNECTION_ID_BYTES,
        exporter_secret=secret,
        cipher=cipher,
        header_protection=hides,
        reset_token=reservation.reset_token,
        peer_limits=limits_of(server_config),
        first_rtt_ns=first_rtt_ns,
        endpoints=endpoints,
    )
    server = Ticket(
        is_server=True,
        peer_id=reservation.peer_id,
        receive_id=server_id,
        receive_id_bytes=spec.CONNECTION_ID_BYTES,
        send_id=client_id,
        send_id_bytes=client_id_bytes,
        exporter_secret=secret,
        cipher=cipher,
        header_protection=hides,
        reset_token=reservation.reset_token,
        peer_limits=limits_of(client_config),
        first_rtt_ns=first_rtt_ns,
    )
    return client, server
