"""`SecureSocket`: the asyncio form of `Client` and `Server`.

Rule 1: the loop never blocks; a turn runs when a descriptor is readable or a deadline has come, whether or not the
application is polling. Rule 2: `poll` may be cancelled at any time and loses nothing: events stay where they are until
a `poll` returns them. Rule 3: data is taken from the endpoint only by `poll`, so credit follows the application.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from types import TracebackType
from typing import Self

from fastnet.net.admission import Admit
from fastnet.net.aio_busy_poll import BusyPoll
from fastnet.net.aio_turns import FOUND, REST, Turns
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

_S = 1e9


class SecureSocket:
    """An encrypted socket for asyncio; made by `bind_server` or `connect`."""

    def __init__(self, driver: Client | Server, busy_poll: BusyPoll | None = None) -> None:
        self._driver = driver
        self._closing = False
        self._turns = Turns(driver, busy_poll)

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
        busy_poll_us: int = 0,
    ) -> Self:
        """A server that listens; the other arguments, and the errors, are those of `Server`.

        `busy_poll_us` (0..10,000): a `poll` that has nothing asks the socket for so long, and burns a core, before it
        sleeps. The loop does nothing else meanwhile, for so long at a stretch. After four times in vain it sleeps at
        once, until events come as soon again.
        """
        busy_poll = BusyPoll(busy_poll_us) if busy_poll_us else None
        server = Server(
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
        return cls(server, busy_poll)

    @classmethod
    async def connect(
        cls,
        server_addr: ServerAddress,
        *,
        trust: Trust | None = None,
        config: Config | None = None,
        token: bytes | None = None,
        credentials: Credentials | None = None,
        busy_poll_us: int = 0,
    ) -> Self:
        """A client that is connected; `busy_poll_us` is that of `bind_server`, the other arguments are those of
        `Client`. Raises ConnectError's kin."""
        busy_poll = BusyPoll(busy_poll_us) if busy_poll_us else None
        client = Client(server_addr, trust=trust, config=config, token=token, credentials=credentials)
        socket = cls(client, busy_poll)
        try:
            while not client.settled:
                await socket._turns.news()
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
            events = self._turns.take()
            if events:
                return events
            verdict = self._turns.ask()
            if verdict != FOUND:
                await (asyncio.sleep(0) if verdict == REST else self._turns.news())
                self._turns.loop_ran()

    async def __aiter__(self) -> AsyncIterator[Event]:
        """Events one by one, until the socket is closed."""
        while not self._closing:
            try:
                events = await self.poll()
            except SocketClosedError:
                return
            for event in events:
                yield event

    # What the application wants.

    async def send(self, peer_id: int, channel: int, data: BytesLike) -> None:
        """Send one message; the errors are those of `Client.send`."""
        self._turns.send(peer_id, channel, data)

    def flush(self) -> None:
        """With `auto_flush=False`: let all that was sent since the last flush go."""
        self._driver.flush()
        self._turns.follow()

    async def disconnect(
        self, peer_id: int, code: int = CloseCode.CLOSED, reason: str = "", *, linger_ms: int | None = None
    ) -> None:
        """End one connection in good order; its `Disconnected` follows."""
        self._driver.disconnect(peer_id, code, reason, linger_ms=linger_ms)
        self._turns.turn()

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
        self._turns.follow()
        until_ns = self._driver.linger_deadline_ns()
        while self._driver.peers_left() and (now_ns := monotonic_ns()) < until_ns:
            due_ns = min(self._driver.next_deadline_ns(), until_ns)
            try:
                async with asyncio.timeout(max(0.0, (due_ns - now_ns) / _S)):
                    await self._turns.news()
            except TimeoutError:
                self._turns.turn()

    def _release(self) -> None:
        self._closing = True
        self._turns.stop()
        self._driver.release()

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
