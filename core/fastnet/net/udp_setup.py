"""Making UDP sockets: family, options, buffers, and errors that say what to do. Once a socket, never per datagram."""

import contextlib
import errno
import socket
import sys
from collections.abc import Iterator
from typing import Any

from fastnet.protocol.address import address_text, host_text
from fastnet.protocol.errors import AddressInUseError, FastNetError
from fastnet.protocol.ticket import Address

_MAPPED = 0xFFFF  # The upper half of lo in ::ffff:a.b.c.d.
_FORCED = {socket.SO_RCVBUF: 33, socket.SO_SNDBUF: 32}  # SO_RCVBUFFORCE, SO_SNDBUFFORCE: the socket module lacks them.
_IP_MTU_DISCOVER, _IPV6_MTU_DISCOVER = 10, 23  # linux/in.h, linux/in6.h
_IP_PKTINFO = 8  # linux/in.h; Python 3.11's module lacks it.
_PMTUDISC_DONT, _PMTUDISC_PROBE = 0, 3
_SOL_UDP, _UDP_SEGMENT, _UDP_GRO = 17, 103, 104  # linux/udp.h
_IP_DONTFRAGMENT = 14  # ws2ipdef.h; both families use the number.
_ANY_V4, _ANY_V6 = "0.0.0.0", "::"


def bound_socket(host: str, port: int, *, dual_stack: bool, reuse_port: bool) -> socket.socket:
    """A socket bound to `host` (empty: every address of the machine) and `port`; `dual_stack` adds IPv4 to `::`.

    Raises AddressInUseError when the port is taken, FastNetError for any other refusal.
    """
    if reuse_port and sys.platform == "win32":
        raise FastNetError("Windows cannot share a UDP port between programs: bind without reuse_port")
    if host == "" and not (dual_stack and socket.has_dualstack_ipv6()):
        host = _ANY_V4
    family, name = _resolve(host or _ANY_V6, port)
    made = new_socket(family)
    try:
        if family == socket.AF_INET6:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, not dual_stack)
        if sys.platform == "win32":
            made.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)  # Else others may take the port over.
        elif reuse_port:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        made.bind(name)
    except OSError as error:
        made.close()
        raise _bind_error(error, host, port) from error
    return made


def new_socket(family: int) -> socket.socket:
    """An unbound one, of IPv6 for IPv4 as well. Raises FastNetError when the system has no such family or no descriptor
    left."""
    try:
        made = socket.socket(family, socket.SOCK_DGRAM)  # Children of the game do not inherit it: PEP 446.
    except OSError as error:
        raise FastNetError(f"no UDP socket: {error.strerror}") from error
    made.setblocking(False)
    if family == socket.AF_INET6:
        made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, False)
    return made


@contextlib.contextmanager
def closed_on_failure(made: socket.socket) -> Iterator[None]:
    """Whoever fails in here does not leave it to the garbage collector."""
    try:
        yield
    except BaseException:
        made.close()
        raise


def family_of(address: Address) -> int:
    """AF_INET for ::ffff:a.b.c.d, else AF_INET6."""
    is_mapped = address.hi == 0 and address.lo >> 32 == _MAPPED
    return socket.AF_INET if is_mapped else socket.AF_INET6


def connect_socket(made: socket.socket, address: Address) -> None:
    """Let the kernel deliver only what comes from `address`. Raises FastNetError when there is no route to it."""
    host = host_text(address.hi, address.lo)
    try:
        if made.family == socket.AF_INET:
            made.connect((host, address.port))
        else:
            host = host if ":" in host else f"::ffff:{host}"
            made.connect((host, address.port, 0, address.scope))
    except OSError as error:
        text = address_text(address)
        raise FastNetError(
            f"cannot reach {text} over UDP: {error.strerror}; check the network and the address"
        ) from error


def tune_socket(made: socket.socket, *, buffer_bytes: int, discover: bool) -> None:
    """Large buffers as far as the system allows; DF on all datagrams if `discover`, else on none (PROTOCOL.md s. 8)."""
    for option, forced in _FORCED.items():
        try:
            made.setsockopt(socket.SOL_SOCKET, forced, buffer_bytes)
        except OSError:  # Only CAP_NET_ADMIN goes beyond rmem_max and wmem_max; asked politely, it gives up to them.
            made.setsockopt(socket.SOL_SOCKET, option, buffer_bytes)
    if sys.platform == "win32":
        level = socket.IPPROTO_IPV6 if made.family == socket.AF_INET6 else socket.IPPROTO_IP
        made.setsockopt(level, _IP_DONTFRAGMENT, discover)
        return
    discovery = _PMTUDISC_PROBE if discover else _PMTUDISC_DONT
    made.setsockopt(socket.IPPROTO_IP, _IP_MTU_DISCOVER, discovery)
    if made.family == socket.AF_INET6:
        made.setsockopt(socket.IPPROTO_IPV6, _IPV6_MTU_DISCOVER, discovery)


def tell_local_address(made: socket.socket) -> bool:
    """Have the kernel say which of our addresses a datagram was sent to; False where it need not or cannot."""
    if sys.platform == "win32":
        return False  # It answers from the address its routes prefer; machines with several should bind one.
    host, port = made.getsockname()[:2]
    if port == 0 or host not in (_ANY_V4, _ANY_V6):
        return False
    if made.family == socket.AF_INET6:
        made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_RECVPKTINFO, 1)
    else:
        made.setsockopt(socket.IPPROTO_IP, _IP_PKTINFO, 1)
    return True


def granted_buffers(made: socket.socket) -> tuple[int, int]:
    """What the kernel granted: receive, send; bytes."""
    return (
        made.getsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF),
        made.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF),
    )


def can_segment(made: socket.socket) -> bool:
    """Whether the kernel cuts long messages into datagrams (GSO) and hands over long reads (GRO): Linux from 5.0 on."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        made.getsockopt(_SOL_UDP, _UDP_SEGMENT)
        made.getsockopt(_SOL_UDP, _UDP_GRO)
    except OSError:
        return False
    return True


def set_long_reads(made: socket.socket, wanted: bool) -> bool:
    """Begin or end generic receive offload; False where the kernel has none."""
    try:
        made.setsockopt(_SOL_UDP, _UDP_GRO, wanted)
    except OSError:
        return False
    return True


def _resolve(host: str, port: int) -> tuple[int, tuple[Any, ...]]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_DGRAM, flags=socket.AI_PASSIVE)
    except socket.gaierror as error:
        raise FastNetError(f"{host!r} is no address of this machine: {error.strerror}") from error
    return found[0][0], found[0][4]


def _bind_error(error: OSError, host: str, port: int) -> FastNetError:
    where = f"UDP {host or '*'} port {port}"
    if error.errno == errno.EADDRINUSE:
        text = f"{where} is in use: stop the other program, choose another port, or 0 for any free one"
        return AddressInUseError(errno.EADDRINUSE, text)
    if error.errno == errno.EADDRNOTAVAIL:
        return FastNetError(f"{where}: this machine has no such address; bind 0.0.0.0 or :: for all of them")
    if error.errno == errno.EACCES:
        return FastNetError(f"{where} needs administrator rights; choose a port above 1023")
    return FastNetError(f"{where} cannot be bound: {error.strerror}")
