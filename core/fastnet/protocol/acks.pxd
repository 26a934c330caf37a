"""C types of acks.py; no logic."""
cimport cython
from libc.stdint cimport uint64_t
from fastnet.protocol.datagram cimport Datagram, varint_size

cdef uint64_t NEVER_NS, _DELAY_UNIT_NS
cdef int ACK_BLOCKS_MAX, FRAME_ACK, _PROMPT_MAX, _WAITING_MAX

@cython.final
cdef class AckTracker:
    # What was received.
    cdef readonly uint64_t largest
    cdef readonly bint any
    cdef uint64_t _largest_ns
    cdef int _count
    # When to say so.
    cdef readonly bint pending, immediate
    cdef readonly uint64_t deadline_ns
    cdef uint64_t _delay_prompt_ns, _delay_ns
    cdef int _waiting, _prompt_waiting
    # The runs of numbers, newest first; last, so that what every packet touches lies together.
    cdef uint64_t[33] _low, _high

    cdef void _reset(self) noexcept
    @cython.locals(in_order=bint)
    cpdef void on_received(self, uint64_t number, bint eliciting, bint prompt, uint64_t now_ns) noexcept
    @cython.locals(delay_ns=uint64_t)
    cdef void _want_ack(self, bint in_order, bint prompt, uint64_t now_ns) noexcept
    cdef void _record(self, uint64_t number) noexcept
    @cython.locals(at=int, joins_below=bint, joins_above=bint)
    cdef void _record_late(self, uint64_t number) noexcept
    @cython.locals(index=int)
    cdef void _insert(self, int at, uint64_t number) noexcept
    @cython.locals(index=int)
    cdef void _remove(self, int at, int count) noexcept
    @cython.locals(newest=int, first=uint64_t, delay=uint64_t, size=int, count_at=int)
    cpdef int write(self, Datagram out, int room, uint64_t now_ns) noexcept
    @cython.locals(size=int, count=int, index=int, step=int, gap=uint64_t, length=uint64_t)
    cdef int _write_older(self, Datagram out, int room, int count_at) noexcept
    @cython.locals(stale=int)
    cpdef void on_ack_of_ack(self, uint64_t largest) noexcept
