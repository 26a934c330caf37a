"""C types of opening.py; no logic."""
cimport cython
from libc.stdint cimport uint64_t
from fastnet.protocol.connection cimport Connection
from fastnet.protocol.datagram cimport Datagram
from fastnet.protocol.incoming cimport take_packet
from fastnet.protocol.replay cimport recover_number
from fastnet.protocol.sealing cimport PacketKey

cdef int DROP_FLAGS, DROP_NUMBER, DROP_REPLAY, DROP_PHASE, DROP_FORGED, FLAG_PHASE
cdef uint64_t NUMBER_LIMIT

@cython.locals(header=int, number=uint64_t, number_bytes=int, key=PacketKey, cid_bytes=int)
cdef int open_packet(Connection peer, Datagram inbound, int flags, uint64_t now_ns) except -1
@cython.locals(code=int)
cdef int _apply(Connection peer, Datagram inbound, PacketKey key, uint64_t number, uint64_t now_ns) except -1
