"""C types of unsent.py; no logic."""
cimport cython
from libc.stdint cimport uint8_t, uint64_t
from fastnet.protocol.datagram cimport Datagram

cdef enum:
    SIZE_BYTES = 4  # Before each message.
    ROOM_BYTES_MIN = 4096
    SPARE_BYTES_MAX = 65536  # What is larger goes back to the system.

@cython.final
cdef class SpareRoom:
    cdef uint8_t* start
    cdef size_t capacity

@cython.final
cdef class Unsent:
    cdef SpareRoom _spare
    cdef uint8_t* _room
    cdef size_t _capacity, _first, _end  # where the first message begins, and the last ends
    cdef readonly uint64_t count, bytes  # of the messages alone

    cdef int push(self, const uint8_t* data, int size) except -1
    cdef void pop(self) noexcept
    cdef int size(self) noexcept
    cdef int put_frames(self, Datagram out, int head, uint64_t id, int room, int share, uint64_t most) noexcept
    cdef void put_bytes(self, Datagram out, int offset, int count) noexcept
    cdef int _grow(self, size_t needed) except -1
    cdef int _move(self, size_t capacity) except -1
    cdef void _give_back(self) noexcept
