"""`SecureSocket`: the asyncio form of `Client` and `Server`.

Rule 1: the loop never blocks; a turn runs when a descriptor is readable or a deadline has come, whether or not the
application is polling. Rule 2: `poll` may be cancelled at any time and loses nothing: events stay where they are until
a `poll` returns them. Rule 3: data is taken from the endpoint only by `poll`, so credit follows the application.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from types import TracebackType
from typing import Self

from fastnet.net.admission import Admit
from fastnet.net.client import Client
from fastnet.net.clock import monotonic_ns
from fastnet.net.credentials import ChainSource, Credentials, KeySource
from fastnet.net.driver import BytesLike
from fastnet.net.resolve import ServerAddress
from fastnet.net.server import Server
from fastnet.net.trust import Trust
from fastnet.protocol.config import Config
from fastnet.protocol.errors import SocketClosedError
from fastnet.protocol.events import Event
from fastnet.protocol.figures import EndpointStats, PeerStats
from fastnet.protocol.numbers import CloseCode
from fastnet.protocol.ticket import NEVER_NS

_S = 1e9


class SecureSocket:
    """An encrypted socket for asyncio; made by `bind_server` or `connect`."""

    def __init__(self, driver: Client | Server) -> None:
        self._driver = driver
        self._loop = asyncio.get_running_loop()
        self._watched: list[int] = []
        self._watch_version = -1
        self._timer: asyncio.TimerHandle | None = None
        self._timer_ns = NEVER_NS
        self._news = asyncio.Event()
        self._closing = False
        if isinstance(driver, Client):
            driver.call_when_found(self._turn_soon)
        self._turn()

    @classmethod
    async def bind_server(
        cls,
        udp_addr: ServerAddress,
        tcp_addr: ServerAddress,
        certificate: ChainSource,
        private_key: KeySource,
        *,
        config: Config | None = None,
        admit: Admit | None = None,
        client_ca: ChainSource | None = None,
        advertise: Sequence[ServerAddress] = (),
        handshake_thread: bool = False,
    ) -> Self:
        """A server that listens; the arguments and errors are those of `Server`."""
        return cls(
            Server(
                udp_addr,
                tcp_addr,
                certificate,
                private_key,
                config=config,
                admit=admit,
                client_ca=client_ca,
                advertise=advertise,
                handshake_thread=handshake_thread,
            )
        )

    @classmethod
    async def connect(
        cls,
        server_addr: ServerAddress,
        *,
        trust: Trust | None = None,
        config: Config | None = None,
        token: bytes | None = None,
        credentials: Credentials | None = None,
    ) -> Self:
        """A client that is connected; the arguments are those of `Client`. Raises ConnectError's kin."""
        client = Client(server_addr, trust=trust, config=config, token=token, credentials=credentials)
        socket = cls(client)
        try:
            while not client.settled:
                socket._news.clear()
                await socket._news.wait()
            client.raise_if_failed()
        except BaseException:
            socket._release()
            raise
        return socket

    # Events.

    async def poll(self) -> list[Event]:
        """Wait until something happened, and return all of it, oldest first. Raises SocketClosedError."""
        while True:
            if self._closing:
                raise SocketClosedError("this socket is closed; make a new one")
            self._news.clear()
            events = self._driver.take()
            self._watch()
            if events:
                return events
            await self._news.wait()

    async def __aiter__(self) -> AsyncIterator[Event]:
        """Events one by one, until the socket is closed."""
        while not self._closing:
            try:
                events = await self.poll()
            except SocketClosedError:
                return
            for event in events:
                yield event

    # The loop's side.

    def _turn(self) -> None:
        """Something is readable or due."""
        if self._driver.closed:
            return
        self._driver.turn()
        self._watch()
        if self._driver.has_news():
            self._news.set()

    def _turn_udp(self) -> None:
        """A datagram is there. It is not asked whether TCP has something: its own descriptor tells."""
        if self._driver.closed:
            return
        self._driver.turn_udp()
        self._watch()
        if self._driver.has_news():
            self._news.set()

    def _turn_soon(self) -> None:
        """Name resolution ended, on a thread of its own."""
        with contextlib.suppress(RuntimeError):  # The loop may be closed by now.
            self._loop.call_soon_threadsafe(self._turn)

    def _watch(self) -> None:
        """Follow the driver's descriptors and its next deadline."""
        if self._driver.watch_version != self._watch_version:
            self._unwatch()
            self._watch_version = self._driver.watch_version
            self._watched = self._driver.filenos()
            for fileno in self._watched:
                is_udp = fileno == self._driver.udp_fileno()
                self._loop.add_reader(fileno, self._turn_udp if is_udp else self._turn)
        due_ns = self._driver.next_deadline_ns()
        if due_ns >= self._timer_ns and self._timer is not None:
            return  # It fires early and looks again: cheaper than a new timer for every packet.
        if self._timer is not None:
            self._timer.cancel()
        self._timer_ns = due_ns
        self._timer = None
        if due_ns != NEVER_NS:
            self._timer = self._loop.call_later(max(0.0, (due_ns - monotonic_ns()) / _S), self._on_timer)

    def _on_timer(self) -> None:
        self._timer = None
        self._timer_ns = NEVER_NS
        self._turn()

    def _unwatch(self) -> None:
        for fileno in self._watched:
            self._loop.remove_reader(fileno)
        self._watched = []

    # What the application wants.

    async def send(self, peer_id: int, channel: int, data: BytesLike) -> None:
        """Send one message; the errors are those of `Client.send`."""
        self._driver.send(peer_id, channel, data)
        self._watch()

    def flush(self) -> None:
        """With `auto_flush=False`: let all that was sent since the last flush go."""
        self._driver.flush()
        self._watch()

    async def disconnect(
        self, peer_id: int, code: int = CloseCode.CLOSED, reason: str = "", *, linger_ms: int | None = None
    ) -> None:
        """End one connection in good order; its `Disconnected` follows."""
        self._driver.disconnect(peer_id, code, reason, linger_ms=linger_ms)
        self._turn()

    async def close(self) -> None:
        """Say goodbye to every peer, flush what is reliable for the configured linger, and release the socket."""
        if self._closing:
            return
        self._closing = True
        try:
            await self._say_goodbye()
        finally:
            self._release()

    async def _say_goodbye(self) -> None:
        server = isinstance(self._driver, Server)
        self._driver.start_closing(CloseCode.SHUTTING_DOWN if server else CloseCode.CLOSED)
        self._watch()
        until_ns = self._driver.linger_deadline_ns()
        while self._driver.peers_left() and (now_ns := monotonic_ns()) < until_ns:
            self._news.clear()
            due_ns = min(self._driver.next_deadline_ns(), until_ns)
            try:
                await asyncio.wait_for(self._news.wait(), max(0.0, (due_ns - now_ns) / _S))
            except TimeoutError:
                self._turn()

    def _release(self) -> None:
        self._closing = True
        self._unwatch()
        if self._timer is not None:
            self._timer.cancel()
        self._driver.release()
        self._news.set()

    # Figures.

    def peers(self) -> list[int]:
        """The ids of all connected peers."""
        return self._driver.peers()

    def peer(self, peer_id: int) -> PeerStats:
        """How one peer is doing. Raises UnknownPeerError."""
        return self._driver.peer(peer_id)

    def stats(self) -> EndpointStats:
        """What this socket counted in all."""
        return self._driver.stats()

    @property
    def driver(self) -> Client | Server:
        """The frame-loop object underneath: addresses, pin, rebind."""
        return self._driver

    @property
    def udp_address(self) -> tuple[str, int] | None:
        """The local UDP (host, port)."""
        return self._driver.udp_address

    @property
    def tcp_address(self) -> tuple[str, int] | None:
        """The local TCP (host, port) of a server; None for clients, whose TCP is closed after the handshake."""
        return self._driver.tcp_address if isinstance(self._driver, Server) else None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()
