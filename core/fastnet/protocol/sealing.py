# cython: annotation_typing=True
"""Packet protection: seal and open datagrams in place through libsodium (PROTOCOL.md s. 2.4 and 3).

Rule 1: a key object serves one direction, and what can be computed from its key is computed once.
Rule 2: nothing here raises on a stranger's bytes; a tag that does not fit is False.
Rule 3: keys are wiped when the object goes.
"""

import cython
from cython.cimports.cpython.bytes import PyBytes_AS_STRING, PyBytes_FromStringAndSize
from cython.cimports.fastnet.protocol import libsodium as sodium
from cython.cimports.fastnet.protocol.datagram import Datagram
from cython.cimports.libc.stdint import uint8_t, uint32_t, uint64_t
from cython.cimports.libc.stdlib import free, malloc
from cython.cimports.libc.string import memcpy, memset

TAG = cython.declare(cython.int, 16)
KEY = cython.declare(cython.int, 32)
HKDF_BYTES_MAX = cython.declare(cython.int, 255 * 32)
CHACHA20_POLY1305 = cython.declare(cython.int, 1)
AES_256_GCM = cython.declare(cython.int, 2)

if sodium.sodium_init() < 0:
    raise ImportError("libsodium cannot start: the system gives it no random numbers")


def has_aes() -> bool:
    """Whether this processor has what AES-256-GCM needs here: AES, PCLMUL and AVX, or arm64's AES and PMULL."""
    return sodium.crypto_aead_aes256gcm_is_available() == 1


def sodium_version() -> str:
    """The libsodium that is linked in."""
    version: bytes = sodium.sodium_version_string()
    return version.decode()


def hkdf_expand(secret: bytes, info: bytes, length: cython.int) -> bytes:
    """HKDF-Expand with SHA-256 of a 32-byte secret (RFC 5869 s. 2.3). Raises ValueError for other sizes than exist."""
    if len(secret) != KEY or not 0 <= length <= HKDF_BYTES_MAX:
        raise ValueError(f"no HKDF-Expand of {len(secret)} bytes to {length}")
    expanded: bytes = PyBytes_FromStringAndSize(cython.NULL, length)
    sodium.crypto_kdf_hkdf_sha256_expand(
        cython.cast(cython.pointer(uint8_t), PyBytes_AS_STRING(expanded)),
        length,
        PyBytes_AS_STRING(info),
        len(info),
        cython.cast(cython.pointer(uint8_t), PyBytes_AS_STRING(secret)),
    )
    return expanded


def hkdf_extract(material: bytes) -> bytes:
    """HKDF-Extract with SHA-256 and no salt (RFC 5869 s. 2.2): 32 uniform bytes from a secret that is not."""
    secret: bytes = PyBytes_FromStringAndSize(cython.NULL, KEY)
    sodium.crypto_kdf_hkdf_sha256_extract(
        cython.cast(cython.pointer(uint8_t), PyBytes_AS_STRING(secret)),
        cython.NULL,
        0,
        cython.cast(cython.pointer(uint8_t), PyBytes_AS_STRING(material)),
        len(material),
    )
    return secret


def keystream(key: bytes, block: uint64_t, count: cython.size_t) -> bytes:
    """`count` bytes of ChaCha20's keystream from this 64-byte block on, with a nonce of zeros (RFC 8439 s. 2.3).

    Raises ValueError for a key of another size than 32."""
    if len(key) != KEY:
        raise ValueError(f"a key has 32 bytes, not {len(key)}")
    nonce: uint8_t[8]
    memset(nonce, 0, 8)
    stream: bytes = PyBytes_FromStringAndSize(cython.NULL, count)
    bare: cython.pointer(uint8_t) = cython.cast(cython.pointer(uint8_t), PyBytes_AS_STRING(stream))
    memset(bare, 0, count)
    raw: cython.pointer(uint8_t) = cython.cast(cython.pointer(uint8_t), PyBytes_AS_STRING(key))
    sodium.crypto_stream_chacha20_xor_ic(bare, bare, count, nonce, block, raw)
    return stream


class PacketKey:
    """One key of one phase and direction: 32 bytes `key`, 12 bytes `iv`. It either seals or opens.

    Raises ValueError for a cipher that is unknown or, without `has_aes`, cannot be computed here.
    """

    def __cinit__(self, cipher: cython.int, key: bytes, iv: bytes, seals: cython.bint):
        if cipher != CHACHA20_POLY1305 and (cipher != AES_256_GCM or not has_aes()):
            raise ValueError(f"cipher {cipher} is unknown, or needs instructions that this processor lacks")
        if len(key) != KEY or len(iv) != 12:
            raise ValueError(f"a packet key has 32 bytes and an iv 12, not {len(key)} and {len(iv)}")
        self._seals = seals
        self._aes = cipher == AES_256_GCM
        memcpy(self._iv, PyBytes_AS_STRING(iv), 12)
        self._key = cython.cast(cython.pointer(uint8_t), malloc(self._key_bytes()))  # Aligned to 16, as AES needs it.
        if self._key == cython.NULL:
            raise MemoryError("no memory for a packet key")
        raw: cython.pointer(uint8_t) = cython.cast(cython.pointer(uint8_t), PyBytes_AS_STRING(key))
        if self._aes:
            sodium.crypto_aead_aes256gcm_beforenm(self._schedule(), raw)
        else:
            memcpy(self._key, raw, KEY)

    def __dealloc__(self):
        if self._key != cython.NULL:
            sodium.sodium_memzero(self._key, self._key_bytes())
            free(self._key)
        sodium.sodium_memzero(self._iv, 12)

    def _key_bytes(self) -> cython.size_t:
        return sodium.crypto_aead_aes256gcm_statebytes() if self._aes else KEY

    def _schedule(self) -> cython.pointer(sodium.crypto_aead_aes256gcm_state):
        """The round keys of AES and the powers of GHASH's key."""
        return cython.cast(cython.pointer(sodium.crypto_aead_aes256gcm_state), self._key)

    def seal(self, datagram: Datagram, header_bytes: cython.int, number: uint64_t) -> cython.bint:
        """Encrypt all after the header and append the tag; the datagram grows by 16 bytes, which must fit."""
        nonce: uint8_t[12]
        head: cython.pointer(uint8_t) = datagram.data
        body: cython.pointer(uint8_t) = head + header_bytes
        count: cython.int = datagram.size - header_bytes
        if count < 0 or datagram.size + TAG > datagram.capacity or not self._seals:
            return False
        _nonce(nonce, self._iv, number)
        failed: cython.int
        if self._aes:
            failed = sodium.crypto_aead_aes256gcm_encrypt_detached_afternm(
                body, body + count, cython.NULL, body, count, head, header_bytes, cython.NULL, nonce, self._schedule()
            )
        else:
            failed = sodium.crypto_aead_chacha20poly1305_ietf_encrypt_detached(
                body, body + count, cython.NULL, body, count, head, header_bytes, cython.NULL, nonce, self._key
            )
        if failed != 0:
            return False
        datagram.size += TAG
        return True

    def open(self, datagram: Datagram, header_bytes: cython.int, number: uint64_t) -> cython.bint:
        """Decrypt all after the header if the tag fits; the datagram shrinks by 16 bytes. False: forged."""
        nonce: uint8_t[12]
        head: cython.pointer(uint8_t) = datagram.data
        body: cython.pointer(uint8_t) = head + header_bytes
        count: cython.int = datagram.size - header_bytes - TAG
        if count < 0 or self._seals:
            return False
        _nonce(nonce, self._iv, number)
        failed: cython.int
        if self._aes:
            failed = sodium.crypto_aead_aes256gcm_decrypt_detached_afternm(
                body, cython.NULL, body, count, body + count, head, header_bytes, nonce, self._schedule()
            )
        else:
            failed = sodium.crypto_aead_chacha20poly1305_ietf_decrypt_detached(
                body, cython.NULL, body, count, body + count, head, header_bytes, nonce, self._key
            )
        if failed != 0:
            return False
        datagram.size -= TAG
        return True


@cython.cfunc
@cython.inline
@cython.exceptval(check=False)
def _nonce(nonce: cython.pointer(uint8_t), iv: cython.pointer(uint8_t), number: uint64_t) -> cython.void:
    """iv XOR (4 zero bytes || the packet number), RFC 8446 s. 5.3."""
    memcpy(nonce, iv, 12)
    index: cython.int
    for index in range(8):
        nonce[4 + index] ^= cython.cast(uint8_t, number >> (56 - 8 * index))


class HeaderKey:
    """Hides flags and packet number from observers with ChaCha20, whatever seals: RFC 9001 s. 5.4.4. The same key in
    all phases."""

    def __cinit__(self, key: bytes):
        if len(key) != KEY:
            raise ValueError(f"a header key has 32 bytes, not {len(key)}")
        memcpy(self._key, PyBytes_AS_STRING(key), KEY)

    def __dealloc__(self):
        sodium.sodium_memzero(self._key, KEY)

    def flip(self, datagram: Datagram, number_at: cython.int, number_bytes: cython.int) -> cython.bint:
        """Hide, or show again, a header whose number has `number_bytes`; the datagram is sealed."""
        mask: uint8_t[5]
        if not self._mask(datagram, number_at, mask):
            return False
        datagram.data[0] ^= mask[0] & 0x3F
        index: cython.int
        for index in range(number_bytes):
            datagram.data[number_at + index] ^= mask[1 + index]
        return True

    def flip_received(self, datagram: Datagram, number_at: cython.int) -> cython.int:
        """Show a received header; returns the flags, or 0 when there are not enough bytes to sample."""
        mask: uint8_t[5]
        if not self._mask(datagram, number_at, mask):
            return 0
        datagram.data[0] ^= mask[0] & 0x3F
        length: cython.int = (datagram.data[0] & 3) + 1
        index: cython.int
        for index in range(length):
            datagram.data[number_at + index] ^= mask[1 + index]
        return datagram.data[0]

    def _mask(self, datagram: Datagram, number_at: cython.int, mask: cython.pointer(uint8_t)) -> cython.bint:
        """5 bytes from the 16 that begin 4 after the start of the number: a counter, little-endian, and a nonce."""
        sample: cython.pointer(uint8_t) = datagram.data + number_at + 4
        zeros: uint8_t[5]
        if datagram.size < number_at + 4 + 16:
            return False
        zeros[0] = zeros[1] = zeros[2] = zeros[3] = zeros[4] = 0
        counter: uint32_t = sample[0] | sample[1] << 8 | sample[2] << 16 | cython.cast(uint32_t, sample[3]) << 24
        return sodium.crypto_stream_chacha20_ietf_xor_ic(mask, zeros, 5, sample + 4, counter, self._key) == 0
