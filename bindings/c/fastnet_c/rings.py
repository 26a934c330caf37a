# cython: annotation_typing=True
# ruff: noqa: F821 - C variables are declared without a value, and RECORDS_A_TURN and COPIES_BYTES_MAX live in the .pxd.
"""`Rings`: what one session exchanges with game threads: records of the out ring into its endpoint, events into the in
ring, and what is known of its peers into the table.

Rule 1: nothing promised is lost. A full in ring keeps its events here, nothing more is taken from the endpoint, and
credit does the rest. Rule 2: a place of the table opens before its CONNECTED can be polled and is given to the next
peer after its DISCONNECTED was released. Rule 3: the thread that runs the session's turns is the only one in here.
"""

import cython
from cython.cimports.cpython.bytes import PyBytes_AS_STRING, PyBytes_GET_SIZE
from cython.cimports.fastnet.net.clock import monotonic_ns
from cython.cimports.fastnet.net.libc import write
from cython.cimports.fastnet.net.pump import Pump
from cython.cimports.fastnet.net.waiter import Poller
from cython.cimports.fastnet.protocol.channels.base import Outlet
from cython.cimports.fastnet.protocol.connection import Connection
from cython.cimports.fastnet.protocol.datagram import Datagram
from cython.cimports.fastnet.protocol.endpoint import Endpoint
from cython.cimports.fastnet.protocol.events import Connected, Data, Disconnected
from cython.cimports.fastnet_c import bridge as c
from cython.cimports.fastnet_c.table import Table
from cython.cimports.libc.stdint import uint32_t, uint64_t, uintptr_t
from cython.cimports.libc.string import memset
from fastnet.protocol.ticket import NEVER_NS

NEVER = cython.declare(uint64_t, NEVER_NS)
# How soon a full in ring is looked at again, doubled up to the next: for room made between the look and the sleep.
_RETRY_NS = cython.declare(uint64_t, 500_000)
_RETRY_NS_MAX = cython.declare(uint64_t, 64_000_000)


class Rings(Outlet):
    """The compiled half of a session; `cold` is what its Python half does, called with the time in ns."""

    def __cinit__(self, bridge: uintptr_t, session: uintptr_t, cold: object, describe: object):
        self.bridge = cython.cast(cython.pointer(c.fn_bridge), bridge)
        self.session = cython.cast(cython.pointer(c.fn_session), session)
        self._table = Table(bridge, session)
        self.session.core = cython.cast(cython.p_void, self)  # Borrowed: its Python half outlives the session.
        self._copies = []
        self._touched = []
        self.poller = Poller()
        self.retry_ns = self.cold_due_ns = NEVER
        self._retry_gap_ns = _RETRY_NS
        self.cold = cold
        self.cold_fd = -1
        self.hears = True
        self.describe = describe

    # For its Python half.

    def attach(self, pump: Pump) -> None:
        """The protocol can run."""
        endpoint: Endpoint = pump.endpoint
        endpoint.inbox.outlet = self
        self.pump = pump

    def detach(self) -> None:
        """It is over: what was not handed over yet still is."""
        if self.pump is not None:
            endpoint: Endpoint = self.pump.endpoint
            endpoint.inbox.outlet = None
            if self.hears:
                self._keep_events()
        self._touched.clear()
        self.owes = False
        self.pump = None

    def drop_events(self) -> None:
        """The last resort, when handing over itself is what fails."""
        self._events = self._final = None

    def _keep_events(self) -> cython.int:
        """All that the endpoint has for the game moves here."""
        events: list = self.pump.endpoint.take_events()
        if events:
            if self._events is not None:
                events = self._events[self._at :] + events
            self._events = events
            self._at = 0
        return 0

    def touch(self) -> None:
        """Have the pages of both rings before a frame needs them, while nobody waits."""
        c.fn_ring_touch(cython.address(self.session.in_ring))
        c.fn_ring_touch(cython.address(self.session.out))

    def set_state(self, state: uint32_t) -> None:
        """What `fastnet_client_state` answers."""
        c.fn_set_state(self.session, state)

    def set_ports(self, udp: cython.int, tcp: cython.int) -> None:
        """The ports a server really has."""
        c.fn_set_ports(self.session, udp, tcp)

    def set_peer_closing(self, peer_id: uint32_t) -> None:
        """Its goodbye was asked for: nothing more can be sent to it."""
        place = c.fn_peer_place(self.session, peer_id)
        if place != cython.NULL and c.fn_place_id(place) == peer_id:
            c.fn_place_set_state(self.session, place, c.FASTNET_STATE_CLOSING)

    def finish(self, kind: uint32_t, error: cython.int, reason: uint32_t, text: str) -> None:
        """The end of the handle, which is said once: the last event. A server's peers and all events go before it."""
        if self._final is not None or self.finished:
            return
        self._final = (kind, error, reason, text)
        if self.pump is not None:
            self._keep_events()
        if self._events is None:
            self._events = []
            self._at = 0
        if self.session.kind != c.FN_CLIENT:
            self._disconnect_all(reason, text)
        self._hand_over(0)

    def _disconnect_all(self, reason: cython.int, text: str) -> cython.int:
        index: uint32_t
        for index in range(c.fn_places_used(self.session)):
            place = self.session.peers + index
            if c.fn_place_id(place) != 0 and c.fn_place_state(place) != c.FASTNET_STATE_CLOSED:
                self._events.append(Disconnected(c.fn_place_id(place), reason, text, False))
        return 0

    def _say_final(
        self, kind: uint32_t, error: cython.int, reason: uint32_t, by_peer: cython.bint, text: str
    ) -> cython.int:
        if self.finished:
            return 0
        self.finished = True
        outcome: c.fn_outcome
        outcome.error, outcome.reason, outcome.by_peer, outcome.zero = error, reason, by_peer, 0
        data: bytes = text.encode()
        now_us: uint64_t = self.bridge.time_us()
        c.fn_finish(self.session, kind, now_us, cython.address(outcome), PyBytes_AS_STRING(data), len(data))
        c.fn_notify(self.session)
        return 0

    def free_session(self) -> None:
        """The handle was ended and all is said: its memory goes back to the shim. Nothing may follow."""
        self.poller.forget()
        session, self.session = self.session, cython.NULL
        self.bridge.session_free(session)

    def wake(self) -> None:
        """End the wait of a pumped session's caller. From any thread, be it after the session's end."""
        one: uint64_t = 1
        if self.session != cython.NULL:
            write(self.session.wake_handle, cython.address(one), 8)

    def empty_out(self, now_ns: uint64_t) -> None:
        """Take all that was sent so far, however much, and flush it."""
        while self.pump is not None and self.carry_out(now_ns):
            pass

    # A turn.

    def turn(self, now_ns: uint64_t, readable: cython.bint, late: cython.bint) -> cython.int:
        """One turn; how much happened. `late`: the clock jumped, so deadlines wait until the peers are heard."""
        if self.pump is None:
            return self._hand_over(now_ns)
        pump: Pump = self.pump
        endpoint: Endpoint = pump.endpoint
        count: cython.int = self.carry_out(now_ns)
        if count or self.owes:
            self.settle(now_ns)
        self._turn_us = now_ns // 1_000
        heard: cython.int = pump.receive(now_ns) if readable else 0
        if not late and endpoint.is_due(now_ns):
            endpoint.handle_deadline(now_ns)
            heard += 1
        brought: cython.int = self._tell_handed() + self.bring_events(now_ns)
        if brought and self.pumped and endpoint.can_wait(self.spin_ns > 0):
            self.owes = True  # The answer leaves first, and acks ride on it; else they leave with the next turn.
        elif heard or brought:
            self.settle(now_ns)
        if self.leaving and endpoint.peer_count == 0:
            self.cold_due_ns = 0
        return count + heard + brought

    def settle(self, now_ns: uint64_t) -> cython.int:
        """Send what may leave, and publish what became of those with something to send, as all are who were just heard
        of."""
        self.owes = False
        endpoint: Endpoint = self.pump.endpoint
        count: cython.Py_ssize_t = endpoint.copy_dirty(self._touched)
        self.pump.write(now_ns)
        # Not the time of the turn: a peer that it announced began after that.
        return self._table.publish(self._touched, count, endpoint, self.bridge.time_us())

    def carry_out(self, now_ns: uint64_t) -> cython.int:
        """Messages from the out ring into the endpoint; how many."""
        count: cython.int = 0
        flush: cython.bint = c.fn_take_flush(self.session)
        while count < RECORDS_A_TURN:
            record = c.fn_ring_peek(cython.address(self.session.out))
            if record == cython.NULL:
                c.fn_out_taken(self.session)
                break
            self._table.carry(record, self.pump.endpoint, now_ns)
            count += 1
        self._table.end_carrying()
        if not flush:
            return count
        if count == RECORDS_A_TURN:
            c.fn_want_flush(self.session)  # Some of what was sent before the flush may stand behind.
            return count
        self.pump.endpoint.flush(now_ns)
        return count + 1

    # Events.

    def take(self, peer_id: uint32_t, channel: cython.int, inbound: Datagram, length: cython.int) -> cython.bint:
        """A message of an unreliable channel goes from its datagram into the in ring, unless others wait before it."""
        if self._events is not None or self._final is not None or self.finished or not self.hears:
            return False
        if c.fn_ring_by_pointer(cython.address(self.session.in_ring), length):
            return False
        data = cython.cast(cython.pointer(cython.const[cython.char]), inbound.data + inbound.at)
        if c.fn_push_data(self.session, peer_id, channel, self._turn_us, data, length) != c.FN_PUSHED:
            return False
        self._handed += 1
        return True

    def _tell_handed(self) -> cython.int:
        """Wake whoever waits for what `take` handed over; how much that was."""
        count, self._handed = self._handed, 0
        if count:
            c.fn_notify(self.session)
        return count

    def bring_events(self, now_ns: uint64_t) -> cython.int:
        """Events from the endpoint into the in ring; how many."""
        if self._events is None and self.pump.endpoint.events_waiting():
            self._events = self.pump.endpoint.take_events()
            self._at = 0
        return self._hand_over(now_ns) if self._events is not None else 0

    def _hand_over(self, now_ns: uint64_t) -> cython.int:
        """What was taken from the endpoint, as far as the ring has room."""
        if self._events is None:
            return 0
        if not self.hears:
            self._events = self._final = None
            return 0
        now_us: uint64_t = self.bridge.time_us()
        before: cython.Py_ssize_t = self._at
        while self._at < len(self._events) and self._push(self._events[self._at], now_us):
            self._events[self._at] = None
            self._at += 1
        count: cython.int = cython.cast(cython.int, self._at - before)
        if count:
            c.fn_notify(self.session)
            self._retry_gap_ns = _RETRY_NS
        if self._at == len(self._events):
            self._events = None
            if self._final is not None:
                final, self._final = self._final, None
                self._say_final(final[0], final[1], final[2], False, final[3])
            self.retry_ns = NEVER
            c.fn_hold_back(self.session, False)
        else:
            c.fn_hold_back(self.session, True)
            self.retry_ns = now_ns + self._retry_gap_ns
            self._retry_gap_ns = min(2 * self._retry_gap_ns, _RETRY_NS_MAX)
        return count

    def _push(self, event: object, now_us: uint64_t) -> cython.bint:
        """False: there is no room now."""
        if type(event) is Data:
            data: Data = event
            return self._push_data(data.peer_id, data.channel, data.data, now_us)
        if type(event) is Connected:
            connected: Connected = event
            return self._connected(connected.peer_id, now_us)
        gone: Disconnected = event
        return self._disconnected(gone.peer_id, gone.code, gone.reason, gone.by_peer, now_us)

    def _push_data(self, peer_id: uint32_t, channel: cython.int, data: bytes, now_us: uint64_t) -> cython.bint:
        size: cython.Py_ssize_t = PyBytes_GET_SIZE(data)
        copied: cython.bint = c.fn_ring_by_pointer(cython.address(self.session.in_ring), size)
        if copied and not self._may_copy(size):
            return False
        pushed: cython.int = c.fn_push_data(self.session, peer_id, channel, now_us, PyBytes_AS_STRING(data), size)
        if copied and pushed == c.FN_PUSHED:
            self._copies.append((c.fn_head(cython.address(self.session.in_ring)), size))
            self._copied_bytes += size
        return pushed == c.FN_PUSHED

    def _may_copy(self, length: uint64_t) -> cython.bint:
        """Large messages take next to no room in the ring; what the game has not released of them is bounded here."""
        tail: uint64_t = c.fn_tail(cython.address(self.session.in_ring))
        while self._copies and self._copies[0][0] <= tail:
            self._copied_bytes -= self._copies.pop(0)[1]
        return self._copied_bytes == 0 or self._copied_bytes + length <= COPIES_BYTES_MAX

    def _connected(self, peer_id: uint32_t, now_us: uint64_t) -> cython.bint:
        place = c.fn_peer_place(self.session, peer_id)
        if place == cython.NULL:
            return True
        if not c.fn_fits(cython.address(self.session.in_ring), cython.sizeof(c.fn_outcome)):
            return False
        if not self._table.open(place, peer_id, self._peer(peer_id), now_us):
            return False
        if self.session.kind == c.FN_CLIENT:
            c.fn_set_client_id(self.session, self.client_id)
            c.fn_set_state(self.session, c.FASTNET_STATE_CONNECTED)
            self.connected = self.cold_asked = True
            peer_id = self.client_id
        outcome: c.fn_outcome
        memset(cython.address(outcome), 0, cython.sizeof(c.fn_outcome))
        c.fn_push_change(self.session, c.FASTNET_EVENT_CONNECTED, peer_id, now_us, cython.address(outcome), b"", 0)
        return True

    def _disconnected(
        self, peer_id: uint32_t, code: cython.int, reason: str, by_peer: cython.bint, now_us: uint64_t
    ) -> cython.bint:
        text: bytes = reason.encode()
        place = c.fn_peer_place(self.session, peer_id)
        known: cython.bint = place != cython.NULL and c.fn_place_id(place) == peer_id
        outcome: c.fn_outcome
        outcome.error, outcome.reason, outcome.by_peer, outcome.zero = self.describe(code), code, by_peer, 0
        if self.session.kind == c.FN_CLIENT:
            if known:
                c.fn_place_close(self.session, place)
            self._say_final(c.FASTNET_EVENT_DISCONNECTED, outcome.error, code, by_peer, reason)
            self.leaving = True
            return True
        if not known:
            return True  # Of a peer whose CONNECTED was never handed over; its place says whose turn it is.
        if not c.fn_fits(cython.address(self.session.in_ring), cython.sizeof(c.fn_outcome) + len(text)):
            return False
        c.fn_place_close(self.session, place)
        c.fn_push_change(
            self.session,
            c.FASTNET_EVENT_DISCONNECTED,
            peer_id,
            now_us,
            cython.address(outcome),
            PyBytes_AS_STRING(text),
            len(text),
        )
        self._table.end(place)
        return True

    # What is known.

    def _peer(self, peer_id: uint32_t) -> Connection:
        """The connection with this id; None when it is gone."""
        if self.pump is None:
            return None
        endpoint: Endpoint = self.pump.endpoint
        slot: uint32_t = (peer_id & ((1 << c.FN_SLOT_BITS) - 1)) - c.FN_FIRST_SLOT if endpoint.is_server else 0
        peer: Connection = endpoint.slots[slot]
        return peer if peer is not None and peer.peer_id == peer_id else None

    # When to turn again.

    def call_cold(self, now_ns: uint64_t) -> uint64_t:
        """What is not hot: connecting, admitting, ending. The time after it: for an endpoint no clock may go back, and
        what happens here may have read it."""
        self.cold_asked = False  # Before it works: what is asked meanwhile is asked of the next turn.
        self.cold_due_ns = NEVER
        self.cold(now_ns)
        return monotonic_ns()

    def due_ns(self, now_ns: uint64_t) -> uint64_t:
        """When a turn is due even if nothing arrives."""
        due: uint64_t = 0 if self.cold_asked else min(self.cold_due_ns, self.retry_ns)
        if self.pump is not None:
            due = min(due, self.pump.endpoint.next_deadline_ns(now_ns))
        return due

    def has_work(self) -> cython.bint:
        """Whether the game sent something."""
        return self.owes or (self.pump is not None and c.fn_has_work(self.session))

    def has_news(self) -> cython.bint:
        """Whether events wait on this side of the ring, for which no descriptor stands."""
        return self._events is not None or (self.pump is not None and self.pump.endpoint.events_waiting())
