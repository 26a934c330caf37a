"""Whom a client believes, and the words in which it says no. PROTOCOL.md s. 2.2."""

import logging
import random
from pathlib import Path

import pytest
from certificate_maker import issue, no_signing
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import Encoding
from fastnet.net import roots as roots_module
from fastnet.net import trust as trust_module
from fastnet.net.clock import wall_s
from fastnet.net.credentials import Credentials
from fastnet.net.devca import certificate_pem, ensure_dev_ca, issue_leaf
from fastnet.net.roots import system_roots
from fastnet.net.trust import Trust, check_client
from fastnet.protocol.errors import CertificateRejectedError, UsageError
from fastnet.protocol.numbers import CloseCode

ROOT = issue(ca=True, subject="root")
FAR_AWAY = "192.0.2.1"


@pytest.fixture(autouse=True)
def no_development_ca(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FASTNET_CONFIG_DIR", str(tmp_path))


def shown_by(made: Credentials) -> list[bytes]:
    return [certificate.public_bytes(Encoding.DER) for certificate in made.chain]


def check(trust: Trust, made: Credentials, name: str = "localhost") -> str:
    return trust.check(shown_by(made), name, FAR_AWAY, wall_s()).how


def refusal(trust: Trust, made: Credentials, name: str = "localhost") -> str:
    with pytest.raises(CertificateRejectedError) as caught:
        check(trust, made, name)
    assert caught.value.code == CloseCode.CERTIFICATE_REJECTED
    assert f"pins=[{made.pin!r}]" in str(caught.value)
    assert f"the certificate of {name} was rejected" in str(caught.value)
    return str(caught.value)


def test_a_pin_is_enough_whatever_else_is_wrong() -> None:
    worst = issue([], subject="nobody", last_day=-0.5)
    assert check(Trust(pins=worst.pin), worst, "anything at all") == "pin"
    assert check(Trust(pins=[issue().pin, worst.pin]), worst) == "pin"


def test_another_key_than_the_pinned_one_is_rejected() -> None:
    assert "none of the given pins" in refusal(Trust(pins=issue().pin), issue())


def test_a_pin_holds_for_the_leaf_alone() -> None:
    """Or else whoever gets any certificate from the same authority could pose as the server."""
    leaf = issue(issuer=ROOT)
    with pytest.raises(CertificateRejectedError):
        Trust(pins=ROOT.pin).check([*shown_by(leaf), *shown_by(ROOT)], "localhost", FAR_AWAY, wall_s())


def test_a_chain_to_the_given_ca_is_trusted_with_name_and_dates() -> None:
    trust = Trust(ca=certificate_pem(ROOT))
    middle = issue(ca=True, issuer=ROOT, subject="middle")
    assert check(trust, issue(issuer=ROOT)) == "given CA"
    assert check(trust, issue(issuer=middle)) == "given CA"
    assert check(trust, issue(issuer=ROOT, key=ed25519.Ed25519PrivateKey.generate())) == "given CA"
    assert check(trust, issue(["game.example.org"], issuer=ROOT), "game.example.org.") == "given CA"


def test_the_given_file_itself_is_trusted_without_a_name_but_not_without_dates() -> None:
    own = issue([], subject="localhost")
    assert check(Trust(ca=own.leaf), own, "game.example.org") == "given certificate"
    old = issue([], subject="localhost", first_day=-9, last_day=-1)
    assert "it expired on" in refusal(Trust(ca=old.leaf), old)


def test_f1_a_stranger_who_appends_the_given_certificate_is_rejected() -> None:
    """It can show the certificate to anyone; what it lacks is the key."""
    own, thief = issue([], subject="localhost"), issue()
    for trust in (Trust(ca=own.leaf), Trust(pins=own.pin)):
        with pytest.raises(CertificateRejectedError):
            trust.check([*shown_by(thief), *shown_by(own)], "localhost", FAR_AWAY, wall_s())


def test_a_wrong_name_is_rejected_with_the_right_ones() -> None:
    text = refusal(Trust(ca=ROOT.leaf), issue(["a.example.org", "b.example.org"], issuer=ROOT), "c.example.org")
    assert "it is for a.example.org, b.example.org, not for c.example.org" in text
    assert "not for 192.0.2.9" in refusal(Trust(ca=ROOT.leaf), issue(issuer=ROOT), "192.0.2.9")
    nameless = issue([], issuer=ROOT, subject="localhost")
    assert "no subjectAltName" in refusal(Trust(ca=ROOT.leaf), nameless)


def test_expired_and_early_certificates_are_rejected_with_the_date() -> None:
    old = issue(issuer=ROOT, first_day=-9, last_day=-1)
    assert f"it expired on {old.leaf.not_valid_after_utc:%Y-%m-%d}" in refusal(Trust(ca=ROOT.leaf), old)
    early = issue(issuer=ROOT, first_day=1)
    assert "is a clock wrong?" in refusal(Trust(ca=ROOT.leaf), early)


def test_an_expired_root_vouches_for_nobody() -> None:
    root = issue(ca=True, subject="old root", first_day=-9, last_day=-1)
    assert "cannot vouch for it" in refusal(Trust(ca=root.leaf), issue(issuer=root))


def test_a_self_signed_certificate_is_rejected_with_its_pin_to_trust() -> None:
    assert "it is self-signed, so the roots of this system cannot vouch" in refusal(Trust(), issue())
    assert "it is self-signed, so the given CA file cannot vouch" in refusal(Trust(ca=ROOT.leaf), issue())


def test_f1_a_stranger_with_a_root_of_the_same_name_is_rejected() -> None:
    forged_root = issue(ca=True, subject="root")
    refusal(Trust(ca=ROOT.leaf), issue(issuer=forged_root))
    with pytest.raises(CertificateRejectedError):
        Trust(ca=ROOT.leaf).check(
            [*shown_by(issue(issuer=forged_root)), *shown_by(forged_root)], "localhost", FAR_AWAY, wall_s()
        )


def test_a_leaf_cannot_sign_for_others() -> None:
    for sly in (
        issue(issuer=ROOT, subject="sly"),
        issue(ca=True, issuer=ROOT, subject="sly", key_usage=no_signing()),
    ):
        victim = issue(["victim.example.org"], issuer=sly)
        assert len(victim.chain) == 2
        assert "cannot vouch" in refusal(Trust(ca=ROOT.leaf), victim, "victim.example.org")


def test_system_roots_are_those_of_the_named_bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bundle = tmp_path / "roots.pem"
    bundle.write_bytes(certificate_pem(ROOT))
    monkeypatch.setenv("SSL_CERT_FILE", str(bundle))
    assert system_roots() == ROOT.chain
    strict = issue(issuer=ROOT)
    assert "cannot vouch" in refusal(Trust(), strict)  # Browsers' rules: our root lacks a key usage.
    bundle.write_text("nonsense")
    roots_module._roots_of.cache_clear()
    assert "unset SSL_CERT_FILE" in refusal(Trust(), strict)


def test_roots_are_read_ahead_where_they_will_be_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    monkeypatch.setattr(trust_module, "system_roots", lambda: read.append("roots"))
    for believes in (Trust(pins=ROOT.pin), Trust(ca=ROOT.leaf), Trust(danger_accept_any_certificate=True)):
        believes.prepare(FAR_AWAY)
    Trust().prepare("127.0.0.1")  # There the development authority is asked first, and suffices.
    assert not read
    Trust(development_ca=False).prepare("127.0.0.1")
    Trust().prepare(FAR_AWAY)
    assert len(read) == 2


def test_reading_ahead_leaves_the_complaint_to_the_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bundle = tmp_path / "nonsense.pem"
    bundle.write_text("nonsense")
    monkeypatch.setenv("SSL_CERT_FILE", str(bundle))
    Trust().prepare(FAR_AWAY)
    assert "unset SSL_CERT_FILE" in refusal(Trust(), issue())


def test_this_system_has_roots_and_they_are_read_without_warnings() -> None:
    assert isinstance(system_roots(), tuple)


def test_accepting_anything_is_never_verified_and_warns_each_time(caplog: pytest.LogCaptureFixture) -> None:
    trust = Trust(danger_accept_any_certificate=True)
    with caplog.at_level(logging.WARNING, "fastnet"):
        for _ in range(2):
            assert not trust.check(shown_by(issue(last_day=-0.5)), "x", FAR_AWAY, wall_s()).verified
    assert caplog.text.count("NOT checked") == 2


@pytest.mark.parametrize("seed", range(20))
def test_no_bytes_of_a_stranger_are_trusted_or_raise_anything_else(seed: int) -> None:
    prng, good = random.Random(seed), issue(issuer=ROOT)
    for chain in ([], [b""], [prng.randbytes(300)]):
        with pytest.raises(CertificateRejectedError):
            Trust(ca=ROOT.leaf).check(chain, "localhost", FAR_AWAY, wall_s())
    for _ in range(50):
        damaged = bytearray(good.leaf_der)
        damaged[prng.randrange(len(damaged))] ^= 1 << prng.randrange(8)
        for trust in (Trust(ca=ROOT.leaf), Trust()):
            with pytest.raises(CertificateRejectedError):
                trust.check([bytes(damaged)], "localhost", FAR_AWAY, wall_s())
        assert check_client([ROOT.leaf], [bytes(damaged)], wall_s())


@pytest.mark.parametrize("name", ["", "a..b", "\0", "x" * 300, "ex ample", "xn--\udcff"])
def test_a_name_that_cannot_be_is_rejected(name: str) -> None:
    with pytest.raises(CertificateRejectedError):
        Trust(ca=ROOT.leaf).check(shown_by(issue(issuer=ROOT)), name, FAR_AWAY, wall_s())


@pytest.mark.parametrize("pin", ["", "sha256/", "sha1/" + "A" * 28, "sha256/" + "A" * 42 + "=", "sha256/***", "A" * 44])
def test_a_malformed_pin_is_an_error(pin: str) -> None:
    with pytest.raises(UsageError, match="sha256/BASE64"):
        Trust(pins=pin)


def test_mixed_modes_are_an_error() -> None:
    with pytest.raises(UsageError, match="choose one"):
        Trust(pins=ROOT.pin, ca=ROOT.leaf)
    with pytest.raises(UsageError, match="choose one"):
        Trust(pins=ROOT.pin, danger_accept_any_certificate=True)


def test_trust_shows_its_mode() -> None:
    assert repr(Trust()) == "Trust()"
    assert ROOT.pin in repr(Trust(pins=ROOT.pin))
    assert repr(Trust(danger_accept_any_certificate=True)) == "Trust(danger_accept_any_certificate=True)"


def test_clients_are_checked_against_the_given_roots() -> None:
    other = issue(ca=True, subject="other")
    player, now_s = issue([], issuer=ROOT, subject="player"), wall_s()
    assert check_client(ROOT.chain, shown_by(player), now_s) is None
    assert check_client(other.chain, shown_by(player), now_s)
    assert check_client(ROOT.chain, [], now_s)
    assert check_client(ROOT.chain, shown_by(player), now_s + 86_400 * 40)
    own = issue([], subject="own")
    assert check_client(own.chain, shown_by(own), now_s) is None


def test_the_development_authority_can_be_left_out() -> None:
    authority = ensure_dev_ca()
    leaf = issue_leaf(authority.credentials)
    assert Trust().check([leaf.leaf_der], "localhost", "127.0.0.1", wall_s()).how == "development CA"
    with pytest.raises(CertificateRejectedError):
        Trust(development_ca=False).check([leaf.leaf_der], "localhost", "127.0.0.1", wall_s())
