"""The client's side of the handshake: find an address that answers, TLS, trust, HELLO, and the server's answer.

Rule 1: nothing here waits, and `turn` raises nothing: at the end there is a `ticket` or an `error`.
Rule 2: the server's certificate is judged after TLS is complete and before our last flight leaves, so neither our
certificate nor a byte of HELLO reaches a server that is not trusted.
Rule 3: addresses are tried in order, a new one every 250 ms or as soon as one fails; the first to answer is taken
(RFC 8305 s. 5).
"""

import os
import selectors
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fastnet.net import tcp
from fastnet.net.clock import wall_s
from fastnet.net.credentials import Credentials
from fastnet.net.resolve import ascii_name
from fastnet.net.tcp import SocketName
from fastnet.net.tls import ClientTls, TlsError, client_context
from fastnet.net.tls_socket import TlsSocket
from fastnet.net.trust import Trust, Verdict
from fastnet.protocol import handshake, negotiation, spec
from fastnet.protocol.address import address_text, host_text
from fastnet.protocol.config import Config
from fastnet.protocol.errors import ConnectError, UsageError, connect_error
from fastnet.protocol.handshake import HandshakeFormatError
from fastnet.protocol.negotiation import RANDOM_BYTES
from fastnet.protocol.numbers import CloseCode
from fastnet.protocol.sealing import has_aes
from fastnet.protocol.ticket import NEVER_NS, Address, Ticket

ATTEMPT_DELAY_MS = 250  # RFC 8305 s. 8
BYTES_MAX = 131_072  # What a server may send before ACCEPT; a chain of RSA-4096 certificates takes a tenth.
_MS = 1_000_000


@dataclass(slots=True)
class _Attempt:
    """One TCP connect under way."""

    tcp: socket.socket
    name: SocketName
    deadline_ns: int


class ClientHandshake:
    """One connection attempt to a server. Call `turn` when `fileno()` is readable or a deadline has come, until `done`.

    `candidates` are (family, socket name) pairs as name resolution gives them; `server_name` is what the user typed,
    or None to go by the address. Raises UsageError for values that can never work.
    """

    def __init__(
        self,
        candidates: Sequence[tuple[int, SocketName]],
        server_name: str | None,
        trust: Trust,
        config: Config,
        *,
        now_ns: int,
        token: bytes | None = None,
        client_credentials: Credentials | None = None,
        client_cid: bytes = b"",
        random_bytes: Callable[[int], bytes] = os.urandom,
        now_s: Callable[[], int] = wall_s,
    ) -> None:
        if not candidates:
            raise UsageError("no address to connect to")
        check_usage(server_name, token)
        self.ticket: Ticket | None = None
        self.error: ConnectError | None = None
        self.tcp_peer: Address | None = None
        """The address that answered TCP."""
        self._waiting = list(candidates)
        self._server_name = server_name
        self._where = _where(server_name, candidates[0][1])
        self._trust = trust
        self._config = config
        self._random_bytes = random_bytes
        self._now_s = now_s
        self._context = client_context(client_credentials)
        self._certificate = client_credentials.leaf_der if client_credentials is not None else None
        self._hello = negotiation.make_hello(
            config, random=random_bytes(RANDOM_BYTES), has_aes=has_aes(), client_cid=client_cid, token=token
        )
        self._hello_frame = b""
        self._selector = selectors.DefaultSelector()
        self._attempts: list[_Attempt] = []
        self._failures: list[str] = []
        self._next_attempt_ns = self._looked_ns = now_ns
        self._link: TlsSocket | None = None
        self._tls_deadline_ns = NEVER_NS
        self._flight_ns = 0  # When ClientHello left, to measure the round trip.
        self._first_rtt_ns: int | None = None
        self._verdict: Verdict | None = None
        self._server_certificate = b""
        self._received = b""
        self.turn(now_ns)

    @property
    def done(self) -> bool:
        """Whether there is a `ticket` or an `error`."""
        return self.ticket is not None or self.error is not None

    def fileno(self) -> int:
        """A descriptor that is readable when `turn` has something to do; -1 where the system has none."""
        return self._selector.fileno() if hasattr(self._selector, "fileno") else -1

    def next_deadline_ns(self) -> int:
        """When `turn` must be called even if nothing is readable; NEVER_NS for never."""
        if self.done:
            return NEVER_NS
        again_ns = tcp.look_again_ns(self._selector, self._looked_ns)
        if self._link is not None:
            return min(self._tls_deadline_ns, again_ns)
        next_ns = self._next_attempt_ns if self._waiting else NEVER_NS
        return min(next_ns, again_ns, *(attempt.deadline_ns for attempt in self._attempts))

    def turn(self, now_ns: int) -> None:
        """Do what can be done now: at most one TLS handshake step. Never blocks, never raises."""
        if self.done:
            return
        self._looked_ns = now_ns
        try:
            if self._link is None:
                self._dial(now_ns)
            else:
                self._talk(self._link, now_ns)
        except ConnectError as error:
            self._finish(None, error)
        except TlsError as error:
            self._finish(None, self._failed(CloseCode.TLS_FAILED, self._tls_text(str(error))))
        except HandshakeFormatError as error:
            text = f"{self._where} speaks TLS, but its answer is not FastNet's: {error}"
            self._finish(None, self._failed(CloseCode.TLS_FAILED, text))

    def close(self) -> None:
        """Give up, if it is not done yet, and free all descriptors. With a ticket the server is told goodbye here: use
        the ticket first, for that keeps the server busy."""
        if self.ticket is not None and self._link is not None and self._link.tcp.fileno() != -1:
            self._link.tls.write_close()
            self._say_goodbye(self._link)
        self._close_sockets()
        self._selector.close()

    # TCP.

    def _dial(self, now_ns: int) -> None:
        self._hear_attempts(now_ns)
        if self._link is not None:
            return
        for attempt in [attempt for attempt in self._attempts if now_ns >= attempt.deadline_ns]:
            self._give_up(attempt, f"no answer in {self._config.connect_timeout_ms:,} ms", now_ns)
        while self._waiting and now_ns >= self._next_attempt_ns:
            self._begin_attempt(*self._waiting.pop(0), now_ns)
        if not self._attempts and not self._waiting:
            raise self._failed(CloseCode.TCP_UNREACHABLE, self._tcp_text())

    def _begin_attempt(self, family: int, name: SocketName, now_ns: int) -> None:
        try:
            attempt = _Attempt(tcp.connect(family, name), name, now_ns + self._config.connect_timeout_ms * _MS)
        except OSError as error:
            self._failures.append(f"{address_text(tcp.address_of(name))}: {error.strerror}")
            return  # The next one follows at once.
        self._attempts.append(attempt)
        self._selector.register(attempt.tcp, selectors.EVENT_WRITE, attempt)
        self._next_attempt_ns = now_ns + ATTEMPT_DELAY_MS * _MS

    def _hear_attempts(self, now_ns: int) -> None:
        if not self._attempts:
            return  # Windows' select does not accept that there is nothing to ask about.
        for key, _ in self._selector.select(0):
            attempt: _Attempt = key.data
            problem = tcp.pending_error(attempt.tcp)
            if not problem:
                self._take(attempt, now_ns)
                return
            self._give_up(attempt, problem, now_ns)

    def _give_up(self, attempt: _Attempt, problem: str, now_ns: int) -> None:
        self._selector.unregister(attempt.tcp)
        attempt.tcp.close()
        self._attempts.remove(attempt)
        self._failures.append(f"{address_text(tcp.address_of(attempt.name))}: {problem}")
        self._next_attempt_ns = now_ns

    def _take(self, winner: _Attempt, now_ns: int) -> None:
        """TCP is there: drop the other attempts and begin TLS."""
        self._attempts.remove(winner)
        self._close_attempts()
        self._waiting.clear()
        self.tcp_peer = tcp.address_of(winner.name)
        reached = host_text(self.tcp_peer.hi, self.tcp_peer.lo)
        self._server_name = self._server_name or reached
        self._link = TlsSocket(winner.tcp, ClientTls(self._context, self._server_name, BYTES_MAX))
        self._selector.modify(winner.tcp, selectors.EVENT_READ)
        self._tls_deadline_ns = now_ns + self._config.handshake_timeout_ms * _MS
        self._flight_ns = now_ns
        self._link.tls.step()
        self._flush(self._link)
        self._trust.prepare(reached)

    # TLS, HELLO and the answer.

    def _talk(self, link: TlsSocket, now_ns: int) -> None:
        if link.wants_write:
            self._flush(link)
        if link.receive():
            if self._first_rtt_ns is None:
                self._first_rtt_ns = now_ns - self._flight_ns
            if not link.tls.done and link.tls.step():
                self._greet(link)
            if link.tls.done:
                self._read(link)
            self._flush(link)
        if not self.done and now_ns >= self._tls_deadline_ns:
            raise self._failed(
                CloseCode.HANDSHAKE_TIMEOUT,
                f"{self._where} answered TCP, but did not finish the handshake in "
                f"{self._config.handshake_timeout_ms:,} ms: it is overloaded, or no FastNet server",
            )

    def _greet(self, link: TlsSocket) -> None:
        """Judge the server; only then let our last flight and HELLO out."""
        assert self.tcp_peer is not None
        reached = host_text(self.tcp_peer.hi, self.tcp_peer.lo)
        chain = link.tls.peer_chain()
        self._verdict = self._trust.check(chain, self._server_name or reached, reached, self._now_s())
        self._server_certificate = chain[0]
        self._hello_frame = handshake.encode_hello(self._hello, self._random_bytes(handshake.GREASE_BYTES))
        link.tls.write(self._hello_frame)

    def _read(self, link: TlsSocket) -> None:
        self._received += link.tls.read()
        frame = handshake.take_frame(self._received, spec.ACCEPT, spec.REFUSE)
        if frame is None:
            return
        kind, body = frame
        if kind == spec.REFUSE:
            refuse = handshake.decode_refuse(body)
            reason = refuse.reason or f"code {refuse.code}"
            raise self._failed(refuse.code, f"{self._where} refused the connection: {reason}")
        self._finish(self._ticket(link, body), None)

    def _ticket(self, link: TlsSocket, body: bytes) -> Ticket:
        assert self.tcp_peer is not None
        assert self._verdict is not None
        accept = handshake.decode_accept(body)
        negotiation.check_accept(self._hello, accept)
        transcript = negotiation.transcript_hash(self._hello_frame, self._received, self._certificate)
        return negotiation.client_ticket(
            self._hello,
            accept,
            link.tls.export(transcript),
            server=self.tcp_peer,
            first_rtt_ns=self._first_rtt_ns,
            verified=self._verdict.verified,
            certificate=self._server_certificate,
        )

    def _flush(self, link: TlsSocket) -> None:
        if self.done:
            return
        link.flush()
        wanted = selectors.EVENT_READ | (selectors.EVENT_WRITE if link.wants_write else 0)
        if self._selector.get_key(link.tcp).events != wanted:
            self._selector.modify(link.tcp, wanted)

    # The end.

    def _finish(self, ticket: Ticket | None, error: ConnectError | None) -> None:
        """Keep the outcome. After a failure TCP closes at once: an untrusted server gets not even a goodbye."""
        self.ticket, self.error = ticket, error
        if error is not None:
            self._close_sockets()

    def _say_goodbye(self, link: TlsSocket) -> None:
        try:
            link.flush()
        except TlsError:
            return  # The server sees the end of TCP.

    def _close_attempts(self) -> None:
        for attempt in self._attempts:
            self._selector.unregister(attempt.tcp)
            attempt.tcp.close()
        self._attempts.clear()

    def _close_sockets(self) -> None:
        self._close_attempts()
        if self._link is not None and self._link.tcp.fileno() != -1:
            self._selector.unregister(self._link.tcp)
            self._link.close()

    def _failed(self, code: int, message: str) -> ConnectError:
        return connect_error(code, message)

    def _tcp_text(self) -> str:
        return (
            f"no TCP connection to {self._where} ({'; '.join(self._failures)}): is the server running, "
            "is the port right, and does its firewall let TCP through?"
        )

    def _tls_text(self, problem: str) -> str:
        if self._first_rtt_ns is None:
            return (
                f"{self._where} closed the connection before TLS began ({problem}): it is no FastNet server, "
                "or it has too many handshakes in flight"
            )
        return f"TLS with {self._where} failed ({problem}): it must be a FastNet server with TLS 1.3"


def _where(server_name: str | None, name: SocketName) -> str:
    address = tcp.address_of(name)
    return address_text(address) if server_name is None else f"{server_name} port {address.port}"


def check_usage(server_name: str | None, token: bytes | None) -> None:
    """Raises UsageError for what can never work, whatever address the server has."""
    if token is not None and len(token) > spec.TOKEN_MAX:
        raise UsageError(f"the token has {len(token):,} bytes; at most {spec.TOKEN_MAX:,} fit")
    try:
        ascii_name(server_name or "")
    except UnicodeError as error:
        raise UsageError(f"{server_name!r} is not a host name") from error
