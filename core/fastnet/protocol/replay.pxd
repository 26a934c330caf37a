"""C types of replay.py; no logic."""
cimport cython
from libc.stdint cimport uint64_t

cdef uint64_t REPLAY_MASK, REPLAY_WORDS, _ONE

@cython.final
cdef class ReplayWindow:
    cdef readonly uint64_t highest
    cdef uint64_t[32] _seen

    cpdef bint is_fresh(self, uint64_t number) noexcept
    cpdef void mark(self, uint64_t number) noexcept
    @cython.locals(word=uint64_t)
    cdef void _forget_up_to(self, uint64_t number) noexcept
