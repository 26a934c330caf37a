"""C types of timers.py; no logic."""
cimport cython
from libc.stdint cimport uint32_t, uint64_t

cdef struct Entry:
    uint64_t deadline_ns
    uint32_t slot

@cython.final
cdef class TimerHeap:
    cdef Entry* _heap
    cdef uint32_t* _place  # slot -> index in the heap + 1; 0 when it has no deadline
    cdef uint64_t* _wanted  # slot -> its deadline; its entry in the heap may be earlier, never later
    cdef uint32_t _count, _slots
    cpdef uint64_t next_ns(self) noexcept
    cpdef int next_slot(self) noexcept
    cpdef void move(self, uint32_t slot, uint64_t deadline_ns) noexcept
    cdef void _settle(self) noexcept
    cdef void _remove(self, uint32_t index) noexcept
    cdef void _set(self, uint32_t index, Entry entry) noexcept
    cdef void _up(self, uint32_t index) noexcept
    cdef void _down(self, uint32_t index) noexcept
