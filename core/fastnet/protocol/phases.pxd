"""C types of phases.py; no logic."""
cimport cython
from libc.stdint cimport uint64_t
from fastnet.protocol.sealing cimport PacketKey

cdef uint64_t NONE_YET, _CIPHER_2_PACKETS_MAX, _FAILED_1_MAX, _FAILED_2_MAX
cdef int CIPHER_CHACHA20_POLY1305, KEY_UPDATE_ERROR, AEAD_LIMIT

@cython.final
cdef class KeyPhases:
    # Keys: the current ones, the receive key before, and the next one once a packet asked for it.
    cdef PacketKey sealer, opener, _before, _next
    cdef bytes _send_secret, _receive_secret
    cdef readonly int cipher
    # The current phase.
    cdef readonly uint64_t phase, began_ns, sent, first_sent, first_received, failed
    cdef readonly bint confirmed  # a packet of this phase was acknowledged by one of this phase
    cdef readonly bint ack_sent  # we sent an ACK in this phase
    cdef uint64_t _before_until_ns
    cdef uint64_t _failed_max, _sealed_max

    cpdef void limit(self, uint64_t failed, uint64_t sealed) noexcept
    cdef PacketKey opener_for(self, bint bit, uint64_t number, uint64_t now_ns)
    cdef int on_opened(self, PacketKey key, uint64_t number, uint64_t now_ns, uint64_t pto_ns, uint64_t next_number) except -1
    cdef int rest(self, uint64_t now_ns) except -1
    cdef bint on_failed(self) noexcept
    cdef bint exhausted(self) noexcept
    cdef void on_sent(self, bint with_ack) noexcept
    cdef void on_acked(self, uint64_t number, bint bit) noexcept
    cdef bint may_advance(self, uint64_t now_ns, uint64_t pto_ns) noexcept
    cdef int advance(self, uint64_t now_ns, uint64_t next_number) except -1
