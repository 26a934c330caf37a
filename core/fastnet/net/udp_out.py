# cython: annotation_typing=True
# ruff: noqa: F821, SIM109 - C variables have no value, the sizes live in the .pxd, and `in` would make a tuple.
"""A batch of datagrams on its way out: filled one by one, sent by one system call. Runs of one size to one address go
as one message that the kernel cuts into datagrams (generic segmentation offload), where it can."""

import cython
from cython.cimports.fastnet.net import libc
from cython.cimports.fastnet.net import udp_names as names
from cython.cimports.fastnet.net.udp_counters import UdpCounters
from cython.cimports.fastnet.protocol.datagram import Datagram
from cython.cimports.libc.errno import EBADF, ECONNREFUSED, EINVAL, EIO, errno


class Outbox:
    """Room for up to `OUT_RING` datagrams, made as it is needed: most clients send one at a time. `peer` is whom the
    socket is connected to, None: nobody."""

    def __cinit__(self, max_datagram: cython.int, counters: UdpCounters):
        self._counters = counters
        self._datagrams = []
        self._max_datagram = max_datagram

    def at(self, index: cython.int) -> Datagram:
        """Number `index` of the batch."""
        if index == len(self._datagrams):
            made: Datagram = Datagram(self._max_datagram)
            self._datagrams.append(made)
            self._parts[index].iov_base = made.data
        return cython.cast(Datagram, self._datagrams[index])

    def send(self, fd: cython.int, family: cython.int, count: cython.int, peer: Datagram) -> cython.int:
        """How many of the first `count` datagrams were sent; -1: the descriptor is gone."""
        self._family = family
        self._peer = peer
        messages: cython.int = self._group(0, count)
        at: cython.int = 0
        sent: cython.int = 0
        lost: cython.int = 0
        refused_at: cython.int = -1
        while at < messages:  # At most two system calls a message: each sends, skips, or is a second try.
            done: cython.int = libc.sendmmsg(fd, cython.address(self._headers[at]), messages - at, libc.MSG_DONTWAIT)
            if done > 0:
                sent += self._note_sent(at, done)
                at += done
                continue
            code: cython.int = errno
            if code == EBADF:
                return -1
            parts: cython.int = self._headers[at].msg_hdr.msg_iovlen
            if parts > 1 and (code == EIO or code == EINVAL):
                # The way there cannot cut (no checksum offload, a small MTU): from now on each goes by itself.
                self.segments = False
                messages = self._group(lost + sent, count)
                at = 0
                continue
            if self._counters.error(code):
                self._counters.blocked += count - lost - sent - 1  # One is counted; the rest have no better luck.
                break
            if code == ECONNREFUSED and peer is not None and refused_at != at:
                refused_at = at
                continue
            lost += parts
            at += 1
        self._counters.sent += sent
        return sent

    def _note_sent(self, first: cython.int, count: cython.int) -> cython.int:
        """How many datagrams were in `count` messages that the kernel took."""
        datagrams: cython.int = 0
        index: cython.int
        for index in range(first, first + count):
            datagrams += self._headers[index].msg_hdr.msg_iovlen
            self._counters.sent_bytes += self._headers[index].msg_len
        return datagrams

    def _group(self, first: cython.int, count: cython.int) -> cython.int:
        """Describe the datagrams from `first` to `count` to the kernel; returns in how many messages."""
        messages: cython.int = 0
        index: cython.int
        while first < count:
            head: Datagram = self.at(first)
            parts: cython.int = self._run(head, first, count) if self.segments else 1
            header: cython.pointer(libc.msghdr) = cython.address(self._headers[messages].msg_hdr)
            header.msg_control = cython.address(self._notes[messages * NOTE_BYTES])
            header.msg_controllen = 0
            self._address(header, head, messages)
            if parts > 1:
                names.write_segment(header, head.size)
            elif header.msg_controllen == 0:
                header.msg_control = cython.NULL
            header.msg_iov = cython.address(self._parts[first])
            header.msg_iovlen = parts
            for index in range(first, first + parts):
                self._parts[index].iov_len = self.at(index).size
            messages += 1
            first += parts
        return messages

    def _run(self, head: Datagram, first: cython.int, count: cython.int) -> cython.int:
        """How many datagrams from `first` on may go as one message: of one size, the last perhaps shorter."""
        total: cython.int = head.size
        index: cython.int = first + 1
        while index < count:
            out: Datagram = self.at(index)
            total += out.size
            if out.size > head.size or total > MESSAGE_BYTES_MAX or not out.same_remote(head):
                break
            if out.local_lo != head.local_lo or out.local_hi != head.local_hi:
                break
            index += 1
            if out.size < head.size:
                break
        return index - first

    def _address(self, header: cython.pointer(libc.msghdr), out: Datagram, message: cython.int) -> cython.void:
        """Where a message goes, and which of our addresses it leaves from."""
        if self._peer is not None and out.same_remote(self._peer):
            header.msg_name = cython.NULL
            header.msg_namelen = 0
            return
        header.msg_name = cython.address(self._names[message])
        header.msg_namelen = names.write_name(cython.address(self._names[message]), self._family, out)
        if self.wildcard and (out.local_hi != 0 or out.local_lo != 0):
            names.write_control(header, self._family, out)
