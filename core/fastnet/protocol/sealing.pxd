"""C types of sealing.py; no logic. The pointers are libcrypto's own handles."""
cimport cython
from libc.stdint cimport uint8_t, uint64_t
from fastnet.protocol.datagram cimport Datagram
from fastnet.protocol.libcrypto cimport EVP_CIPHER_CTX

@cython.final
cdef class PacketKey:
    cdef EVP_CIPHER_CTX* _context
    cdef bint _seals
    cdef bint _by_parameter  # a packet's nonce and tag are set by name, in one call
    cdef uint8_t[12] _iv
    cpdef bint seal(self, Datagram datagram, int header_bytes, uint64_t number) noexcept
    cpdef bint open(self, Datagram datagram, int header_bytes, uint64_t number) noexcept
    cdef bint _set_iv(self, uint8_t* iv) noexcept
    cdef bint _begin_seal(self, uint8_t* nonce) noexcept
    cdef bint _get_tag(self, uint8_t* tag) noexcept
    cdef bint _begin_open(self, uint8_t* nonce, uint8_t* tag) noexcept

@cython.final
cdef class HeaderKey:
    cdef EVP_CIPHER_CTX* _context
    cdef int _cipher
    cpdef bint flip(self, Datagram datagram, int number_at, int number_bytes) noexcept
    cpdef int flip_received(self, Datagram datagram, int number_at) noexcept
    cdef bint _mask(self, Datagram datagram, int number_at, uint8_t* mask) noexcept
