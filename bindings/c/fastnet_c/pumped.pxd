"""C types of pumped.py; no logic."""
from libc.stdint cimport int32_t, uint64_t
from fastnet.net.waiter cimport Poller
from fastnet_c cimport bridge as c
from fastnet_c.rings cimport Rings

cdef object _broken_pumped
cdef int32_t run_pumped(c.fn_session* session, uint64_t wait_us) noexcept
cpdef int turn_pumped(Rings rings, uint64_t wait_us) except -1
cdef int _sleep_pumped(Rings rings, uint64_t now_ns, uint64_t until_ns) except -1
