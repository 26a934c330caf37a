"""The server's door: a listening TCP socket and all handshakes in flight. Each success ends as a `Ticket`.

Rule 1: nothing here waits. `turn` does a bounded amount of work, at most one step of one handshake, and says whether
more is waiting; between two turns the pump serves the datagrams of those who are already in.
Rule 2: whatever strangers send is a number in `stats`; it never raises, and never costs more than the caps allow.
"""

import contextlib
import heapq
import os
import selectors
import socket
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fastnet.net import log, tcp
from fastnet.net.admission import Admit, Doorkeeper, Entry
from fastnet.net.clock import wall_s
from fastnet.net.credentials import ChainSource, Credentials, load_certificates
from fastnet.net.reception import Desk, Reception, Sink, State
from fastnet.net.tls import ServerTls, TlsError, server_context
from fastnet.net.tls_socket import TlsSocket
from fastnet.protocol.address import address_text
from fastnet.protocol.config import Config
from fastnet.protocol.handshake import Endpoint, HandshakeFormatError
from fastnet.protocol.ticket import NEVER_NS, Address

_ACCEPTS_PER_TURN = 16
_EVENTS_PER_TURN = 32
_PAUSE_NS = 100_000_000
_QUIET_NS = 50_000_000  # Without a knock for that long, there is time to prepare for the next.
_MS = 1_000_000
_CLIENT_CA_BYTES_MIN = 65_536  # A client's chain must fit as well.


@dataclass(slots=True)
class HandshakeStats:
    """What became of TCP connections so far."""

    accepted: int = 0
    """TCP connections that were let through the caps."""
    over_cap: int = 0
    over_rate: int = 0
    timed_out: int = 0
    failed: int = 0
    """TLS that broke, foreign protocols, malformed messages, connections that went away."""
    refused: int = 0
    completed: int = 0
    """Clients that got ACCEPT."""
    accept_errors: int = 0
    """Times the system could not hand a connection over, for example without a free descriptor."""


class _Arrival:
    """One handshake in flight, and the listener's notes on it."""

    def __init__(self, reception: Reception) -> None:
        self.reception = reception
        self.deadline_ns = NEVER_NS
        self.events = selectors.EVENT_READ
        self.in_queue = False
        self.lingers = False  # Answered; the client closes first, so that no RST overtakes the answer.
        self.closed = False


class HandshakeListener:
    """Accepts TCP connections at `tcp_address` (host, port; port 0 picks one) and turns them into tickets for `sink`.

    `endpoints` names the UDP addresses to announce. `admit` decides who may come in. `client_ca` makes every client
    show a certificate that leads to it. `listening` are bound sockets to take instead of new ones. Raises
    AddressInUseError, UsageError, CertificateError.
    """

    def __init__(
        self,
        tcp_address: tuple[str, int],
        credentials: Credentials,
        config: Config,
        sink: Sink,
        *,
        endpoints: Callable[[], Sequence[Endpoint]],
        admit: Admit | None = None,
        client_ca: ChainSource | None = None,
        listening: Sequence[socket.socket] | None = None,
        random_bytes: Callable[[int], bytes] = os.urandom,
        now_s: Callable[[], int] = wall_s,
    ) -> None:
        roots = load_certificates(client_ca) if client_ca is not None else ()
        self.stats = HandshakeStats()
        self._config = config
        self._desk = Desk(config, sink, endpoints, admit, roots, random_bytes, now_s)
        self._context = server_context(credentials, roots)
        self._bytes_max = max(config.preauth_bytes_max, _CLIENT_CA_BYTES_MIN if roots else 0)
        self._doorkeeper = Doorkeeper(config)
        self._arrivals: dict[Reception, _Arrival] = {}
        self._queue: deque[_Arrival] = deque()  # Who has something to think about.
        self._deadlines: list[tuple[int, int, _Arrival]] = []  # A heap; entries may be stale.
        self._serial = 0
        self._resume_ns = NEVER_NS  # When a paused door opens again.
        self._spare: ServerTls | None = ServerTls(self._context, self._bytes_max)  # For the next who knocks.
        self._spare_ns = NEVER_NS  # When to make another.
        self._turns = 0
        self._looked_ns = 0
        self._listening = list(listening) if listening is not None else tcp.listen(*tcp_address)
        self._selector = selectors.DefaultSelector()
        self._wake_out, self._wake_in = socket.socketpair()
        self._wake_out.setblocking(False)
        self._wake_in.setblocking(False)
        self._selector.register(self._wake_out, selectors.EVENT_READ)
        self._open()
        log.info("listening on TCP %s port %d; pin %s", *self.address, credentials.pin)

    @property
    def address(self) -> tuple[str, int]:
        """The first bound host and port."""
        name = self._listening[0].getsockname()
        return name[0], name[1]

    @property
    def in_flight(self) -> int:
        """Handshakes that hold a TCP connection, answered ones that linger included."""
        return len(self._arrivals)

    def fileno(self) -> int:
        """A descriptor that is readable when `turn` has something to do; -1 where the system has none."""
        return self._selector.fileno() if hasattr(self._selector, "fileno") else -1

    def next_deadline_ns(self) -> int:
        """When `turn` must be called even if nothing is readable; 0 for now, NEVER_NS for never."""
        if self._queue:
            return 0
        while self._deadlines and _is_stale(self._deadlines[0]):
            heapq.heappop(self._deadlines)
        again_ns = tcp.look_again_ns(self._selector, self._looked_ns)
        first_ns = self._deadlines[0][0] if self._deadlines else NEVER_NS
        return min(self._resume_ns, self._spare_ns, again_ns, first_ns)

    def turn(self, now_ns: int) -> bool:
        """Do a bounded amount of work; True when more is waiting right now. Never blocks."""
        self._looked_ns = now_ns
        self._expire(now_ns)
        more = self._take_events(now_ns)
        if self._queue:
            arrival = self._queue.popleft()
            arrival.in_queue = False
            if not arrival.closed:
                self._guard(arrival, lambda: arrival.reception.advance(now_ns), now_ns)
        elif now_ns >= self._spare_ns and not more:
            self._spare, self._spare_ns = ServerTls(self._context, self._bytes_max), NEVER_NS
        return more or bool(self._queue)

    def close(self) -> None:
        """Close the door and every handshake in flight."""
        for arrival in tuple(self._arrivals.values()):
            self._drop(arrival)
        for listening in self._listening:
            listening.close()
        self._selector.close()
        self._wake_in.close()
        self._wake_out.close()

    # The door.

    def _open(self) -> None:
        self._resume_ns = NEVER_NS
        for listening in self._listening:
            self._selector.register(listening, selectors.EVENT_READ)

    def _pause(self, now_ns: int) -> None:
        """Without a free descriptor `accept` would fail again and again, and the selector would never sleep."""
        self.stats.accept_errors += 1
        self._resume_ns = now_ns + _PAUSE_NS
        for listening in self._listening:
            self._selector.unregister(listening)

    def _accept_some(self, listening: socket.socket, now_ns: int) -> bool:
        for _ in range(_ACCEPTS_PER_TURN):
            try:
                accepted, name = listening.accept()
            except (BlockingIOError, InterruptedError):
                return False
            except OSError as error:
                if error.errno in tcp.OUT_OF_RESOURCES:
                    self._pause(now_ns)
                    return False
                self.stats.accept_errors += 1  # The client gave up before we looked.
                continue
            self._welcome(accepted, tcp.address_of(name), now_ns)
        return True

    def _welcome(self, accepted: socket.socket, address: Address, now_ns: int) -> None:
        entry = self._doorkeeper.enter(address, now_ns)
        if entry is not Entry.WELCOME:
            self.stats.over_cap += entry is Entry.OVER_CAP
            self.stats.over_rate += entry is Entry.OVER_RATE
            accepted.close()
            return
        self.stats.accepted += 1
        link = TlsSocket(accepted, self._take_tls(now_ns))
        arrival = _Arrival(Reception(link, address, self._desk, self._wake))
        self._arrivals[arrival.reception] = arrival
        self._set_deadline(arrival, now_ns + self._config.handshake_timeout_ms * _MS)
        try:
            tcp.prepare(accepted)
            self._selector.register(accepted, arrival.events, arrival)
        except OSError:
            self.stats.failed += 1  # It was gone already.
            self._drop(arrival)

    def _take_tls(self, now_ns: int) -> ServerTls:
        """The one made while nobody waited, if no other took it; of a burst each waits for its own."""
        spare, self._spare = self._spare, None
        self._spare_ns = now_ns + _QUIET_NS
        return spare or ServerTls(self._context, self._bytes_max)

    # Time.

    def _set_deadline(self, arrival: _Arrival, deadline_ns: int) -> None:
        arrival.deadline_ns = deadline_ns
        self._serial += 1
        heapq.heappush(self._deadlines, (deadline_ns, self._serial, arrival))

    def _expire(self, now_ns: int) -> None:
        if now_ns >= self._resume_ns:
            self._open()
        while self._deadlines and (_is_stale(self._deadlines[0]) or self._deadlines[0][0] <= now_ns):
            entry = heapq.heappop(self._deadlines)
            if not _is_stale(entry):
                self._time_out(entry[2], now_ns)

    def _time_out(self, arrival: _Arrival, now_ns: int) -> None:
        self.stats.timed_out += not arrival.lingers
        if not arrival.lingers:
            self._guard(arrival, arrival.reception.time_out, now_ns)
        if arrival.deadline_ns <= now_ns:  # Else it was told something, and lingers now.
            self._drop(arrival)

    # Sockets.

    def _take_events(self, now_ns: int) -> bool:
        ready = self._selector.select(0)
        more = len(ready) > _EVENTS_PER_TURN
        if more:  # Everyone's turn comes.
            self._turns += 1
            start = self._turns * _EVENTS_PER_TURN % len(ready)
            ready = (ready[start:] + ready[:start])[:_EVENTS_PER_TURN]
        for key, events in ready:
            if isinstance(key.data, _Arrival):
                self._move(key.data, events, now_ns)
            elif key.fileobj is self._wake_out:
                self._hear_wake()
            elif isinstance(key.fileobj, socket.socket) and self._resume_ns == NEVER_NS:
                more = self._accept_some(key.fileobj, now_ns) or more
        return more

    def _move(self, arrival: _Arrival, events: int, now_ns: int) -> None:
        if events & selectors.EVENT_WRITE and not arrival.closed:
            self._guard(arrival, arrival.reception.link.flush, now_ns)
        if events & selectors.EVENT_READ and not arrival.closed:
            self._guard(arrival, lambda: self._receive(arrival), now_ns)

    def _receive(self, arrival: _Arrival) -> None:
        if arrival.reception.link.receive() and not arrival.lingers:
            self._enqueue(arrival)

    def _enqueue(self, arrival: _Arrival) -> None:
        if not arrival.in_queue:
            arrival.in_queue = True
            self._queue.append(arrival)

    def _wake(self, reception: Reception) -> None:
        """A deferred answer is there. This may be another thread, so it only queues and rings."""
        arrival = self._arrivals.get(reception)
        if arrival is not None:
            self._enqueue(arrival)
            with contextlib.suppress(OSError):  # It rings already, or the listener is closed.
                self._wake_in.send(b"\0")

    def _hear_wake(self) -> None:
        with contextlib.suppress(BlockingIOError, InterruptedError):
            self._wake_out.recv(4_096)

    # One handshake.

    def _guard(self, arrival: _Arrival, work: Callable[[], object], now_ns: int) -> None:
        """Do `work`, and what follows from it; a stranger who breaks a rule is counted and dropped."""
        try:
            work()
            self._follow_up(arrival, now_ns)
        except (TlsError, HandshakeFormatError) as error:
            if not arrival.lingers:
                self.stats.failed += 1
                log.debug("handshake with %s failed: %s", address_text(arrival.reception.address), error)
            self._drop(arrival)

    def _follow_up(self, arrival: _Arrival, now_ns: int) -> None:
        reception = arrival.reception
        wanted = selectors.EVENT_READ | (selectors.EVENT_WRITE if reception.link.wants_write else 0)
        if wanted != arrival.events:
            arrival.events = wanted
            self._selector.modify(reception.link.tcp, wanted, arrival)
        if reception.answered and not arrival.lingers:
            arrival.lingers = True
            self.stats.completed += reception.state is State.ACCEPTED
            self.stats.refused += reception.state is State.REFUSED
            self._set_deadline(arrival, now_ns + self._config.tcp_linger_ms * _MS)

    def _drop(self, arrival: _Arrival) -> None:
        if arrival.closed:
            return
        arrival.closed = True
        del self._arrivals[arrival.reception]
        self._doorkeeper.leave(arrival.reception.address)
        arrival.reception.abandon()
        with contextlib.suppress(KeyError, ValueError):  # It may never have been registered.
            self._selector.unregister(arrival.reception.link.tcp)
        arrival.reception.link.close()
        if self._resume_ns != NEVER_NS:
            self._open()  # A descriptor is free again.


def _is_stale(entry: tuple[int, int, _Arrival]) -> bool:
    return entry[2].closed or entry[2].deadline_ns != entry[0]
