"""Names and addresses as people write them: `host:port`, `[v6]:port`, or (host, port)."""

import socket
from collections.abc import Iterable
from typing import Any

from fastnet.protocol.address import is_address
from fastnet.protocol.errors import TcpUnreachableError, UsageError
from fastnet.protocol.numbers import CloseCode

ServerAddress = str | tuple[str, int]
Candidates = list[tuple[int, tuple[str, int] | tuple[str, int, int, int]]]

_LABEL_MAX = 63  # RFC 1035 s. 2.3.4


def split_address(address: ServerAddress) -> tuple[str, int]:
    """The host and the port in `address`. Raises UsageError when there is no port."""
    if isinstance(address, tuple):
        host, port = address[0], address[1]
    else:
        host, colon, digits = address.rpartition(":")
        if not colon or not digits.isdigit():
            raise UsageError(f"{address!r} names no port; write HOST:PORT, or [IPv6]:PORT")
        host, port = host.removeprefix("[").removesuffix("]"), int(digits)
    if not 0 <= port <= 65_535:
        raise UsageError(f"port {port} is outside 0..65535")
    return host, port


def is_known(host: str) -> bool:
    """Whether `host` is an address already, or this machine, so that no resolver is asked."""
    return is_address(host) or _is_localhost(host)


def _is_localhost(host: str) -> bool:
    """Whether it is the name that is loopback whatever a hosts file or DNS says: RFC 6761 s. 6.3."""
    name = host.lower().removesuffix(".")
    return name == "localhost" or name.endswith(".localhost")


def ascii_name(name: str) -> bytes:
    """The name as DNS and certificates have it. Raises UnicodeError for what no host can be called.

    The same as `name.encode("idna")`, whose tables (a megabyte) only names beyond ASCII need to have imported.
    """
    if not name.isascii():
        return name.encode("idna")
    *labels, last = name.encode("ascii").split(b".")
    if len(last) > _LABEL_MAX or not all(0 < len(label) <= _LABEL_MAX for label in labels):
        raise UnicodeError(f"a part of the name {name!r} is empty or longer than {_LABEL_MAX} letters")
    return name.encode("ascii")


def resolve(host: str, port: int) -> Candidates:
    """All addresses of `host`, in the system's order of preference. May block unless `is_known`: call it where that
    does no harm.

    Raises TcpUnreachableError when the name is unknown.
    """
    try:
        if _is_localhost(ascii_name(host).decode()):
            return [(socket.AF_INET, ("127.0.0.1", port)), (socket.AF_INET6, ("::1", port, 0, 0))]
        found = socket.getaddrinfo(ascii_name(host), port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    except (OSError, UnicodeError) as error:
        raise unknown_host(host, error) from error
    return candidates_of(found)


def candidates_of(found: Iterable[tuple[Any, ...]]) -> Candidates:
    """What `getaddrinfo` returned, without its protocol columns and without doubles."""
    return list(dict.fromkeys((entry[0], entry[4]) for entry in found))


def unknown_host(host: str, error: Exception) -> TcpUnreachableError:
    """The error for a name that does not resolve."""
    text = f"the host name {host!r} does not resolve ({error}); check the spelling and the DNS server"
    return TcpUnreachableError(text, CloseCode.TCP_UNREACHABLE)
