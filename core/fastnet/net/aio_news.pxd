"""C types of aio_news.py; no logic."""
cimport cython

cdef int _WAITING, _RUNG, _CANCELLED

@cython.final
cdef class News:
    cdef public bint _asyncio_future_blocking
    cdef object _loop, _step, _context, _message
    cdef list _waiting
    cdef int _state
    cpdef object ring(self)
    cpdef object ring_soon(self)
    cdef object _step_soon(self)
