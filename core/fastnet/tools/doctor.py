"""`fastnet doctor`: what this machine has, what it lacks, and the command that mends each."""

import importlib.util
import os
import platform
import socket
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click
from cryptography.hazmat.backends.openssl import backend
from rich.console import Console
from rich.table import Table

from fastnet.net.devca import CERTIFICATE_NAME, KEY_NAME, config_folder, trusted_dev_ca
from fastnet.protocol.sealing import has_aes, sodium_version

OK, WARN, BAD = "ok", "warn", "bad"
STYLES = {OK: "[green]ok[/]", WARN: "[yellow]warn[/]", BAD: "[red]bad[/]"}
BUFFER_BYTES_WANTED = 4 * 1024 * 1024
COMPILED = ("fastnet.protocol.datagram", "fastnet.protocol.sealing", "fastnet.protocol.endpoint", "fastnet.net.udp")
_UDP_SEGMENT, _UDP_GRO = 103, 104  # linux/udp.h


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report; `fix` is empty when nothing is to be done."""

    level: str
    topic: str
    found: str
    fix: str = ""


def check_python() -> Iterator[Finding]:
    """The interpreter."""
    found = (
        f"{platform.python_implementation()} {platform.python_version()} on {platform.system()} {platform.machine()}"
    )
    old = sys.version_info < (3, 11)
    yield Finding(BAD if old else OK, "Python", found, "install Python 3.11 or newer" if old else "")


def check_build() -> Iterator[Finding]:
    """Whether the compiled core is there, and as new as its source."""
    missing, stale = [], []
    for name in COMPILED:
        spec = importlib.util.find_spec(name)
        origin = Path(spec.origin) if spec and spec.origin else None
        if origin is None or origin.suffix not in (".so", ".pyd"):
            missing.append(name)
        elif _is_older(origin, origin.parent / f"{name.rpartition('.')[2]}.py"):
            stale.append(name)
    if missing:
        yield Finding(BAD, "build", f"not compiled: {', '.join(missing)}", "make build")
    elif stale:
        yield Finding(WARN, "build", f"older than the source: {', '.join(stale)}", "make build")
    else:
        yield Finding(OK, "build", "compiled and current")


def _is_older(compiled: Path, source: Path) -> bool:
    return source.exists() and source.stat().st_mtime > compiled.stat().st_mtime


def check_openssl() -> Iterator[Finding]:
    """The library that does the cryptography of the handshake."""
    text = backend.openssl_version_text()
    number = backend.openssl_version_number()
    if number < 0x30000000:
        yield Finding(BAD, "OpenSSL", text, "pip install --upgrade cryptography")
    elif number < 0x30500000:
        yield Finding(WARN, "OpenSSL", f"{text}: no post-quantum key exchange", "pip install --upgrade cryptography")
    else:
        yield Finding(OK, "OpenSSL", f"{text}, hybrid post-quantum key exchange")


def check_sodium() -> Iterator[Finding]:
    """The library that seals packets: linked in, so it cannot be missing."""
    yield Finding(OK, "libsodium", sodium_version())


def cpu_flags(cpuinfo: str) -> set[str]:
    """The features in the text of /proc/cpuinfo: `flags` on x86, `Features` on ARM."""
    for line in cpuinfo.splitlines():
        name, _, value = line.partition(":")
        if name.strip() in ("flags", "Features"):
            return set(value.split())
    return set()


def check_cpu() -> Iterator[Finding]:
    """What makes the ciphers fast."""
    flags = cpu_flags(_read("/proc/cpuinfo"))
    if not flags:
        yield Finding(OK, "CPU", f"{os.cpu_count()} cores; features unknown on this system")
        return
    vectors = next((name for name in ("avx512f", "avx2", "avx", "asimd", "ssse3") if name in flags), "")
    aes = "in hardware" if has_aes() else "not in hardware, so not used"
    found = f"{os.cpu_count()} cores, vectors: {vectors or 'none'}, AES-256-GCM: {aes}"
    yield Finding(
        OK if vectors else WARN, "CPU", found, "" if vectors else "ciphers are slow here; use a newer machine"
    )


def check_buffers(read: Callable[[str], str] | None = None) -> Iterator[Finding]:
    """How much the kernel may hold for a socket while nobody reads it."""
    for name in ("rmem_max", "wmem_max"):
        text = (read or _read)(f"/proc/sys/net/core/{name}").strip()
        if not text.isdigit():
            yield Finding(OK, f"net.core.{name}", "unknown on this system")
        elif int(text) < BUFFER_BYTES_WANTED:
            fix = f"sudo sysctl -w net.core.{name}={BUFFER_BYTES_WANTED}"
            yield Finding(WARN, f"net.core.{name}", f"{int(text):,} bytes: bursts may be lost", fix)
        else:
            yield Finding(OK, f"net.core.{name}", f"{int(text):,} bytes")


def check_kernel() -> Iterator[Finding]:
    """Whether many datagrams can cross into the kernel at once."""
    for topic, option in (("UDP GSO (send)", _UDP_SEGMENT), ("UDP GRO (receive)", _UDP_GRO)):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            try:
                probe.setsockopt(socket.IPPROTO_UDP, option, 0)
                yield Finding(OK, topic, f"supported by {platform.system()} {platform.release()}")
            except OSError:
                yield Finding(WARN, topic, "not supported: a system call a datagram", "use Linux 5.0 or newer")


def check_ipv6() -> Iterator[Finding]:
    """Whether IPv6 can be used at all."""
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as probe:
            probe.bind(("::1", 0))
    except OSError as error:
        fix = "sudo sysctl -w net.ipv6.conf.all.disable_ipv6=0"
        yield Finding(WARN, "IPv6", f"not available: {error.strerror}", fix)
    else:
        yield Finding(OK, "IPv6", "available")


def check_development_ca() -> Iterator[Finding]:
    """The authority that makes local examples secure without set-up."""
    folder = config_folder()
    if not (folder / CERTIFICATE_NAME).exists():
        yield Finding(WARN, "development CA", f"none in {folder}", "fastnet cert")
    elif trusted_dev_ca() is None:
        fix = f"chmod 600 {folder / KEY_NAME}"
        yield Finding(WARN, "development CA", f"{folder / KEY_NAME} is missing, or others may read it", fix)
    else:
        yield Finding(OK, "development CA", f"in {folder}; trusted for loopback addresses only")


def examine() -> list[Finding]:
    """Everything, in order of importance."""
    checks: tuple[Callable[[], Iterator[Finding]], ...] = (
        check_python,
        check_build,
        check_openssl,
        check_sodium,
        check_cpu,
        check_buffers,
        check_kernel,
        check_ipv6,
        check_development_ca,
    )
    return [finding for check in checks for finding in check()]


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


@click.command()
def doctor() -> None:
    """Check this machine, and say how to mend what it lacks. Exit status 1 if FastNet cannot work here."""
    findings = examine()
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("", "What", "Found", "To mend it"):
        table.add_column(heading, overflow="fold")
    for finding in findings:
        table.add_row(
            STYLES[finding.level], finding.topic, finding.found, f"[bold]{finding.fix}[/]" if finding.fix else ""
        )
    console = Console(highlight=False)
    console.print(table)
    bad = sum(finding.level == BAD for finding in findings)
    warned = sum(finding.level == WARN for finding in findings)
    console.print()
    if bad:
        console.print(f"[red]{bad} must be mended[/] before FastNet works here.")
        raise click.exceptions.Exit(1)
    console.print(f"FastNet works here; {warned} could be better." if warned else "FastNet works here, at its best.")
