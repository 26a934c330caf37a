"""The certificates that this system vouches for, read where each system keeps them. A root that cannot be read
convinces nobody, and spoils nothing for the others."""

import functools
import os
import re
import sys
import warnings
from collections.abc import Callable, Iterable

from cryptography import x509
from cryptography.utils import CryptographyDeprecationWarning

from fastnet.protocol.errors import CertificateError

_BUNDLES = (  # The first that exists is read.
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
    "/usr/lib/ssl/cert.pem",
    "/usr/local/etc/openssl@3/cert.pem",
    "/opt/homebrew/etc/openssl@3/cert.pem",
)
_PEM = re.compile(rb"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", re.DOTALL)


def system_roots() -> tuple[x509.Certificate, ...]:
    """The roots of the platform, or of the bundle that SSL_CERT_FILE names. Raises CertificateError."""
    chosen = os.environ.get("SSL_CERT_FILE")
    candidates = (chosen,) if chosen else _BUNDLES
    return _roots_of(next((path for path in candidates if os.path.isfile(path)), None))


@functools.lru_cache(maxsize=4)
def _roots_of(path: str | None) -> tuple[x509.Certificate, ...]:
    if path is None:
        return tuple(_load_all(_windows_store(), x509.load_der_x509_certificate)) if sys.platform == "win32" else ()
    try:
        with open(path, "rb") as file:
            blocks = _PEM.findall(file.read())
    except OSError as error:
        raise CertificateError(f"{path} cannot be read: {error.strerror}; unset SSL_CERT_FILE") from error
    roots = tuple(_load_all(blocks, x509.load_pem_x509_certificate))
    if not roots:
        raise CertificateError(f"{path} holds no readable certificate; unset SSL_CERT_FILE, or name a PEM file")
    return roots


def _load_all(blocks: Iterable[bytes], load: Callable[[bytes], x509.Certificate]) -> Iterable[x509.Certificate]:
    for block in blocks:
        with warnings.catch_warnings():  # Old roots with odd serial numbers are not the user's to mend.
            warnings.simplefilter("ignore", CryptographyDeprecationWarning)
            try:
                root = load(block)
            except ValueError:
                continue
        yield root


def _windows_store() -> list[bytes]:
    """The ROOT store of Windows, which only `ssl` can list; without `ssl` there is none."""
    try:
        from ssl import enum_certificates  # type: ignore[attr-defined]
    except ImportError:
        return []
    return [der for der, encoding, _ in enum_certificates("ROOT") if encoding == "x509_asn"]
