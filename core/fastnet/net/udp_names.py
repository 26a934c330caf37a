# cython: annotation_typing=True
# ruff: noqa: F821 - C variables are declared without a value, and some numbers live in the .pxd.
"""Socket addresses: the kernel's form and ours, for udp.py. IPv4 is ::ffff:a.b.c.d in a `Datagram`."""

import cython
from cython.cimports.fastnet.net import libc
from cython.cimports.fastnet.protocol.datagram import Datagram
from cython.cimports.libc.stdint import uint16_t, uint32_t, uint64_t
from cython.cimports.libc.string import memcpy, memset

_MAPPED = cython.declare(uint64_t, 0xFFFF)  # The upper half of lo in ::ffff:a.b.c.d.


def _half(source: cython.p_uchar) -> uint64_t:
    raw: uint64_t
    memcpy(cython.address(raw), source, 8)
    return libc.be64toh(raw)


def _put_half(target: cython.p_uchar, value: uint64_t) -> cython.void:
    raw: uint64_t = libc.htobe64(value)
    memcpy(target, cython.address(raw), 8)


def read_name(name: cython.pointer(libc.sockaddr_in6), datagram: Datagram) -> cython.void:
    """Where a datagram came from; the local address is unknown until `read_control`."""
    datagram.local_hi = datagram.local_lo = 0
    if name.sin6_family == libc.AF_INET:
        v4: cython.pointer(libc.sockaddr_in) = cython.cast(cython.pointer(libc.sockaddr_in), name)
        datagram.remote_hi = 0
        datagram.remote_lo = _MAPPED << 32 | libc.ntohl(v4.sin_addr.s_addr)
        datagram.remote_port = libc.ntohs(v4.sin_port)
        datagram.remote_scope = 0
        return
    datagram.remote_hi = _half(name.sin6_addr.s6_addr)
    datagram.remote_lo = _half(name.sin6_addr.s6_addr + 8)
    datagram.remote_port = libc.ntohs(name.sin6_port)
    datagram.remote_scope = name.sin6_scope_id


def write_name(name: cython.pointer(libc.sockaddr_in6), family: cython.int, datagram: Datagram) -> libc.socklen_t:
    """Where a datagram goes. An IPv6 address on an IPv4 socket becomes one the kernel refuses (EAFNOSUPPORT)."""
    if family == libc.AF_INET and datagram.remote_hi == 0 and datagram.remote_lo >> 32 == _MAPPED:
        v4: cython.pointer(libc.sockaddr_in) = cython.cast(cython.pointer(libc.sockaddr_in), name)
        memset(v4, 0, cython.sizeof(libc.sockaddr_in))
        v4.sin_family = libc.AF_INET
        v4.sin_port = libc.htons(datagram.remote_port)
        v4.sin_addr.s_addr = libc.htonl(cython.cast(uint32_t, datagram.remote_lo))
        return cython.sizeof(libc.sockaddr_in)
    name.sin6_family = libc.AF_INET6
    name.sin6_flowinfo = 0
    name.sin6_port = libc.htons(datagram.remote_port)
    name.sin6_scope_id = datagram.remote_scope
    _put_half(name.sin6_addr.s6_addr, datagram.remote_hi)
    _put_half(name.sin6_addr.s6_addr + 8, datagram.remote_lo)
    return cython.sizeof(libc.sockaddr_in6)


def read_control(header: cython.pointer(libc.msghdr), datagram: Datagram) -> cython.void:
    """Which of our addresses a datagram was sent to; the note about segments may stand before it."""
    note: cython.pointer(libc.cmsghdr) = libc.CMSG_FIRSTHDR(header)
    if note != cython.NULL and note.cmsg_level == SOL_UDP:
        note = libc.CMSG_NXTHDR(header, note)
    if note == cython.NULL:
        return
    if note.cmsg_level == libc.IPPROTO_IPV6 and note.cmsg_type == libc.IPV6_PKTINFO:
        v6: cython.pointer(libc.in6_pktinfo) = cython.cast(cython.pointer(libc.in6_pktinfo), libc.CMSG_DATA(note))
        datagram.local_hi = _half(v6.ipi6_addr.s6_addr)
        datagram.local_lo = _half(v6.ipi6_addr.s6_addr + 8)
    elif note.cmsg_level == libc.IPPROTO_IP and note.cmsg_type == libc.IP_PKTINFO:
        v4: cython.pointer(libc.in_pktinfo) = cython.cast(cython.pointer(libc.in_pktinfo), libc.CMSG_DATA(note))
        datagram.local_hi = 0
        datagram.local_lo = _MAPPED << 32 | libc.ntohl(v4.ipi_spec_dst.s_addr)


def write_control(header: cython.pointer(libc.msghdr), family: cython.int, datagram: Datagram) -> cython.void:
    """Which of our addresses a datagram leaves from. `msg_control` is CONTROL_BYTES long."""
    size: cython.size_t = cython.sizeof(libc.in_pktinfo) if family == libc.AF_INET else cython.sizeof(libc.in6_pktinfo)
    header.msg_controllen = libc.CMSG_SPACE(size)
    memset(header.msg_control, 0, header.msg_controllen)
    note: cython.pointer(libc.cmsghdr) = libc.CMSG_FIRSTHDR(header)
    note.cmsg_len = libc.CMSG_LEN(size)
    if family == libc.AF_INET:
        note.cmsg_level = libc.IPPROTO_IP
        note.cmsg_type = libc.IP_PKTINFO
        v4: cython.pointer(libc.in_pktinfo) = cython.cast(cython.pointer(libc.in_pktinfo), libc.CMSG_DATA(note))
        v4.ipi_spec_dst.s_addr = libc.htonl(cython.cast(uint32_t, datagram.local_lo))
        return
    note.cmsg_level = libc.IPPROTO_IPV6
    note.cmsg_type = libc.IPV6_PKTINFO
    v6: cython.pointer(libc.in6_pktinfo) = cython.cast(cython.pointer(libc.in6_pktinfo), libc.CMSG_DATA(note))
    _put_half(v6.ipi6_addr.s6_addr, datagram.local_hi)
    _put_half(v6.ipi6_addr.s6_addr + 8, datagram.local_lo)
    v6.ipi6_ifindex = datagram.remote_scope


def read_segment(header: cython.pointer(libc.msghdr)) -> cython.int:
    """How long each datagram in a long read is but the last; 0: it is a single one."""
    note: cython.pointer(libc.cmsghdr) = libc.CMSG_FIRSTHDR(header)
    while note != cython.NULL:
        if note.cmsg_level == SOL_UDP and note.cmsg_type == UDP_GRO:
            return cython.cast(cython.p_int, libc.CMSG_DATA(note))[0]
        note = libc.CMSG_NXTHDR(header, note)
    return 0


def write_segment(header: cython.pointer(libc.msghdr), size: cython.int) -> cython.void:
    """Have the kernel cut the message into datagrams of `size` bytes; behind the note that is there already."""
    start: cython.size_t = header.msg_controllen
    note: cython.pointer(libc.cmsghdr) = cython.cast(
        cython.pointer(libc.cmsghdr), cython.cast(cython.p_char, header.msg_control) + start
    )
    header.msg_controllen = start + libc.CMSG_SPACE(cython.sizeof(uint16_t))
    memset(note, 0, libc.CMSG_SPACE(cython.sizeof(uint16_t)))
    note.cmsg_len = libc.CMSG_LEN(cython.sizeof(uint16_t))
    note.cmsg_level = SOL_UDP
    note.cmsg_type = UDP_SEGMENT
    cython.cast(cython.pointer(uint16_t), libc.CMSG_DATA(note))[0] = size


def copy_path(source: Datagram, target: Datagram) -> cython.void:
    """As `Datagram.copy_path`, for a thread that has given the GIL away."""
    target.remote_hi = source.remote_hi
    target.remote_lo = source.remote_lo
    target.remote_port = source.remote_port
    target.remote_scope = source.remote_scope
    target.local_hi = source.local_hi
    target.local_lo = source.local_lo


def receive_with_local(fd: cython.int, datagram: Datagram) -> cython.Py_ssize_t:
    """One datagram with both addresses of its path; its size, or -1 with `errno` set."""
    name: libc.sockaddr_in6
    control: cython.char[64]
    part: libc.iovec
    header: libc.msghdr
    part.iov_len = datagram.capacity
    _describe(cython.address(header), cython.address(part), datagram)
    header.msg_name = cython.address(name)
    header.msg_namelen = cython.sizeof(name)
    header.msg_control = control
    header.msg_controllen = cython.sizeof(control)
    size: cython.Py_ssize_t = libc.recvmsg(fd, cython.address(header), libc.MSG_DONTWAIT)
    if size >= 0:
        read_name(cython.address(name), datagram)
        read_control(cython.address(header), datagram)
    return size


def send_with_local(fd: cython.int, family: cython.int, datagram: Datagram) -> cython.Py_ssize_t:
    """One datagram from the local address it names; its size, or -1 with `errno` set."""
    name: libc.sockaddr_in6
    control: cython.char[64]
    part: libc.iovec
    header: libc.msghdr
    part.iov_len = datagram.size
    _describe(cython.address(header), cython.address(part), datagram)
    header.msg_name = cython.address(name)
    header.msg_namelen = write_name(cython.address(name), family, datagram)
    header.msg_control = control
    write_control(cython.address(header), family, datagram)
    return libc.sendmsg(fd, cython.address(header), libc.MSG_DONTWAIT)


def _describe(header: cython.pointer(libc.msghdr), part: cython.pointer(libc.iovec), datagram: Datagram) -> cython.void:
    memset(header, 0, cython.sizeof(libc.msghdr))
    part.iov_base = datagram.data
    header.msg_iov = part
    header.msg_iovlen = 1
