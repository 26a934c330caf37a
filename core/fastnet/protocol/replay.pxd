"""C types of replay.py; no logic."""
cimport cython
from libc.stdint cimport uint64_t

cdef uint64_t NUMBER_LIMIT, REPLAY_MASK, REPLAY_WORDS, _ONE

@cython.final
cdef class ReplayWindow:
    cdef readonly uint64_t highest
    cdef uint64_t[32] _seen

    cpdef bint is_fresh(self, uint64_t number) noexcept
    cpdef void mark(self, uint64_t number) noexcept
    @cython.locals(word=uint64_t)
    cdef void _forget_up_to(self, uint64_t number) noexcept

@cython.locals(expected=uint64_t, window=uint64_t, candidate=uint64_t, one=uint64_t)
cdef uint64_t recover_number(uint64_t largest, bint any, uint64_t truncated, int length) noexcept
