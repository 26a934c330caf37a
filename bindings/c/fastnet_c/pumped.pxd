"""C types of pumped.py; no logic."""
from libc.stdint cimport int32_t, uint64_t
from fastnet_c cimport bridge as c
from fastnet_c.rings cimport Rings

cdef object _broken_pumped
cdef int32_t run_pumped(c.fn_session* session, uint64_t wait_us) noexcept
cpdef int turn_pumped(Rings rings, uint64_t wait_us) except -1
cdef bint _is_cold(Rings rings, uint64_t now_ns) except -1
cdef uint64_t _wait(Rings rings, uint64_t now_ns, uint64_t wait_us) except? 0
cdef uint64_t _spin(Rings rings, uint64_t now_ns, uint64_t until_ns) except? 0
cdef int _glance(Rings rings, uint64_t now_ns) except -1
cdef bint _ask(Rings rings, uint64_t timeout_ns) except -1
