"""The `fastnet` command, in this process: what it prints, how it ends, and that users never see a traceback."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from fastnet.tools.cli import COMMANDS, cli


@pytest.fixture(autouse=True)
def _own_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FASTNET_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("COLUMNS", "200")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def test_help_names_every_command_and_every_command_has_help() -> None:
    result = run("--help")
    assert result.exit_code == 0
    for name in COMMANDS:
        assert name in result.output
        assert run(name, "--help").exit_code == 0


def test_an_unknown_command_is_a_usage_error() -> None:
    assert run("teleport").exit_code == 2


def test_doctor_reports_on_this_machine() -> None:
    result = run("doctor")
    assert result.exit_code == 0, result.output
    for topic in ("Python", "build", "OpenSSL", "CPU", "net.core.rmem_max", "IPv6", "development CA"):
        assert topic in result.output


def test_cert_makes_a_development_certificate_and_will_not_overwrite_it(tmp_path: Path) -> None:
    result = run("cert", "--out", tmp_path)
    assert result.exit_code == 0, result.output
    assert "sha256/" in result.output
    assert (tmp_path / "key.pem").stat().st_mode & 0o777 == 0o600
    again = run("cert", "--out", tmp_path)
    assert again.exit_code == 1
    assert "exists already" in again.output
    assert run("cert", "--out", tmp_path, "--force").exit_code == 0


def test_cert_makes_a_self_signed_certificate_for_any_name(tmp_path: Path) -> None:
    assert run("cert", "--out", tmp_path, "--name", "play.example.org").exit_code == 1
    assert run("cert", "--self-signed", "--out", tmp_path).exit_code == 2
    result = run("cert", "--self-signed", "--name", "play.example.org", "--kind", "ed25519", "--out", tmp_path)
    assert result.exit_code == 0, result.output
    assert "play.example.org" in result.output


def test_ping_to_nobody_is_one_clear_line() -> None:
    result = run("ping", "127.0.0.1:1")
    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert "Traceback" not in result.output


@pytest.mark.parametrize("target", ["", "host:", "host:99999"])
def test_ping_to_an_impossible_target_is_a_usage_error(target: str) -> None:
    assert run("ping", target).exit_code == 2


def test_ping_with_contradicting_trust_is_one_clear_line(tmp_path: Path) -> None:
    pin = "sha256/" + "A" * 43 + "="
    result = run("ping", "127.0.0.1:1", "--pin", pin, "--danger-accept-any-certificate")
    assert result.exit_code == 1
    assert "choose one" in result.output


def test_serve_with_half_a_certificate_is_a_usage_error(tmp_path: Path) -> None:
    assert run("cert", "--out", tmp_path).exit_code == 0
    result = run("serve", "--cert", tmp_path / "cert.pem")
    assert result.exit_code == 2
    assert "belong together" in result.output
