"""The development authority: private, bound to this machine, and made once."""

import logging
import stat
from pathlib import Path

import pytest
from certificate_maker import issue
from cryptography import x509
from fastnet.net import devca
from fastnet.net.clock import wall_s
from fastnet.net.credentials import load_credentials
from fastnet.net.trust import Trust
from fastnet.protocol.errors import CertificateError, CertificateRejectedError, UsageError


@pytest.fixture(autouse=True)
def config_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FASTNET_CONFIG_DIR", str(tmp_path / "config"))
    return tmp_path / "config"


def test_the_authority_is_made_once_and_its_key_is_private(config_folder: Path) -> None:
    assert devca.trusted_dev_ca() is None
    first = devca.ensure_dev_ca()
    assert devca.ensure_dev_ca().credentials.leaf == first.credentials.leaf == devca.trusted_dev_ca()
    assert stat.S_IMODE((config_folder / devca.KEY_NAME).stat().st_mode) == 0o600
    assert sorted(path.name for path in config_folder.iterdir()) == sorted([devca.CERTIFICATE_NAME, devca.KEY_NAME])


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "::1"])
@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"])
def test_its_leaf_is_trusted_on_loopback_without_any_setting(name: str, address: str) -> None:
    leaf = devca.issue_leaf(devca.ensure_dev_ca().credentials)
    verdict = Trust().check([leaf.leaf_der], name, address, wall_s())
    assert (verdict.verified, verdict.how) == (True, "development CA")


@pytest.mark.parametrize("address", ["192.0.2.1", "2001:db8::1", "::ffff:192.0.2.1", "not an address"])
def test_its_leaf_is_not_trusted_elsewhere(address: str) -> None:
    leaf = devca.issue_leaf(devca.ensure_dev_ca().credentials)
    with pytest.raises(CertificateRejectedError):
        Trust().check([leaf.leaf_der], "localhost", address, wall_s())


def test_a_mode_that_was_given_excludes_it() -> None:
    leaf = devca.issue_leaf(devca.ensure_dev_ca().credentials)
    for trust in (Trust(ca=issue(ca=True, subject="other").leaf), Trust(pins=issue().pin)):
        with pytest.raises(CertificateRejectedError):
            trust.check([leaf.leaf_der], "localhost", "127.0.0.1", wall_s())


def test_its_constraints_keep_it_from_vouching_for_anything_else() -> None:
    authority = devca.ensure_dev_ca()
    for names in (["example.org"], ["192.0.2.1"], ["localhost", "example.org"]):
        leaf = devca.issue_leaf(authority.credentials, names)
        for trust, cause in ((Trust(), "cannot vouch"), (Trust(ca=authority.path), "constraint")):
            with pytest.raises(CertificateRejectedError, match=cause):
                trust.check([leaf.leaf_der], names[0], "127.0.0.1", wall_s())


def test_an_authority_whose_key_others_may_use_is_not_trusted(
    config_folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    devca.ensure_dev_ca()
    (config_folder / devca.KEY_NAME).chmod(0o640)
    with caplog.at_level(logging.WARNING, "fastnet"):
        assert devca.trusted_dev_ca() is None
    assert "chmod 600" in caplog.text


def test_an_expired_authority_is_made_anew(config_folder: Path) -> None:
    old = issue(ca=True, subject="old", first_day=-20, last_day=-10)
    devca.write_private(config_folder / devca.KEY_NAME, devca.key_pem(old))
    devca.write_public(config_folder / devca.CERTIFICATE_NAME, devca.certificate_pem(old))
    assert devca.ensure_dev_ca().credentials.leaf != old.leaf


def test_a_broken_authority_is_not_trusted_and_says_what_is_wrong(config_folder: Path) -> None:
    devca.ensure_dev_ca()
    (config_folder / devca.CERTIFICATE_NAME).write_text("nonsense")
    assert devca.trusted_dev_ca() is None
    with pytest.raises(CertificateError, match=devca.CERTIFICATE_NAME):
        devca.ensure_dev_ca()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("FASTNET_CONFIG_DIR", str(tmp_path / "file"))
    with pytest.raises(CertificateError, match="cannot be written"):
        devca.ensure_dev_ca()


@pytest.mark.parametrize("kind", devca.KEY_KINDS)
def test_a_self_signed_certificate_loads_and_is_trusted_by_its_file(kind: str) -> None:
    made = devca.self_signed(["game.example.org", "192.0.2.7"], kind, days=3)
    loaded = load_credentials(devca.certificate_pem(made), devca.key_pem(made))
    assert Trust(ca=devca.certificate_pem(made)).check([loaded.leaf_der], "any", "192.0.2.7", wall_s()).verified
    names = loaded.leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == ["game.example.org"]
    assert [str(ip) for ip in names.get_values_for_type(x509.IPAddress)] == ["192.0.2.7"]


@pytest.mark.parametrize(("names", "kind"), [([], "ec"), (["a" * 80], "ec"), (["localhost"], "dsa")])
def test_a_wish_that_cannot_be_met_is_an_error(names: list[str], kind: str) -> None:
    with pytest.raises(UsageError):
        devca.self_signed(names, kind)


def test_the_folder_follows_the_customs_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FASTNET_CONFIG_DIR")
    monkeypatch.setenv("XDG_CONFIG_HOME", "/somewhere")
    monkeypatch.setattr("sys.platform", "linux")
    assert devca.config_folder() == Path("/somewhere/fastnet")
    monkeypatch.setattr("sys.platform", "darwin")
    assert devca.config_folder() == Path.home() / "Library" / "Application Support" / "fastnet"
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setenv("APPDATA", "/roaming")
    assert devca.config_folder() == Path("/roaming/fastnet")
