"""What `Client` and `Server` share: sending, closing, figures, and the wait."""

from collections.abc import Iterable
from types import TracebackType
from typing import Self

from fastnet.net.clock import later_ns, monotonic_ns
from fastnet.net.pump import Pump
from fastnet.net.waiter import Waiter
from fastnet.protocol.errors import NotConnectedError, SocketClosedError, UnknownChannelError, UnknownPeerError
from fastnet.protocol.events import Event
from fastnet.protocol.figures import EndpointStats, PeerStats
from fastnet.protocol.numbers import CloseCode
from fastnet.protocol.ticket import NEVER_NS

BytesLike = bytes | bytearray | memoryview
NEVER = NEVER_NS
NOW = 0.0
"""Do not wait."""
_PEER_IDS = 2**32
_SPIN_NS = 1_000_000
_CLOSE_NS_MAX = 300_000_000  # How long `close` goes on after the linger: three round trips on most paths.


class Driver:
    """The frame-loop form of a socket: `poll` blocks only when told to, `wait` does, nothing happens in between."""

    def __init__(self, spin: bool) -> None:
        self._spin = spin
        self._pump: Pump | None = None
        self._waiter = Waiter()
        self._closed = False
        self._slept = False  # Since the latest poll: what nobody woke us for needs no look.
        self.watch_version = 0
        """Rises when `filenos` changes its meaning: the system gives the numbers of closed descriptors out again."""

    # What the two kinds of socket do differently.

    def poll(self, timeout_s: float | None = NOW) -> list[Event]:
        """One turn: receive, send what is due, and return what happened since the last call. Never blocks, unless it is
        told to `wait` for at most `timeout_s` first (None: for ever): the same as both calls, for less."""
        raise NotImplementedError

    def close(self) -> None:
        """Say goodbye to every peer, flush what is reliable for the configured linger, and release the socket."""
        raise NotImplementedError

    def has_events(self) -> bool:
        """As `has_news`, for compiled callers."""
        raise NotImplementedError

    def due_ns(self, now_ns: int) -> int:
        """As `next_deadline_ns`, for compiled callers."""
        raise NotImplementedError

    # What they share.

    def has_news(self) -> bool:
        """Whether `poll` would return something."""
        return self.has_events()

    def next_deadline_ns(self) -> int:
        """When `poll` is due even if nothing arrives: monotonic ns, 2**64 - 1 for never."""
        return self.due_ns(monotonic_ns())

    def wait(self, timeout_s: float | None = None) -> bool:
        """Sleep until `poll` has something to do, at most `timeout_s` (None: for ever). True when something arrived;
        False when time passed. `wake` ends it from any thread. With `spin` it burns a core instead of sleeping, for at
        most a millisecond, and does not hear `wake`."""
        return self.rest(timeout_s)

    def rest(self, timeout_s: float | None) -> bool:
        """As `wait`, for compiled callers."""
        if self._closed:
            self._check_open()
        if self.has_events():
            return True  # Events that came while connecting or sending: no descriptor tells of them again.
        now_ns = monotonic_ns()
        limit_ns = NEVER if timeout_s is None else later_ns(now_ns, timeout_s)
        if self._spin and self._pump is not None:
            until_ns = now_ns + _SPIN_NS
            return self._pump.spin(now_ns, limit_ns if limit_ns < until_ns else until_ns)
        if self._pump is not None:
            self._pump.pay(now_ns)
        due_ns = self.due_ns(now_ns)
        until_ns = due_ns if due_ns < limit_ns else limit_ns
        if until_ns != NEVER:
            until_ns = until_ns - now_ns if until_ns > now_ns else 0
        self._slept = True
        return self._waiter.wait(until_ns) > 0 or due_ns <= limit_ns

    def udp_fileno(self) -> int:
        """The UDP socket's descriptor, -1 while there is none."""
        return self._pump.udp.fileno() if self._pump is not None else -1

    def turn_udp(self) -> None:
        """A turn that leaves the events waiting, when only the UDP descriptor has something; it is readable as long as
        there is more, except for what came in one piece."""
        if self._pump is None:
            return
        self._pump.turn_once()
        while self._pump.udp.more():
            self._pump.turn_once()

    def take(self) -> list[Event]:
        """The events that wait, as `poll`, but without a turn unless there are none."""
        if self._pump is None or not self._pump.endpoint.events_waiting():
            return self.poll()
        if self._closed:
            self._check_open()
        return self._pump.take()

    def wake(self) -> None:
        """End `wait`; from any thread."""
        self._waiter.wake()

    def send(self, peer_id: int, channel: int, data: BytesLike) -> None:
        """Send one message to a peer. With `auto_flush` (the default) it leaves now.

        Raises UnknownPeerError, UnknownChannelError, NotConnectedError, MessageTooLargeError, SocketClosedError, and
        WouldBlockError when the queue of a reliable channel is full: poll, then send again.
        """
        if self._closed:
            self._check_open()
        if self._pump is None:
            raise NotConnectedError("the connection is not made yet; send after the Connected event")
        try:
            self._pump.send(peer_id, channel, data)
        except OverflowError:  # Compiled code cannot even hold such a number.
            _check_numbers(peer_id, channel)
            raise

    def send_all(self, peer_id: int, channel: int, messages: Iterable[BytesLike]) -> None:
        """Send these messages to a peer, in order, for less than a `send` each; small ones share datagrams. With
        `auto_flush` they leave now.

        Raises what `send` does; the error's `taken` says how many of them were taken before.
        """
        pump = self._working_pump()
        try:
            pump.send_all(peer_id, channel, messages)
        except OverflowError:
            _check_numbers(peer_id, channel)
            raise

    def flush(self) -> None:
        """With `auto_flush=False`: let all that was sent since the last flush go, sharing datagrams."""
        pump = self._working_pump()
        now_ns = monotonic_ns()
        pump.endpoint.flush(now_ns)
        pump.write(now_ns)

    def disconnect(
        self, peer_id: int, code: int = CloseCode.CLOSED, reason: str = "", *, linger_ms: int | None = None
    ) -> None:
        """End one connection in good order: reliable messages first, at most `linger_ms` (configured by default).

        `code` is CloseCode.CLOSED, KICKED .. or the application's own 1000..2999. Raises UnknownPeerError, UsageError.
        """
        pump = self._working_pump()
        _check_peer_id(peer_id)
        now_ns = monotonic_ns()
        pump.endpoint.disconnect(peer_id, int(code), reason, now_ns, linger_ms)
        pump.write(now_ns)

    def peers(self) -> list[int]:
        """The ids of all connected peers."""
        return self._pump.endpoint.peer_ids() if self._pump is not None else []

    def peer(self, peer_id: int) -> PeerStats:
        """How one peer is doing. Raises UnknownPeerError."""
        pump = self._working_pump()
        _check_peer_id(peer_id)
        return pump.endpoint.peer(peer_id)

    def stats(self) -> EndpointStats:
        """What this socket counted in all."""
        return self._working_pump().endpoint.stats()

    @property
    def pump(self) -> Pump | None:
        """What moves the datagrams, for those who drive it themselves; a client has none before TLS is done."""
        return self._pump

    @property
    def closed(self) -> bool:
        """Whether `close` was called."""
        return self._closed

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _check_open(self) -> None:
        if self._closed:
            raise SocketClosedError("this socket is closed; make a new one")

    def _working_pump(self) -> Pump:
        self._check_open()
        if self._pump is None:
            raise NotConnectedError("the connection is not made yet; wait for the Connected event")
        return self._pump

    def start_closing(self, code: int) -> None:
        """Disconnect every peer; `poll` then carries the goodbyes."""
        pump = self._pump
        if pump is None:
            return
        now_ns = monotonic_ns()
        pump.endpoint.disconnect_all(code, now_ns)
        pump.write(now_ns)

    def peers_left(self) -> int:
        """Peers that have not gone yet."""
        return self._pump.endpoint.peer_count if self._pump is not None else 0

    def linger_deadline_ns(self) -> int:
        """Until when a closing socket goes on."""
        linger_ms: int = self._pump.endpoint.settings.config.linger_ms if self._pump is not None else 0
        return monotonic_ns() + linger_ms * 1_000_000 + _CLOSE_NS_MAX

    def _say_goodbye(self, code: int) -> None:
        """The blocking end: disconnect all, and turn until every peer knows or time is up."""
        self.start_closing(code)
        pump = self._pump
        if pump is None:
            return
        until_ns = self.linger_deadline_ns()
        while pump.endpoint.peer_count and (now_ns := monotonic_ns()) < until_ns:
            due_ns = min(pump.endpoint.next_deadline_ns(now_ns), until_ns)
            self._waiter.wait(max(0, due_ns - now_ns))
            pump.turn(monotonic_ns())


def _check_peer_id(peer_id: int) -> None:
    if not 0 <= peer_id < _PEER_IDS:
        raise UnknownPeerError(f"no live peer has the id {peer_id}: ids come with Connected events")


def _check_numbers(peer_id: int, channel: int) -> None:
    _check_peer_id(peer_id)
    if not 0 <= channel <= 255:
        raise UnknownChannelError(f"channel {channel} is outside 0..255")
