"""A certificate chain and its private key, as a server (or a client that must show who it is) needs them.

Each may be a path to a PEM or DER file, the bytes of one, or objects of `cryptography`. Whatever is wrong with them
raises `CertificateError` with the file and the fix in its message.
"""

import base64
import hashlib
import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
    load_pem_private_key,
)

from fastnet.net import log
from fastnet.net.clock import wall_s
from fastnet.protocol import keys
from fastnet.protocol.errors import CertificateError

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey
ChainSource = str | os.PathLike[str] | bytes | x509.Certificate | Sequence[x509.Certificate]
KeySource = str | os.PathLike[str] | bytes | PrivateKey

_RSA_BITS_MIN, _RSA_BITS_FAST = 2_048, 2_048
_CURVES = ("secp256r1", "secp384r1", "secp521r1")  # RFC 8446 s. 4.2.3


@dataclass(frozen=True, slots=True)
class Credentials:
    """A checked chain, leaf first, and the private key of its leaf. Make one with `load_credentials`."""

    chain: tuple[x509.Certificate, ...]
    private_key: PrivateKey = field(repr=False)

    @property
    def leaf(self) -> x509.Certificate:
        """The certificate that names the owner of the key."""
        return self.chain[0]

    @property
    def leaf_der(self) -> bytes:
        """The leaf as it goes over the wire."""
        return self.leaf.public_bytes(Encoding.DER)

    @property
    def pin(self) -> str:
        """What clients may pin: `sha256/BASE64` of the public key."""
        return pin_of(self.leaf)

    def reset_key(self, server: str) -> bytes:
        """The key of the reset tokens of a server that holds this private key, and is `server`. PROTOCOL.md s. 2.4."""
        private_key = self.private_key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        return keys.reset_key(private_key, server)


def load_credentials(chain: ChainSource, private_key: KeySource, *, password: bytes | None = None) -> Credentials:
    """Read and check both. Warns in the log about a certificate out of its dates, a key file that others may read,
    and a slow RSA key. Raises CertificateError."""
    certificates = load_certificates(chain)
    name, key_name = _name(chain, "the certificate"), _name(private_key, "the private key")
    key = _load_key(private_key, key_name, password)
    _check_pair(certificates, key, name, key_name)
    _warn_about(certificates[0], key, name)
    return Credentials(certificates, key)


def load_certificates(source: ChainSource) -> tuple[x509.Certificate, ...]:
    """One or more certificates, in the order given. Raises CertificateError."""
    if isinstance(source, x509.Certificate):
        return (source,)
    name = _name(source, "the certificate")
    if not isinstance(source, str | os.PathLike | bytes):
        certificates = tuple(source)
        if not certificates or not all(isinstance(one, x509.Certificate) for one in certificates):
            raise CertificateError(f"{name} is no list of certificates; pass a PEM file, its bytes, or x509 objects")
        return certificates
    content = _read(source, name)
    try:
        if b"-----BEGIN" in content:
            return tuple(x509.load_pem_x509_certificates(content))
        return (x509.load_der_x509_certificate(content),)
    except ValueError as error:
        hint = "; this is a private key: swap the two arguments" if b"PRIVATE KEY-----" in content else ""
        raise CertificateError(f"{name} holds no readable certificate{hint} ({_short(error)})") from error


def pin_of(certificate: x509.Certificate) -> str:
    """`sha256/BASE64` of the certificate's SubjectPublicKeyInfo (RFC 7469 s. 2.4)."""
    spki = certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return "sha256/" + base64.b64encode(hashlib.sha256(spki).digest()).decode()


def _name(source: object, otherwise: str) -> str:
    return os.fspath(source) if isinstance(source, str | os.PathLike) else otherwise


def _read(source: str | os.PathLike[str] | bytes, name: str) -> bytes:
    if isinstance(source, bytes):
        return source
    try:
        with open(source, "rb", buffering=0) as file:
            return file.read()
    except FileNotFoundError as error:
        raise CertificateError(f"{name} does not exist; `fastnet cert` makes a certificate and its key") from error
    except OSError as error:
        raise CertificateError(f"{name} cannot be read: {error.strerror}") from error


def _load_key(source: KeySource, name: str, password: bytes | None) -> PrivateKey:
    if isinstance(source, str | os.PathLike):
        _warn_if_others_read(os.fspath(source))
    key = _parse_key(_read(source, name), name, password) if isinstance(source, str | os.PathLike | bytes) else source
    if not isinstance(key, PrivateKey):
        raise CertificateError(f"{name} is a {type(key).__name__}; use an RSA, EC (P-256) or Ed25519 key")
    if isinstance(key, rsa.RSAPrivateKey) and key.key_size < _RSA_BITS_MIN:
        raise CertificateError(
            f"{name} is RSA of {key.key_size} bits, which is not safe; use {_RSA_BITS_MIN}, or P-256"
        )
    if isinstance(key, ec.EllipticCurvePrivateKey) and key.curve.name not in _CURVES:
        raise CertificateError(f"{name} is on the curve {key.curve.name}, which TLS 1.3 does not know; use P-256")
    return key


def _parse_key(content: bytes, name: str, password: bytes | None) -> object:
    try:
        if b"-----BEGIN" in content:
            return load_pem_private_key(content, password)
        return load_der_private_key(content, password)
    except TypeError as error:  # `cryptography` says so when there is a password and no encryption, or the reverse.
        if password is None:
            raise CertificateError(
                f"{name} is encrypted: pass its password, or decrypt it with `openssl pkey -in {name} -out key.pem`"
            ) from error
        raise CertificateError(f"{name} is not encrypted: pass no password") from error
    except (ValueError, UnsupportedAlgorithm) as error:
        if password is not None:
            raise CertificateError(f"{name} cannot be read: wrong password, or no private key") from error
        hint = "; it is a certificate: swap the two arguments" if b"BEGIN CERTIFICATE" in content else ""
        raise CertificateError(f"{name} holds no readable private key{hint} ({_short(error)})") from error


def _check_pair(chain: Sequence[x509.Certificate], key: PrivateKey, name: str, key_name: str) -> None:
    try:
        owners = [certificate.public_key() == key.public_key() for certificate in chain]
    except (ValueError, UnsupportedAlgorithm) as error:
        raise CertificateError(f"{name} holds a key of an unsupported kind ({_short(error)})") from error
    if owners[0]:
        return
    if any(owners):
        raise CertificateError(
            f"{name} lists the server's own certificate at place {owners.index(True) + 1}: put it first"
        )
    raise CertificateError(f"{key_name} does not belong to {name}: they were not made together")


def _warn_about(leaf: x509.Certificate, key: PrivateKey, name: str) -> None:
    now = datetime.fromtimestamp(wall_s(), UTC)
    if now > leaf.not_valid_after_utc:
        log.warning("%s expired on %s: clients will refuse it", name, f"{leaf.not_valid_after_utc:%Y-%m-%d %H:%M} UTC")
    if now < leaf.not_valid_before_utc:
        log.warning("%s is valid only from %s", name, f"{leaf.not_valid_before_utc:%Y-%m-%d %H:%M} UTC")
    if isinstance(key, rsa.RSAPrivateKey) and key.key_size > _RSA_BITS_FAST:
        log.warning(
            "%s is RSA of %d bits: every handshake stops the server for milliseconds; P-256 is 10 times faster",
            name,
            key.key_size,
        )


def _warn_if_others_read(path: str) -> None:
    try:
        mode = os.stat(path).st_mode
    except OSError:
        return  # Reading it says why.
    if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        log.warning("%s may be read by other users: run `chmod 600 %s`", path, path)


def _short(error: Exception) -> str:
    return str(error).partition(". See")[0].partition("\n")[0][:120]
