"""C types of events.py; no logic. Only Data is made often enough to be worth a freelist."""
cimport cython
from libc.stdint cimport uint32_t

@cython.final
cdef class Connected:
    cdef readonly uint32_t peer_id

@cython.final
@cython.freelist(256)
cdef class Data:
    cdef readonly uint32_t peer_id
    cdef readonly int channel
    cdef readonly bytes data

@cython.final
cdef class Disconnected:
    cdef readonly uint32_t peer_id
    cdef readonly int code
    cdef readonly str reason
    cdef readonly bint by_peer
