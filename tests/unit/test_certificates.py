"""The files that `fastnet cert` writes: they load, they are private, and nothing is overwritten by accident."""

import stat
from pathlib import Path

import pytest
from fastnet.net.clock import wall_s
from fastnet.net.credentials import load_credentials
from fastnet.net.trust import Trust
from fastnet.protocol.errors import CertificateError, UsageError
from fastnet.tools.certificates import create_development, create_self_signed


@pytest.fixture(autouse=True)
def config_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FASTNET_CONFIG_DIR", str(tmp_path / "config"))


def test_a_development_certificate_is_trusted_here_without_settings(tmp_path: Path) -> None:
    made = create_development(tmp_path / "new" / "folder")
    loaded = load_credentials(made.certificate, made.key)
    assert Trust().check([loaded.leaf_der], "localhost", "127.0.0.1", wall_s()).how == "development CA"
    assert made.ca is not None
    assert Trust(ca=made.ca).check([loaded.leaf_der], "::1", "::1", wall_s()).verified
    assert (made.pin, made.names) == (loaded.pin, ("localhost", "127.0.0.1", "::1"))


@pytest.mark.parametrize("kind", ["ec", "rsa", "ed25519"])
def test_a_self_signed_certificate_is_trusted_by_pin_and_by_file(kind: str, tmp_path: Path) -> None:
    made = create_self_signed(tmp_path, ["game.example.org"], kind=kind, days=10)
    loaded = load_credentials(made.certificate, made.key)
    for trust in (Trust(pins=made.pin), Trust(ca=made.certificate)):
        assert trust.check([loaded.leaf_der], "game.example.org", "192.0.2.1", wall_s()).verified
    assert made.ca is None
    assert made.expires == loaded.leaf.not_valid_after_utc
    assert stat.S_IMODE(made.key.stat().st_mode) == 0o600
    assert stat.S_IMODE(made.certificate.stat().st_mode) == 0o644


def test_files_that_exist_are_kept_unless_told_otherwise(tmp_path: Path) -> None:
    first = create_self_signed(tmp_path, ["a.example.org"])
    with pytest.raises(CertificateError, match=r"cert\.pem exists already"):
        create_development(tmp_path)
    assert load_credentials(first.certificate, first.key).pin == first.pin
    second = create_development(tmp_path, overwrite=True)
    assert load_credentials(second.certificate, second.key).pin == second.pin != first.pin


@pytest.mark.parametrize("name", ["game.example.org", "192.0.2.1"])
def test_a_development_certificate_names_this_machine_only(name: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="make a self-signed one"):
        create_development(tmp_path, ["localhost", name])


def test_wishes_that_make_no_sense_are_errors(tmp_path: Path) -> None:
    for names, days, kind in (([], 1, "ec"), (["a"], 0, "ec"), (["a"], 1, "dsa"), ([""], 1, "ec")):
        with pytest.raises(UsageError):
            create_self_signed(tmp_path, names, kind=kind, days=days)
    assert list(tmp_path.glob("*.pem")) == []
