"""FastNet: encrypted real-time networking for games.

asyncio: `SecureSocket`. Frame loops: `Client` and `Server`. Your own sockets: `fastnet.protocol`.
"""

from fastnet.net.admission import Deferred, Refusal
from fastnet.net.aio import SecureSocket
from fastnet.net.client import Client
from fastnet.net.credentials import Credentials, load_credentials
from fastnet.net.server import Server
from fastnet.net.trust import Trust
from fastnet.protocol.config import Channel, Config
from fastnet.protocol.errors import (
    AddressInUseError,
    CertificateError,
    CertificateRejectedError,
    ChannelsMismatchError,
    ConfigError,
    ConnectError,
    FastNetError,
    HandshakeTimeoutError,
    MessageTooLargeError,
    NotConnectedError,
    RefusedError,
    SocketClosedError,
    TcpUnreachableError,
    TlsFailedError,
    UdpUnreachableError,
    UnknownChannelError,
    UnknownPeerError,
    UsageError,
    VersionMismatchError,
    WouldBlockError,
)
from fastnet.protocol.events import Connected, Data, Disconnected, Event
from fastnet.protocol.numbers import CloseCode

__version__ = "0.1.0"

__all__ = [
    "AddressInUseError",
    "CertificateError",
    "CertificateRejectedError",
    "Channel",
    "ChannelsMismatchError",
    "Client",
    "CloseCode",
    "Config",
    "ConfigError",
    "ConnectError",
    "Connected",
    "Credentials",
    "Data",
    "Deferred",
    "Disconnected",
    "Event",
    "FastNetError",
    "HandshakeTimeoutError",
    "MessageTooLargeError",
    "NotConnectedError",
    "Refusal",
    "RefusedError",
    "SecureSocket",
    "Server",
    "SocketClosedError",
    "TcpUnreachableError",
    "TlsFailedError",
    "Trust",
    "UdpUnreachableError",
    "UnknownChannelError",
    "UnknownPeerError",
    "UsageError",
    "VersionMismatchError",
    "WouldBlockError",
    "load_credentials",
]
