"""The server's door on a thread of its own: however many handshakes come at once, the datagrams of those who are in do
not wait for a signature of TLS. `Server(handshake_thread=True)`.

Rule 1: the thread never touches the endpoint. It takes places from a pool that the server's turns fill, and hands
finished handshakes back through a queue. Rule 2: ACCEPT leaves after the server's turn has begun the connection, so
the client's first datagram finds it.
"""

import contextlib
import socket
import threading
from collections import deque
from collections.abc import Callable

from fastnet.net.clock import monotonic_ns
from fastnet.net.listener import HandshakeListener, HandshakeStats
from fastnet.net.reception import Sink
from fastnet.net.waiter import Waiter
from fastnet.protocol.endpoint import Endpoint
from fastnet.protocol.ticket import NEVER_NS, Reservation, Ticket


class Counter:
    """What the thread sees of the endpoint: a pool of places, and a queue to put tickets into."""

    def __init__(self, endpoint: Endpoint, places: int, notify: Callable[[], None]) -> None:
        self._endpoint = endpoint
        self._places = places
        self._notify = notify
        self._pool: deque[Reservation] = deque()
        self._tickets: deque[tuple[Ticket, Callable[[], None]]] = deque()
        self.refill()

    # On the thread of the handshakes.

    def reserve(self) -> Reservation | None:
        """A place that was set aside; None when the server is full."""
        try:
            return self._pool.popleft()
        except IndexError:
            return None

    def register(self, ticket: Ticket, now_ns: int, begun: Callable[[], None]) -> bool:
        """Queue it; `begun` is called on the server's thread once the connection exists."""
        self._tickets.append((ticket, begun))
        self._notify()
        return False

    def release(self, reservation: Reservation) -> None:
        """The next client may have the place: this one was never told its id."""
        self._pool.append(reservation)

    # On the thread of the server.

    @property
    def waiting(self) -> bool:
        """Whether a handshake is finished."""
        return bool(self._tickets)

    def refill(self) -> None:
        """Set places aside for as many handshakes as may finish before the next turn."""
        while len(self._pool) < self._places and (place := self._endpoint.reserve()) is not None:
            self._pool.append(place)

    def begin_all(self, now_ns: int) -> None:
        """Begin the connections whose handshakes are finished."""
        while self._tickets:
            ticket, begun = self._tickets.popleft()
            self._endpoint.add_peer(ticket, now_ns)
            begun()
        self.refill()


class DoorThread:
    """Runs the listener that `make` returns for a sink. To the server it looks like that listener."""

    def __init__(self, make: Callable[[Sink], HandshakeListener], endpoint: Endpoint, places: int) -> None:
        self._bell_out, self._bell_in = socket.socketpair()
        self._bell_out.setblocking(False)
        self._bell_in.setblocking(False)
        self._counter = Counter(endpoint, places, self._ring)
        self._listener = make(self._counter)
        self.address = self._listener.address
        self._waiter = Waiter()
        self._error: BaseException | None = None
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="fastnet-handshakes", daemon=True)
        self._thread.start()

    @property
    def stats(self) -> HandshakeStats:
        """The listener's figures."""
        return self._listener.stats

    def fileno(self) -> int:
        """Readable when a handshake is finished."""
        return self._bell_out.fileno()

    def next_deadline_ns(self) -> int:
        """0 when a turn has something to do."""
        return 0 if self._counter.waiting or self._error is not None else NEVER_NS

    def turn(self, now_ns: int) -> bool:
        """Let those in who are through. Raises what ended the thread, which is a fault of ours."""
        if self._error is not None:
            raise self._error
        with contextlib.suppress(BlockingIOError, InterruptedError):
            self._bell_out.recv(4_096)
        self._counter.begin_all(now_ns)
        return False

    def close(self) -> None:
        """Close the door and every handshake in flight."""
        self._stopping = True
        self._waiter.wake()
        self._thread.join()
        self._listener.close()
        self._waiter.close()
        self._bell_in.close()
        self._bell_out.close()

    def _ring(self) -> None:
        with contextlib.suppress(OSError):  # It rings already.
            self._bell_in.send(b"\0")

    def _run(self) -> None:
        fileno = self._listener.fileno()
        if fileno >= 0:
            self._waiter.watch(fileno)
        try:
            while not self._stopping:
                if not self._listener.turn(monotonic_ns()):
                    due_ns, now_ns = self._listener.next_deadline_ns(), monotonic_ns()
                    self._waiter.wait(due_ns if due_ns == NEVER_NS else max(0, due_ns - now_ns))
        except Exception as error:  # Strangers cannot cause it; whoever can must hear of it.
            self._error = error
            self._ring()
