"""C types of bulk.py; no logic."""
cimport cython
from libc.stdint cimport uint32_t, uint64_t
from fastnet.protocol.channels.base cimport Channel
from fastnet.protocol.connection cimport Connection
from fastnet.protocol.endpoint cimport Endpoint

cdef int ACCEPTED

@cython.locals(peer=Connection, slot=int, queue=Channel, taken=int, size=Py_ssize_t, code=int, payload=bytes)
cpdef int send_all(Endpoint endpoint, uint32_t peer_id, int channel, object messages, uint64_t now_ns) except -1
