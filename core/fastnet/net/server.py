"""`Server`: many clients on one UDP socket, admitted by TLS over TCP. The frame-loop form; asyncio's is in aio.py."""

import os
import socket
from collections.abc import Callable, Sequence

from fastnet.net.admission import Admit
from fastnet.net.clock import monotonic_ns
from fastnet.net.credentials import ChainSource, Credentials, KeySource, load_credentials
from fastnet.net.door_thread import DoorThread
from fastnet.net.driver import NOW, Driver
from fastnet.net.listener import HandshakeListener
from fastnet.net.pump import Pump
from fastnet.net.reception import Sink
from fastnet.net.resolve import ServerAddress, split_address
from fastnet.net.sharing import Share
from fastnet.net.udp import UdpSocket
from fastnet.net.waiter import wait_readable
from fastnet.protocol.config import Config
from fastnet.protocol.endpoint import Endpoint
from fastnet.protocol.events import Event
from fastnet.protocol.handshake import Endpoint as Announced
from fastnet.protocol.numbers import CloseCode
from fastnet.protocol.ticket import NEVER_NS, Reservation, Ticket

_TCP_GAP_NS = 1_000_000  # A server that only polls looks at TCP this often; one that waits is woken by it.


class _Sink:
    """Finished handshakes become peers of the endpoint."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint

    def reserve(self) -> Reservation | None:
        """A place for one more peer."""
        return self._endpoint.reserve()

    def register(self, ticket: Ticket, now_ns: int, begun: Callable[[], None]) -> bool:
        """Begin its connection."""
        self._endpoint.add_peer(ticket, now_ns)
        return True

    def release(self, reservation: Reservation) -> None:
        """Its place is free again."""
        self._endpoint.release(reservation)


class Server(Driver):
    """Binds at once. `udp_addr` and `tcp_addr` are where it listens, port 0 for any; `certificate` (a chain, leaf
    first) and `private_key` are PEM files or bytes.

    `admit(address, certificate, token)` decides who may come in; `client_ca` demands client certificates;
    `advertise` announces other UDP addresses than the bound one, for servers behind NAT; `spin` is for callers that
    poll without pause; `handshake_thread` keeps TLS, and calls of `admit`, on a thread of their own, so that a crowd at
    the door delays nobody's datagrams; `share` is for `Workers`. Raises AddressInUseError, CertificateError,
    ConfigError, UsageError.
    """

    def __init__(
        self,
        udp_addr: ServerAddress,
        tcp_addr: ServerAddress,
        certificate: ChainSource,
        private_key: KeySource,
        *,
        config: Config | None = None,
        admit: Admit | None = None,
        client_ca: ChainSource | None = None,
        advertise: Sequence[ServerAddress] = (),
        spin: bool = False,
        handshake_thread: bool = False,
        share: Share | None = None,
    ) -> None:
        super().__init__(spin)
        config = config or Config()
        credentials = load_credentials(certificate, private_key)
        self.pin = credentials.pin
        """What clients put into `Trust(pins=...)` to know this very server."""
        largest, discover = config.max_datagram_bytes, config.mtu_discovery
        if share is None:
            self._udp = UdpSocket.bind(*split_address(udp_addr), max_datagram=largest, discover=discover)
        else:
            self._udp = UdpSocket.adopt(share.udp, largest, discover)
        self._announced = [Announced(*split_address(address)) for address in advertise]
        self._endpoint = Endpoint(
            config, os.urandom(32), True, self._reset_key(credentials), share.steering if share is not None else None
        )

        def open_door(sink: Sink) -> HandshakeListener:
            return HandshakeListener(
                split_address(tcp_addr),
                credentials,
                config,
                sink,
                endpoints=self._endpoints,
                admit=admit,
                client_ca=client_ca,
                listening=share.tcp if share is not None else None,
            )

        self._listener: HandshakeListener | DoorThread
        try:
            if handshake_thread:
                self._listener = DoorThread(open_door, self._endpoint, config.handshakes_max)
            else:
                self._listener = open_door(_Sink(self._endpoint))
        except BaseException:
            self._udp.close()
            raise
        self._pump = Pump(self._endpoint, self._udp, spin)
        self._next_tcp_ns = 0
        self._tcp_deadline_ns = self._listener.next_deadline_ns()
        self._door_open = True
        self._waiter.watch(self._udp.fileno())
        self._listener_fileno = self._listener.fileno()
        self._waiter.watch(self._listener_fileno)

    def _reset_key(self, credentials: Credentials) -> bytes:
        """Of this machine and port: the same after a restart, another one for other servers with this certificate."""
        return credentials.reset_key(f"{socket.gethostname()} {self._udp.address[1]}")

    def _endpoints(self) -> list[Announced]:
        return self._announced or [Announced("", self._udp.address[1])]

    @property
    def udp_address(self) -> tuple[str, int]:
        """The bound UDP (host, port)."""
        return self._udp.address

    @property
    def tcp_address(self) -> tuple[str, int]:
        """The bound TCP (host, port): what clients connect to."""
        return self._listener.address

    @property
    def handshakes(self) -> object:
        """Figures of the TCP side: accepted, refused, timed out .."""
        return self._listener.stats

    def has_events(self) -> bool:
        return self._endpoint.events_waiting()

    def filenos(self) -> list[int]:
        """The descriptors that become readable when `poll` has something to do."""
        return [self._udp.fileno(), self._listener.fileno()] if self._door_open else [self._udp.fileno()]

    def poll(self, timeout_s: float | None = NOW) -> list[Event]:
        pump = self._pump
        assert pump is not None
        if self._spin and pump.now_ns >= self._next_tcp_ns:
            self._glance_at_tcp()
        found = timeout_s is NOW or self.rest(timeout_s)
        if self._closed:
            self._check_open()
        events = pump.poll() if found else pump.pass_time()
        if self._spin:
            return events
        if self._slept:
            self._slept = False
            self._next_tcp_ns = pump.now_ns + _TCP_GAP_NS
        if pump.now_ns >= self._next_tcp_ns or self._tcp_is_due(pump.now_ns):
            self.turn_tcp(pump.now_ns)
        return events

    def _glance_at_tcp(self) -> None:
        """Of a poll that spins, before it asks for datagrams: what the latest brought is answered by now, and nobody
        waits for this."""
        now_ns = monotonic_ns()
        self._next_tcp_ns = now_ns + _TCP_GAP_NS
        if self._tcp_deadline_ns <= now_ns or wait_readable(self._listener_fileno, 0):
            self.turn_tcp(now_ns)

    def _tcp_is_due(self, now_ns: int) -> bool:
        """Whether the latest `wait` ended because of TCP; asking the system each time would cost every echo 1 us."""
        return self._waiter.is_ready(self._listener_fileno) or self._tcp_deadline_ns <= now_ns

    def turn(self) -> None:
        """A turn that leaves the events waiting."""
        assert self._pump is not None
        now_ns = monotonic_ns()
        self._pump.turn(now_ns)
        self.turn_tcp(now_ns)

    def turn_tcp(self, now_ns: int) -> bool:
        """After the datagrams: at most one step of one handshake. Whether more is waiting."""
        if not self._door_open:
            return False
        more = self._listener.turn(now_ns)
        self._next_tcp_ns = now_ns if more else now_ns + _TCP_GAP_NS
        self._tcp_deadline_ns = self._listener.next_deadline_ns()  # Only its turns, and who rings it, change this.
        return more

    def tcp_deadline_ns(self) -> int:
        """When `turn_tcp` is due even if no descriptor is readable."""
        return self._tcp_deadline_ns

    def due_ns(self, now_ns: int) -> int:
        due_ns = self._endpoint.next_deadline_ns(now_ns)
        return self._tcp_deadline_ns if self._tcp_deadline_ns < due_ns else due_ns

    def start_closing(self, code: int) -> None:
        """Nobody comes in any more, and everybody is told; `poll` then carries the goodbyes."""
        self._close_door()
        super().start_closing(code)

    def close(self) -> None:
        if self._closed:
            return
        self._say_goodbye(CloseCode.SHUTTING_DOWN)
        self.release()

    def _close_door(self) -> None:
        if not self._door_open:
            return
        self._door_open = False
        self._waiter.unwatch(self._listener.fileno())
        self._listener.close()
        self._tcp_deadline_ns = NEVER_NS
        self.watch_version += 1

    def release(self) -> None:
        """Give the sockets back at once."""
        self._closed = True
        self._close_door()
        self._udp.close()
        self._waiter.close()
