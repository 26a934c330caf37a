"""C types of dirty.py; no logic."""
cimport cython
from fastnet.protocol.connection cimport Connection

@cython.final
cdef class DirtyPeers:
    cdef list _peers, _unflushed
    cdef Py_ssize_t _at
    cdef readonly Py_ssize_t count  # 0: none is left
    cdef int add(self, Connection peer) except -1
    cdef Connection first(self)
    cdef bint is_alone(self) noexcept
    @cython.locals(peer=Connection)
    cdef int remove_first(self) except -1
    cdef list all(self)
    @cython.locals(index=Py_ssize_t)
    cdef Py_ssize_t copy(self, list into) except -1
    cdef int await_flush(self, Connection peer) except -1
    @cython.locals(peer=Connection)
    cdef int flush(self) except -1
