"""C types of aio_turns.py; no logic."""
cimport cython
from libc.stdint cimport uint64_t
from fastnet.net.aio_busy_poll cimport BusyPoll
from fastnet.net.clock cimport monotonic_ns
from fastnet.net.driver cimport Driver
from fastnet.net.aio_news cimport News
from fastnet.net.pump cimport Pump

cdef uint64_t NEVER
cdef double _S
cdef object _current_task

@cython.final
cdef class Turns:
    cdef readonly Driver _driver
    cdef BusyPoll _busy_poll
    cdef object _loop, _timer
    cdef readonly list waiting
    cdef list _watched
    cdef int _watch_version
    cdef uint64_t _timer_ns
    cpdef object turn(self)
    cpdef object take(self)
    cpdef object send(self, object peer_id, object channel, object data)
    @cython.locals(busy=BusyPoll, pump=Pump, now_ns=uint64_t, until_ns=uint64_t)
    cpdef int ask(self) except -1
    cpdef News news(self)
    cpdef object loop_ran(self)
    @cython.locals(waiting=list, news=News, first=News)
    cpdef object ring(self)
    @cython.locals(due_ns=uint64_t)
    cpdef object follow(self)
    cdef object _watch(self)
    @cython.locals(now_ns=uint64_t, wait_ns=uint64_t)
    cdef object _set_timer(self, uint64_t due_ns)
    cpdef object unwatch(self)
