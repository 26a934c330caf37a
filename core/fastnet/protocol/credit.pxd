"""C types of credit.py; no logic."""
cimport cython
from libc.stdint cimport uint64_t

@cython.final
cdef class CreditReceiver:
    cdef readonly uint64_t limit, window, consumed, grown
    # From the configuration.
    cdef uint64_t _ceiling

    cpdef bint on_consumed(self, uint64_t cost) noexcept
    @cython.locals(reach=uint64_t)
    cpdef uint64_t on_wanted(self, uint64_t wanted) noexcept
    cpdef void grow(self, uint64_t count) noexcept
    cpdef uint64_t announce(self) noexcept
    @cython.locals(back=uint64_t)
    cpdef uint64_t shrink_to_initial(self) noexcept
