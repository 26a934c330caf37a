"""The server's side of one handshake: TLS, HELLO, the application's decision, ACCEPT or REFUSE. PROTOCOL.md s. 11.

Rule 1: `advance` thinks about what has arrived and returns; a stranger who breaks a rule makes it raise `TlsError` or
`HandshakeFormatError`, and the listener counts and drops.
Rule 2: the sink knows a client before ACCEPT leaves, so the client's first datagram finds its connection.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from cryptography import x509

from fastnet.net import log
from fastnet.net.admission import Admit, Answer, Deferred, Refusal
from fastnet.net.tls import TlsError
from fastnet.net.tls_socket import TlsSocket
from fastnet.net.trust import check_client
from fastnet.protocol import handshake, negotiation, spec
from fastnet.protocol.config import Config
from fastnet.protocol.handshake import Endpoint, HandshakeFormatError, Hello, Refuse
from fastnet.protocol.negotiation import RANDOM_BYTES
from fastnet.protocol.numbers import CloseCode
from fastnet.protocol.sealing import has_aes
from fastnet.protocol.ticket import Address, Reservation, Ticket
from fastnet.protocol.tokens import Claims


class Sink(Protocol):
    """Where finished handshakes go: the owner of the peers."""

    def reserve(self) -> Reservation | None:
        """Set a peer number and a connection id aside; None when the server is full."""

    def register(self, ticket: Ticket, now_ns: int, begun: Callable[[], None]) -> bool:
        """Begin this connection. True: done, and the client learns of it right after; False: `begun` is called, from
        any thread, once it is done."""

    def release(self, reservation: Reservation) -> None:
        """The reserved client did not come in after all."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What all handshakes of one server share."""

    config: Config
    sink: Sink
    endpoints: Callable[[], Sequence[Endpoint]]
    admit: Admit | None
    client_roots: tuple[x509.Certificate, ...]
    random_bytes: Callable[[int], bytes]
    now_s: Callable[[], int]


class State(Enum):
    """How far a handshake is."""

    TLS = "TLS"
    HELLO = "waiting for HELLO"
    ADMITTING = "waiting for the application"
    REGISTERING = "waiting for the endpoint"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class Reception:
    """One client at the door. `wake` is called, from any thread, when a deferred answer is there for `advance`."""

    def __init__(self, link: TlsSocket, address: Address, desk: Desk, wake: Callable[["Reception"], None]) -> None:
        self.link = link
        self.address = address
        self.state = State.TLS
        self._desk = desk
        self._wake = wake
        self._flight_ns = 0  # When our first flight left, to measure the round trip.
        self._first_rtt_ns: int | None = None
        self._received = b""
        self._hello: Hello | None = None
        self._certificate: bytes | None = None
        self._reservation: Reservation | None = None
        self._deferred: Deferred | None = None
        self._accept_frame = b""
        self._begun = False

    @property
    def answered(self) -> bool:
        """Whether the last word was said; what remains is that the client closes."""
        return self.state in (State.ACCEPTED, State.REFUSED)

    def advance(self, now_ns: int) -> None:
        """Go on as far as what has arrived allows: at most one TLS handshake step."""
        if self.answered:
            return
        if self.state is State.REGISTERING:
            if self._begun:
                self._send_accept()
            return
        if self._deferred is not None and self._deferred.resolved:
            self._decide(self._deferred.answer, now_ns)
            return
        if self.state is State.TLS:
            self._step(now_ns)
        if self.state is not State.TLS:
            self._read(now_ns)
        if not self.answered:
            self._flush(now_ns)

    def time_out(self) -> None:
        """The deadline has come. A client that waits for the application is told so."""
        if self.state is State.ADMITTING:
            self._refuse(Refuse(CloseCode.REFUSED, "the server took too long to decide: try again later"))

    def abandon(self) -> None:
        """Give back what was reserved for a client that will not come in."""
        if self._reservation is not None:
            self._desk.sink.release(self._reservation)
            self._reservation = None

    def _step(self, now_ns: int) -> None:
        tls = self.link.tls
        try:
            done = tls.step()
        except TlsError:
            self.link.flush()  # The alert tells the client why.
            raise
        if not done:
            return
        self._first_rtt_ns = now_ns - self._flight_ns if self._flight_ns else None
        chain = tls.peer_chain()
        if self._desk.client_roots:
            cause = check_client(self._desk.client_roots, chain, self._desk.now_s())
            if cause is not None:
                raise TlsError(f"the client's certificate was rejected: {cause}")
        self._certificate = chain[0] if chain else None
        self.state = State.HELLO

    def _flush(self, now_ns: int) -> None:
        """What TLS has to say; once it is done the answer takes that along: a client wakes once, not twice."""
        if self.link.flush() and self.state is State.TLS:
            self._flight_ns = now_ns

    def _read(self, now_ns: int) -> None:
        received = self.link.tls.read()
        if not received:
            return
        if self.state is not State.HELLO:
            raise HandshakeFormatError("bytes follow HELLO")
        self._received += received
        frame = handshake.take_frame(self._received, spec.HELLO)
        if frame is not None:
            self._answer(frame[1], now_ns)

    def _answer(self, body: bytes, now_ns: int) -> None:
        refuse = self._judge(body)
        if refuse is not None:
            self._refuse(refuse)
            return
        self.state = State.ADMITTING
        self._decide(self._ask(), now_ns)

    def _judge(self, body: bytes) -> Refuse | None:
        refuse = negotiation.refuse_versions(*handshake.hello_versions(body))
        if refuse is not None:
            return refuse  # Another version's HELLO may go on in ways that we cannot read.
        self._hello = handshake.decode_hello(body)
        refuse = negotiation.check_hello(self._hello, self._desk.config)
        if refuse is not None:
            return refuse
        self._reservation = self._desk.sink.reserve()
        if self._reservation is None:
            return Refuse(CloseCode.SERVER_FULL, "the server is full: try again later")
        return None

    def _ask(self) -> Answer:
        if self._desk.admit is None or self._hello is None:
            return True
        try:
            return self._desk.admit(self.address, self._certificate, self._hello.token)
        except Exception:  # The application's mistake must not end everybody's poll.
            log.exception("admit failed; the client is refused")
            return Refusal(CloseCode.INTERNAL_ERROR, "the server failed to decide; its log says why")

    def _decide(self, answer: Answer, now_ns: int) -> None:
        if isinstance(answer, Deferred):
            self._deferred = answer
            answer.on_resolved(lambda: self._wake(self))
        elif isinstance(answer, Refusal):
            self._refuse(Refuse(answer.code, answer.reason))
        elif answer is None or answer is True:
            self._accept(None, now_ns)
        elif isinstance(answer, Claims):
            self._accept(answer.client_id, now_ns)
        else:
            self._refuse(Refuse(CloseCode.REFUSED, "the server does not admit this client"))

    def _accept(self, client_id: int | None, now_ns: int) -> None:
        hello, reservation, desk = self._hello, self._reservation, self._desk
        assert hello is not None
        assert reservation is not None
        accept = negotiation.make_accept(
            hello,
            desk.config,
            reservation,
            random=desk.random_bytes(RANDOM_BYTES),
            has_aes=has_aes(),
            endpoints=desk.endpoints(),
        )
        frame = handshake.encode_accept(accept, desk.random_bytes(handshake.GREASE_BYTES))
        transcript = negotiation.transcript_hash(self._received, frame, self._certificate)
        ticket = negotiation.server_ticket(
            hello,
            accept,
            self.link.tls.export(transcript),
            first_rtt_ns=self._first_rtt_ns,
            certificate=self._certificate,
            token_client_id=client_id,
        )
        self._reservation = None  # The sink's own from here on.
        self._accept_frame = frame
        self.state = State.REGISTERING
        if desk.sink.register(ticket, now_ns, self._on_begun):
            self._send_accept()

    def _on_begun(self) -> None:
        """On the endpoint's thread."""
        self._begun = True
        self._wake(self)

    def _send_accept(self) -> None:
        self.state = State.ACCEPTED
        self.link.tls.write(self._accept_frame)
        self.link.flush()

    def _refuse(self, refuse: Refuse) -> None:
        self.abandon()
        self.state = State.REFUSED
        self.link.tls.write(handshake.encode_refuse(refuse))
        self.link.flush()
