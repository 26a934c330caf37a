"""`Client`: one connection to a server. The frame-loop form; asyncio's is in aio.py."""

import os
import socket
import threading
from collections.abc import Callable, Sequence
from typing import Self

from fastnet.net.clock import monotonic_ns
from fastnet.net.credentials import Credentials
from fastnet.net.dial import ClientHandshake, check_usage
from fastnet.net.driver import NOW, Driver
from fastnet.net.pump import Pump
from fastnet.net.resolve import Candidates, ServerAddress, is_known, resolve, split_address
from fastnet.net.trust import Trust
from fastnet.net.udp import UdpSocket
from fastnet.net.udp_setup import family_of
from fastnet.protocol.config import Config
from fastnet.protocol.endpoint import Endpoint
from fastnet.protocol.errors import ConnectError, FastNetError, connect_error
from fastnet.protocol.events import Connected, Disconnected, Event
from fastnet.protocol.numbers import CloseCode
from fastnet.protocol.spec import SERVER_PEER_ID
from fastnet.protocol.ticket import NEVER_NS, Address, Ticket


class Client(Driver):
    """Begins to connect to `server_addr` (`HOST:PORT` or a pair; the server's TCP port) and returns at once: `poll`
    reports `Connected`, or `Disconnected` with the code and the reason why not. `Client.connect` waits for that.

    `trust` says which servers to believe (`Trust`; system roots by default), `token` is what the application's
    admission asks for, `server_name` is the name that the certificate must have if it is not the host,
    `spin` is for callers that poll without pause. Raises ConfigError, UsageError.
    """

    def __init__(
        self,
        server_addr: ServerAddress,
        *,
        trust: Trust | None = None,
        config: Config | None = None,
        token: bytes | None = None,
        credentials: Credentials | None = None,
        server_name: str | None = None,
        spin: bool = False,
    ) -> None:
        super().__init__(spin)
        check_usage(server_name, token)  # Here: whoever waits for a name to be looked up would never hear of it.
        self._config = config or Config()
        self._trust = trust or Trust()
        self._token = token
        self._credentials = credentials
        self._host, self._port = split_address(server_addr)
        self._server_name = server_name or self._host
        self._handshake: ClientHandshake | None = None
        self._udp: UdpSocket | None = None
        self._events: list[Event] = []
        self._found: Candidates | ConnectError | None = None
        self._on_found: Callable[[], object] = self.wake
        self._on_rebound: Callable[[], object] | None = None
        self._settled = False
        self.own_id = 0
        """The server's number for this client; 0 before TLS is done."""
        self.resolved = False
        """Whether the server's name has an address."""
        if is_known(self._host):
            self._begin(resolve(self._host, self._port))
        else:
            threading.Thread(target=self._resolve, name="fastnet-resolve", daemon=True).start()

    @classmethod
    def connect(
        cls,
        server_addr: ServerAddress,
        *,
        trust: Trust | None = None,
        config: Config | None = None,
        token: bytes | None = None,
        credentials: Credentials | None = None,
        spin: bool = False,
    ) -> Self:
        """A client that is connected; blocks until then. Raises ConnectError's kin, which say what to mend."""
        client = cls(server_addr, trust=trust, config=config, token=token, credentials=credentials, spin=spin)
        try:
            while not client.settled:
                client.wait()
                client.turn()
            client.raise_if_failed()
        except BaseException:
            client.release()
            raise
        return client

    # Connecting.

    def _resolve(self) -> None:
        """On its own thread, because the system's resolver blocks."""
        try:
            self._found = resolve(self._host, self._port)
        except ConnectError as error:
            self._found = error
        self._on_found()

    def call_when_found(self, notify: Callable[[], None]) -> None:
        """Have `notify` called, from another thread, when name resolution ends; then `turn` has something to do."""
        self._on_found = notify

    def call_when_rebound(self, notify: Callable[[], object]) -> None:
        """Have `notify` called when the application has asked for `rebind`: `filenos` and the next deadline changed."""
        self._on_rebound = notify

    def _begin(self, candidates: Candidates) -> None:
        self.resolved = True
        self._handshake = ClientHandshake(
            candidates,
            self._server_name,
            self._trust,
            self._config,
            now_ns=monotonic_ns(),
            token=self._token,
            client_credentials=self._credentials,
        )
        self._waiter.watch(self._handshake.fileno())
        self.watch_version += 1

    def _advance(self) -> None:
        """Name resolution and handshake, as far as they can go now."""
        found, self._found = self._found, None
        if isinstance(found, ConnectError):
            self._fail(found)
        elif found is not None:
            self._begin(found)
        handshake = self._handshake
        if handshake is None:
            return
        now_ns = monotonic_ns()
        handshake.turn(now_ns)
        if not handshake.done:
            return
        self._waiter.unwatch(handshake.fileno())
        if handshake.ticket is not None:
            self._bind(handshake.ticket, now_ns)
        elif handshake.error is not None:
            self._fail(handshake.error)
        if self._pump is None:
            self.end_handshake()

    def end_handshake(self) -> None:
        """Close TCP, once it is known whether UDP reaches the server: a goodbye would keep both from that."""
        if self._handshake is not None:
            self._handshake.close()
            self._handshake = None

    def _bind(self, ticket: Ticket, now_ns: int) -> None:
        """TLS is done: on to UDP. With one address to try, the socket hears that one alone."""
        self.own_id = ticket.own_id or 0
        endpoint = Endpoint(self._config, os.urandom(32), False)
        try:
            self._udp = self._open_udp(ticket.endpoints)
        except FastNetError as error:  # The server named an address that cannot be, or we have no descriptor left.
            text = f"TLS reached the server, UDP cannot: {error}"
            self._fail(connect_error(CloseCode.UDP_UNREACHABLE, text))
            return
        self._waiter.watch(self._udp.fileno())
        self.watch_version += 1
        self._pump = Pump(endpoint, self._udp, self._spin)
        endpoint.add_peer(ticket, now_ns)
        self._pump.turn(now_ns)

    def _open_udp(self, endpoints: Sequence[Address]) -> UdpSocket:
        """A socket for all of these; one of IPv6 reaches IPv4 as well, where the system has it."""
        largest, discover = self._config.max_datagram_bytes, self._config.mtu_discovery
        if len(endpoints) == 1:
            return UdpSocket.open_towards(endpoints[0], max_datagram=largest, discover=discover)
        ways = sorted(endpoints, key=lambda endpoint: family_of(endpoint) != socket.AF_INET6)
        try:
            return UdpSocket.open_towards(ways[0], connect=False, max_datagram=largest, discover=discover)
        except FastNetError:
            return UdpSocket.open_towards(ways.pop(), connect=False, max_datagram=largest, discover=discover)

    def _fail(self, error: ConnectError) -> None:
        self._events.append(Disconnected(SERVER_PEER_ID, int(error.code), str(error), False))
        self._settled = True

    @property
    def settled(self) -> bool:
        """Whether it is known how connecting ended."""
        if not self._settled and self._pump is not None and self._pump.endpoint.events_waiting():
            self._events += self._pump.endpoint.take_events()
            self._settled = any(isinstance(event, Connected | Disconnected) for event in self._events)
        return self._settled

    def raise_if_failed(self) -> None:
        """Raise the ConnectError that says why there is no connection, if there is none."""
        for event in self._events:
            if isinstance(event, Connected):
                return
            if isinstance(event, Disconnected):
                raise connect_error(event.code, event.reason)

    # The frame loop.

    def poll(self, timeout_s: float | None = NOW) -> list[Event]:
        found = timeout_s is NOW or self.rest(timeout_s)
        pump = self._pump
        if self._events or self._handshake is not None or pump is None:
            self._check_open()
            self.turn()
            events, self._events = self._events, []
            return events + pump.poll() if pump is not None else events
        if self._closed:
            self._check_open()
        return pump.poll() if found else pump.pass_time()

    def take(self) -> list[Event]:
        return self.poll() if self._events or self._handshake is not None else Driver.take(self)

    def turn(self) -> None:
        """A turn whose events wait for `poll`."""
        if self._pump is None:
            self._advance()
            return
        self._pump.turn(monotonic_ns())
        if self._handshake is not None and self.settled:
            self.end_handshake()

    def has_events(self) -> bool:
        return len(self._events) > 0 or (self._pump is not None and self._pump.endpoint.events_waiting())

    def filenos(self) -> list[int]:
        """The descriptors that become readable when `poll` has something to do."""
        if self._udp is not None:
            return [self._udp.fileno()]
        return [self._handshake.fileno()] if self._handshake is not None else []

    def due_ns(self, now_ns: int) -> int:
        if self._pump is not None:
            return self._pump.endpoint.next_deadline_ns(now_ns)
        if self._found is not None:
            return 0
        return self._handshake.next_deadline_ns() if self._handshake is not None else NEVER_NS

    def rebind(self) -> None:
        """The network changed: take a fresh local port and tell the server, which keeps the session."""
        pump = self._working_pump()
        udp = pump.udp
        self._waiter.unwatch(udp.fileno())
        try:
            udp.rebind()
        finally:
            self._waiter.watch(udp.fileno())
            self.watch_version += 1
        now_ns = monotonic_ns()
        pump.endpoint.rebind(now_ns)
        pump.write(now_ns)
        if self._on_rebound is not None:
            self._on_rebound()

    @property
    def udp_address(self) -> tuple[str, int] | None:
        """The local UDP (host, port), None before there is one."""
        return self._udp.address if self._udp is not None else None

    def close(self) -> None:
        if self._closed:
            return
        self._say_goodbye(CloseCode.CLOSED)
        self.release()

    def release(self) -> None:
        """Give the sockets back at once."""
        self._closed = True
        self.end_handshake()
        if self._udp is not None:
            self._udp.close()
        self._waiter.close()
