"""A bad link made of real sockets: a UDP proxy that loses, delays, reorders and duplicates what passes through it.

    with ImpairmentProxy(("127.0.0.1", 7777)) as proxy:
        proxy.set_conditions(Conditions(loss=0.05, delay_us=30_000, jitter_us=8_000))
        ...  # Clients send to proxy.address instead.

Rule 1: one socket towards the server for each client, so that the server sees them apart, as behind a NAT.
Rule 2: everything on the link happens in the proxy's own thread; conditions change through its inbox.
Rule 3: clients beyond `clients_max` are ignored, and so are datagrams beyond `held_max` in flight: a test tool is
bounded, too.
"""

import heapq
import os
import queue
import random
import selectors
import socket
import threading
import time
from collections.abc import Iterable
from types import TracebackType
from typing import Any, Self

from fastnet.testing.conditions import CLEAN, Conditions, Wire, WireCounts

_NEVER_S = 3_600.0
_BATCH = 256
_RECEIVE_BYTES = 65_535
_BUFFER_BYTES = 1 << 20


class _Client:
    """A client of the proxy: where it is, its socket towards the server, and both directions of its link."""

    def __init__(self, address: Any, upstream: socket.socket, up: Wire, down: Wire) -> None:
        self.address = address
        self.upstream = upstream
        self.up = up
        self.down = down


class ImpairmentProxy:
    """Forwards datagrams between clients and `server` under `up` and `down` conditions, in real time, until closed."""

    def __init__(
        self,
        server: tuple[str, int],
        *,
        listen: tuple[str, int] = ("127.0.0.1", 0),
        up: Conditions = CLEAN,
        down: Conditions | None = None,
        seed: int = 1,
        clients_max: int = 1_024,
        held_max: int = 65_536,
    ) -> None:
        self.server = server
        """Where it forwards to; may be set until the first client sends."""
        self._conditions = (up, up if down is None else down)
        self._prng = random.Random(seed)
        self._clients_max, self._held_max = clients_max, held_max
        self._clients: dict[Any, _Client] = {}
        self._heap: list[tuple[int, int, socket.socket, bytes, Any]] = []
        self._order = 0
        self._selector = selectors.DefaultSelector()
        self._inbox: queue.SimpleQueue[tuple[Conditions, Conditions] | int | None] = queue.SimpleQueue()
        self._wake_read, self._wake_write = os.pipe()
        self._listener = _open_socket(listen)
        self._listener.bind(listen)
        self._selector.register(self._listener, selectors.EVENT_READ)
        self._selector.register(self._wake_read, selectors.EVENT_READ)
        self._thread = threading.Thread(target=self._run, name="fastnet-proxy", daemon=True)
        self._closed = False
        self._thread.start()

    # For the user, from any thread.

    @property
    def address(self) -> tuple[str, int]:
        """Where clients send to."""
        host, port = self._listener.getsockname()[:2]
        return host, port

    def set_conditions(self, up: Conditions, down: Conditions | None = None) -> None:
        """Make the link so from now on, for everybody; datagrams on their way keep their time of arrival."""
        self._tell((up, up if down is None else down))

    def rebind(self) -> None:
        """Give every client a new port towards the server, as a NAT does that forgot them."""
        self._tell(0)

    def counts(self) -> tuple[WireCounts, WireCounts]:
        """What happened so far in each direction, over all clients: to the server, and back."""
        clients = list(self._clients.values())
        return _total(client.up for client in clients), _total(client.down for client in clients)

    def close(self) -> None:
        """Stop forwarding and free the ports. May be called twice."""
        if self._closed:
            return
        self._closed = True
        self._tell(None)
        self._thread.join()
        os.close(self._wake_read)
        os.close(self._wake_write)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _tell(self, message: tuple[Conditions, Conditions] | int | None) -> None:
        self._inbox.put(message)
        os.write(self._wake_write, b"x")

    # In the proxy's thread.

    def _run(self) -> None:
        while self._turn():
            pass
        for client in self._clients.values():
            client.upstream.close()
        self._listener.close()
        self._selector.close()

    def _turn(self) -> bool:
        wait_s = _NEVER_S if not self._heap else max(0, self._heap[0][0] - time.monotonic_ns()) / 1e9
        for key, _ in self._selector.select(wait_s):
            if key.fileobj == self._wake_read:
                if not self._hear():
                    return False
            elif key.data is None:
                self._receive_up()
            else:
                self._receive_down(key.data)
        self._send_due(time.monotonic_ns())
        return True

    def _hear(self) -> bool:
        os.read(self._wake_read, 1)  # One byte a message: see `_tell`.
        message = self._inbox.get()
        if message is None:
            return False
        if isinstance(message, int):
            for client in self._clients.values():
                self._connect_upstream(client)
            return True
        self._conditions = message
        now_ns = time.monotonic_ns()
        for client in self._clients.values():
            for wire, conditions in ((client.up, message[0]), (client.down, message[1])):
                wire.conditions = conditions
                wire.origin_ns = now_ns
        return True

    def _receive_up(self) -> None:
        for _ in range(_BATCH):
            try:
                content, address = self._listener.recvfrom(_RECEIVE_BYTES)
            except OSError:
                return
            client = self._clients.get(address) or self._add_client(address)
            if client is not None:
                self._hold(client.up, content, client.upstream, None)

    def _receive_down(self, client: _Client) -> None:
        upstream = client.upstream
        for _ in range(_BATCH):
            try:
                content = upstream.recv(_RECEIVE_BYTES)
            except OSError:
                return  # Nothing more, or the server's port is closed just now: the client will ask again.
            self._hold(client.down, content, self._listener, client.address)

    def _hold(self, wire: Wire, content: bytes, way_out: socket.socket, address: Any) -> None:
        for time_ns, arriving in wire.carry(content, time.monotonic_ns()):
            if len(self._heap) < self._held_max:
                self._order += 1
                heapq.heappush(self._heap, (time_ns, self._order, way_out, arriving, address))

    def _send_due(self, now_ns: int) -> None:
        while self._heap and self._heap[0][0] <= now_ns:
            _, _, way_out, content, address = heapq.heappop(self._heap)
            try:
                if address is None:
                    way_out.send(content)
                else:
                    way_out.sendto(content, address)
            except OSError:
                continue  # Refused, unreachable, full, or rebound: a datagram is lost, as on any link.

    def _add_client(self, address: Any) -> _Client | None:
        if len(self._clients) >= self._clients_max:
            return None
        now_ns = time.monotonic_ns()
        up, down = (Wire(conditions, self._prng, now_ns) for conditions in self._conditions)
        client = _Client(address, _open_socket(self.server), up, down)
        client.upstream.connect(self.server)
        self._selector.register(client.upstream, selectors.EVENT_READ, client)
        self._clients[address] = client
        return client

    def _connect_upstream(self, client: _Client) -> None:
        self._selector.unregister(client.upstream)
        client.upstream.close()
        client.upstream = _open_socket(self.server)
        client.upstream.connect(self.server)
        self._selector.register(client.upstream, selectors.EVENT_READ, client)


def _open_socket(near: tuple[str, int]) -> socket.socket:
    opened = socket.socket(socket.AF_INET6 if ":" in near[0] else socket.AF_INET, socket.SOCK_DGRAM)
    opened.setblocking(False)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BUFFER_BYTES)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _BUFFER_BYTES)
    return opened


def _total(wires: Iterable[Wire]) -> WireCounts:
    total = WireCounts()
    for wire in wires:
        total = total.plus(wire.counts)
    return total
