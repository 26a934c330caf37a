"""What FastNet raises. Strangers' bytes never raise; these are for callers, and each message says what to do."""

from fastnet.protocol.numbers import CloseCode


class FastNetError(Exception):
    """The base of every error that FastNet raises."""

    taken = 0
    """Of `send_all`: how many of its messages were taken before this happened."""


class UsageError(FastNetError):
    """The call was wrong: fix the code that made it."""


class ConfigError(UsageError, ValueError):
    """A configuration value is out of range; the message names it and its range."""


class UnknownPeerError(UsageError, LookupError):
    """No live peer has this id: it never existed, or its `Disconnected` was already reported."""


class UnknownChannelError(UsageError, LookupError):
    """The configuration has no channel of this number."""


class MessageTooLargeError(UsageError, ValueError):
    """The message exceeds what this channel, or the peer, accepts."""


class NotConnectedError(UsageError):
    """The peer exists but is not (or no longer) connected."""


class SocketClosedError(UsageError):
    """The socket was closed; make a new one."""


class WouldBlockError(FastNetError, BlockingIOError):
    """The channel's send queue is full: poll, and send again later."""


class CertificateError(FastNetError):
    """A certificate or key file cannot be used; the message names the file and the reason."""


class AddressInUseError(FastNetError, OSError):
    """Another socket holds this port."""


class ConnectError(FastNetError, ConnectionError):
    """The connection could not be made; `code` is a `CloseCode` or the application's own refusal code."""

    def __init__(self, message: str, code: int) -> None:
        super().__init__(message)
        self.code = code


class HandshakeTimeoutError(ConnectError, TimeoutError):
    """The server answered TCP but the handshake did not finish in time."""


class TcpUnreachableError(ConnectError):
    """No TCP connection to the server: wrong address, server down, or a firewall."""


class UdpUnreachableError(ConnectError):
    """TLS reached the server but UDP did not: a firewall or NAT drops UDP on this path."""


class TlsFailedError(ConnectError):
    """The TLS handshake failed: not a FastNet server, or no common version."""


class CertificateRejectedError(ConnectError):
    """The server's certificate is not trusted; the message names the cause and the pin that would have matched."""


class VersionMismatchError(ConnectError):
    """Client and server share no protocol version."""


class ChannelsMismatchError(ConnectError):
    """Client and server are configured with different channels."""


class RefusedError(ConnectError):
    """The server refused: full, or by the application's own decision."""


_BY_CODE: dict[int, type[ConnectError]] = {
    CloseCode.HANDSHAKE_TIMEOUT: HandshakeTimeoutError,
    CloseCode.UDP_UNREACHABLE: UdpUnreachableError,
    CloseCode.TCP_UNREACHABLE: TcpUnreachableError,
    CloseCode.TLS_FAILED: TlsFailedError,
    CloseCode.CERTIFICATE_REJECTED: CertificateRejectedError,
    CloseCode.VERSION_MISMATCH: VersionMismatchError,
    CloseCode.CHANNELS_MISMATCH: ChannelsMismatchError,
}


def connect_error(code: int, reason: str) -> ConnectError:
    """The exception that says why a connection could not be made."""
    return _BY_CODE.get(code, RefusedError)(reason, code)
