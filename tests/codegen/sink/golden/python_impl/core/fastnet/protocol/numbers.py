# Printed by fastnet-codegen from codegen/api.
# Do not edit: change the description, or the template, and print again.
# To renew it: fastnet-codegen generate python_impl
"""Numbers that other languages share: channels, events, states, results, and why a connection ended.

`CloseCode` is PROTOCOL.md s. 10; 1000..1999 belong to the application's normal ends, 2000..2999 to its errors.
"""

from enum import IntEnum


class Channel(IntEnum):
    """Hostile <U+202E> summary */ with ]]> and -- and and ??/ and a backslash at its end \\"""

    RELIABLE = 0
    """\"\"\" quotes */ in a member `a|b`"""
    SURE = 0
    """Another name of Channel.RELIABLE."""
    FAST = 1
    """ends with a quote\""""


class EventType(IntEnum):
    """What happened."""

    NONE = 0
    """Nothing."""
    DATA = 2
    """Data."""


class State(IntEnum):
    """A signed number with holes."""

    UNKNOWN = 0
    """Unknown."""
    NEGATIVE = -5
    """Negative."""
    LARGE = 30000
    """Large."""


class Result(IntEnum):
    """How a call ended."""

    OK = 0
    """It worked."""
    INVALID_ARGUMENT = -1
    """An argument is wrong."""
    INVALID_HANDLE = -2
    """The handle is wrong."""
    RUNTIME = -3
    """It does not run."""
    BUSY = -4
    """Not now."""
    STRUCT_SIZE = -5
    """Wrong size."""
    TOO_LARGE = -6
    """Too long."""
    UNSUPPORTED = -7
    """Unknown."""
    ABI_MISMATCH = -8
    """Another build."""
    LATE = -9
    """New in revision 2."""


class CloseCode(IntEnum):
    """Why it ended."""

    CLOSED = 0
    """Closed."""
    LOST = 2
    """Lost."""
    GONE = 3
    """Old."""


LOCAL_ONLY = frozenset(
    {
        CloseCode.LOST,
    }
)
"""Codes that never travel."""
APPLICATION_CODES = range(1000, 2000)
"""Codes that the application numbers itself."""
_RESULTS = {
    CloseCode.CLOSED: Result.OK,
}


def result_of(code: int) -> Result:
    """The class of result that a close code stands for."""
    if 1000 <= code <= 1999:
        return Result.OK
    return _RESULTS.get(code, Result.RUNTIME)  # type: ignore[call-overload, no-any-return]
