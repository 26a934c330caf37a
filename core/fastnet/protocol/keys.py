"""The key schedule: from the secret that TLS exports to the keys of every phase. PROTOCOL.md s. 2.4.

HKDF-Expand alone is used (RFC 5869 s. 2.3): the exported secret is uniform already. Secrets are 32 bytes.
"""

import hashlib
import hmac

from fastnet.protocol import spec
from fastnet.protocol.sealing import hkdf_expand, hkdf_extract

SECRET_BYTES = 32
NONCE_BYTES = 12
RESET_TOKEN_BYTES = 16


def expand(secret: bytes, name: str, length: int) -> bytes:
    """`length` bytes that only holders of `secret` can compute, different for every `name`."""
    label = spec.HKDF_LABEL_PREFIX + name.encode()
    info = length.to_bytes(2, "big") + bytes([len(label)]) + label + b"\0"
    return hkdf_expand(secret, info, length)


def derive_secrets(exported: bytes) -> tuple[bytes, bytes]:
    """The first phase's secrets, client to server and server to client."""
    return expand(exported, "c2s", SECRET_BYTES), expand(exported, "s2c", SECRET_BYTES)


def next_secret(secret: bytes) -> bytes:
    """The secret of the phase after; there is no way back."""
    return expand(secret, "ku", SECRET_BYTES)


def packet_key(secret: bytes, key_bytes: int = 32) -> tuple[bytes, bytes]:
    """The AEAD key and the 12-byte iv of a phase."""
    return expand(secret, "key", key_bytes), expand(secret, "iv", NONCE_BYTES)


def header_key(secret: bytes) -> bytes:
    """The header protection key; of the first phase's secret only, it stays for the whole connection."""
    return expand(secret, "hp", SECRET_BYTES)


def reset_key(private_key_pkcs8: bytes, server: str) -> bytes:
    """What a server makes its reset tokens with: the same after a restart, and no other server's, though they share the
    private key; else each would tell strangers the tokens of the others (RFC 9000 s. 21.11)."""
    name = f"fastnet reset {server}".encode("utf-8", "surrogateescape")  # A machine may be called anything.
    return hkdf_expand(hkdf_extract(private_key_pkcs8), name, SECRET_BYTES)


def reset_token(key: bytes, connection_id: int) -> bytes:
    """The 16 bytes that prove that a server has forgotten the connection of this id. PROTOCOL.md s. 9.3."""
    name = connection_id.to_bytes(spec.CONNECTION_ID_BYTES, "big")
    return hmac.digest(key, name, hashlib.sha256)[:RESET_TOKEN_BYTES]
