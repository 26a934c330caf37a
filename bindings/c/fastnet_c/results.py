"""What an exception means to C: a result code, and a text."""

import errno

from fastnet.protocol.errors import (
    AddressInUseError,
    CertificateError,
    ConnectError,
    FastNetError,
    SocketClosedError,
    UnknownPeerError,
    UsageError,
)
from fastnet.protocol.numbers import Result, result_of

_BY_KIND = (  # The first that fits.
    (AddressInUseError, Result.ADDRESS_IN_USE),
    (CertificateError, Result.CERTIFICATE),
    (UnknownPeerError, Result.UNKNOWN_PEER),
    (SocketClosedError, Result.CLOSED),
    (UsageError, Result.INVALID_ARGUMENT),
    (FastNetError, Result.IO),
    (MemoryError, Result.OUT_OF_MEMORY),
    (OSError, Result.IO),
)


def result_of_error(error: BaseException) -> int:
    """The result code of an exception; INTERNAL for one that nobody foresaw."""
    if isinstance(error, ConnectError):
        return int(result_of(error.code))
    if isinstance(error, OSError) and error.errno == errno.ENOMEM:
        return int(Result.OUT_OF_MEMORY)
    return int(next((result for kind, result in _BY_KIND if isinstance(error, kind)), Result.INTERNAL))


def text_of_error(error: BaseException) -> str:
    """What went wrong, for people."""
    return str(error) or type(error).__name__
