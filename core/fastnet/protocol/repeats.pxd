"""C types of repeats.py; no logic."""
cimport cython
from libc.stdint cimport uint64_t
from fastnet.protocol.channels.reliable cimport ReliableChannel
from fastnet.protocol.datagram cimport Datagram
from fastnet.protocol.recovery cimport Recovery
from fastnet.protocol.sent cimport IN_FLIGHT, ITEM_MESSAGE, Item, Packet, SentLog

ctypedef Packet* PacketRef
ctypedef Item* ItemRef

cdef int TAG_BYTES, _BYTES_MAX, _SMALL_BYTES, _LOOK_BACK

@cython.locals(sent=SentLog, repeats=int, limit=int, left=int, spare=int, fits=bint, number=uint64_t, packet=PacketRef)
cdef int repeat(Recovery recovery, Datagram out, int stop, uint64_t now_ns) except -1
@cython.locals(packet=PacketRef, item=ItemRef, index=int, channel=ReliableChannel)
cdef bint _repeat_packet(Recovery recovery, SentLog sent, uint64_t number, Datagram out, int stop) except -1
