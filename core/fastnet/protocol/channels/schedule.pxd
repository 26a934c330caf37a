"""C types of schedule.py; no logic."""
cimport cython
from fastnet.protocol.channels.base cimport Channel

cdef int _QUANTUM_BYTES

@cython.final
cdef class Schedule:
    cdef list _tails  # by priority: the last channel of a ring linked through `next_active`
    cdef Channel _urgent  # the tail of the most urgent ring, None without any
    cdef int _rings
    @cython.locals(tail=Channel)
    cdef int add(self, Channel channel) except -1
    @cython.locals(tail=Channel)
    cdef Channel current(self)
    @cython.locals(tail=Channel, head=Channel)
    cdef int remove_current(self) except -1
    @cython.locals(tail=Channel, head=Channel)
    cdef int spend(self, int count) except -1
    cdef Channel _most_urgent(self)
    cdef bint waiting(self) noexcept
    @cython.locals(found=list, tail=Channel, channel=Channel)
    cdef list channels(self)
