"""The local development authority: what makes two-line examples on one machine secure without any setup.

Its key (mode 0600) and certificate lie in the user's configuration folder, and it can only vouch for this machine:
name constraints (RFC 5280 s. 4.2.1.10) tie it to localhost and the loopback addresses.
Clients trust it by themselves for loopback addresses only; see `trust`.
"""

import contextlib
import ipaddress
import os
import stat
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from fastnet.net import folders, log
from fastnet.net.clock import wall_s
from fastnet.net.credentials import Credentials, PrivateKey, load_credentials
from fastnet.net.resolve import ascii_name
from fastnet.protocol.errors import CertificateError, UsageError

CERTIFICATE_NAME, KEY_NAME = "development-ca.pem", "development-ca.key"
LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1")
KEY_KINDS = ("ec", "rsa", "ed25519")
_CA_DAYS, _LEAF_DAYS = 3_650, 365
_ONE_DAY = timedelta(days=1)  # Certificates begin yesterday, for clocks that are late.


@dataclass(frozen=True, slots=True)
class DevelopmentCa:
    """The authority, and where its certificate lies."""

    credentials: Credentials
    path: Path


def config_folder() -> Path:
    """Where FastNet keeps a user's files; the environment's FASTNET_CONFIG_DIR goes before the system's custom."""
    chosen = os.environ.get(folders.own_variable) if folders.own_variable else None
    if chosen:
        return Path(chosen)
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming") / "fastnet"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "fastnet"
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "fastnet"


def ensure_dev_ca() -> DevelopmentCa:
    """The authority of this user, made now if there is none or it has expired. Raises CertificateError."""
    folder = config_folder()
    path = folder / CERTIFICATE_NAME
    if not path.exists():
        _make_ca(folder)
    found = DevelopmentCa(load_credentials(path, folder / KEY_NAME), path)
    if _is_over(found.credentials.leaf):
        _make_ca(folder)
        found = DevelopmentCa(load_credentials(path, folder / KEY_NAME), path)
    return found


def trusted_dev_ca() -> x509.Certificate | None:
    """The authority's certificate for clients on this machine; None if there is none, or others may use its key."""
    folder = config_folder()
    try:
        content = (folder / CERTIFICATE_NAME).read_bytes()
        mode = (folder / KEY_NAME).stat().st_mode
        certificate = x509.load_pem_x509_certificate(content)
    except (OSError, ValueError):
        return None
    if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        log.warning("not trusting %s: other users may use its key; run `chmod 600` on it", folder / KEY_NAME)
        return None
    return certificate


def issue_leaf(authority: Credentials, names: Sequence[str] = LOOPBACK_NAMES) -> Credentials:
    """A new P-256 server certificate for `names`, signed by `authority`. Valid for a year."""
    key = ec.generate_private_key(ec.SECP256R1())
    builder = _builder(names[0], authority.leaf.subject, key, _LEAF_DAYS)
    builder = _add_leaf_extensions(builder, names, authority.private_key)
    return Credentials((_sign(builder, authority.private_key),), key)


def self_signed(names: Sequence[str], kind: str = "ec", days: int = _LEAF_DAYS) -> Credentials:
    """A certificate that only its own file or its pin can vouch for. `kind`: ec (P-256), rsa (2048 bits), ed25519.

    Raises UsageError for another kind, or no name.
    """
    if kind not in KEY_KINDS:
        raise UsageError(f"key kind {kind!r} is unknown; choose one of {', '.join(KEY_KINDS)}")
    if not all(names) or not names:
        raise UsageError("name the host, or hosts, that the certificate is for")
    key = _new_key(kind)
    builder = _add_leaf_extensions(_builder(names[0], None, key, days), names, key)
    return Credentials((_sign(builder, key),), key)


def certificate_pem(credentials: Credentials) -> bytes:
    """The chain as a PEM file, leaf first."""
    return b"".join(certificate.public_bytes(Encoding.PEM) for certificate in credentials.chain)


def key_pem(credentials: Credentials) -> bytes:
    """The private key as a PEM file, not encrypted."""
    return credentials.private_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def write_private(path: Path, content: bytes) -> None:
    """Put `content` at `path` at once or not at all, readable by this user only. Raises CertificateError."""
    _write(path, content, 0o600)


def write_public(path: Path, content: bytes) -> None:
    """The same for what everybody may read."""
    _write(path, content, 0o644)


def _write(path: Path, content: bytes, mode: int) -> None:
    draft = path.with_name(f".{path.name}.{os.urandom(8).hex()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        os.replace(draft, path)
    except OSError as error:
        with contextlib.suppress(OSError):
            draft.unlink()
        raise CertificateError(f"{path} cannot be written: {error.strerror}") from error


def _make_ca(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = f"FastNet development CA {os.urandom(4).hex()}"  # Two of them must not look alike to a verifier.
    loopback = [
        x509.DNSName("localhost"),
        x509.IPAddress(ipaddress.ip_network("127.0.0.0/8")),
        x509.IPAddress(ipaddress.ip_network("::1/128")),
    ]
    builder = (
        _builder(subject, None, key, _CA_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_key_usage(certificates=True), critical=True)
        .add_extension(x509.NameConstraints(loopback, None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    made = Credentials((_sign(builder, key),), key)
    write_private(folder / KEY_NAME, key_pem(made))  # First: a certificate without its key would be of no use.
    write_public(folder / CERTIFICATE_NAME, certificate_pem(made))


def _builder(common_name: str, issuer: x509.Name | None, key: PrivateKey, days: int) -> x509.CertificateBuilder:
    now = datetime.fromtimestamp(wall_s(), UTC)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name[:64])])
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer or subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _ONE_DAY)
        .not_valid_after(now + timedelta(days=days))
    )


def _add_leaf_extensions(
    builder: x509.CertificateBuilder, names: Sequence[str], signer: PrivateKey
) -> x509.CertificateBuilder:
    return (
        builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([_general_name(name) for name in names]), critical=False)
        .add_extension(_key_usage(certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
    )


def _general_name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        pass
    try:
        return x509.DNSName(ascii_name(name).decode("ascii"))
    except (UnicodeError, ValueError) as error:
        raise UsageError(f"{name!r} is neither a host name nor an address") from error


def _key_usage(*, certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=certificates,
        crl_sign=certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _new_key(kind: str) -> PrivateKey:
    if kind == "rsa":
        return rsa.generate_private_key(public_exponent=65_537, key_size=2_048)
    if kind == "ed25519":
        return ed25519.Ed25519PrivateKey.generate()
    return ec.generate_private_key(ec.SECP256R1())


def _sign(builder: x509.CertificateBuilder, key: PrivateKey) -> x509.Certificate:
    try:
        return builder.sign(key, None if isinstance(key, ed25519.Ed25519PrivateKey) else hashes.SHA256())
    except (ValueError, UnsupportedAlgorithm) as error:
        raise CertificateError(f"the certificate could not be signed: {error}") from error


def _is_over(certificate: x509.Certificate) -> bool:
    return datetime.fromtimestamp(wall_s(), UTC) > certificate.not_valid_after_utc
