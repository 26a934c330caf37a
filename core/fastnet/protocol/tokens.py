"""Connection tokens: a matchmaker signs them, a game server checks them without asking anyone. PROTOCOL.md s. 2.6.

`1 u8 | key_id u8 | issued u64 | expires u64 | client_id u64 | server 32 | nonce 16 | data_length u16 | data | HMAC 32`;
times in whole seconds since 1970. Signing is enough, because tokens travel inside TLS.

Rule 1: a token works once. Used nonces stay until they expire; a full table refuses, it never forgets.
Rule 2: `server` is the hash of the server's configured name, never of an address, which NATs change.
"""

import hashlib
import heapq
import hmac
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NoReturn, Protocol

from fastnet.protocol.errors import UsageError
from fastnet.protocol.numbers import CloseCode

NONCE_BYTES = 16
DATA_MAX = 256
USED_MAX = 65_536
KEY_BYTES_MIN = 32
CLOCK_SKEW_S = 60  # A matchmaker's clock may be this far ahead of ours.
_FORMAT = 1
_HEAD = struct.Struct(">BBQQQ32s16sH")
_TAG_BYTES = 32


@dataclass(frozen=True, slots=True)
class Claims:
    """What a valid token says: who the client is, and up to 256 bytes that the issuer added."""

    client_id: int
    data: bytes
    issued_s: int
    expires_s: int


def make_token(
    key: bytes,
    *,
    client_id: int,
    server_name: str,
    nonce: bytes,
    issued_s: int,
    lifetime_s: int = 60,
    key_id: int = 0,
    data: bytes = b"",
) -> bytes:
    """A token for one connection of `client_id` to the server of this name. `nonce` is 16 fresh random bytes.

    Raises UsageError for a key under 32 bytes, a nonce of another size, or data over 256 bytes.
    """
    _check_key(key_id, key)
    if len(nonce) != NONCE_BYTES:
        raise UsageError(f"the nonce has {len(nonce)} bytes; pass {NONCE_BYTES} fresh random ones")
    if len(data) > DATA_MAX:
        raise UsageError(f"the token's data has {len(data)} bytes; at most {DATA_MAX} fit")
    expires_s = issued_s + lifetime_s
    head = _HEAD.pack(_FORMAT, key_id, issued_s, expires_s, client_id, name_hash(server_name), nonce, len(data))
    return head + data + _tag(key, head + data)


class NonceMemory(Protocol):
    """Remembers the nonces of used tokens until they expire."""

    @property
    def count(self) -> int:
        """How many are remembered."""

    def use(self, nonce: bytes, expires_s: int, now_s: int) -> CloseCode | None:
        """Remember `nonce`; the code to refuse its bearer with when it is known, or cannot be remembered."""


class UsedNonces:
    """The memory of one process, at most `used_max` nonces."""

    def __init__(self, used_max: int = USED_MAX) -> None:
        self._used_max = used_max
        self._used: set[bytes] = set()
        self._expiries: list[tuple[int, bytes]] = []  # A heap: which one may be forgotten next.

    @property
    def count(self) -> int:
        """How many are remembered."""
        return len(self._used)

    def use(self, nonce: bytes, expires_s: int, now_s: int) -> CloseCode | None:
        """As `NonceMemory` says."""
        while self._expiries and self._expiries[0][0] <= now_s:
            self._used.discard(heapq.heappop(self._expiries)[1])
        if nonce in self._used:
            return CloseCode.TOKEN_USED
        if len(self._used) >= self._used_max:
            return CloseCode.SERVER_FULL
        self._used.add(nonce)
        heapq.heappush(self._expiries, (expires_s, nonce))
        return None

    def __reduce__(self) -> NoReturn:
        raise UsageError(
            "another process would take each used token once more: give the verifier a memory that processes share, "
            "TokenVerifier(.., used=fastnet.net.shared_nonces.SharedNonces())"
        )


class TokenVerifier:
    """Checks tokens for one server. `keys` by key id: accept the old and the new one while you change keys. `used`
    remembers which tokens were used; one for several processes is `fastnet.net.shared_nonces.SharedNonces`."""

    def __init__(
        self,
        keys: Mapping[int, bytes],
        server_name: str,
        lifetime_s: int = 3_600,
        used: NonceMemory | None = None,
    ) -> None:
        for key_id, key in keys.items():
            _check_key(key_id, key)
        self._keys = dict(keys)
        self._server = name_hash(server_name)
        self._lifetime_s = lifetime_s
        self._used = used if used is not None else UsedNonces()

    @property
    def used_count(self) -> int:
        """How many used nonces are remembered."""
        return self._used.count

    def verify(self, token: bytes | None, now_s: int) -> Claims | CloseCode:
        """What the token says, or the code to refuse its bearer with. A good token is used up by this call."""
        if not token:
            return CloseCode.TOKEN_REQUIRED
        if not _HEAD.size + _TAG_BYTES <= len(token) <= _HEAD.size + DATA_MAX + _TAG_BYTES:
            return CloseCode.TOKEN_INVALID
        signed, tag = token[:-_TAG_BYTES], token[-_TAG_BYTES:]
        form, key_id, issued_s, expires_s, client_id, server, nonce, data_bytes = _HEAD.unpack_from(signed)
        key = self._keys.get(key_id)
        if form != _FORMAT or data_bytes != len(signed) - _HEAD.size or key is None:
            return CloseCode.TOKEN_INVALID
        if not hmac.compare_digest(tag, _tag(key, signed)) or server != self._server:
            return CloseCode.TOKEN_INVALID
        if expires_s <= now_s:
            return CloseCode.TOKEN_EXPIRED
        if issued_s > now_s + CLOCK_SKEW_S or not 0 < expires_s - issued_s <= self._lifetime_s:
            return CloseCode.TOKEN_INVALID
        refusal = self._used.use(nonce, expires_s, now_s)
        return Claims(client_id, signed[_HEAD.size :], issued_s, expires_s) if refusal is None else refusal


def name_hash(server_name: str) -> bytes:
    """How a token names its server."""
    return hashlib.sha256(server_name.encode()).digest()


def _tag(key: bytes, signed: bytes) -> bytes:
    return hmac.digest(key, signed, hashlib.sha256)


def _check_key(key_id: int, key: bytes) -> None:
    if not 0 <= key_id <= 255:
        raise UsageError(f"token key id {key_id} is outside 0..255")
    if len(key) < KEY_BYTES_MIN:
        raise UsageError(f"the token key has {len(key)} bytes; use {KEY_BYTES_MIN} random ones or more")
