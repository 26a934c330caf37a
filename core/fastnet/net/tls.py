"""TLS 1.3 on memory buffers: bytes in, bytes out, and the exporter that the keys come from. PROTOCOL.md s. 2.1.

Rule 1: no socket is touched here; `feed` takes what arrived, `take` gives what must be sent, `step` thinks.
Rule 2: OpenSSL judges no certificate, but it demands proof of the private key of whatever certificate is shown (in TLS
1.3 a server must show one); whoever uses this asks `trust` when `step` has answered True, and before `take` lets the
last flight out.
Rule 3: both ends check the negotiated ALPN name: without an overlap pyOpenSSL lets the handshake go on.
"""

import functools
from collections.abc import Sequence

from cryptography import x509
from OpenSSL import SSL, crypto

from fastnet.net.credentials import Credentials
from fastnet.net.resolve import ascii_name
from fastnet.protocol import spec
from fastnet.protocol.address import is_address
from fastnet.protocol.handshake import FRAME_BYTES_MAX

_TAKE_BYTES = 65_536
_SECRET_BYTES = 32


class TlsError(Exception):
    """TLS ended badly; the text says how. Internal: users see `TlsFailedError` or a counter."""


class TlsEnd:
    """What both ends share: a handshake, then one frame each way."""

    def __init__(self, connection: SSL.Connection, bytes_max: int) -> None:
        self._connection = connection
        self._bytes_left = bytes_max
        self._done = False

    def feed(self, received: bytes) -> None:
        """Take bytes from the network. Raises TlsError beyond the cap on all of them."""
        self._bytes_left -= len(received)
        if self._bytes_left < 0:
            raise TlsError("too many bytes before the handshake was over")
        if received:
            self._connection.bio_write(received)

    @property
    def bytes_left(self) -> int:
        """How many more bytes `feed` will take."""
        return self._bytes_left

    @property
    def done(self) -> bool:
        """Whether the TLS handshake is over."""
        return self._done

    def step(self) -> bool:
        """Go on with the handshake as far as the bytes fed allow; True when it is over. Raises TlsError."""
        try:
            self._connection.do_handshake()
        except SSL.WantReadError:
            return False
        except SSL.Error as error:
            raise TlsError(_text(error)) from error
        if self._connection.get_alpn_proto_negotiated() != spec.ALPN:
            raise TlsError(f"the other end does not speak {spec.ALPN.decode()}")
        self._done = True
        return True

    def take(self) -> bytes:
        """Everything that must be sent now; also after a TlsError, when it is an alert."""
        try:
            return self._connection.bio_read(_TAKE_BYTES)
        except SSL.Error:
            return b""

    def read(self) -> bytes:
        """All decrypted bytes that arrived, but not much more than one frame; empty when none are there.

        Raises TlsError when the other end closed or broke TLS, after everything before that was read.
        """
        received = b""
        while len(received) <= FRAME_BYTES_MAX:
            try:
                received += self._connection.recv(FRAME_BYTES_MAX)
            except SSL.WantReadError:
                break
            except SSL.Error as error:
                if received:
                    break  # OpenSSL says it again at the next call.
                raise TlsError(_text(error)) from error
        return received

    def write(self, frame: bytes) -> None:
        """Encrypt one frame; `take` gives the result. Raises TlsError."""
        try:
            self._connection.send(frame)
        except SSL.Error as error:
            raise TlsError(_text(error)) from error

    def write_close(self) -> None:
        """Say that nothing more follows; `take` gives the bytes."""
        try:
            self._connection.shutdown()
        except SSL.Error:
            return  # The other end will see the end of TCP instead.

    def export(self, context: bytes) -> bytes:
        """The 32 secret bytes that only the two ends of this very handshake know, bound to `context`."""
        return self._connection.export_keying_material(spec.EXPORTER_LABEL, _SECRET_BYTES, context)

    def peer_chain(self) -> list[bytes]:
        """The certificates that the other end showed, leaf first, DER. Nobody but OpenSSL has read them yet."""
        try:
            return [_der(certificate) for certificate in self._shown()]
        except crypto.Error as error:
            raise TlsError("the other end's certificate is malformed") from error

    def _shown(self) -> list[crypto.X509]:
        return self._connection.get_peer_cert_chain() or []


class ServerTls(TlsEnd):
    """The server's end of one connection."""

    def __init__(self, context: SSL.Context, bytes_max: int) -> None:
        super().__init__(SSL.Connection(context), bytes_max)
        self._connection.set_accept_state()

    def _shown(self) -> list[crypto.X509]:
        leaf = self._connection.get_peer_certificate()  # What OpenSSL calls a client's chain is without it.
        return [leaf, *super()._shown()] if leaf is not None else []


class ClientTls(TlsEnd):
    """The client's end of one connection. `server_name` goes out in the clear (RFC 6066 s. 3), unless an address."""

    def __init__(self, context: SSL.Context, server_name: str, bytes_max: int) -> None:
        super().__init__(SSL.Connection(context), bytes_max)
        name = _sni(server_name)
        if name:
            self._connection.set_tlsext_host_name(name)
        self._connection.set_connect_state()


def server_context(credentials: Credentials, client_roots: Sequence[x509.Certificate] = ()) -> SSL.Context:
    """What all connections of one server share. With `client_roots`, clients must show a certificate."""
    context = _context(credentials)
    context.set_alpn_select_callback(_select_alpn)
    if client_roots:
        context.set_verify(SSL.VERIFY_PEER | SSL.VERIFY_FAIL_IF_NO_PEER_CERT, _accept_for_now)
        for certificate in client_roots:
            context.add_client_ca(certificate)
    return context


def client_context(credentials: Credentials | None = None) -> SSL.Context:
    """What a client's connection needs; `credentials` if the server asks who we are. All others share one: it knows
    nothing of whom they trust, and no session is ever resumed."""
    return _anonymous_context() if credentials is None else _client_context(credentials)


@functools.cache
def _anonymous_context() -> SSL.Context:
    return _client_context(None)


def _client_context(credentials: Credentials | None) -> SSL.Context:
    context = _context(credentials)
    context.set_alpn_protos([spec.ALPN])
    context.set_verify(SSL.VERIFY_NONE)
    return context


def _context(credentials: Credentials | None) -> SSL.Context:
    context = SSL.Context(SSL.TLS_METHOD)
    context.set_min_proto_version(SSL.TLS1_3_VERSION)
    context.set_options(SSL.OP_NO_TICKET | SSL.OP_NO_COMPRESSION)
    context.set_session_cache_mode(SSL.SESS_CACHE_OFF)
    context.set_mode(SSL.MODE_RELEASE_BUFFERS)
    if credentials is not None:
        context.use_certificate(credentials.leaf)
        for certificate in credentials.chain[1:]:
            context.add_extra_chain_cert(certificate)
        context.use_privatekey(credentials.private_key)
    return context


def _select_alpn(_connection: SSL.Connection, offered: list[bytes]) -> bytes | SSL._NoOverlappingProtocols:
    return spec.ALPN if spec.ALPN in offered else SSL.NO_OVERLAPPING_PROTOCOLS


def _der(certificate: crypto.X509) -> bytes:
    """As it came; whoever believes it parses it once."""
    return crypto.dump_certificate(crypto.FILETYPE_ASN1, certificate)


def _accept_for_now(*_shown: object) -> bool:
    return True  # `trust` decides, see rule 2.


def _sni(server_name: str) -> bytes:
    return b"" if is_address(server_name) else ascii_name(server_name.rstrip("."))


def _text(error: SSL.Error) -> str:
    """`tlsv1 alert protocol version`, without OpenSSL's library and function names."""
    if isinstance(error, SSL.SysCallError | SSL.ZeroReturnError):
        return "the other end closed the connection"
    reasons = error.args[0] if error.args and isinstance(error.args[0], list) else []
    return ", ".join(str(reason[-1]) for reason in reasons) or type(error).__name__
