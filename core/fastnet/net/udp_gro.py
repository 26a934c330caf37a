# cython: annotation_typing=True
# ruff: noqa: F821 - C variables are declared without a value, and the sizes live in the .pxd.
"""Generic receive offload: under a flood the kernel hands over many datagrams of one sender as one long piece, which
saves most of its work for each. Here the pieces are received and cut up again (Linux, UDP_GRO).

Only a socket that keeps finding full batches turns it on, because a lone datagram comes cheaper without it.
"""

import cython
from cython.cimports.fastnet.net import libc
from cython.cimports.fastnet.net import udp_names as names
from cython.cimports.fastnet.protocol.datagram import Datagram
from cython.cimports.libc.stdlib import free, malloc
from cython.cimports.libc.string import memcpy


class LongReads:
    """Room for `PIECES` long pieces, and how far they are cut up. One thread at a time."""

    def __cinit__(self):
        self._room = cython.cast(cython.p_char, malloc(PIECES * PIECE_BYTES))
        if self._room == cython.NULL:
            raise MemoryError("no memory for long reads")
        index: cython.int
        for index in range(PIECES):
            self._parts[index].iov_base = self._room + index * PIECE_BYTES
            self._parts[index].iov_len = PIECE_BYTES
            self._headers[index].msg_hdr.msg_iov = cython.address(self._parts[index])
            self._headers[index].msg_hdr.msg_iovlen = 1
            self._headers[index].msg_hdr.msg_name = cython.address(self._names[index])
            self._headers[index].msg_hdr.msg_control = cython.address(self._controls[index * NOTES_BYTES])

    def __dealloc__(self):
        free(self._room)

    def receive(self, fd: cython.int) -> cython.int:
        """Fetch pieces when all were cut up; 0: none waits; -1: failed, with `errno` set; else how many."""
        index: cython.int
        for index in range(PIECES):
            self._headers[index].msg_hdr.msg_namelen = cython.sizeof(libc.sockaddr_in6)
            self._headers[index].msg_hdr.msg_controllen = NOTES_BYTES
        count: cython.int = libc.recvmmsg(fd, self._headers, PIECES, libc.MSG_DONTWAIT, cython.NULL)
        self._count = count if count > 0 else 0
        self._index = 0
        self._at = 0
        return count

    def waiting(self) -> cython.bint:
        """Whether a datagram can be cut off without asking the kernel."""
        return self._index < self._count

    def cut(self, into: Datagram, peer: Datagram, wildcard: cython.bint) -> cython.int:
        """Move the next datagram into `into`, with its path: that of `peer`, if given. Returns its size, which may be
        more than was moved: such a datagram is too long for everyone."""
        header: cython.pointer(libc.msghdr) = cython.address(self._headers[self._index].msg_hdr)
        total: cython.int = self._headers[self._index].msg_len
        size: cython.int = total - self._at
        segment: cython.int = names.read_segment(header)
        if segment > 0 and segment < size:
            size = segment
        kept: cython.int = size if size < into.capacity else into.capacity
        memcpy(into.data, self._room + self._index * PIECE_BYTES + self._at, kept)
        if peer is not None:
            names.copy_path(peer, into)
        else:
            names.read_name(cython.address(self._names[self._index]), into)
            if wildcard:
                names.read_control(header, into)
        self._at += size
        if self._at >= total:
            self._index += 1
            self._at = 0
        return kept
