# cython: annotation_typing=True
# ruff: noqa: F821 - C variables are declared without a value, and the sizes live in the .pxd.
"""A batch of datagrams on its way in, received by one system call."""

import cython
from cython.cimports.fastnet.net import libc
from cython.cimports.fastnet.net import udp_names as names
from cython.cimports.fastnet.protocol.datagram import Datagram


class Intake:
    """Room for one datagram, and after `widen` for `IN_RING`: most clients never get many at a time. The kernel's
    description of them stays pointed at their buffers."""

    def __cinit__(self, room_bytes: cython.int):
        self._datagrams = []
        self._room_bytes = room_bytes
        self._grow(1)

    def widen(self) -> cython.int:
        """Have room for a whole batch."""
        return self._grow(IN_RING) if self.count < IN_RING else 0

    def _grow(self, count: cython.int) -> cython.int:
        index: cython.int
        for index in range(self.count, count):
            into: Datagram = Datagram(self._room_bytes)
            self._datagrams.append(into)
            self._parts[index].iov_base = into.data
            self._parts[index].iov_len = into.capacity
            self._headers[index].msg_hdr.msg_iov = cython.address(self._parts[index])
            self._headers[index].msg_hdr.msg_iovlen = 1
            self._headers[index].msg_hdr.msg_name = cython.address(self._names[index])
            self._headers[index].msg_hdr.msg_control = cython.address(self._controls[index * CONTROL_BYTES])
            self._arm(index)
        self.count = count
        return 0

    def tell_local(self, wildcard: cython.bint) -> cython.void:
        """Whether the kernel says which of our addresses a datagram came to."""
        self._wildcard = wildcard
        index: cython.int
        for index in range(self.count):
            self._arm(index)

    def _arm(self, index: cython.int) -> cython.void:
        """Undo what the kernel wrote into a header."""
        self._headers[index].msg_hdr.msg_namelen = cython.sizeof(libc.sockaddr_in6)
        self._headers[index].msg_hdr.msg_controllen = CONTROL_BYTES if self._wildcard else 0

    def at(self, index: cython.int) -> Datagram:
        """Number `index`, of `count`."""
        return cython.cast(Datagram, self._datagrams[index])

    def bytes_of(self, index: cython.int) -> cython.uint:
        """The size of number `index` of the latest batch."""
        return self._headers[index].msg_len

    def receive(self, fd: cython.int, limit: cython.int, peer: Datagram) -> cython.int:
        """Fill at most `limit` of them, with the path they came by; how many, or what the system call returned. `peer`:
        whom the socket is connected to, None: nobody."""
        count: cython.int = libc.recvmmsg(fd, self._headers, limit, libc.MSG_DONTWAIT, cython.NULL)
        index: cython.int
        for index in range(count):
            if peer is not None:
                names.copy_path(peer, self.at(index))
            else:
                names.read_name(cython.address(self._names[index]), self.at(index))
                if self._wildcard:
                    names.read_control(cython.address(self._headers[index].msg_hdr), self.at(index))
            self._arm(index)
        return count
