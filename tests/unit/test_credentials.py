"""Loading certificates and keys: every form works, and every failure names the file and the fix."""

import base64
import hashlib
import logging
from pathlib import Path

import pytest
from certificate_maker import issue, new_key
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from fastnet.net.credentials import Credentials, load_certificates, load_credentials, pin_of
from fastnet.net.devca import certificate_pem, key_pem
from fastnet.protocol.errors import CertificateError


def write(folder: Path, made: Credentials) -> tuple[Path, Path]:
    certificate, key = folder / "cert.pem", folder / "key.pem"
    certificate.write_bytes(certificate_pem(made))
    key.write_bytes(key_pem(made))
    key.chmod(0o600)
    return certificate, key


def der_of(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def test_paths_bytes_and_objects_all_work(tmp_path: Path) -> None:
    made = issue(key=(key := new_key()))
    certificate, key_path = write(tmp_path, made)
    forms = [
        (certificate, key_path),
        (str(certificate), str(key_path)),
        (certificate.read_bytes(), key_path.read_bytes()),
        (made.leaf_der, der_of(key)),
        (made.leaf, key),
        ([made.leaf], key),
    ]
    for chain, private_key in forms:
        loaded = load_credentials(chain, private_key)  # type: ignore[arg-type]
        assert loaded.leaf == made.leaf
        assert loaded.pin == made.pin


def test_a_pin_is_the_hash_of_the_public_key() -> None:
    made = issue()
    spki = made.leaf.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    expected = "sha256/" + base64.b64encode(hashlib.sha256(spki).digest()).decode()
    assert made.pin == pin_of(made.leaf) == expected
    assert issue(key=made.private_key).pin == made.pin


def test_the_private_key_and_its_reset_key_are_not_shown() -> None:
    made = issue(key=(key := new_key()))
    assert "private_key" not in repr(made)
    assert made.reset_key("here") == issue(key=key).reset_key("here")
    assert len(made.reset_key("here")) == 32


def test_a_missing_file_is_named_with_the_command_that_makes_one(tmp_path: Path) -> None:
    with pytest.raises(CertificateError, match=r"nowhere\.pem does not exist; `fastnet cert`"):
        load_credentials(tmp_path / "nowhere.pem", tmp_path / "nowhere.key")


def test_an_unreadable_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CertificateError, match="cannot be read: Is a directory"):
        load_credentials(tmp_path, tmp_path)


def test_swapped_files_are_recognised(tmp_path: Path) -> None:
    certificate, key = write(tmp_path, issue())
    with pytest.raises(CertificateError, match=r"key\.pem holds no readable certificate; this is a private key: swap"):
        load_credentials(key, certificate)
    with pytest.raises(CertificateError, match=r"cert\.pem holds no readable private key; it is a certificate: swap"):
        load_credentials(certificate, certificate)


def test_an_encrypted_key_says_so(tmp_path: Path) -> None:
    made = issue(key=(key := new_key()))
    certificate, path = write(tmp_path, made)
    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"secret")))
    with pytest.raises(CertificateError, match=r"key\.pem is encrypted: pass its password, or decrypt it"):
        load_credentials(certificate, path)
    with pytest.raises(CertificateError, match="wrong password"):
        load_credentials(certificate, path, password=b"guess")
    assert load_credentials(certificate, path, password=b"secret").pin == made.pin
    path.write_bytes(key_pem(made))
    with pytest.raises(CertificateError, match="not encrypted: pass no password"):
        load_credentials(certificate, path, password=b"secret")


def test_a_key_of_another_certificate_is_refused(tmp_path: Path) -> None:
    certificate, _ = write(tmp_path, issue())
    (tmp_path / "other.key").write_bytes(key_pem(issue()))
    (tmp_path / "other.key").chmod(0o600)
    with pytest.raises(CertificateError, match=r"other\.key does not belong to .*cert\.pem"):
        load_credentials(certificate, tmp_path / "other.key")


def test_a_chain_in_the_wrong_order_says_which_comes_first() -> None:
    root = issue(ca=True, subject="root")
    leaf = issue(issuer=root)
    with pytest.raises(CertificateError, match="own certificate at place 2: put it first"):
        load_credentials([root.leaf, leaf.leaf], leaf.private_key)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        (rsa.generate_private_key(65_537, 1_024), "RSA of 1024 bits"),
        (ec.generate_private_key(ec.SECP256K1()), "curve secp256k1"),
        (dsa.generate_private_key(1_024), "use an RSA, EC"),
        (ed448.Ed448PrivateKey.generate(), "use an RSA, EC"),
    ],
)
def test_a_key_that_tls_cannot_use_is_refused(key: object, text: str) -> None:
    with pytest.raises(CertificateError, match=text):
        load_credentials(issue().leaf, key)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "content", [b"", b"-----BEGIN CERTIFICATE-----\nnot base64\n-----END CERTIFICATE-----", b"x" * 9]
)
def test_a_file_without_a_certificate_is_an_error(content: bytes) -> None:
    with pytest.raises(CertificateError, match="no readable certificate"):
        load_certificates(content)


def test_an_empty_or_foreign_list_is_an_error() -> None:
    for bad in ([], ["cert.pem"]):
        with pytest.raises(CertificateError, match="pass a PEM file"):
            load_certificates(bad)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("first_day", "last_day", "text"), [(-9, -1, "expired on"), (1, 9, "valid only from"), (-1, 9, "")]
)
def test_dates_are_warned_about(first_day: float, last_day: float, text: str, caplog: pytest.LogCaptureFixture) -> None:
    made = issue(first_day=first_day, last_day=last_day)
    with caplog.at_level(logging.WARNING, "fastnet"):
        load_credentials(made.leaf, made.private_key)
    assert (text in caplog.text) if text else not caplog.records


def test_a_key_file_that_others_may_read_is_warned_about(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    certificate, key = write(tmp_path, issue(key=ed25519.Ed25519PrivateKey.generate()))
    key.chmod(0o644)
    with caplog.at_level(logging.WARNING, "fastnet"):
        load_credentials(certificate, key)
    assert f"chmod 600 {key}" in caplog.text


def test_a_slow_rsa_key_is_warned_about(caplog: pytest.LogCaptureFixture) -> None:
    made = issue(key=rsa.generate_private_key(65_537, 3_072))
    with caplog.at_level(logging.WARNING, "fastnet"):
        load_credentials(made.leaf, made.private_key)
    assert "RSA of 3072 bits" in caplog.text
