"""Certificates of authorities that no system knows, with any name and any last day."""

from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from fastnet import Credentials
from fastnet.net.clock import wall_s


def issue(name: str, issuer: Credentials | None = None, *, ca: bool = False, last_day: float = 30) -> Credentials:
    """A certificate for the host `name`, signed by `issuer` or by itself, that ends in `last_day` days."""
    key = ec.generate_private_key(ec.SECP256R1())
    signer = issuer.private_key if issuer is not None else key
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.fromtimestamp(wall_s(), UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.leaf.subject if issuer is not None else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=60))
        .not_valid_after(now + timedelta(days=last_day))
        .add_extension(x509.BasicConstraints(ca, None), critical=True)
    )
    if not ca and " " not in name:
        builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    return Credentials((builder.sign(signer, hashes.SHA256()),), key)
