"""C types of driver.py; no logic. What is rarely touched stays in `__dict__`."""
cimport cython
from libc.stdint cimport uint64_t
from fastnet.net.clock cimport later_ns, monotonic_ns
from fastnet.net.pump cimport Pump
from fastnet.net.waiter cimport Waiter

cdef uint64_t NEVER
cdef uint64_t _SPIN_NS

cdef class Driver:
    cdef dict __dict__
    cdef object __weakref__
    cdef readonly bint _spin, _closed
    cdef bint _slept
    cdef readonly Pump _pump
    cdef readonly Waiter _waiter
    cdef readonly int watch_version

    cpdef list poll(self, object timeout_s=*)
    cdef bint has_events(self) noexcept
    cdef uint64_t due_ns(self, uint64_t now_ns) except? 0
    cpdef bint wait(self, object timeout_s=*) except -1
    @cython.locals(now_ns=uint64_t, due_ns=uint64_t, limit_ns=uint64_t, until_ns=uint64_t)
    cdef bint rest(self, object timeout_s) except -1
    cpdef object turn_udp(self)
    cpdef list take(self)
    cpdef object send(self, object peer_id, object channel, object data)
    @cython.locals(pump=Pump)
    cpdef object send_all(self, object peer_id, object channel, object messages)
    cdef object _check_open(self)
