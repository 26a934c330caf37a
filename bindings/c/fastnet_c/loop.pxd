"""C types of loop.py; no logic."""
cimport cython
from libc.stdint cimport uint64_t
from fastnet.net.waiter cimport Poller
from fastnet_c cimport bridge as c
from fastnet_c.rings cimport Rings

cdef enum:
    DESCRIPTORS_EACH = 2  # of a session: its UDP socket, and what its cold half watches

@cython.final
cdef class Loop:
    cdef c.fn_bridge* bridge
    cdef list _sessions  # of Rings
    cdef object _obey, _broken
    cdef Poller _poller  # the thread's own wake-up first, then DESCRIPTORS_EACH a session
    cdef c.fn_command _command
    cdef bint _has_command, _polled
    cdef bint _leaving  # the shim said stop, which is no news any more
    cdef uint64_t _active_ns, _until_ns, _cold_look_ns

    cdef int _rearrange(self) except -1
    cdef int _turn_all(self) except -1
    cdef int _turn_one(self, Rings rings, Py_ssize_t index, uint64_t now_ns, bint late) except -1
    cdef int _take_commands(self) except -1
    cdef bint _is_leaving(self) except -1
    cdef bint _work_waits(self) except -1
    cdef uint64_t _due_ns(self, uint64_t now_ns) except? 0
    cdef int _wait(self) except -1
    cdef int _sleep(self, uint64_t until_ns, bint hidden) except -1
    cdef int _poll(self, uint64_t timeout_ns) except -1
    cdef int _describe(self) except -1
    cdef int _spin(self, uint64_t until_ns) except -1
    cdef int _spin_one(self, Rings rings, uint64_t until_ns) except -1
