# Printed by fastnet-codegen from codegen/api.
# Do not edit: change the description, or the template, and print again.
# To renew it: fastnet-codegen generate python_impl
"""Numbers that other languages share: channels, events, states, results, and why a connection ended.

`CloseCode` is PROTOCOL.md s. 10; 1000..1999 belong to the application's normal ends, 2000..2999 to its errors.
"""

from enum import IntEnum


class Channel(IntEnum):
    """What a message is promised."""

    RELIABLE_ORDERED = 0
    """Every message once, in the order of sending."""
    UNRELIABLE = 1
    """May be lost or reordered, never doubled."""
    RELIABLE_UNORDERED = 2
    """Every message once, as soon as it arrives."""
    RELIABLE = 2
    """Another name of Channel.RELIABLE_UNORDERED."""
    SEQUENCED = 3
    """Only the newest; an older one that comes late is dropped."""
    UNRELIABLE_SEQUENCED = 3
    """Another name of Channel.SEQUENCED."""


class EventType(IntEnum):
    """What an event reports."""

    NONE = 0
    """Nothing; a poll that returned 0 leaves this."""
    CONNECTED = 1
    """A peer is there."""
    DATA = 2
    """A message arrived."""
    DISCONNECTED = 3
    """A peer is gone, or the connection could not be made."""
    ERROR = 4
    """The server itself failed; nothing follows."""


class State(IntEnum):
    """Where a connection is in its life."""

    CLOSED = 0
    """Ended, or never was."""
    CONNECTING = 1
    """The handshake is under way."""
    CONNECTED = 2
    """Messages travel."""
    CLOSING = 3
    """The goodbye is under way."""


class Result(IntEnum):
    """How a call ended, or what class of cause ended a connection."""

    OK = 0
    """It worked."""
    INVALID_ARGUMENT = -1
    """An argument is NULL, out of range or not UTF-8; the text names it."""
    IO = -2
    """The operating system refused."""
    NOT_CONNECTED = -3
    """The connection is not there yet; wait for EventType.CONNECTED."""
    INVALID_HANDLE = -4
    """The handle has ended or is of another kind."""
    STRUCT_SIZE = -5
    """The struct's size is below that of revision 1, or its unknown tail is not zero."""
    UNSUPPORTED = -6
    """A flag, mode, level or platform that this library does not know."""
    WOULD_BLOCK = -7
    """A budget or ring is full; poll or wait, then try again."""
    TOO_LARGE = -8
    """A message or text is longer than agreed."""
    TIMEOUT = -9
    """Nothing happened in time."""
    REFUSED = -10
    """The server said no."""
    RESOLVE = -11
    """No such name."""
    ADDRESS_IN_USE = -12
    """Another program has the port."""
    TLS = -13
    """The TLS handshake failed."""
    CERTIFICATE = -14
    """A certificate is untrusted, of another name, out of date, or its file is unusable."""
    PROTOCOL = -15
    """The rules were broken, or the peer is at fault."""
    UNKNOWN_PEER = -16
    """No such peer: it never was, or it is gone."""
    BUSY = -17
    """Another thread is in a call of its class, the log callback called, or it is too late for this setting."""
    CLOSED = -18
    """The connection or server is closed or closing."""
    OUT_OF_MEMORY = -19
    """Memory is short, or more than 4,096 handles are open."""
    RUNTIME = -20
    """The core is missing, damaged, not started or dead; the text says which and what helps."""
    ABI_MISMATCH = -21
    """Library and binding are of different builds."""
    CANCELLED = -22
    """A wake function ended the wait."""
    INTERNAL = -23
    """A fault of the library; it was logged."""
    SERVER_FULL = -24
    """The server has all the peers it wants."""
    UDP_UNREACHABLE = -25
    """TLS passed, UDP did not: a firewall is in the way."""
    VERSION_MISMATCH = -26
    """The other side speaks another version of the protocol."""
    TCP_UNREACHABLE = -27
    """Nobody answers at that address and port."""
    NO_CHANNEL = -28
    """No such channel; there are four, 0 to 3."""


class CloseCode(IntEnum):
    """Why a connection ended."""

    CLOSED = 0
    """The application ended it."""
    SHUTTING_DOWN = 1
    """The server ends."""
    IDLE_TIMEOUT = 2
    """Nothing came for too long."""
    HANDSHAKE_TIMEOUT = 3
    """The handshake took too long."""
    UDP_UNREACHABLE = 4
    """TLS passed, UDP did not."""
    TCP_UNREACHABLE = 5
    """Nobody answers there, or there is no such name (then the result is Result.RESOLVE)."""
    TLS_FAILED = 6
    """The TLS handshake failed."""
    CERTIFICATE_REJECTED = 7
    """The server's certificate is not to be trusted."""
    VERSION_MISMATCH = 8
    """No version of the protocol in common."""
    APP_MISMATCH = 9
    """The other side is another application."""
    CHANNELS_MISMATCH = 10
    """The channel tables differ."""
    SERVER_FULL = 11
    """The server has all the peers it wants."""
    TOKEN_REQUIRED = 12
    """The server admits holders of tokens only."""
    TOKEN_INVALID = 13
    """The token is not one of the server's."""
    TOKEN_EXPIRED = 14
    """The token is too old."""
    TOKEN_USED = 15
    """The token was used before."""
    REFUSED = 16
    """The server said no."""
    KICKED = 17
    """The server ended this peer."""
    REPLACED = 18
    """The same user connected again."""
    PEER_RESET = 20
    """The other side no longer knows the connection."""
    INTERNAL_ERROR = 21
    """A fault in the other side, or here if the result is Result.RUNTIME."""
    RESOURCE_LIMIT = 22
    """A budget of memory was reached."""
    PROTOCOL_VIOLATION = 30
    """The rules were broken."""
    FRAME_INVALID = 31
    """A frame could not be read."""
    CREDIT_EXCEEDED = 32
    """More was sent than was allowed."""
    MESSAGE_TOO_LARGE = 33
    """A message is longer than agreed."""
    CHANNEL_UNKNOWN = 34
    """A message came on a channel that does not exist."""
    KEY_UPDATE_ERROR = 35
    """The keys were renewed against the rules."""
    AEAD_LIMIT = 36
    """Too many forged packets for one key."""
    ACK_INVALID = 37
    """A packet was acknowledged that was never sent."""
    NUMBERS_EXHAUSTED = 38
    """No packet numbers are left."""


LOCAL_ONLY = frozenset(
    {
        CloseCode.IDLE_TIMEOUT,
        CloseCode.HANDSHAKE_TIMEOUT,
        CloseCode.UDP_UNREACHABLE,
        CloseCode.TCP_UNREACHABLE,
        CloseCode.TLS_FAILED,
        CloseCode.CERTIFICATE_REJECTED,
        CloseCode.PEER_RESET,
    }
)
"""Codes that never travel."""
APPLICATION_CODES = range(1000, 3000)
"""Codes that the application numbers itself."""
_RESULTS = {
    CloseCode.CLOSED: Result.OK,
    CloseCode.SHUTTING_DOWN: Result.OK,
    CloseCode.IDLE_TIMEOUT: Result.TIMEOUT,
    CloseCode.HANDSHAKE_TIMEOUT: Result.TIMEOUT,
    CloseCode.UDP_UNREACHABLE: Result.UDP_UNREACHABLE,
    CloseCode.TCP_UNREACHABLE: Result.TCP_UNREACHABLE,
    CloseCode.TLS_FAILED: Result.TLS,
    CloseCode.CERTIFICATE_REJECTED: Result.CERTIFICATE,
    CloseCode.VERSION_MISMATCH: Result.VERSION_MISMATCH,
    CloseCode.APP_MISMATCH: Result.REFUSED,
    CloseCode.CHANNELS_MISMATCH: Result.REFUSED,
    CloseCode.SERVER_FULL: Result.SERVER_FULL,
    CloseCode.TOKEN_REQUIRED: Result.REFUSED,
    CloseCode.TOKEN_INVALID: Result.REFUSED,
    CloseCode.TOKEN_EXPIRED: Result.REFUSED,
    CloseCode.TOKEN_USED: Result.REFUSED,
    CloseCode.REFUSED: Result.REFUSED,
    CloseCode.KICKED: Result.OK,
    CloseCode.REPLACED: Result.OK,
    CloseCode.PEER_RESET: Result.CLOSED,
}


def result_of(code: int) -> Result:
    """The class of result that a close code stands for."""
    if 1000 <= code <= 1999:
        return Result.OK
    if 2000 <= code <= 2999:
        return Result.REFUSED
    return _RESULTS.get(code, Result.PROTOCOL)  # type: ignore[call-overload, no-any-return]
