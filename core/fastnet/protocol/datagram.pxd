"""C types of datagram.py; no logic. The bytes live in one allocation that the object owns."""
cimport cython
from libc.stdint cimport uint8_t, uint16_t, uint32_t, uint64_t

@cython.final
cdef class Datagram:
    # The bytes: `size` of `capacity` are meaningful.
    cdef uint8_t* data
    cdef readonly int capacity
    cdef public int size
    # The cursor of the reader or writer, and where it must stop.
    cdef public int at, end
    cdef public bint bad
    # The path: the other end and our own address, IPv4 as ::ffff:a.b.c.d; local_hi = local_lo = 0 means "any".
    cdef public uint64_t remote_hi, remote_lo, local_hi, local_lo
    cdef public uint32_t remote_port, remote_scope

    cpdef void rewind(self) noexcept
    cpdef int u8_at(self, int at) noexcept
    cpdef uint64_t u64_at(self, int at) noexcept
    cpdef uint64_t number_at(self, int at, int length) noexcept
    cpdef void put_u8_at(self, int at, int value) noexcept
    cpdef int left(self) noexcept

    cpdef int u8(self) noexcept
    cpdef uint64_t u16(self) noexcept
    cpdef uint64_t u32(self) noexcept
    cpdef uint64_t u64(self) noexcept
    cpdef uint64_t varint(self) noexcept
    cpdef bytes take(self, int count)
    cpdef void copy_into(self, bytes target, int offset, int count) noexcept

    cpdef void put_u8(self, int value) noexcept
    cpdef void put_u16(self, uint64_t value) noexcept
    cpdef void put_u32(self, uint64_t value) noexcept
    cpdef void put_u64(self, uint64_t value) noexcept
    cpdef void put_number(self, uint64_t value, int length) noexcept
    cpdef void put_varint(self, uint64_t value) noexcept
    cpdef void put_bytes(self, bytes source, int offset, int count) noexcept
    cpdef void put_zeros(self, int count) noexcept
    cpdef bint all_zeros(self) noexcept
    cpdef bint ends_with(self, bytes tail) noexcept
    cpdef bint same_remote(self, Datagram other) noexcept
    cpdef void copy_path(self, Datagram other) noexcept

cpdef int varint_size(uint64_t value) noexcept
cpdef bytes blank_bytes(int count)
