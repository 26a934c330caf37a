"""Certificate files: a development one that this machine's clients trust by themselves, or a self-signed one."""

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from fastnet.net import devca
from fastnet.net.credentials import Credentials
from fastnet.protocol.errors import CertificateError, UsageError

CERTIFICATE_NAME, KEY_NAME = "cert.pem", "key.pem"


@dataclass(frozen=True, slots=True)
class CertificateFiles:
    """What was written, and what to tell the people who connect."""

    certificate: Path
    key: Path
    names: tuple[str, ...]
    pin: str
    expires: datetime
    ca: Path | None
    """The development authority's certificate; None for a self-signed one."""


def create_development(
    folder: Path, names: Sequence[str] = devca.LOOPBACK_NAMES, *, overwrite: bool = False
) -> CertificateFiles:
    """A certificate for this machine, signed by this user's development authority, which is made if there is none.

    Raises UsageError for a name beyond localhost and the loopback addresses, CertificateError for files.
    """
    for name in names:
        if not _is_local(name):
            raise UsageError(
                f"a development certificate is for this machine only, not for {name}; make a self-signed one"
            )
    authority = devca.ensure_dev_ca()
    return _write(folder, devca.issue_leaf(authority.credentials, names), names, authority.path, overwrite)


def create_self_signed(
    folder: Path, names: Sequence[str], *, kind: str = "ec", days: int = 365, overwrite: bool = False
) -> CertificateFiles:
    """A certificate that clients trust by its pin, or by its file. `kind` is ec, rsa or ed25519.

    Raises UsageError for names and kinds that cannot be, CertificateError for files.
    """
    if days < 1:
        raise UsageError(f"a certificate for {days} days is of no use; choose 1 or more")
    return _write(folder, devca.self_signed(names, kind, days), names, None, overwrite)


def _write(folder: Path, made: Credentials, names: Sequence[str], ca: Path | None, overwrite: bool) -> CertificateFiles:
    certificate, key = folder / CERTIFICATE_NAME, folder / KEY_NAME
    for path in (certificate, key):
        if path.exists() and not overwrite:
            raise CertificateError(f"{path} exists already: choose another folder, or allow to overwrite it")
    devca.write_private(key, devca.key_pem(made))
    devca.write_public(certificate, devca.certificate_pem(made))
    return CertificateFiles(certificate, key, tuple(names), made.pin, made.leaf.not_valid_after_utc, ca)


def _is_local(name: str) -> bool:
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == "localhost"
