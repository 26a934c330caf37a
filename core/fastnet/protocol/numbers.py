"""Numbers that other languages share: why a connection ended, and why a datagram was dropped.

`CloseCode` is PROTOCOL.md s. 10; 1000..1999 belong to the application's normal ends, 2000..2999 to its errors.
`Drop` is one counter each, in the order of the checks of PROTOCOL.md s. 3.
"""

from enum import IntEnum


class CloseCode(IntEnum):
    """Why a connection ended."""

    CLOSED = 0
    SHUTTING_DOWN = 1
    IDLE_TIMEOUT = 2
    HANDSHAKE_TIMEOUT = 3
    UDP_UNREACHABLE = 4
    TCP_UNREACHABLE = 5
    TLS_FAILED = 6
    CERTIFICATE_REJECTED = 7
    VERSION_MISMATCH = 8
    APP_MISMATCH = 9
    CHANNELS_MISMATCH = 10
    SERVER_FULL = 11
    TOKEN_REQUIRED = 12
    TOKEN_INVALID = 13
    TOKEN_EXPIRED = 14
    TOKEN_USED = 15
    REFUSED = 16
    KICKED = 17
    REPLACED = 18
    PEER_RESET = 20
    INTERNAL_ERROR = 21
    RESOURCE_LIMIT = 22
    PROTOCOL_VIOLATION = 30
    FRAME_INVALID = 31
    CREDIT_EXCEEDED = 32
    MESSAGE_TOO_LARGE = 33
    CHANNEL_UNKNOWN = 34
    KEY_UPDATE_ERROR = 35
    AEAD_LIMIT = 36
    ACK_INVALID = 37
    NUMBERS_EXHAUSTED = 38


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
APPLICATION_CODES = range(1_000, 3_000)


class Drop(IntEnum):
    """Why a datagram was dropped; 0 means it was not."""

    NONE = 0
    SIZE = 1
    FLAGS = 2
    UNKNOWN = 3
    NUMBER = 4
    REPLAY = 5
    PHASE = 6
    FORGED = 7
    BIND_SIZE = 8
    ENDED = 9


DROP_REASONS = len(Drop)
