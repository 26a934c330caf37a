"""C types of congestion.py; no logic."""
cimport cython
from libc.stdint cimport uint64_t

cdef uint64_t DATAGRAM_BYTES_BASE, _UNKNOWN, _THIN_BYTES_PER_MS, _MS

@cython.final
cdef class NewReno:
    # The window, and what it holds.
    cdef readonly uint64_t window, in_flight, threshold
    cdef readonly bint limited
    cdef uint64_t _acked
    # From the configuration.
    cdef uint64_t _initial, _minimum, _maximum
    # The last cut, and how it was before; 0 when there is nothing to undo.
    cdef uint64_t _cut_until_ns, _window_before, _threshold_before

    cpdef void reset(self) noexcept
    cdef void _forget_cut(self) noexcept
    cpdef bint may_send(self, uint64_t size) noexcept
    @cython.locals(most=uint64_t)
    cpdef uint64_t spare_bytes(self) noexcept
    cpdef void on_sent(self, uint64_t size) noexcept
    cpdef void on_acked(self, uint64_t size, uint64_t sent_ns, uint64_t now_ns) noexcept
    cpdef void on_lost(self, uint64_t size, uint64_t sent_ns, uint64_t now_ns, uint64_t min_rtt_ns) noexcept
    cdef uint64_t _least(self, uint64_t min_rtt_ns) noexcept
    cpdef void undo(self) noexcept
    cpdef void on_persistent(self) noexcept
    cpdef void on_discarded(self, uint64_t size) noexcept
