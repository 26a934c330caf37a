"""C types of udp_names.py; no logic."""
from libc.stdint cimport uint64_t
from fastnet.net.libc cimport iovec, msghdr, sockaddr_in6, socklen_t
from fastnet.protocol.datagram cimport Datagram

cdef enum:  # linux/udp.h
    SOL_UDP = 17
    UDP_SEGMENT = 103
    UDP_GRO = 104

cdef uint64_t _half(unsigned char* source) noexcept nogil
cdef void _put_half(unsigned char* target, uint64_t value) noexcept nogil
cdef void read_name(sockaddr_in6* name, Datagram datagram) noexcept nogil
cdef socklen_t write_name(sockaddr_in6* name, int family, Datagram datagram) noexcept nogil
cdef void read_control(msghdr* header, Datagram datagram) noexcept nogil
cdef void write_control(msghdr* header, int family, Datagram datagram) noexcept nogil
cdef int read_segment(msghdr* header) noexcept nogil
cdef void write_segment(msghdr* header, int size) noexcept nogil
cdef void copy_path(Datagram source, Datagram target) noexcept nogil
cdef Py_ssize_t receive_with_local(int fd, Datagram datagram) noexcept nogil
cdef Py_ssize_t send_with_local(int fd, int family, Datagram datagram) noexcept nogil
cdef void _describe(msghdr* header, iovec* part, Datagram datagram) noexcept nogil
