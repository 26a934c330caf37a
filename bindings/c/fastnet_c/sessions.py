"""A session's Python half: how it connects or listens, and how it ends. What happens in between is in rings.py.

Rule: a session's memory belongs to the shim until FN_END came; then, when all is said, to `free_session`.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from _fastnet import ffi, lib
from fastnet.net.client import Client
from fastnet.net.clock import monotonic_ns
from fastnet.protocol.errors import CertificateError, ConnectError
from fastnet.protocol.numbers import CloseCode, EventType, Result, State, result_of
from fastnet.protocol.spec import SERVER_PEER_ID
from fastnet.protocol.ticket import NEVER_NS

from fastnet_c import settings
from fastnet_c._cdef import CLIENT_CONFIG_DEFAULTS, FASTNET_IO_PUMPED
from fastnet_c.results import result_of_error, text_of_error
from fastnet_c.rings import Rings

if TYPE_CHECKING:
    from fastnet.net.server import Server

_MS = 1_000_000
STOP_NS = 500 * _MS
"""What the end of the thread leaves for goodbyes."""


class Session:
    """What clients and servers share: their end."""

    _goodbye = CloseCode.CLOSED
    _last_event = EventType.DISCONNECTED

    def __init__(self, bridge: int, handle: int, config: Any, on_over: Callable[["Session"], object]) -> None:
        self.handle = handle
        self._on_over = on_over
        self.rings = Rings(bridge, handle, self._cold, result_of)
        self.pumped = config.io_mode == FASTNET_IO_PUMPED
        self.rings.pumped = self.pumped
        self.rings.spin_ns = settings.spin_ns(config) if self.pumped else 0
        self.ended = False
        """FN_END came: nobody polls any more."""
        self._config = config
        self._pointer = ffi.cast("fn_session *", handle)
        self._driver: Client | Server | None = None
        self._leave_ns = NEVER_NS

    @property
    def is_over(self) -> bool:
        """Whether no socket is open and nothing is left to send."""
        return self._driver is None

    def _send_queue_bytes(self) -> int:
        return lib.fn_session_send_queue_bytes(self._pointer) or CLIENT_CONFIG_DEFAULTS["send_queue_bytes"]

    def _cold(self, now_ns: int) -> None:
        """What the compiled half cannot do; it says when."""
        if self._driver is None:
            return
        if self.rings.leaving:
            self._go_on_leaving(self._driver, now_ns)
        else:
            self._work(now_ns)

    def _work(self, now_ns: int) -> None:
        """Connecting, or admitting."""
        raise NotImplementedError

    # The end.

    def fail(self, error: BaseException) -> None:
        """It cannot go on: the last event says why."""
        code = _code_of(error)
        self._finish(result_of_error(error), code, text_of_error(error))

    def _finish(self, result: int, code: int, text: str) -> None:
        self.rings.finish(int(self._last_event), int(result), int(code), text)
        self._release()

    def leave(self, limit_ns: int = NEVER_NS) -> None:
        """Say goodbye to everybody; `is_over` when that is done, at the latest when the linger has passed."""
        driver = self._driver
        if driver is None:
            return
        if driver.pump is None:
            self._release()
            return
        now_ns = monotonic_ns()
        self.rings.empty_out(now_ns)
        driver.start_closing(self._goodbye)
        self._leave_ns = min(driver.linger_deadline_ns(), limit_ns)
        self.rings.leaving = True
        self._go_on_leaving(driver, now_ns)

    def _go_on_leaving(self, driver: "Client | Server", now_ns: int) -> None:
        if driver.peers_left() == 0 or now_ns >= self._leave_ns:
            self._release()
        else:
            self.rings.cold_due_ns = self._leave_ns

    def _release(self) -> None:
        driver, self._driver = self._driver, None
        if driver is not None:
            self.rings.cold_fd = -1
            self.rings.cold_due_ns = NEVER_NS
            self.rings.detach()
            driver.release()
        self._on_over(self)

    def release(self) -> None:
        """Give the sockets back at once."""
        self._release()


class ClientSession(Session):
    """A client: its failures are events, for nobody waits for the answer to FN_OPEN."""

    def __init__(self, bridge: int, handle: int, on_over: Callable[[Session], object]) -> None:
        super().__init__(bridge, handle, lib.fn_client_config(ffi.cast("fn_session *", handle)), on_over)
        self._open_until_ns = NEVER_NS

    def open(self, wake: Any) -> None:
        """Begin to connect; `wake` ends the wait of whoever makes the turns."""
        config = self._config
        self._open_until_ns = monotonic_ns() + settings.open_timeout_ms(config) * _MS
        try:
            client = Client(
                (settings.text_of(config.host) or "", config.port),
                trust=settings.trust(config),
                config=settings.client_config(config, self._send_queue_bytes()),
                token=settings.bytes_of(config.token, config.token_len),
                server_name=settings.text_of(config.server_name),
                spin=self.rings.spin_ns > 0,
            )
        except Exception as error:
            self.fail(error)
            return
        self._driver = client

        def on_found() -> None:
            self.rings.cold_asked = True
            wake()

        client.call_when_found(on_found)
        self._work(monotonic_ns())

    def _work(self, now_ns: int) -> None:
        client = self._driver
        assert isinstance(client, Client)
        if client.pump is None:
            client.turn()
            if client.pump is not None:
                self.rings.client_id = client.own_id
                self.rings.attach(client.pump)
            elif client.settled:
                self._report_failure(client)
                return
        if self.rings.connected:
            self.rings.cold_fd = -1
            client.end_handshake()
            self.rings.touch()
            return
        if now_ns >= self._open_until_ns:
            text = f"no connection within {settings.open_timeout_ms(self._config):,} ms (open_timeout_ms)"
            self._finish(Result.TIMEOUT, CloseCode.HANDSHAKE_TIMEOUT, text)
            return
        self.rings.cold_fd = next(iter(client.filenos()), -1) if client.pump is None else -1
        due_ns = client.next_deadline_ns() if client.pump is None else NEVER_NS
        self.rings.cold_due_ns = min(due_ns, self._open_until_ns)

    def _report_failure(self, client: Client) -> None:
        gone = client.poll()[-1]
        result = result_of(gone.code) if client.resolved else Result.RESOLVE  # type: ignore[union-attr]
        self._finish(result, gone.code, gone.reason)  # type: ignore[union-attr]

    def close(self, code: int, text: str) -> int:
        """Goodbye with a code; DISCONNECTED follows. Returns a result."""
        client = self._driver
        if client is None or self.rings.leaving:
            return Result.CLOSED
        if client.pump is None or not self.rings.connected:
            self._finish(result_of(code), code, text)
            return Result.OK
        self.rings.empty_out(monotonic_ns())
        self.rings.set_state(State.CLOSING)
        client.disconnect(SERVER_PEER_ID, code, text)
        return Result.OK


class ServerSession(Session):
    """A server: bound, or failed with an exception, when `open` returns."""

    _goodbye = CloseCode.SHUTTING_DOWN
    _last_event = EventType.ERROR

    def __init__(self, bridge: int, handle: int, on_over: Callable[[Session], object]) -> None:
        super().__init__(bridge, handle, lib.fn_server_config(ffi.cast("fn_session *", handle)), on_over)

    def open(self) -> None:
        """Bind and listen. Raises what `Server` raises."""
        from fastnet.net.server import Server  # A client's process starts sooner without it.

        config = self._config
        host = settings.text_of(config.bind_address) or ""
        chain, key = settings.certificate(config)
        server = Server(
            (host, config.udp_port),
            (host, config.tcp_port),
            chain,
            key,
            config=settings.server_config(config, self._send_queue_bytes()),
            spin=self.rings.spin_ns > 0,
        )
        self._driver = server
        assert server.pump is not None
        self.rings.attach(server.pump)
        self.rings.set_ports(server.udp_address[1], server.tcp_address[1])
        self.rings.set_state(State.CONNECTED)
        self.rings.touch()
        self._work(monotonic_ns())

    def _work(self, now_ns: int) -> None:
        server: Server = self._driver  # type: ignore[assignment]
        more = server.turn_tcp(now_ns)
        self.rings.cold_fd = server.filenos()[-1]
        self.rings.cold_due_ns = now_ns if more else server.tcp_deadline_ns()

    def kick(self, peer_id: int, code: int, text: str) -> int:
        """End one peer, without linger. Returns a result; raises UnknownPeerError, UsageError."""
        if self._driver is None:
            return Result.CLOSED
        self.rings.empty_out(monotonic_ns())
        self._driver.disconnect(peer_id, code or CloseCode.KICKED, text, linger_ms=0)
        self.rings.set_peer_closing(peer_id)
        return Result.OK

    def leave(self, limit_ns: int = NEVER_NS) -> None:
        super().leave(limit_ns)
        self.rings.cold_fd = -1  # Nobody comes in any more.


def _code_of(error: BaseException) -> int:
    if isinstance(error, ConnectError):
        return error.code
    return CloseCode.CERTIFICATE_REJECTED if isinstance(error, CertificateError) else CloseCode.INTERNAL_ERROR
