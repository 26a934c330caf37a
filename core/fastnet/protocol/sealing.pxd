"""C types of sealing.py; no logic."""
cimport cython
from libc.stdint cimport uint8_t, uint64_t
from fastnet.protocol.datagram cimport Datagram
from fastnet.protocol.libsodium cimport crypto_aead_aes256gcm_state

@cython.final
cdef class PacketKey:
    cdef uint8_t* _key
    cdef uint8_t[12] _iv
    cdef bint _seals, _aes
    cpdef bint seal(self, Datagram datagram, int header_bytes, uint64_t number) noexcept
    cpdef bint open(self, Datagram datagram, int header_bytes, uint64_t number) noexcept
    cdef size_t _key_bytes(self) noexcept
    cdef crypto_aead_aes256gcm_state* _schedule(self) noexcept

@cython.final
cdef class HeaderKey:
    cdef uint8_t[32] _key
    cpdef bint flip(self, Datagram datagram, int number_at, int number_bytes) noexcept
    cpdef int flip_received(self, Datagram datagram, int number_at) noexcept
    cdef bint _mask(self, Datagram datagram, int number_at, uint8_t* mask) noexcept
