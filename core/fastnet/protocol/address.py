"""Addresses between the text people write and the integers the protocol compares.

Most are of IPv4, of which a connection reads and writes eight: they spare it the objects of `ipaddress`.
"""

import ipaddress

from fastnet.protocol.ticket import Address

_LOW_64 = 2**64 - 1
_MAPPED = 0xFFFF << 32  # ::ffff:0:0/96, RFC 4291 s. 2.5.5.2
_OCTETS = {str(number): number for number in range(256)}


def parse_address(host: str, port: int, scope: int = 0) -> Address:
    """`host` is an IPv4 or IPv6 literal, `port` 0..65535. Raises ValueError for anything else."""
    if not 0 <= port <= 65_535:
        raise ValueError(f"port {port} is outside 0..65535")
    value = _value_of(host)
    return Address(value >> 64, value & _LOW_64, port, scope)


def is_address(host: str) -> bool:
    """Whether it is an IPv4 or IPv6 literal."""
    try:
        _value_of(host)
    except ValueError:
        return False
    return True


def _value_of(host: str) -> int:
    """The 128 bits of a literal, whose scope does not count."""
    value = _dotted(host)
    if value is not None:
        return value
    ip = ipaddress.ip_address(host.partition("%")[0])
    return int(ip) | _MAPPED if ip.version == 4 else int(ip)


def _dotted(host: str) -> int | None:
    """The same of an IPv4 literal as it is printed; None for anything else, which may be one all the same."""
    try:
        a, b, c, d = map(_OCTETS.__getitem__, host.split("."))
    except (KeyError, ValueError):  # ValueError: not four.
        return None
    return _MAPPED | a << 24 | b << 16 | c << 8 | d


def host_text(hi: int, lo: int) -> str:
    """The host as people write it: dotted for IPv4."""
    if hi == 0 and lo >> 32 == 0xFFFF:
        return ".".join(map(str, (lo & 0xFFFF_FFFF).to_bytes(4, "big")))
    return str(ipaddress.IPv6Address(hi << 64 | lo))


def address_text(address: Address) -> str:
    """`192.0.2.1:7777` or `[2001:db8::1]:7777`."""
    host = host_text(address.hi, address.lo)
    return f"[{host}]:{address.port}" if ":" in host else f"{host}:{address.port}"


def group_of(hi: int, lo: int) -> int:
    """The neighbourhood that shares rate limits: the /24 of an IPv4 address, the /64 of an IPv6 one."""
    if hi == 0 and lo >> 32 == 0xFFFF:
        return lo >> 8
    return hi << 64
