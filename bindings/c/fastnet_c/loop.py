# cython: annotation_typing=True
# ruff: noqa: F821 - C variables are declared without a value, and DESCRIPTORS_EACH lives in the .pxd.
"""The turns of all sessions on the network thread, and the wait between them.

Rule 1: whoever sleeps says so first, looks once more, then sleeps; whoever sends looks for that after the message is
in. Rule 2: the interpreter's lock is given away while asleep or spinning. Rule 3: a clock that jumped (a debugger, a
suspended machine) makes one late turn, in which peers are heard before anyone's time is up.
"""

import cython
from cython.cimports.fastnet.net.clock import monotonic_ns
from cython.cimports.fastnet.net.libc import write
from cython.cimports.fastnet.net.pump import Pump
from cython.cimports.fastnet.net.udp import UdpSocket
from cython.cimports.fastnet.net.waiter import Poller
from cython.cimports.fastnet.protocol.datagram import Datagram
from cython.cimports.fastnet_c import bridge as c
from cython.cimports.fastnet_c.rings import Rings
from cython.cimports.libc.stdint import uint64_t, uintptr_t
from fastnet.protocol.ticket import NEVER_NS

NEVER = cython.declare(uint64_t, NEVER_NS)
_LATE_NS = cython.declare(uint64_t, 1_000_000_000)
_COLD_GAP_NS = cython.declare(uint64_t, 1_000_000)  # Who spins looks at the cold descriptors this often.


class Loop:
    """The network thread's work. `obey` gets the address of an order, `broken` a session and the exception that it
    died of."""

    def __cinit__(self, bridge: uintptr_t, obey: object, broken: object):
        self.bridge = cython.cast(cython.pointer(c.fn_bridge), bridge)
        self._sessions = []
        self._obey = obey
        self._broken = broken
        self._until_ns = NEVER
        self._poller = Poller()

    def add(self, rings: Rings) -> None:
        """Serve this session from now on."""
        self._sessions.append(rings)
        self._rearrange()

    def remove(self, rings: Rings) -> None:
        """It is over."""
        self._sessions.remove(rings)
        self._rearrange()

    def _rearrange(self) -> cython.int:
        self._polled = False
        self._poller.resize(0)  # A new session's descriptor may have an old one's number.
        return self._poller.resize(1 + DESCRIPTORS_EACH * cython.cast(cython.int, len(self._sessions)))

    def wake(self) -> None:
        """End the present wait, or else the next one. From any thread."""
        one: uint64_t = 1
        write(self.bridge.wake_handle, cython.address(one), 8)

    def log(self, level: cython.int, text: str) -> None:
        """A line for the host's log callback; `level` is the ABI's."""
        line: bytes = text.encode()
        self.bridge.log(level, line)

    def is_stopping(self) -> cython.bint:
        """Whether the shim said stop."""
        return self.bridge.is_stopping()

    def run(self, rehearsal: object) -> None:
        """Work until the shim says stop. `rehearsal` is asked for its next piece before, as long as it has one and
        nothing is waiting; who waits for the core waits for that, too."""
        while not self._work_waits() and next(rehearsal, False):
            pass
        rehearsal.close()
        self._leaving = False
        self._active_ns = monotonic_ns()
        self.bridge.is_running()
        while not self.bridge.is_stopping():
            self._turn_all()
            self._wait()

    def run_until(self, limit_ns: uint64_t) -> None:
        """Work until nobody has a goodbye left to say, or this moment. Live handles keep their sessions meanwhile."""
        self._leaving = True
        while self._is_leaving() and monotonic_ns() < limit_ns:
            self._turn_all()
            if self._is_leaving():
                self._sleep(min(limit_ns, self._due_ns(monotonic_ns())), False)

    def _is_leaving(self) -> cython.bint:
        rings: Rings
        for rings in self._sessions:  # noqa: SIM110 - C functions hold no closures.
            if rings.pump is not None:
                return True
        return False

    # One turn of everybody.

    def _turn_all(self) -> cython.int:
        self._take_commands()
        now_ns: uint64_t = monotonic_ns()
        late: cython.bint = now_ns > self._until_ns and now_ns - self._until_ns > _LATE_NS
        self._until_ns = NEVER
        index: cython.Py_ssize_t = 0
        sessions: list = self._sessions
        while index < len(sessions):
            rings: Rings = sessions[index]
            try:
                if self._turn_one(rings, index, now_ns, late):
                    self._active_ns = now_ns
            except Exception as error:
                self._broken(rings, error)
            if index < len(sessions) and sessions[index] is rings:
                index += 1
        return 0

    def _turn_one(self, rings: Rings, index: cython.Py_ssize_t, now_ns: uint64_t, late: cython.bint) -> cython.int:
        readable: cython.bint = True
        cold: cython.bint = rings.cold_asked or now_ns >= rings.cold_due_ns
        if self._polled:
            place: cython.int = 1 + DESCRIPTORS_EACH * cython.cast(cython.int, index)
            readable = self._poller.found(place)
            cold = cold or self._poller.found(place + 1)
        if cold:
            readable = True  # It may have just got its socket.
            now_ns = rings.call_cold(now_ns)
        return rings.turn(now_ns, readable, late) if rings.session != cython.NULL else 1

    def _take_commands(self) -> cython.int:
        while self._has_command or self.bridge.take_command(cython.address(self._command)):
            self._has_command = False
            self._active_ns = monotonic_ns()
            self._obey(cython.cast(uintptr_t, cython.address(self._command)))
            self.bridge.answer(cython.address(self._command))
        return 0

    # The wait.

    def _work_waits(self) -> cython.bint:
        """Whether a game thread left something to do."""
        rings: Rings
        for rings in self._sessions:
            if rings.has_work():
                return True
        if not self._has_command:
            self._has_command = self.bridge.take_command(cython.address(self._command))
        return self._has_command or (not self._leaving and self.bridge.is_stopping())

    def _due_ns(self, now_ns: uint64_t) -> uint64_t:
        due: uint64_t = NEVER
        rings: Rings
        for rings in self._sessions:
            due = min(due, rings.due_ns(now_ns))
        return due

    def _wait(self) -> cython.int:
        """Until something can be done, as the most eager of the idle policies says."""
        now_ns: uint64_t = monotonic_ns()
        until_ns: uint64_t = self._due_ns(now_ns)
        policy: cython.int = c.fn_idle_policy(self.bridge)
        if policy == c.FASTNET_IDLE_SPIN:
            spin_ns: uint64_t = c.fn_spin_ns(self.bridge)
            if spin_ns == c.FASTNET_OFF or now_ns - self._active_ns < spin_ns:
                self._until_ns = until_ns
                return self._spin(min(until_ns, now_ns + _COLD_GAP_NS))
        elif policy == c.FASTNET_IDLE_TICK:
            until_ns = min(until_ns, now_ns + 1000 * cython.cast(uint64_t, c.fn_tick_us(self.bridge)))
            return self._sleep(until_ns, True)
        return self._sleep(until_ns, False)

    def _sleep(self, until_ns: uint64_t, hidden: cython.bint) -> cython.int:
        """`hidden`: senders do not know, so they do not pay for waking us."""
        self._until_ns = until_ns
        if not hidden:
            c.fn_lie_down(self.bridge)
        if self._work_waits():
            c.fn_get_up(self.bridge)
            return self._poll(0)
        now_ns: uint64_t = monotonic_ns()
        self._poll(NEVER if until_ns == NEVER else until_ns - now_ns if until_ns > now_ns else 0)
        c.fn_get_up(self.bridge)
        return 0

    def _poll(self, timeout_ns: uint64_t) -> cython.int:
        self._describe()
        self._polled = True
        return self._poller.sleep(timeout_ns)

    def _describe(self) -> cython.int:
        """Whom to watch now."""
        self._poller.put(0, self.bridge.wake_handle)
        place: cython.int = 1
        rings: Rings
        for rings in self._sessions:
            fd: cython.int = -1
            if rings.pump is not None:
                rings.pump.spins = False  # It hears all there is, after a sleep.
                fd = rings.pump.udp._fd
            self._poller.put(place, fd)
            self._poller.put(place + 1, rings.cold_fd)
            place += DESCRIPTORS_EACH
        return 0

    def _spin(self, until_ns: uint64_t) -> cython.int:
        """Look without sleeping: a lone session's socket by receiving from it, several by asking for all at once."""
        rings: Rings
        now_ns: uint64_t = monotonic_ns()
        if now_ns - self._cold_look_ns >= _COLD_GAP_NS:
            self._cold_look_ns = now_ns
            return self._poll(0)
        if len(self._sessions) == 1:
            rings = self._sessions[0]
            if rings.pump is not None:
                return self._spin_one(rings, until_ns)
        while monotonic_ns() < until_ns and not self._work_waits():
            if self._poll(0) > 0:
                return 0
        return 0

    def _spin_one(self, rings: Rings, until_ns: uint64_t) -> cython.int:
        self._polled = False
        session: cython.pointer(c.fn_session) = rings.session
        if rings.has_work():
            return 0
        pump: Pump = rings.pump
        udp: UdpSocket = pump.udp
        pump.spins = True  # It hears one datagram, hands it over, and looks again: what follows is soon seen.
        if udp._long_reads is not None:
            return 0  # A flood: the turn itself reads its long pieces.
        first: Datagram = udp.datagram(0)
        count: cython.int = 0
        with cython.nogil:
            while True:
                count = udp._receive_one(first)
                if count != 0 or c.fn_has_work(session) or monotonic_ns() >= until_ns:
                    break
                if self.bridge.is_stopping():
                    break
                if self.bridge.take_command(cython.address(self._command)):
                    self._has_command = True
                    break
        pump._ready = count if count > 0 else 0
        return 0
