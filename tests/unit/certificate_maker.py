"""Certificates with any flaw a test asks for, and the ones that `openssl req` makes for people."""

import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.x509.oid import NameOID
from fastnet.net.clock import wall_s
from fastnet.net.credentials import Credentials, PrivateKey, load_credentials

KINDS = ("rsa4096", "p256", "ed25519")
_NEW_KEY = {
    "rsa4096": ["-newkey", "rsa:4096"],  # The recipe of the README we were given, to the letter.
    "p256": ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"],
    "ed25519": ["-newkey", "ed25519"],
}


def openssl_files(folder: Path, kind: str) -> tuple[Path, Path]:
    """What the README's `openssl req -x509` leaves behind: a self-signed certificate for localhost, without a SAN."""
    certificate, key = folder / f"{kind}.pem", folder / f"{kind}.key"
    if not certificate.exists():
        command = ["openssl", "req", "-x509", *_NEW_KEY[kind], "-keyout", str(key), "-out", str(certificate)]
        command += ["-days", "365", "-nodes", "-subj", "/CN=localhost"]
        subprocess.run(command, check=True, capture_output=True, timeout=60)
        key.chmod(0o600)
    return certificate, key


def openssl_credentials(folder: Path, kind: str) -> Credentials:
    return load_credentials(*openssl_files(folder, kind))


def days_from_now(days: float) -> datetime:
    return datetime.fromtimestamp(wall_s(), UTC) + timedelta(days=days)


def new_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def issue(
    names: Sequence[str] = ("localhost",),
    *,
    issuer: Credentials | None = None,
    key: PrivateKey | None = None,
    ca: bool = False,
    key_usage: x509.KeyUsage | None = None,
    first_day: float = -1,
    last_day: float = 30,
    subject: str = "",
) -> Credentials:
    """A certificate for `names`; self-signed without an `issuer`. Its chain leads up to, not including, the root."""
    key = key or new_key()
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject or (names[0] if names else "nobody"))])
    signer = issuer.private_key if issuer is not None else key
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer.leaf.subject if issuer is not None else name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(days_from_now(first_day))
        .not_valid_after(days_from_now(last_day))
        .add_extension(x509.BasicConstraints(ca, None), critical=True)
    )
    if names and not ca:
        builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(one) for one in names]), False)
    if key_usage is not None:
        builder = builder.add_extension(key_usage, critical=True)
    made = builder.sign(signer, None if isinstance(signer, ed25519.Ed25519PrivateKey) else hashes.SHA256())
    above = issuer.chain if issuer is not None and issuer.leaf.issuer != issuer.leaf.subject else ()
    return Credentials((made, *above), key)


def no_signing() -> x509.KeyUsage:
    """A key usage for signatures, but not for certificates."""
    return x509.KeyUsage(True, False, False, False, False, False, False, False, False)
