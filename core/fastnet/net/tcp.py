"""TCP sockets for the handshake: listening and dialling ones, never blocking, with errors that say what to do."""

import errno
import os
import selectors
import socket

from fastnet.protocol.address import parse_address
from fastnet.protocol.errors import AddressInUseError, FastNetError, UsageError
from fastnet.protocol.ticket import NEVER_NS, Address

BACKLOG = 1_024
_BLIND_MS = 2
OUT_OF_RESOURCES = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})
IN_PROGRESS = frozenset({0, errno.EINPROGRESS, errno.EWOULDBLOCK, errno.EALREADY})
SocketName = tuple[str, int] | tuple[str, int, int, int]


def listen(host: str, port: int, *, reuse_port: bool = False) -> list[socket.socket]:
    """Listening sockets on every address of `host`, all on one port; an empty host is every address of the machine.
    `reuse_port`: others may listen on it as well, and the kernel spreads connections over all who do.

    Raises AddressInUseError when the port is taken, UsageError for a host that is not this machine's.
    """
    sockets: list[socket.socket] = []
    try:
        for family, name in _resolve(host, port):
            if sockets and name[1] == 0:
                name = (name[0], sockets[0].getsockname()[1], *name[2:])
            sockets.append(_listen_on(family, name, reuse_port))
    except OSError as error:
        for opened in sockets:
            opened.close()
        raise _explain(error, host, port) from error
    return sockets


def connect(family: int, name: SocketName) -> socket.socket:
    """A socket that has begun to connect. Raises OSError when that fails at once."""
    tcp = socket.socket(family, socket.SOCK_STREAM)
    try:
        prepare(tcp)
        code = tcp.connect_ex(name)
        if code not in IN_PROGRESS:
            raise OSError(code, os.strerror(code))
    except OSError:
        tcp.close()
        raise
    return tcp


def prepare(tcp: socket.socket) -> None:
    """Never block, never wait to fill a segment."""
    tcp.setblocking(False)
    tcp.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def pending_error(tcp: socket.socket) -> str:
    """Why a connect failed; empty if it did not."""
    code = tcp.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    return os.strerror(code) if code else ""


def address_of(name: SocketName) -> Address:
    """What the operating system calls a socket, as an `Address`; the IPv6 scope is kept."""
    return parse_address(name[0], name[1], name[3] if len(name) == 4 else 0)


def _resolve(host: str, port: int) -> list[tuple[int, SocketName]]:
    if not 0 <= port <= 65_535:
        raise UsageError(f"port {port} is outside 0..65535")
    if host in ("", "::") and socket.has_dualstack_ipv6():
        return [(socket.AF_INET6, ("::", port, 0, 0))]
    flags = socket.AI_PASSIVE
    try:
        found = socket.getaddrinfo(host or "0.0.0.0", port, type=socket.SOCK_STREAM, flags=flags)
    except socket.gaierror as error:
        raise UsageError(f"cannot listen on {host!r}: {error.strerror}; use an address of this machine") from error
    return list(dict.fromkeys((family, name) for family, _, _, _, name in found))  # type: ignore[misc]


def _listen_on(family: int, name: SocketName, reuse_port: bool) -> socket.socket:
    tcp = socket.socket(family, socket.SOCK_STREAM)
    try:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
            tcp.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)  # Windows would share the port.
        else:
            tcp.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # A restart need not wait for old connections.
        if reuse_port:
            tcp.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        if family == socket.AF_INET6:
            tcp.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, name[0] != "::")
        tcp.bind(name)
        tcp.listen(BACKLOG)
        tcp.setblocking(False)
    except OSError:
        tcp.close()
        raise
    return tcp


def _explain(error: OSError, host: str, port: int) -> FastNetError:
    where = f"TCP port {port} of {host or 'this machine'}"
    if error.errno == errno.EADDRINUSE:
        return AddressInUseError(f"{where} is taken: stop the other server, or choose another port")
    if error.errno in (errno.EACCES, errno.EPERM):
        return UsageError(f"{where} needs privileges: choose a port from 1024 on")
    if error.errno == errno.EADDRNOTAVAIL:
        return UsageError(f"{host} is not an address of this machine: use one that is, or '' for all")
    return FastNetError(f"cannot listen on {where}: {error.strerror}")


def look_again_ns(selector: selectors.BaseSelector, looked_ns: int) -> int:
    """When to look at a selector again that nobody else can wait on; NEVER_NS where it has a descriptor of its own.

    Windows' has none: there handshakes, not connections, are looked at every few milliseconds.
    """
    return NEVER_NS if hasattr(selector, "fileno") else looked_ns + _BLIND_MS * 1_000_000
