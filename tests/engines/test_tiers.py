"""The rule of skips: aloud, never by a typo, never where the tier is required."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import tiers

HERE = Path(__file__).parent
CONFTEST = """
import pytest
import tier_plugin, tiers

def there(tier):
    return tiers.Found("1", {})

def absent(tier):
    raise tiers.UnavailableError("no engine grows here (plant one)")

tiers.PROBES.update(c=there, unreal=absent)

def pytest_configure(config):
    config.pluginmanager.register(tier_plugin)
"""
TESTS = """
import pytest

@pytest.mark.tier("c")
def test_c(found):
    assert found("c").version == "1"

@pytest.mark.tier("unreal")
def test_unreal():
    pass
"""


def run(folder: Path, *options: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the two tests above in a process of their own, as a whole suite."""
    (folder / "conftest.py").write_text(CONFTEST)
    (folder / "test_it.py").write_text(TESTS)
    (folder / "pytest.ini").write_text(f"[pytest]\ntestpaths = .\npythonpath = {HERE}\n")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("FASTNET_", "PYTEST_"))}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *options],
        cwd=folder,
        env=environment | variables,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize("options", [[], ["-n", "2"], ["-qq"]], ids=["one process", "two processes", "quieter"])
def test_a_skip_is_printed_with_its_reason_and_the_table(tmp_path: Path, options: list[str]) -> None:
    done = run(tmp_path, *options)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "SKIP unreal: no engine grows here (plant one)" in done.stdout
    rows = [line.split(maxsplit=4) for line in done.stdout.splitlines() if line.startswith(("c  ", "unreal  "))]
    assert [row[:3] for row in rows] == [["c", "ran", "1"], ["unreal", "skipped", "1"]]
    assert rows[1][4] == "no engine grows here (plant one)"


@pytest.mark.parametrize("required", ["unreal", "c,unreal", "c, unreal "])
def test_a_required_tier_that_is_absent_fails_with_the_same_sentence(tmp_path: Path, required: str) -> None:
    done = run(tmp_path, FASTNET_REQUIRE=required)
    assert done.returncode == 1
    assert "FASTNET_REQUIRE names unreal: no engine grows here (plant one)" in done.stdout


def test_a_required_tier_without_a_test_fails(tmp_path: Path) -> None:
    done = run(tmp_path, FASTNET_REQUIRE="c,zig")
    assert done.returncode == 1
    assert "FAILED zig: FASTNET_REQUIRE names it, and no test of it ran" in done.stdout


def test_a_part_of_the_suite_need_not_run_all_that_is_required(tmp_path: Path) -> None:
    done = run(tmp_path, "test_it.py::test_c", FASTNET_REQUIRE="c,zig")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("variable", ["FASTNET_REQUIRE", "FASTNET_FETCH"])
def test_a_typo_is_an_error_and_not_a_pass(tmp_path: Path, variable: str) -> None:
    done = run(tmp_path, **{variable: "c,godto"})
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "names 'godto', which is no tier: there are c, unreal, mono" in done.stderr


def test_a_test_that_names_an_unknown_tier_fails(tmp_path: Path) -> None:
    (tmp_path / "test_other.py").write_text("import pytest\n@pytest.mark.tier('godto')\ndef test_x(): pass\n")
    done = run(tmp_path, "test_other.py")
    assert done.returncode == 1
    assert "'godto' is no tier" in done.stdout


def test_all_names_every_tier(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FASTNET_FETCH", "all")
    assert tiers.asked("FASTNET_FETCH") == set(tiers.PROBES)


def test_nothing_is_downloaded_unasked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cure stands in the reason, and with it how much would come."""
    monkeypatch.setenv("FASTNET_ENGINES_DIR", str(tmp_path))
    monkeypatch.delenv("FASTNET_FETCH", raising=False)
    monkeypatch.delenv("FASTNET_REQUIRE", raising=False)
    with pytest.raises(tiers.UnavailableError, match=r"make engines.*FASTNET_FETCH=godot \(\d+ MB\)"):
        tiers.PROBES["godot"]("godot")
    assert not list(tmp_path.iterdir())
