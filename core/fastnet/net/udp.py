# cython: annotation_typing=True
# cython: nonecheck=False
# ruff: noqa: F821 - C variables are declared without a value, and the sizes live in the .pxd.
"""UDP: between the kernel and `Datagram`s, in batches, without a copy of ours.

Rule 1: a network that says no never raises. Every refusal is counted by cause; a datagram the kernel does not take is
lost, as UDP may lose any. Only using a closed socket raises.
Rule 2: the datagrams of a batch belong to the socket: they are valid until the next call that receives (or sends).
Rule 3: a socket bound to a wildcard notes which of our addresses was asked (`local_hi`, `local_lo`), and sends from it.
One thread at a time.
"""

import cython
from cython.cimports.fastnet.net import libc
from cython.cimports.fastnet.net import udp_names as names
from cython.cimports.fastnet.net.clock import monotonic_ns
from cython.cimports.fastnet.net.udp_counters import UdpCounters
from cython.cimports.fastnet.net.udp_gro import LongReads
from cython.cimports.fastnet.net.udp_in import IN_RING, Intake
from cython.cimports.fastnet.net.udp_out import OUT_RING, Outbox
from cython.cimports.fastnet.net.waiter import wait_readable
from cython.cimports.fastnet.protocol.datagram import Datagram
from cython.cimports.libc.errno import EAGAIN, EBADF, ECONNREFUSED, EINTR, errno
from cython.cimports.libc.stdint import uint64_t

from fastnet.net import udp_setup
from fastnet.protocol.errors import FastNetError, SocketClosedError, UsageError

BUFFER_BYTES = 4 * 1024 * 1024
"""What we ask of the kernel each way: 30 ms of a gigabit. It may grant less; `buffer_bytes` says how much."""


class UdpSocket:
    """A non-blocking UDP socket with a ring of datagrams each way. Made by `bind` or `open_towards`."""

    def __cinit__(self, made: object, max_datagram: cython.int, options: dict, peer: object):
        self._fd = -1
        self._options = options
        self._peer = Datagram(64)
        self.counters = UdpCounters()
        # One byte more than allowed: a datagram that was too long shows by its size, and the endpoint drops it.
        self._intake = Intake(max_datagram + 1)
        self._outbox = Outbox(max_datagram, self.counters)
        self._adopt(made)
        if peer is not None:
            self.connect(peer)

    @staticmethod
    def bind(
        host: str,
        port: int,
        *,
        dual_stack: bool = True,
        reuse_port: bool = False,
        max_datagram: int = 1472,
        discover: bool = False,
        buffer_bytes: int = BUFFER_BYTES,
    ) -> UdpSocket:
        """A socket on `host` (empty: every address) and `port` (0: any). Raises AddressInUseError, FastNetError."""
        made = udp_setup.bound_socket(host, port, dual_stack=dual_stack, reuse_port=reuse_port)
        return UdpSocket.adopt(made, max_datagram, discover, buffer_bytes)

    @staticmethod
    def adopt(made: object, max_datagram: int, discover: bool, buffer_bytes: int = BUFFER_BYTES) -> UdpSocket:
        """The socket that somebody else bound and gave us; closing this one closes it."""
        server: UdpSocket = UdpSocket(made, max_datagram, {"discover": discover, "buffer_bytes": buffer_bytes}, None)
        server._is_server = True
        return server

    @staticmethod
    def open_towards(
        address: object,
        *,
        connect: bool = True,
        max_datagram: int = 1472,
        discover: bool = False,
        buffer_bytes: int = BUFFER_BYTES,
    ) -> UdpSocket:
        """A client's socket, of `address`'s family. `connect`: hear only that address; sends cost 0.4 us less."""
        made = udp_setup.new_socket(udp_setup.family_of(address))
        options = {"discover": discover, "buffer_bytes": buffer_bytes}
        with udp_setup.closed_on_failure(made):
            return UdpSocket(made, max_datagram, options, address if connect else None)

    # Cold: opening, moving, closing, figures.

    def _adopt(self, made: object):
        udp_setup.tune_socket(made, **self._options)
        self._wildcard = udp_setup.tell_local_address(made)
        self._intake.tell_local(self._wildcard)
        self._made = made
        self._fd = made.fileno()
        self._family = made.family
        self._offload = self._outbox.segments = udp_setup.can_segment(made)
        self._long_reads = None
        self._full = 0
        self.connected = False
        self._streak = 0

    def connect(self, address: object) -> None:
        """Hear and speak to `address` alone; may be called again with another. Raises FastNetError: no route."""
        self._check_open()
        udp_setup.connect_socket(self._made, address)
        self._towards = address
        self._peer.remote_hi, self._peer.remote_lo = address.hi, address.lo
        self._peer.remote_port, self._peer.remote_scope = address.port, address.scope
        self.connected = True
        self._wildcard = False

    def rebind(self) -> None:
        """Take a fresh local port, for a client whose network changed. The connected address stays.

        The descriptor is a new one: whoever watches `fileno()` watches it anew. Raises FastNetError and keeps the old
        socket when there is no network.
        """
        self._check_open()
        if self._is_server:
            raise UsageError("only a client's socket can be rebound: clients know a server by its port")
        fresh = udp_setup.new_socket(self._family)
        if self.connected:
            try:
                udp_setup.connect_socket(fresh, self._towards)
            except FastNetError:
                fresh.close()
                raise
        was_connected = self.connected
        self._made.close()
        self._adopt(fresh)
        self.connected = was_connected

    def close(self) -> None:
        """Give the port back. Twice is fine; anything else afterwards raises SocketClosedError."""
        self._fd = -1
        self._queued = 0
        self._made.close()

    @property
    def address(self) -> tuple:
        """Our own (host, port)."""
        self._check_open()
        return self._made.getsockname()[:2]

    @property
    def reads_long(self) -> cython.bint:
        """Whether a flood comes in, and many datagrams in one piece."""
        return self._long_reads is not None

    @property
    def buffer_bytes(self) -> tuple:
        """What the kernel granted for (receiving, sending). Linux doubles what it is asked, for its own bookkeeping."""
        self._check_open()
        return udp_setup.granted_buffers(self._made)

    def fileno(self) -> cython.int:
        """The descriptor, for whoever waits on it; -1 once closed."""
        return self._fd

    def _check_open(self):
        if self._fd < 0:
            raise SocketClosedError("this UDP socket was closed; make a new one")

    # Receiving.

    def receive_batch(self, limit: cython.int) -> cython.int:
        """Fill the ring with at most `limit` waiting datagrams and say how many; 0: none waits. Call it once a turn.

        One datagram is fetched the cheapest way (0.3 us less). Only when calls keep finding some, many are asked for.
        """
        if self._long_reads is not None:
            return self._receive_long(limit)
        if self._streak < 2 or limit < 2:
            count: cython.int = self._receive_one(self._intake.at(0))
        else:
            self._intake.widen()
            count = self._receive_many(IN_RING if limit > IN_RING else limit)
        if count <= 0:
            self._streak = 0
            return self._counted(count)
        self._streak = 1 if self._streak >= 2 and count == 1 else self._streak + 1
        self._full = self._full + 1 if count == IN_RING else 0
        if self._full >= FULL_MAX and self._offload and udp_setup.set_long_reads(self._made, True):
            self._long_reads = LongReads()
            self._full = 0
        return count

    def more(self) -> cython.bint:
        """Whether datagrams came in one piece with the latest batch and are not handed out yet: no descriptor tells."""
        return self._long_reads is not None and self._long_reads.waiting()

    def _receive_long(self, limit: cython.int) -> cython.int:
        """As `receive_batch`, while the kernel may hand over many datagrams in one piece; ends when the flood does."""
        reads: LongReads = self._long_reads
        peer: Datagram = self._peer if self.connected else None
        count: cython.int = 0
        if not reads.waiting() and reads.receive(self._fd) < 0 and self._receive_failed() < 0:
            self._check_open()
        while count < limit and count < IN_RING and reads.waiting():
            into: Datagram = self._intake.at(count)
            self._took(into, reads.cut(into, peer, self._wildcard))
            count += 1
        self._lean = 0 if count > LEAN_MAX else self._lean + 1
        if count == 0 and self._lean > LEAN_TURNS:
            udp_setup.set_long_reads(self._made, False)
            if reads.receive(self._fd) <= 0:  # What came until now may be long still, and is handed out next time.
                self._long_reads = None
                self._lean = 0
        return count

    def receive_spin(self, now_ns: uint64_t, until_ns: uint64_t) -> cython.int:
        """As `receive_batch`, but ask again and again from now until that time. Other threads run now and then:
        taking the GIL back costs 0.1 us, so what comes within a moment is taken without having let it go."""
        first: Datagram = self._intake.at(0)
        pause_ns: uint64_t = now_ns + SPIN_SLICE_NS
        looks: cython.int = 0
        count: cython.int = 0
        if self._streak >= 2:  # A flood: a batch costs one call.
            count = self.receive_batch(IN_RING)
        turns: cython.int = self._lean
        while count == 0 and self._long_reads is not None and now_ns < until_ns:  # A piece needs more room than one.
            self._lean = turns  # However often it looks, a spin is one turn.
            count = self.receive_batch(IN_RING)
            now_ns = monotonic_ns()
            if count == 0 and now_ns >= pause_ns:
                pause_ns = now_ns + SPIN_SLICE_NS
                self.wait(0)
        if count > 0 or self._long_reads is not None:
            return count
        count = self._receive_one(first)
        while count == 0 and now_ns < until_ns:
            looks += 1
            in_time: cython.bint = looks % SPIN_LOOKS and until_ns - now_ns > SPIN_NEAR_NS
            if in_time or (now_ns := monotonic_ns()) < pause_ns:
                count = self._receive_one(first)
                continue
            pause_ns = now_ns + SPIN_SLICE_NS
            with cython.nogil:
                count = self._receive_one(first)
        return self._counted(count)

    def receive(self, datagram: Datagram) -> cython.bint:
        """Receive one datagram into the caller's; False when none waits."""
        if self._long_reads is None:
            return self._counted(self._receive_one(datagram)) > 0
        if self._receive_long(1) == 0:
            return False
        datagram.load(self.datagram(0).content())
        datagram.copy_path(self.datagram(0))
        return True

    def _counted(self, count: cython.int) -> cython.int:
        """The count, or SocketClosedError."""
        if count < 0:
            self._check_open()
            return 0
        return count

    def datagram(self, index: cython.int) -> Datagram:
        """Number `index` of the latest batch."""
        assert 0 <= index < self._intake.count
        return self._intake.at(index)

    def _receive_one(self, datagram: Datagram) -> cython.int:
        """1: got one; 0: none; -1: the descriptor is gone."""
        name: libc.sockaddr_in6
        name_size: libc.socklen_t = cython.sizeof(name)
        source: cython.pointer(libc.sockaddr) = cython.cast(cython.pointer(libc.sockaddr), cython.address(name))
        size: cython.Py_ssize_t
        data: cython.p_uchar = datagram.data
        room: cython.size_t = datagram.capacity
        if self.connected:
            size = libc.recv(self._fd, data, room, libc.MSG_DONTWAIT)
            if size >= 0:
                names.copy_path(self._peer, datagram)
        elif self._wildcard:
            size = names.receive_with_local(self._fd, datagram)
        else:
            size = libc.recvfrom(self._fd, data, room, libc.MSG_DONTWAIT, source, cython.address(name_size))
            if size >= 0:
                names.read_name(cython.address(name), datagram)
        if size < 0:
            return self._receive_failed()
        self._took(datagram, size)
        return 1

    def _receive_many(self, limit: cython.int) -> cython.int:
        count: cython.int = self._intake.receive(self._fd, limit, self._peer if self.connected else None)
        if count < 0:
            return self._receive_failed()
        index: cython.int
        for index in range(count):
            self._took(self._intake.at(index), self._intake.bytes_of(index))
        return count

    def _took(self, datagram: Datagram, size: cython.Py_ssize_t) -> cython.void:
        datagram.size = datagram.end = cython.cast(cython.int, size)
        datagram.at = 0
        datagram.bad = False
        self.counters.received += 1
        self.counters.received_bytes += size

    def _receive_failed(self) -> cython.int:
        code: cython.int = errno
        if code == EBADF:
            return -1
        if code != EAGAIN and code != EINTR:  # The kernel has now forgotten it, so this cannot become a busy loop.
            self.counters.error(code)
        return 0

    # Sending.

    def send(self, datagram: Datagram) -> cython.bint:
        """Send it now, to its remote address. False when the kernel did not take it; the cause is counted."""
        return self._counted(self._send_one(datagram)) > 0

    def next_out(self) -> Datagram:
        """The datagram to fill next, contents and path; `commit` queues it, `flush` sends all that were queued."""
        if self._queued == OUT_RING:
            self.flush()
        return self._outbox.at(self._queued)

    def commit(self) -> cython.void:
        """Queue what `next_out` gave."""
        assert self._queued < OUT_RING
        self._queued += 1

    def flush(self) -> cython.int:
        """Send what was queued, in one system call, and say how many datagrams the kernel took."""
        count: cython.int = self._queued
        self._queued = 0
        if count == 0:
            return 0
        if count == 1:
            return self._counted(self._send_one(self._outbox.at(0)))
        self._outbox.wildcard = self._wildcard
        peer: Datagram = self._peer if self.connected else None
        return self._counted(self._outbox.send(self._fd, self._family, count, peer))

    def _send_one(self, datagram: Datagram) -> cython.int:
        """1: sent; 0: not; -1: the descriptor is gone."""
        size: cython.Py_ssize_t = self._send_message(datagram)
        if size < 0 and self.connected and errno == ECONNREFUSED:
            # The kernel reports what an earlier datagram met, and has not tried this one.
            self.counters.error(ECONNREFUSED)
            size = self._send_message(datagram)
        if size < 0:
            if errno == EBADF:
                return -1
            self.counters.error(errno)
            return 0
        self.counters.sent += 1
        self.counters.sent_bytes += datagram.size
        return 1

    def _send_message(self, datagram: Datagram) -> cython.Py_ssize_t:
        """What the system call returned, by the cheapest call that will do."""
        if self._is_peer(datagram):
            return libc.send(self._fd, datagram.data, datagram.size, libc.MSG_DONTWAIT)
        if self._wildcard and (datagram.local_hi != 0 or datagram.local_lo != 0):
            return names.send_with_local(self._fd, self._family, datagram)
        name: libc.sockaddr_in6
        name_size: libc.socklen_t = names.write_name(cython.address(name), self._family, datagram)
        to: cython.pointer(libc.sockaddr) = cython.cast(cython.pointer(libc.sockaddr), cython.address(name))
        return libc.sendto(self._fd, datagram.data, datagram.size, libc.MSG_DONTWAIT, to, name_size)

    def _is_peer(self, datagram: Datagram) -> cython.bint:
        return self.connected and datagram.same_remote(self._peer)

    def wait(self, timeout_ns: uint64_t) -> cython.bint:
        """Sleep until a datagram waits or `timeout_ns` passed; other threads run meanwhile. Whether one waits."""
        self._check_open()
        return wait_readable(self._fd, timeout_ns)
