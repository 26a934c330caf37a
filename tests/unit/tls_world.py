"""A listener and clients in one process, driven turn by turn over real loopback sockets. No thread, no sleep."""

import select
from collections.abc import Callable
from typing import Any

from fastnet.net.clock import monotonic_ns
from fastnet.net.devca import self_signed
from fastnet.net.dial import ClientHandshake
from fastnet.net.listener import HandshakeListener
from fastnet.net.trust import Trust
from fastnet.protocol.config import Config
from fastnet.protocol.errors import ConnectError
from fastnet.protocol.handshake import Endpoint
from fastnet.protocol.ticket import Reservation, Ticket

SERVER = self_signed(["localhost"])
TRUST = Trust(pins=SERVER.pin)
UDP_PORT = 47_777
LIMIT_S = 20
QUIET_NS = 50_000_000


class Peers:
    """A sink that keeps what it gets."""

    def __init__(self, places: int = 1_000) -> None:
        self.places = places
        self.reserved: dict[int, Reservation] = {}
        self.tickets: list[Ticket] = []
        self._next_id = 2

    def reserve(self) -> Reservation | None:
        if len(self.reserved) + len(self.tickets) >= self.places:
            return None
        made = Reservation(self._next_id, 0xA0A1A2A3_00000000 + self._next_id, bytes([self._next_id % 256] * 16))
        self._next_id += 1
        self.reserved[made.peer_id] = made
        return made

    def register(self, ticket: Ticket, now_ns: int, begun: Callable[[], None]) -> bool:
        assert now_ns > 0
        del self.reserved[ticket.peer_id]
        self.tickets.append(ticket)
        return True

    def release(self, reservation: Reservation) -> None:
        del self.reserved[reservation.peer_id]


def make_listener(credentials: Any, peers: Peers, config: Config | None = None, **more: Any) -> HandshakeListener:
    """A server at a free port of 127.0.0.1 that announces UDP_PORT."""
    more.setdefault("endpoints", lambda: (Endpoint("", UDP_PORT),))
    host = more.pop("host", "127.0.0.1")
    return HandshakeListener((host, 0), credentials, config or Config(), peers, **more)


def make_client(
    listener: HandshakeListener, trust: Trust, config: Config | None = None, **more: Any
) -> ClientHandshake:
    """A client on its way to `listener`, as `localhost` unless told otherwise."""
    name = more.pop("server_name", "localhost")
    candidates = more.pop("candidates", None) or [(2, listener.address)]
    return ClientHandshake(candidates, name, trust, config or Config(), now_ns=monotonic_ns(), **more)


def drive(
    listener: HandshakeListener | None, *clients: ClientHandshake, until: Callable[[], bool] | None = None
) -> None:
    """Turn everything until all clients are done, or `until` says so. Fails after LIMIT_S of real time."""
    stop = until or (lambda: all(client.done for client in clients))
    limit_ns = monotonic_ns() + LIMIT_S * 1_000_000_000
    while not stop():
        now_ns = monotonic_ns()
        assert now_ns < limit_ns, [(client.ticket, client.error) for client in clients]
        more = listener.turn(now_ns) if listener is not None else False
        for client in clients:
            client.turn(now_ns)
        if not more and not stop():
            _wait(listener, clients, now_ns)


def connect(listener: HandshakeListener, trust: Trust = TRUST, **more: object) -> None:
    """A good client gets in."""
    client = make_client(listener, trust, **more)  # type: ignore[arg-type]
    drive(listener, client)
    client.close()
    assert client.error is None, client.error
    assert client.ticket is not None


def error_of(listener: HandshakeListener, trust: Trust = TRUST, **more: object) -> ConnectError:
    """How a client fails; everything it held is free afterwards."""
    client = make_client(listener, trust, **more)  # type: ignore[arg-type]
    drive(listener, client)
    client.close()
    assert client.ticket is None
    assert client.error is not None
    drive(listener, until=lambda: listener.in_flight == 0)
    return client.error


def rest(listener: HandshakeListener) -> None:
    """Let the pause pass after which it prepares for whoever knocks next."""
    listener.turn(monotonic_ns() + QUIET_NS)


def _wait(listener: HandshakeListener | None, clients: tuple[ClientHandshake, ...], now_ns: int) -> None:
    ends: list[Any] = [client for client in clients if not client.done]
    if listener is not None:
        ends.append(listener)
    due_ns = min((end.next_deadline_ns() for end in ends), default=0)
    select.select([end.fileno() for end in ends], [], [], min(max(due_ns - now_ns, 0) / 1e9, 0.05))
