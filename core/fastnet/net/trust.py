"""Whom a client believes: the modes of PROTOCOL.md s. 2.2. Trust is on unless a name that says otherwise was typed.

Rule 1: one mode at a time; only the default one also believes the development authority, and only on loopback.
Rule 2: `check` returns a verdict or raises `CertificateRejectedError`, which names the cause and the matching pin.
"""

import base64
import binascii
import contextlib
import ipaddress
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography import x509
from cryptography.utils import CryptographyDeprecationWarning
from cryptography.x509.verification import (
    Criticality,
    ExtensionPolicy,
    PolicyBuilder,
    Store,
    VerificationError,
)

from fastnet.net import log
from fastnet.net.credentials import ChainSource, load_certificates, pin_of
from fastnet.net.resolve import ascii_name
from fastnet.net.roots import system_roots
from fastnet.protocol.errors import CertificateError, CertificateRejectedError, UsageError
from fastnet.protocol.numbers import CloseCode


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a certificate was believed. `verified` is False only when anything would have been."""

    verified: bool
    how: str


class _RejectedError(Exception):
    """The cause, for people."""


class Trust:
    """How a client decides whether it talks to the right server. Without arguments: as browsers do.

    `ca`: believe only these roots, or the server's own self-signed file. `pins`: believe only keys with these
    `sha256/BASE64` pins, whatever the certificate says. `development_ca=False`: not this machine's own one either.
    Raises UsageError when modes are mixed or a pin is malformed, CertificateError when a file cannot be used.
    """

    def __init__(
        self,
        *,
        ca: ChainSource | None = None,
        pins: str | Iterable[str] = (),
        danger_accept_any_certificate: bool = False,
        development_ca: bool = True,
    ) -> None:
        self._pins = frozenset(map(_checked_pin, [pins] if isinstance(pins, str) else pins))
        self._given = load_certificates(ca) if ca is not None else ()
        self._anything = danger_accept_any_certificate
        self._development_ca = development_ca
        if bool(self._given) + bool(self._pins) + self._anything > 1:
            raise UsageError("choose one of ca, pins and danger_accept_any_certificate")

    def __repr__(self) -> str:
        if self._anything:
            return "Trust(danger_accept_any_certificate=True)"
        return f"Trust({f'pins={sorted(self._pins)}' if self._pins else f'ca={self._given}' if self._given else ''})"

    def prepare(self, tcp_address: str) -> None:
        """Read what `check` will need, while the server is busy: the roots of a system take milliseconds."""
        if self._anything or self._pins or self._given or (self._development_ca and _is_loopback(tcp_address)):
            return
        with contextlib.suppress(CertificateError):  # `check` says it, if it still matters then.
            system_roots()

    def check(self, chain_der: Sequence[bytes], server_name: str, tcp_address: str, now_s: int) -> Verdict:
        """Judge the chain that a server showed, leaf first. `server_name` is what the user typed, `tcp_address` the
        IP literal that was reached. Raises CertificateRejectedError."""
        chain: Sequence[x509.Certificate] = ()
        try:
            chain = _parse(chain_der)
            return self._judge(chain, server_name, tcp_address, datetime.fromtimestamp(now_s, UTC))
        except Exception as error:  # Whatever a stranger's certificate makes a parser raise, the answer is no.
            text = _message(server_name, str(error), _pin_shown(chain))
            raise CertificateRejectedError(text, CloseCode.CERTIFICATE_REJECTED) from error

    def _judge(self, chain: Sequence[x509.Certificate], server_name: str, tcp_address: str, now: datetime) -> Verdict:
        if self._anything:
            log.warning("the certificate of %s was NOT checked: danger_accept_any_certificate is on", server_name)
            return Verdict(False, "danger_accept_any_certificate")
        if self._pins:
            if pin_of(chain[0]) not in self._pins:
                raise _RejectedError("its key has none of the given pins")
            return Verdict(True, "pin")
        if self._given:
            return self._judge_by_given(chain, server_name, now)
        return self._judge_by_system(chain, server_name, tcp_address, now)

    def _judge_by_given(self, chain: Sequence[x509.Certificate], server_name: str, now: datetime) -> Verdict:
        if chain[0] in self._given:  # People hand out the self-signed file itself, whose name seldom fits.
            _check_dates(chain[0], now)
            return Verdict(True, "given certificate")
        cause = _verify(self._given, chain, server_name, now, lenient=True)
        if cause is not None:
            raise _RejectedError(_diagnose(chain, server_name, now, cause, "the given CA file"))
        return Verdict(True, "given CA")

    def _judge_by_system(
        self, chain: Sequence[x509.Certificate], server_name: str, tcp_address: str, now: datetime
    ) -> Verdict:
        from fastnet.net import devca  # Most clients never need it.

        authority = devca.trusted_dev_ca() if self._development_ca and _is_loopback(tcp_address) else None
        if authority is not None and _verify([authority], chain, server_name, now, lenient=False) is None:
            return Verdict(True, "development CA")
        roots = system_roots()
        cause = _verify(roots, chain, server_name, now, lenient=False) if roots else "this system has no list of roots"
        if cause is not None:
            raise _RejectedError(_diagnose(chain, server_name, now, cause, "the roots of this system"))
        return Verdict(True, "system roots")


def check_client(roots: Sequence[x509.Certificate], chain_der: Sequence[bytes], now_s: int) -> str | None:
    """Why the chain that a client showed does not lead to `roots`; None if it does. Names are the application's."""
    now = datetime.fromtimestamp(now_s, UTC)
    try:
        chain = _parse(chain_der)
        _check_dates(chain[0], now)
        if chain[0] in roots:
            return None
        builder = PolicyBuilder().store(Store(list(roots))).time(now)
        builder = builder.extension_policies(ca_policy=_lenient_ca(), ee_policy=ExtensionPolicy.permit_all())
        builder.build_client_verifier().verify(chain[0], list(chain[1:]))
    except Exception as error:  # As in `Trust.check`: no parser's surprise lets anyone in.
        return str(error) or type(error).__name__
    return None


def _load(der: bytes) -> x509.Certificate:
    with warnings.catch_warnings():  # Old roots with odd serial numbers are not the user's to mend.
        warnings.simplefilter("ignore", CryptographyDeprecationWarning)
        return x509.load_der_x509_certificate(der)


def _parse(chain_der: Sequence[bytes]) -> list[x509.Certificate]:
    if not chain_der:
        raise _RejectedError("it sent none")
    return [_load(der) for der in chain_der]


def _verify(
    roots: Sequence[x509.Certificate], chain: Sequence[x509.Certificate], name: str, now: datetime, *, lenient: bool
) -> str | None:
    """None if the chain leads to a root and is for `name`; else what `cryptography` says."""
    builder = PolicyBuilder().store(Store(list(roots))).time(now)
    if lenient:
        builder = builder.extension_policies(ca_policy=_lenient_ca(), ee_policy=_lenient_leaf())
    try:
        builder.build_server_verifier(_subject(name)).verify(chain[0], list(chain[1:]))
    except (VerificationError, ValueError) as error:
        return str(error)
    return None


def _lenient_ca() -> ExtensionPolicy:
    """People's own authorities, as `openssl req -x509` makes them, lack what web browsers ask for."""
    policy = ExtensionPolicy.webpki_defaults_ca()
    policy = policy.may_be_present(x509.KeyUsage, Criticality.AGNOSTIC, _may_sign)
    return policy.may_be_present(x509.AuthorityKeyIdentifier, Criticality.AGNOSTIC, None)


def _lenient_leaf() -> ExtensionPolicy:
    return ExtensionPolicy.webpki_defaults_ee().may_be_present(x509.AuthorityKeyIdentifier, Criticality.AGNOSTIC, None)


def _may_sign(policy: object, certificate: x509.Certificate, usage: x509.KeyUsage | None) -> None:
    if usage is not None and not usage.key_cert_sign:
        raise ValueError("the authority's key usage does not allow it to sign certificates")


def _subject(name: str) -> x509.DNSName | x509.IPAddress:
    try:
        return x509.IPAddress(ipaddress.ip_address(name.partition("%")[0]))
    except ValueError:
        return x509.DNSName(ascii_name(name.rstrip(".")).decode())


def _diagnose(chain: Sequence[x509.Certificate], name: str, now: datetime, cause: str, roots: str) -> str:
    """The likeliest reason in plain words. `cryptography` stops at the first extension it misses, people ask why."""
    leaf = chain[0]
    _check_dates(leaf, now)
    names = _names_of(leaf)
    if leaf.issuer == leaf.subject:
        return f"it is self-signed, so {roots} cannot vouch for it"
    if not names:
        return "it has no subjectAltName, so it names no host"
    if "subjectAltName" in cause:
        return f"it is for {', '.join(names[:5])}, not for {name}"
    return f"{roots} cannot vouch for it ({cause.partition(' (encountered')[0]})"


def _check_dates(leaf: x509.Certificate, now: datetime) -> None:
    if now > leaf.not_valid_after_utc:
        raise _RejectedError(f"it expired on {leaf.not_valid_after_utc:%Y-%m-%d %H:%M} UTC: renew it")
    if now < leaf.not_valid_before_utc:
        raise _RejectedError(f"it is valid only from {leaf.not_valid_before_utc:%Y-%m-%d %H:%M} UTC: is a clock wrong?")


def _names_of(leaf: x509.Certificate) -> list[str]:
    try:
        names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return []
    return [str(name) for kind in (x509.DNSName, x509.IPAddress) for name in names.get_values_for_type(kind)]


def _is_loopback(address: str) -> bool:
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    return ip.is_loopback


def _checked_pin(pin: str) -> str:
    scheme, _, digest = pin.partition("/")
    try:
        size = len(base64.b64decode(digest, validate=True))
    except (binascii.Error, ValueError):
        size = 0
    if scheme != "sha256" or size != 32:
        raise UsageError(f"the pin {pin!r} is not of the form sha256/BASE64; `fastnet cert` prints a server's")
    return pin


def _pin_shown(chain: Sequence[x509.Certificate]) -> str:
    """Empty if there is none to be had."""
    with contextlib.suppress(Exception):
        return pin_of(chain[0])
    return ""


def _message(server_name: str, cause: str, pin: str) -> str:
    fix = f" If you know this server, trust its key with pins=[{pin!r}]." if pin else ""
    return f"the certificate of {server_name} was rejected: {cause.rstrip('.')}.{fix}"
