"""A NAT of our own: UDP from inside leaves by one outside socket, whose address changes whenever a test says so."""

import select
import socket
import threading

BYTES_MAX = 65_535


class Nat:
    """Listens at `inside` for clients, speaks to `target` from an outside socket; answers go to whoever spoke last.

    `target` may be set later, `move` gives the clients another outside address. `blocked` lets nothing through.
    """

    def __init__(self, inside: tuple[str, int] = ("127.0.0.1", 0), outside: str = "127.0.0.1") -> None:
        self.target: tuple[str, int] | None = None
        self.blocked = False
        self.forwarded = 0
        self._inside = _udp(*inside)
        self._outside = _udp(outside, 0)
        self._lock = threading.Lock()
        self._client: tuple[str, int] | None = None
        self._wake_out, self._wake_in = socket.socketpair()
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="nat")
        self._thread.start()

    @property
    def address(self) -> tuple[str, int]:
        """Where clients send to: what a server behind this NAT advertises."""
        host, port = self._inside.getsockname()[:2]
        return host, port

    @property
    def outside(self) -> tuple[str, int]:
        """The clients' address as the server sees it."""
        host, port = self._outside.getsockname()[:2]
        return host, port

    def move(self, outside: str = "127.0.0.1", target: tuple[str, int] | None = None) -> None:
        """A new outside port, on `outside`; what the server sends to the old one is lost."""
        fresh = _udp(outside, 0)
        with self._lock:
            self._outside.close()
            self._outside = fresh
            self.target = target or self.target
        self._wake_in.send(b"\0")

    def close(self) -> None:
        self._closing = True
        self._wake_in.send(b"\0")
        self._thread.join()
        for one in (self._inside, self._outside, self._wake_in, self._wake_out):
            one.close()

    def __enter__(self) -> "Nat":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _run(self) -> None:
        while not self._closing:
            with self._lock:
                outside = self._outside
                filenos = [outside.fileno(), self._inside.fileno(), self._wake_out.fileno()]
            ready = select.select([fileno for fileno in filenos if fileno >= 0], [], [], 1)[0]
            with self._lock:
                if self._wake_out.fileno() in ready:
                    self._wake_out.recv(64)
                if self._inside.fileno() in ready:
                    self._from_inside()
                if self._outside is outside and outside.fileno() in ready:
                    self._from_outside()

    def _from_inside(self) -> None:
        try:
            content, self._client = self._inside.recvfrom(BYTES_MAX)
            if self.target is not None and not self.blocked:
                self._outside.sendto(content, self.target)
                self.forwarded += 1
        except OSError:
            return  # A refusal that an earlier datagram caused: networks lose datagrams.

    def _from_outside(self) -> None:
        try:
            content, _ = self._outside.recvfrom(BYTES_MAX)
            if self._client is not None and not self.blocked:
                self._inside.sendto(content, self._client)
                self.forwarded += 1
        except OSError:
            return


def _udp(host: str, port: int) -> socket.socket:
    made = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_DGRAM)
    made.bind((host, port))
    made.setblocking(False)
    return made
