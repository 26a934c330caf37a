"""Host names as DNS wants them, and the one that DNS is not asked about."""

import socket
import subprocess
import sys

import pytest
from fastnet.net.resolve import ascii_name, is_known, resolve
from fastnet.protocol.errors import TcpUnreachableError

NAMES = [
    "localhost",
    "example.org",
    "example.org.",
    "",
    ".",
    "a..b",
    "a" * 63,
    "a" * 64,
    "x." + "b" * 64,
    "b" * 64 + ".",
]


@pytest.mark.parametrize("name", [*NAMES, "bücher.example", "ü" * 80, "127.0.0.1", "fe80::1%eth0"])
def test_names_become_what_the_codec_makes_of_them(name: str) -> None:
    def outcome(make: object) -> object:
        try:
            return make()  # type: ignore[operator]
        except UnicodeError:
            return UnicodeError

    assert outcome(lambda: ascii_name(name)) == outcome(lambda: name.encode("idna"))


def test_an_ordinary_name_does_not_import_the_tables_for_others() -> None:
    code = "import sys; from fastnet.net.resolve import resolve; resolve('127.0.0.1', 80); print(*sys.modules)"
    seen = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert "stringprep" not in seen.stdout.split()
    assert "unicodedata" not in seen.stdout.split()


@pytest.fixture
def deaf_resolver(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system with neither DNS nor a hosts file."""

    def refuse(*_asked: object, **_more: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.parametrize("name", ["localhost", "LocalHost", "localhost.", "game.localhost"])
def test_localhost_is_loopback_whatever_the_system_says(name: str, deaf_resolver: None) -> None:
    assert is_known(name)
    assert resolve(name, 80) == [(socket.AF_INET, ("127.0.0.1", 80)), (socket.AF_INET6, ("::1", 80, 0, 0))]


@pytest.mark.parametrize("name", ["localhost.example", "notlocalhost", "localhost..", ".localhost", ""])
def test_names_that_only_look_like_it_are_the_systems(name: str, deaf_resolver: None) -> None:
    assert name == ".localhost" or not is_known(name)
    with pytest.raises(TcpUnreachableError):
        resolve(name, 80)


def test_both_addresses_of_localhost_can_be_connected_to(deaf_resolver: None) -> None:
    for family, name in resolve("localhost", 0):
        with socket.socket(family, socket.SOCK_STREAM) as server:
            try:
                server.bind(name)
            except OSError:
                assert family == socket.AF_INET6  # Not every machine has it.
                continue
            assert server.getsockname()[0] == name[0]
