"""C types of events.py; no logic."""
cimport cython
from libc.stdint cimport uint32_t
from fastnet.protocol.members cimport fastnet_show_members

@cython.final
cdef class Connected:
    cdef readonly uint32_t peer_id

@cython.final
cdef class Data:  # Made for each message, so its attributes are objects that are there already.
    cdef cython.py_int peer_id, channel
    cdef bytes data

@cython.final
cdef class Disconnected:
    cdef readonly uint32_t peer_id
    cdef readonly int code
    cdef readonly str reason
    cdef readonly bint by_peer
