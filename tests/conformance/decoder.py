"""A second reader of the FastNet wire, written from PROTOCOL.md alone; it imports nothing of FastNet.

Slow and plain on purpose. Frames are dictionaries whose bytes are hex text, so that they are JSON as they stand.
`Close` is raised where the page says "close X", `Drop` where it says "drop". Section numbers are those of the page.
"""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305

Frame = dict[str, Any]
LIMIT_62 = 1 << 62
CODES = {
    "CLOSED": 0, "SHUTTING_DOWN": 1, "IDLE_TIMEOUT": 2, "HANDSHAKE_TIMEOUT": 3, "UDP_UNREACHABLE": 4,
    "TCP_UNREACHABLE": 5, "TLS_FAILED": 6, "CERTIFICATE_REJECTED": 7, "VERSION_MISMATCH": 8, "APP_MISMATCH": 9,
    "CHANNELS_MISMATCH": 10, "SERVER_FULL": 11, "TOKEN_REQUIRED": 12, "TOKEN_INVALID": 13, "TOKEN_EXPIRED": 14,
    "TOKEN_USED": 15, "REFUSED": 16, "KICKED": 17, "REPLACED": 18, "PEER_RESET": 20, "INTERNAL_ERROR": 21,
    "RESOURCE_LIMIT": 22, "PROTOCOL_VIOLATION": 30, "FRAME_INVALID": 31, "CREDIT_EXCEEDED": 32,
    "MESSAGE_TOO_LARGE": 33, "CHANNEL_UNKNOWN": 34, "KEY_UPDATE_ERROR": 35, "AEAD_LIMIT": 36, "ACK_INVALID": 37,
    "NUMBERS_EXHAUSTED": 38,
}  # fmt: skip
LOCAL_CODES = {2, 3, 4, 5, 6, 7, 20}
RELIABLE = (0, 2)
UNRELIABLE = 1


class Drop(Exception):  # noqa: N818 - a verdict, not a failure
    """The datagram is dropped; the argument is the reason of section 3."""


class Close(Exception):  # noqa: N818 - a verdict, not a failure
    """The connection is closed; the argument is the name of a code of section 10."""


# 0. Varints.


def varint(value: int) -> bytes:
    """The one encoding of `value`."""
    for exponent, bits in enumerate((6, 14, 30, 62)):
        if value < 1 << bits:
            return (exponent << bits | value).to_bytes(1 << exponent, "big")
    raise ValueError(value)


class Reader:
    """A cursor over frames; whatever does not fit the page is FRAME_INVALID."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def left(self) -> int:
        return len(self.data) - self.at

    def take(self, count: int) -> bytes:
        if count > self.left():
            raise Close("FRAME_INVALID")
        self.at += count
        return self.data[self.at - count : self.at]

    def number(self, size: int) -> int:
        return int.from_bytes(self.take(size), "big")

    def varint(self) -> int:
        start = self.at
        size = 1 << (self.take(1)[0] >> 6)
        self.take(size - 1)
        value = int.from_bytes(self.data[start : self.at], "big") & ((1 << (8 * size - 2)) - 1)
        if len(varint(value)) != size:
            raise Close("FRAME_INVALID")
        return value


# 2.4 Keys.


def expand(secret: bytes, info: bytes, length: int) -> bytes:
    """HKDF-Expand with SHA-256, RFC 5869 s. 2.3."""
    output, block, counter = b"", b"", 1
    while len(output) < length:
        block = hmac.digest(secret, block + info + bytes([counter]), hashlib.sha256)
        output += block
        counter += 1
    return output[:length]


def derive(secret: bytes, name: str, length: int) -> bytes:
    """X(s, n, k) of section 2.4."""
    label = b"fastnet1 " + name.encode()
    return expand(secret, length.to_bytes(2, "big") + bytes([len(label)]) + label + b"\0", length)


def phase_secret(ekm: bytes, direction: str, phase: int) -> bytes:
    """The secret of a direction, "c2s" or "s2c", in a phase."""
    secret = derive(ekm, direction, 32)
    for _ in range(phase):
        secret = derive(secret, "ku", 32)
    return secret


def packet_key(secret: bytes) -> tuple[bytes, bytes]:
    """Key and iv of a phase."""
    return derive(secret, "key", 32), derive(secret, "iv", 12)


def header_key(ekm: bytes, direction: str) -> bytes:
    """The header key of a direction, for all phases."""
    return derive(phase_secret(ekm, direction, 0), "hp", 32)


def channels_hash(channels: dict[int, int]) -> bytes:
    """SHA-256 over a table of number to kind (2.3)."""
    table = b"".join(bytes([number, channels[number]]) for number in sorted(channels))
    return hashlib.sha256(len(channels).to_bytes(2, "big") + table).digest()


# 3. Datagrams.


def number_length(number: int, largest_acked: int) -> int:
    """The fewest bytes a sender may use; `largest_acked` -1 for none."""
    for size in (2, 3, 4):
        if number - largest_acked <= 1 << (8 * size - 1):
            return size
    raise ValueError("the packet must not be sent")


def recover(truncated: int, size: int, largest: int) -> int:
    """The number that the low `size` bytes mean; `largest` -1 for none."""
    window, half, expected = 1 << 8 * size, 1 << (8 * size - 1), largest + 1
    candidate = (expected & ~(window - 1)) | truncated
    if candidate + half <= expected and candidate < LIMIT_62 - window:
        return candidate + window
    if candidate > expected + half and candidate >= window:
        return candidate - window
    return candidate


def nonce(iv: bytes, number: int) -> bytes:
    """iv XOR (4 zero bytes || u64 number)."""
    return bytes(a ^ b for a, b in zip(iv, bytes(4) + number.to_bytes(8, "big"), strict=True))


def aead(cipher: int, key: bytes) -> ChaCha20Poly1305 | AESGCM:
    """The cipher by its number of section 2.3."""
    return ChaCha20Poly1305(key) if cipher == 1 else AESGCM(key)


def header_mask(hp: bytes, sample: bytes) -> bytes:
    """The mask of header protection."""
    return Cipher(algorithms.ChaCha20(hp, sample), None).encryptor().update(bytes(5))


def flip_header(datagram: bytes, number_at: int, size: int, mask: bytes) -> bytes:
    """Mask, or unmask, the flags and a number of `size` bytes."""
    flags = bytes([datagram[0] ^ mask[0] & 0x3F])
    end = number_at + size
    number = bytes(a ^ b for a, b in zip(datagram[number_at:end], mask[1:], strict=False))
    return flags + datagram[1:number_at] + number + datagram[end:]


def seal(
    cipher: int, key: bytes, iv: bytes, connection_id: bytes, number: int, size: int, phase: int, plaintext: bytes,
    hp: bytes | None = None, reserved: int = 0,
) -> bytes:  # fmt: skip
    """One datagram. `reserved` sets the reserved flag bits, which only a bad sender does."""
    assert size + len(plaintext) >= 4
    flags = 0x40 | reserved << 3 | (phase & 1) << 2 | (size - 1)
    header = bytes([flags]) + connection_id + (number & ((1 << 8 * size) - 1)).to_bytes(size, "big")
    datagram = header + aead(cipher, key).encrypt(nonce(iv, number), plaintext, header)
    if hp is None:
        return datagram
    at = 1 + len(connection_id)
    return flip_header(datagram, at, size, header_mask(hp, datagram[at + 4 : at + 20]))


@dataclass
class Receiver:
    """One end's receiving half: the checks of section 3 in their order, with an obvious replay window and phases.

    Times are left out: the key of the phase before is held for good. `lookup` answers check 3.
    """

    ekm: bytes
    direction: str
    cipher: int
    header_protection: bool
    connection_id: bytes
    max_datagram: int = 1472
    wait_bind: bool = False
    ended: bool = False
    lookup: Callable[[bytes], bool] | None = None
    phase: int = 0
    first: float = float("inf")
    largest: int = -1
    seen: set[int] = field(default_factory=set)

    def open(self, datagram: bytes) -> tuple[int, int, bytes]:
        """Number, flags and plaintext of a good datagram. Raises `Drop`."""
        start = 1 + len(self.connection_id)
        self._check_outside(datagram, start)
        if self.header_protection:
            sample = datagram[start + 4 : start + 20]
            mask = header_mask(header_key(self.ekm, self.direction), sample)
            size = ((datagram[0] ^ mask[0]) & 3) + 1
            datagram = flip_header(datagram, start, size, mask)
        size = (datagram[0] & 3) + 1
        if size == 1:
            raise Drop("flags")
        number = recover(int.from_bytes(datagram[start : start + size], "big"), size, self.largest)
        if number >= LIMIT_62:
            raise Drop("number")
        if number in self.seen or (self.largest >> 6) - (number >> 6) >= 32:
            raise Drop("replay")
        phase = self._phase_of(datagram[0] >> 2 & 1, number)
        key, iv = packet_key(phase_secret(self.ekm, self.direction, phase))
        header, sealed = datagram[: start + size], datagram[start + size :]
        try:
            plaintext = aead(self.cipher, key).decrypt(nonce(iv, number), sealed, header)
        except InvalidTag:
            raise Drop("forged") from None
        self._note(number, phase)
        return number, header[0], plaintext

    def _check_outside(self, datagram: bytes, start: int) -> None:
        if not start + 20 <= len(datagram) <= self.max_datagram:
            raise Drop("size")
        if datagram[0] & 0xC0 != 0x40:
            raise Drop("flags")
        known = self.lookup or (lambda connection_id: connection_id == self.connection_id)
        if not known(datagram[1:start]):
            raise Drop("unknown")
        if self.ended:
            raise Drop("ended")
        if self.wait_bind and len(datagram) < 1200:
            raise Drop("bind_size")

    def _phase_of(self, bit: int, number: int) -> int:
        if bit == self.phase & 1:
            return self.phase
        if number >= self.first:
            return self.phase + 1
        if self.phase == 0:
            raise Drop("phase")
        return self.phase - 1

    def _note(self, number: int, phase: int) -> None:
        self.seen.add(number)
        self.largest = max(self.largest, number)
        if phase > self.phase:
            self.phase, self.first = phase, number
        elif phase == self.phase:
            self.first = min(self.first, number)


def check_flags(flags: int, plaintext: bytes) -> None:
    """The part of check 10 that comes before frames. Raises `Close`."""
    if flags & 0x38 or not plaintext:
        raise Close("PROTOCOL_VIOLATION")


def reset_token(reset_key: bytes, server_cid: bytes) -> bytes:
    """The recommended reset token (2.4)."""
    return hmac.digest(reset_key, server_cid, hashlib.sha256)[:16]
