"""What an exception is for C."""

import errno

import pytest
from fastnet.protocol.errors import (
    AddressInUseError,
    CertificateError,
    ConfigError,
    FastNetError,
    SocketClosedError,
    UnknownPeerError,
    UsageError,
    connect_error,
)
from fastnet.protocol.numbers import CloseCode, Result
from fastnet_c.results import result_of_error, text_of_error


@pytest.mark.parametrize(
    ("error", "result"),
    [
        (AddressInUseError("taken"), Result.ADDRESS_IN_USE),
        (CertificateError("expired"), Result.CERTIFICATE),
        (UnknownPeerError("who"), Result.UNKNOWN_PEER),
        (SocketClosedError("closed"), Result.CLOSED),
        (ConfigError("7 is too much"), Result.INVALID_ARGUMENT),
        (UsageError("wrong"), Result.INVALID_ARGUMENT),
        (FastNetError("no route"), Result.IO),
        (MemoryError(), Result.OUT_OF_MEMORY),
        (OSError(errno.ENOMEM, "no memory"), Result.OUT_OF_MEMORY),
        (PermissionError(errno.EACCES, "not allowed"), Result.IO),
        (connect_error(CloseCode.TLS_FAILED, "no TLS"), Result.TLS),
        (connect_error(CloseCode.SERVER_FULL, "full"), Result.SERVER_FULL),
        (connect_error(2_500, "the application says no"), Result.REFUSED),
        (ZeroDivisionError("ours"), Result.INTERNAL),
    ],
)
def test_every_exception_has_a_result_and_never_that_of_success(error: Exception, result: Result) -> None:
    assert result_of_error(error) == result
    assert result_of_error(error) < 0
    assert text_of_error(error)
