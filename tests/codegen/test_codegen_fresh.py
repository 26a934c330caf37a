"""Printed files equal what the description prints now, whatever the surroundings."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from fastnet_codegen.backends import catalog

ROOT = Path(__file__).parents[2]
PROGRAM = [sys.executable, "-m", "fastnet_codegen.cli"]


def codegen(*arguments: str, cwd: Path = ROOT, **surroundings: str) -> subprocess.CompletedProcess[str]:
    """Run the tool as users do."""
    environment = {**os.environ, **surroundings}
    return subprocess.run(
        [*PROGRAM, *arguments], cwd=cwd, env=environment, capture_output=True, text=True, timeout=120, check=False
    )


def test_nothing_printed_is_missing_stale_or_orphaned() -> None:
    """The one test to look at after a change of the description: it names the command that mends it."""
    done = codegen("check")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("seed", ["1", "4242"])
def test_the_same_bytes_come_out_whatever_the_surroundings(tmp_path: Path, seed: str) -> None:
    """Hash seed, language, time zone and directory change nothing."""
    out = tmp_path / "out"
    api = str(ROOT / "codegen" / "api")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    surroundings = {"PYTHONHASHSEED": seed, "LC_ALL": "C", "LANG": "tr_TR.UTF-8", "TZ": "Asia/Kathmandu"}
    done = codegen("--api", api, "generate", "-o", str(out), cwd=elsewhere, **surroundings)
    assert done.returncode == 0, done.stderr
    printed = {path.relative_to(out) for path in out.rglob("*") if path.is_file()}
    assert printed
    for path in printed:
        committed = [at for at in _folders() if (at / path).is_file()]
        assert any((at / path).read_bytes() == (out / path).read_bytes() for at in committed), path


def _folders() -> list[Path]:
    """Where back ends print in the repository."""
    return [ROOT / catalog.load(name).folder for name in catalog.entries()]
