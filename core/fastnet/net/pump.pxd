"""C types of pump.py; no logic."""
cimport cython
from libc.stdint cimport uint64_t
from fastnet.net.clock cimport monotonic_ns
from fastnet.net.udp cimport UdpSocket
from fastnet.protocol.datagram cimport Datagram
from fastnet.protocol.endpoint cimport Endpoint

cdef int _DATAGRAMS_A_TURN, _CACHED_PEERS, FORESIGHT_STEPS

@cython.final
cdef class Pump:
    cdef readonly Endpoint endpoint
    cdef readonly UdpSocket udp
    cdef public bint spins
    cdef readonly uint64_t now_ns
    cdef int _ready
    cdef bint _owes
    @cython.locals(taken=int, count=int, index=int, crowded=bint)
    cpdef int receive(self, uint64_t now_ns) except -1
    @cython.locals(step=int)
    cdef int _foresee(self, int index, int count) except -1
    @cython.locals(until_ns=uint64_t, due=bint)
    cpdef bint spin(self, uint64_t now_ns, uint64_t limit_ns) except -1
    cdef int pay(self, uint64_t now_ns) except -1
    @cython.locals(out=Datagram, count=int)
    cpdef int write(self, uint64_t now_ns) except -1
    @cython.locals(now_ns=uint64_t, count=int, index=int)
    cpdef object turn_once(self)
    cpdef list take(self)
    cpdef int turn(self, uint64_t now_ns) except -1
    @cython.locals(now_ns=uint64_t, out=Datagram)
    cpdef int send(self, object peer_id, int channel, object data) except -1
    @cython.locals(now_ns=uint64_t)
    cpdef int send_all(self, object peer_id, int channel, object messages) except -1
    @cython.locals(now_ns=uint64_t, events=list)
    cpdef list poll(self)
    cdef list pass_time(self)
