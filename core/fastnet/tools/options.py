"""Command-line options that several commands share: whom to connect to, and whom to trust."""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

import click

from fastnet.net.trust import Trust

DEFAULT_UDP_PORT, DEFAULT_TCP_PORT = 7_777, 7_778
Decorated = TypeVar("Decorated", bound=Callable[..., Any])


class Target(NamedTuple):
    """A server's TCP address as the user wrote it."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


class TargetType(click.ParamType):  # type: ignore[type-arg,unused-ignore]  # Generic only in newer releases.
    """HOST, HOST:PORT, IPv6 or [IPv6]:PORT."""

    name = "host[:port]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Target:
        """The target; a port that is no port is the user's error."""
        if isinstance(value, Target):
            return value
        host, port = _split(value)
        if not host:
            self.fail(f"{value!r} names no host", param, ctx)
        if not (port.isascii() and port.isdigit() and 1 <= int(port) <= 65_535):
            self.fail(f"port {port!r} in {value!r} is not a number in 1..65535", param, ctx)
        return Target(host, int(port))


def _split(value: str) -> tuple[str, str]:
    default = str(DEFAULT_TCP_PORT)
    if value.startswith("["):
        host, _, rest = value[1:].partition("]")
        return host, rest.removeprefix(":") or default
    if value.count(":") > 1:  # An IPv6 address without brackets cannot carry a port.
        return value, default
    host, colon, port = value.partition(":")
    return host, port if colon else default


def trust_options(command: Decorated) -> Decorated:
    """Adds --pin, --ca and --danger-accept-any-certificate."""
    for option in (
        click.option("--danger-accept-any-certificate", "danger", is_flag=True, help="Do not check who the server is."),
        click.option("--ca", type=click.Path(exists=True, dir_okay=False), help="Trust only the roots in this file."),
        click.option("--pin", "pins", multiple=True, metavar="sha256/..", help="Trust only a server with this key."),
    ):
        command = option(command)
    return command


def trust_of(pins: tuple[str, ...], ca: str | None, danger: bool) -> Trust:
    """The trust that these options ask for; raises UsageError when they contradict each other."""
    return Trust(pins=pins, ca=ca, danger_accept_any_certificate=danger)
