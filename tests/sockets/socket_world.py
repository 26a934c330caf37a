"""What the tests over real sockets share: servers with a certificate, a stage for frame loops, a NAT, processes.

Nothing here sleeps: waits end when a descriptor is readable or a deadline of FastNet's own has come, and fail after
LIMIT_S. Every port is one the system picked.
"""

import asyncio
import functools
import os
import select
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from fastnet import Client, Config, Connected, Data, Event, SecureSocket, Server, Trust
from fastnet.net.clock import monotonic_ns
from fastnet.net.devca import certificate_pem, key_pem, self_signed
from fastnet.testing.conditions import Conditions
from fastnet.testing.proxy import ImpairmentProxy

LIMIT_S = 30
ANY = "127.0.0.1:0"
OWN_HOST = f"127.77.{os.getpid() // 250 % 250}.{os.getpid() % 250 + 1}"
"""For ports that must still be free when they are bound again: nobody else's sockets are on this address."""
Driver = Client | Server
OPENED: list[Driver] = []
"""What conftest.py releases after each test."""
_Result = TypeVar("_Result")


@functools.cache
def certificate(name: str = "localhost") -> tuple[bytes, bytes]:
    """A self-signed certificate for `name` and its key, PEM; one a process."""
    made = self_signed([name])
    return certificate_pem(made), key_pem(made)


def quick(**changes: Any) -> Config:
    """A configuration for tests that wait for an idle timeout."""
    return Config(idle_timeout_ms=1_000, keepalive_ms=300).with_changes(**changes)


def make_server(udp: Any = ANY, tcp: Any = ANY, **more: Any) -> Server:
    OPENED.append(server := Server(udp, tcp, *certificate(), **more))
    return server


def bad_link(*, seed: int = 1, **conditions: Any) -> ImpairmentProxy:
    """A bad link for UDP, the same in both directions; a server advertises its `address`, then becomes its `server`."""
    return ImpairmentProxy(("127.0.0.1", 9), up=Conditions(**conditions), seed=seed)


def trusting(server: Server) -> Trust:
    return Trust(pins=[server.pin])


async def bind(udp: Any = ANY, tcp: Any = ANY, **more: Any) -> SecureSocket:
    return await SecureSocket.bind_server(udp, tcp, *certificate(), **more)


async def join(server: SecureSocket, **more: Any) -> SecureSocket:
    """A client of `server` in the same loop; hears nothing that the server has not said."""
    return await SecureSocket.connect(more.pop("address", server.tcp_address), trust=pin_of(server), **more)


def pin_of(server: SecureSocket) -> Trust:
    driver = server.driver
    assert isinstance(driver, Server)
    return Trust(pins=[driver.pin])


def tcp_address(server: SecureSocket) -> tuple[str, int]:
    address = server.tcp_address
    assert address is not None
    return address


def run(play: Coroutine[Any, Any, _Result], limit_s: float = LIMIT_S) -> _Result:
    """An event loop of its own for one test, with an end."""

    async def bounded() -> _Result:
        return await asyncio.wait_for(play, limit_s)

    return asyncio.run(bounded())


async def echo(server: SecureSocket, seen: list[Event] | None = None) -> None:
    """Answer everything until the socket is closed; `seen` gets every event."""
    async for event in server:
        if seen is not None:
            seen.append(event)
        if isinstance(event, Data):
            await server.send(event.peer_id, event.channel, event.data)


async def hear(socket: SecureSocket, wanted: Callable[[Event], object]) -> list[Event]:
    """Everything up to the first event that is `wanted`, and what came with it."""
    heard: list[Event] = []
    while not any(wanted(event) for event in heard):
        heard += await socket.poll()
    return heard


def is_a(kind: type) -> Callable[[Event], bool]:
    return lambda event: isinstance(event, kind)


class Stage:
    """Frame loops of several sockets in one thread. `heard[socket]` keeps what each was told; servers echo."""

    def __init__(self, *drivers: Driver, echoes: bool = True) -> None:
        OPENED.extend(drivers)
        self.drivers = list(drivers)
        self.heard: dict[Driver, list[Event]] = {driver: [] for driver in drivers}
        self.turns = 0
        self._echoes = echoes

    def add(self, driver: Driver) -> None:
        OPENED.append(driver)
        self.drivers.append(driver)
        self.heard[driver] = []

    def leave(self, driver: Driver) -> None:
        self.drivers.remove(driver)

    def play(self, until: Callable[[], object], limit_s: float = LIMIT_S) -> None:
        """Turn everyone until `until` is true; fails after `limit_s` of real time."""
        limit_ns = monotonic_ns() + int(limit_s * 1e9)
        while True:
            for driver in self.drivers:
                self._turn(driver)
            self.turns += 1
            if until():
                return
            assert monotonic_ns() < limit_ns, {type(driver).__name__: heard for driver, heard in self.heard.items()}
            self._wait(limit_ns)

    def play_for(self, seconds: float) -> None:
        """Turn everyone for so long."""
        until_ns = monotonic_ns() + int(seconds * 1e9)
        self.play(lambda: monotonic_ns() >= until_ns, seconds + LIMIT_S)

    def data(self, driver: Driver, channel: int | None = None) -> list[bytes]:
        """The messages that `driver` was given."""
        events = [event for event in self.heard[driver] if isinstance(event, Data)]
        return [event.data for event in events if channel is None or event.channel == channel]

    def has(self, driver: Driver, kind: type = Connected) -> bool:
        return any(isinstance(event, kind) for event in self.heard[driver])

    def close(self) -> None:
        for driver in self.drivers:
            driver.release()

    def _turn(self, driver: Driver) -> None:
        events = driver.poll()
        self.heard[driver] += events
        if self._echoes and isinstance(driver, Server):
            for event in events:
                if isinstance(event, Data):
                    driver.send(event.peer_id, event.channel, event.data)

    def _wait(self, limit_ns: int) -> None:
        poller = select.poll()
        for driver in self.drivers:
            for fileno in driver.filenos():
                poller.register(fileno, select.POLLIN)
        due_ns = min(limit_ns, *(driver.next_deadline_ns() for driver in self.drivers), monotonic_ns() + 50_000_000)
        poller.poll(max(0.0, (due_ns - monotonic_ns()) / 1e6))


def linked(config: Config | None = None, **more: Any) -> tuple[Stage, Server, Client]:
    """A server and a client that are connected, on one stage."""
    server = make_server(config=config, **more)
    client = Client(server.tcp_address, trust=trusting(server), config=config)
    stage = Stage(server, client)
    stage.play(lambda: stage.has(client) and stage.has(server))
    return stage, server, client
