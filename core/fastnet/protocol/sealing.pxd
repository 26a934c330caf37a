"""C types of sealing.py; no logic. The pointers are libcrypto's own handles."""
cimport cython
from libc.stdint cimport uint8_t, uint64_t
from fastnet.protocol.datagram cimport Datagram
from fastnet.protocol.libcrypto cimport EVP_CIPHER_CTX

@cython.final
cdef class PacketKey:
    cdef EVP_CIPHER_CTX* _context
    cdef bint _seals
    cdef uint8_t[12] _iv
    cpdef bint seal(self, Datagram datagram, int header_bytes, uint64_t number) noexcept
    cpdef bint open(self, Datagram datagram, int header_bytes, uint64_t number) noexcept

@cython.final
cdef class HeaderKey:
    cdef EVP_CIPHER_CTX* _context
    cdef int _cipher
    cpdef bint flip(self, Datagram datagram, int number_at, int number_bytes) noexcept
    cpdef int flip_received(self, Datagram datagram, int number_at) noexcept
    cdef bint _mask(self, Datagram datagram, int number_at, uint8_t* mask) noexcept
