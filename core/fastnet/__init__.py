"""FastNet: encrypted real-time networking for games.

asyncio: `SecureSocket`. Frame loops: `Client` and `Server`. Your own sockets: `fastnet.protocol`.

Names are imported when they are first asked for (PEP 562): a frame loop pays nothing for asyncio, and the C library's
runtime, which has no asyncio, not even the attempt.
"""

TYPE_CHECKING = False  # As in typing, without its import; type checkers take it for true.
if TYPE_CHECKING:
    from fastnet.net.admission import Deferred, Refusal
    from fastnet.net.aio import SecureSocket
    from fastnet.net.client import Client
    from fastnet.net.credentials import Credentials, load_credentials
    from fastnet.net.server import Server
    from fastnet.net.trust import Trust
    from fastnet.net.workers import Worker, Workers
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
    "Worker",
    "Workers",
    "WouldBlockError",
    "load_credentials",
]

_HOMES = {  # module: what it is asked for
    "fastnet.net.admission": "Deferred Refusal",
    "fastnet.net.aio": "SecureSocket",
    "fastnet.net.client": "Client",
    "fastnet.net.credentials": "Credentials load_credentials",
    "fastnet.net.server": "Server",
    "fastnet.net.trust": "Trust",
    "fastnet.net.workers": "Worker Workers",
    "fastnet.protocol.config": "Channel Config",
    "fastnet.protocol.errors": """
        AddressInUseError CertificateError CertificateRejectedError ChannelsMismatchError ConfigError ConnectError
        FastNetError HandshakeTimeoutError MessageTooLargeError NotConnectedError RefusedError SocketClosedError
        TcpUnreachableError TlsFailedError UdpUnreachableError UnknownChannelError UnknownPeerError UsageError
        VersionMismatchError WouldBlockError
    """,
    "fastnet.protocol.events": "Connected Data Disconnected Event",
    "fastnet.protocol.numbers": "CloseCode",
}
_HOME = {name: module for module, names in _HOMES.items() for name in names.split()}

if not TYPE_CHECKING:  # A checker that saw it would believe in any name.

    def __getattr__(name: str) -> object:
        """Import the public `name` and keep it."""
        home = _HOME.get(name)
        if home is None:
            raise AttributeError(f"module 'fastnet' has no attribute {name!r}", name=name, obj=None)
        value = getattr(__import__(home, fromlist=[name]), name)
        globals()[name] = value
        return value

    def __dir__() -> list[str]:
        """The public names, imported or not."""
        return sorted({*globals(), *__all__})
