# cython: annotation_typing=True
"""Packet protection: seal and open datagrams in place through libcrypto (PROTOCOL.md s. 2.4 and 3).

Rule 1: a key object serves one direction, so one context is enough, and its key is set once.
Rule 2: nothing here raises on a stranger's bytes; a tag that does not fit is False.
Rule 3: keys are wiped when the object goes.
"""

import cython
from cython.cimports.cpython.bytes import PyBytes_AS_STRING
from cython.cimports.fastnet.protocol import libcrypto as evp
from cython.cimports.fastnet.protocol.datagram import Datagram
from cython.cimports.libc.stdint import uint8_t, uint64_t
from cython.cimports.libc.string import memcpy

TAG = cython.declare(cython.int, 16)
NONCE_NUMBER = cython.declare(cython.int, 8)  # So many bytes of a nonce differ from packet to packet, the last ones.
CHACHA20_POLY1305 = cython.declare(cython.int, 1)
AES_256_GCM = cython.declare(cython.int, 2)


class PacketKey:
    """One key of one phase and direction: 32 bytes `key`, 12 bytes `iv`. It either seals or opens."""

    def __cinit__(self, cipher: cython.int, key: bytes, iv: bytes, seals: cython.bint):
        if cipher != CHACHA20_POLY1305 and cipher != AES_256_GCM:
            raise ValueError(f"cipher {cipher} is unknown")
        if len(key) != 32 or len(iv) != 12:
            raise ValueError(f"a packet key has 32 bytes and an iv 12, not {len(key)} and {len(iv)}")
        self._seals = seals
        memcpy(self._iv, PyBytes_AS_STRING(iv), 12)
        self._context = evp.EVP_CIPHER_CTX_new()
        if self._context == cython.NULL:
            raise MemoryError("no memory for a cipher context")
        # The key is set here and never again: every packet sets its nonce alone.
        kind: cython.pointer(cython.const[evp.EVP_CIPHER])
        kind = evp.EVP_chacha20_poly1305() if cipher == CHACHA20_POLY1305 else evp.EVP_aes_256_gcm()
        bytes_of_key: cython.p_uchar = cython.cast(cython.p_uchar, PyBytes_AS_STRING(key))
        if evp.EVP_CipherInit_ex(self._context, kind, cython.NULL, bytes_of_key, cython.NULL, seals) != 1:
            raise MemoryError("libcrypto could not set a packet key")
        self._by_parameter = cipher == AES_256_GCM and self._set_iv(self._iv)

    def __dealloc__(self):
        evp.EVP_CIPHER_CTX_free(self._context)  # Wipes its copy of the key.
        evp.OPENSSL_cleanse(self._iv, 12)

    def seal(self, datagram: Datagram, header_bytes: cython.int, number: uint64_t) -> cython.bint:
        """Encrypt all after the header and append the tag; the datagram grows by 16 bytes, which must fit."""
        nonce: uint8_t[12]
        done: cython.int = 0
        count: cython.int = datagram.size - header_bytes
        body: cython.pointer(uint8_t) = datagram.data + header_bytes
        if count < 0 or datagram.size + TAG > datagram.capacity or not self._seals:
            return False
        _nonce(nonce, self._iv, number)
        if (
            not self._begin_seal(nonce)
            or evp.EVP_EncryptUpdate(self._context, cython.NULL, cython.address(done), datagram.data, header_bytes) != 1
            or evp.EVP_EncryptUpdate(self._context, body, cython.address(done), body, count) != 1
            or evp.EVP_EncryptFinal_ex(self._context, body + count, cython.address(done)) != 1
            or not self._get_tag(body + count)
        ):
            return False
        datagram.size += TAG
        return True

    def open(self, datagram: Datagram, header_bytes: cython.int, number: uint64_t) -> cython.bint:
        """Decrypt all after the header if the tag fits; the datagram shrinks by 16 bytes. False: forged."""
        nonce: uint8_t[12]
        done: cython.int = 0
        count: cython.int = datagram.size - header_bytes - TAG
        body: cython.pointer(uint8_t) = datagram.data + header_bytes
        if count < 0 or self._seals:
            return False
        _nonce(nonce, self._iv, number)
        if (
            not self._begin_open(nonce, body + count)
            or evp.EVP_DecryptUpdate(self._context, cython.NULL, cython.address(done), datagram.data, header_bytes) != 1
            or evp.EVP_DecryptUpdate(self._context, body, cython.address(done), body, count) != 1
            or evp.EVP_DecryptFinal_ex(self._context, body + count, cython.address(done)) != 1
        ):
            return False
        datagram.size -= TAG
        return True

    # A packet's nonce and tag. Setting a nonce by `Init` makes OpenSSL 3.0 ask itself for its length, comparing names.
    # AES-GCM also takes both as parameters: 90 ns less for sealing and opening a packet.

    def _set_iv(self, iv: cython.pointer(uint8_t)) -> cython.bint:
        """Set all 12 bytes by parameter (-1: all of it, as `EVP_CTRL_GCM_SET_IV_FIXED` says); False: unknown here."""
        parameters: evp.OSSL_PARAM[2]
        parameters[0] = evp.OSSL_PARAM_construct_octet_string(
            evp.OSSL_CIPHER_PARAM_AEAD_TLS1_IV_FIXED, iv, cython.cast(cython.size_t, -1)
        )
        parameters[1] = evp.OSSL_PARAM_construct_end()
        return evp.EVP_CIPHER_CTX_set_params(self._context, parameters) == 1

    def _begin_seal(self, nonce: cython.pointer(uint8_t)) -> cython.bint:
        if self._by_parameter:
            return self._set_iv(nonce)
        return evp.EVP_EncryptInit_ex(self._context, cython.NULL, cython.NULL, cython.NULL, nonce) == 1

    def _get_tag(self, tag: cython.pointer(uint8_t)) -> cython.bint:
        return evp.EVP_CIPHER_CTX_ctrl(self._context, evp.EVP_CTRL_AEAD_GET_TAG, TAG, tag) == 1

    def _begin_open(self, nonce: cython.pointer(uint8_t), tag: cython.pointer(uint8_t)) -> cython.bint:
        parameters: evp.OSSL_PARAM[3]
        if not self._by_parameter:
            return (
                evp.EVP_DecryptInit_ex(self._context, cython.NULL, cython.NULL, cython.NULL, nonce) == 1
                and evp.EVP_CIPHER_CTX_ctrl(self._context, evp.EVP_CTRL_AEAD_SET_TAG, TAG, tag) == 1
            )
        # The last 8 bytes are all that differs between packets; the first 4 were set with the key.
        parameters[0] = evp.OSSL_PARAM_construct_octet_string(evp.OSSL_CIPHER_PARAM_AEAD_TAG, tag, TAG)
        parameters[1] = evp.OSSL_PARAM_construct_octet_string(
            evp.OSSL_CIPHER_PARAM_AEAD_TLS1_SET_IV_INV, nonce + 4, NONCE_NUMBER
        )
        parameters[2] = evp.OSSL_PARAM_construct_end()
        return evp.EVP_CIPHER_CTX_set_params(self._context, parameters) == 1


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
    """Hides flags and packet number from observers, RFC 9001 s. 5.4; the same key in all phases."""

    def __cinit__(self, cipher: cython.int, key: bytes):
        if len(key) != 32:
            raise ValueError(f"a header key has 32 bytes, not {len(key)}")
        self._cipher = cipher
        self._context = evp.EVP_CIPHER_CTX_new()
        if self._context == cython.NULL:
            raise MemoryError("no memory for a cipher context")
        kind: cython.pointer(cython.const[evp.EVP_CIPHER])
        kind = evp.EVP_aes_256_ecb() if cipher == AES_256_GCM else evp.EVP_chacha20()
        bytes_of_key: cython.p_uchar = cython.cast(cython.p_uchar, PyBytes_AS_STRING(key))
        if evp.EVP_EncryptInit_ex(self._context, kind, cython.NULL, bytes_of_key, cython.NULL) != 1:
            raise MemoryError("libcrypto could not set a header key")

    def __dealloc__(self):
        evp.EVP_CIPHER_CTX_free(self._context)

    def flip(self, datagram: Datagram, number_at: cython.int, number_bytes: cython.int) -> cython.bint:
        """Hide, or show again, a header whose number has `number_bytes`; the datagram is sealed."""
        mask: uint8_t[16]
        if not self._mask(datagram, number_at, mask):
            return False
        datagram.data[0] ^= mask[0] & 0x3F
        index: cython.int
        for index in range(number_bytes):
            datagram.data[number_at + index] ^= mask[1 + index]
        return True

    def flip_received(self, datagram: Datagram, number_at: cython.int) -> cython.int:
        """Show a received header; returns the flags, or 0 when there are not enough bytes to sample."""
        mask: uint8_t[16]
        if not self._mask(datagram, number_at, mask):
            return 0
        datagram.data[0] ^= mask[0] & 0x3F
        length: cython.int = (datagram.data[0] & 3) + 1
        index: cython.int
        for index in range(length):
            datagram.data[number_at + index] ^= mask[1 + index]
        return datagram.data[0]

    def _mask(self, datagram: Datagram, number_at: cython.int, mask: cython.pointer(uint8_t)) -> cython.bint:
        """The mask from the 16 bytes that begin 4 after the start of the number."""
        done: cython.int = 0
        sample: cython.pointer(uint8_t) = datagram.data + number_at + 4
        zeros: uint8_t[5]
        if datagram.size < number_at + 4 + 16:
            return False
        if self._cipher == AES_256_GCM:
            return evp.EVP_EncryptUpdate(self._context, mask, cython.address(done), sample, 16) == 1
        zeros[0] = zeros[1] = zeros[2] = zeros[3] = zeros[4] = 0
        # OpenSSL's ChaCha20 takes the counter, little-endian, and the nonce as one 16-byte iv: just the sample.
        if evp.EVP_EncryptInit_ex(self._context, cython.NULL, cython.NULL, cython.NULL, sample) != 1:
            return False
        return evp.EVP_EncryptUpdate(self._context, mask, cython.address(done), zeros, 5) == 1
