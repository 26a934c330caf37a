"""What `make wheel` left, run by `make test-wheel`, which has Python import it in place of the source tree."""

import importlib
import sys
import zipfile
from pathlib import Path

import fastnet
import pytest
from fastnet.net.build import build_name

ROOT = Path(__file__).parents[2]
INSTALLED = Path(fastnet.__file__).parent
STUB_BYTES_MAX = 16_384

pytestmark = pytest.mark.skipif(
    not INSTALLED.is_relative_to(ROOT / "build" / "trained"), reason="this is the source tree: run `make test-wheel`"
)


def compiled() -> list[Path]:
    """The modules that are shared objects."""
    return sorted(file for file in INSTALLED.rglob("*.so") if file.name != "fastnet.fused.so")


def test_it_is_trained_and_every_module_comes_from_the_one_object() -> None:
    assert build_name() == "trained", "gcc's training failed, or another compiler was used: see what `make wheel` said"
    modules = compiled()
    assert len(modules) > 40
    for file in modules:
        assert file.stat().st_size < STUB_BYTES_MAX, f"{file.name} has code of its own"
        name = ".".join(file.relative_to(INSTALLED.parent).parts).partition(".cpython")[0]
        assert importlib.import_module(name).__file__ == str(file)
    maps = Path("/proc/self/maps").read_text()
    assert str(INSTALLED / "fastnet.fused.so") in maps


def test_it_holds_our_package_and_nothing_that_builds_it() -> None:
    (wheel,) = (ROOT / "dist").glob("fastnet_game-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert {name.partition("/")[0] for name in names} <= {"fastnet", f"fastnet_game-{fastnet.__version__}.dist-info"}
    assert any(name.endswith("licenses/LICENSE-MIT") for name in names)
    sources = {file.relative_to(ROOT / "core").as_posix() for file in (ROOT / "core" / "fastnet").rglob("*.py")}
    assert {name for name in names if name.endswith(".py")} == sources


def test_it_names_only_itself_and_the_systems_libraries() -> None:
    sys.path.insert(0, str(ROOT / "bindings" / "c" / "packaging"))
    elf = importlib.import_module("elf")
    for file, facts in elf.facts_of([INSTALLED / "fastnet.fused.so", *compiled()]).items():
        assert set(facts.needed) <= {"fastnet.fused.so", "libc.so.6"}, file.name
        assert all(way.startswith("$ORIGIN") for way in facts.search), file.name
