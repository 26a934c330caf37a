"""C types of server.py; no logic."""
cimport cython
from libc.stdint cimport uint64_t
from fastnet.net.clock cimport monotonic_ns
from fastnet.net.driver cimport Driver
from fastnet.net.pump cimport Pump
from fastnet.net.waiter cimport wait_readable
from fastnet.protocol.endpoint cimport Endpoint

cdef uint64_t _TCP_GAP_NS

cdef class Server(Driver):
    cdef Endpoint _endpoint
    cdef uint64_t _next_tcp_ns, _tcp_deadline_ns
    cdef int _listener_fileno
    @cython.locals(pump=Pump, events=list, found=bint)
    cpdef list poll(self, object timeout_s=*)
    @cython.locals(now_ns=uint64_t)
    cdef object _glance_at_tcp(self)
    cdef bint _tcp_is_due(self, uint64_t now_ns) except -1
