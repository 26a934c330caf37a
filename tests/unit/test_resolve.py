"""Host names as DNS wants them."""

import subprocess
import sys

import pytest
from fastnet.net.resolve import ascii_name

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
