"""C types of client.py; no logic."""
cimport cython
from libc.stdint cimport uint64_t
from fastnet.net.clock cimport monotonic_ns
from fastnet.net.driver cimport Driver
from fastnet.net.pump cimport Pump

cdef class Client(Driver):
    cdef list _events
    cdef readonly object _handshake
    @cython.locals(pump=Pump, events=list, found=bint)
    cpdef list poll(self, object timeout_s=*)
    cpdef list take(self)
