"""What can be known of macOS without one: our C compiles and links for it, and the library exports what it should.

Zig brings Apple's headers and a linker for Mach-O, and the build runs as `packaging/macos.scons` describes it. What
this cannot tell: whether anything of it runs; Apple's own tools; the core, whose interpreter must be one of macOS.
"""

import json
import struct
import subprocess
import sysconfig
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import building
import pytest
from building import LIBRARY, ROOT
from engine_runs import build_library, scons

TARGETS = {"arm64": ("aarch64-macos", 0x0100000C), "x86_64": ("x86_64-macos", 0x01000007)}
MAGIC, DYLIB, HEADER_BYTES = 0xFEEDFACF, 6, 32
SYMBOLS, NEEDS, NAME = 0x2, 0xC, 0xD  # LC_SYMTAB, LC_LOAD_DYLIB, LC_ID_DYLIB
LINKER_MADE = {"__mh_dylib_header", "___dso_handle"}
GODOT = ROOT / "plugins" / "godot" / "src"
STRICT = ("-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror", "-c")
pytestmark = [pytest.mark.tier("zig"), pytest.mark.parametrize("arch", TARGETS)]


@pytest.fixture
def compiler(arch: str, found: Callable[[str], Any]) -> Path:
    """`cc` for a Mac with that processor; its path is always the same, so that SCons knows what it has built."""
    path = building.CACHE / f"cc-macos-{arch}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'#!/bin/sh\nexec "{found("zig")["zig"]}" cc -target {TARGETS[arch][0]} "$@"\n')
    path.chmod(0o755)
    return path


def done(*command: object) -> None:
    """A program that must succeed."""
    ran = subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=building.TIMEOUT_S)
    assert ran.returncode == 0, ran.stderr


def commands(data: bytes) -> Iterator[tuple[int, int]]:
    """Kind and place of the load commands of a Mach-O file."""
    count, at = struct.unpack_from("<I", data, 16)[0], HEADER_BYTES
    for _ in range(count):
        kind, size = struct.unpack_from("<2I", data, at)
        yield kind, at
        at += size


def text(data: bytes, at: int) -> str:
    """What stands there up to the zero byte."""
    return data[at : data.index(b"\0", at)].decode()


def names(data: bytes, wanted: int) -> list[str]:
    """The paths of libraries in commands of that kind."""
    return [text(data, at + struct.unpack_from("<I", data, at + 8)[0]) for kind, at in commands(data) if kind == wanted]


def exported(data: bytes) -> set[str]:
    """The symbols that are defined and external."""
    at = next(at for kind, at in commands(data) if kind == SYMBOLS)
    table, count, strings, _ = struct.unpack_from("<4I", data, at + 8)
    entries = [struct.unpack_from("<IBBHQ", data, table + 16 * index) for index in range(count)]
    return {text(data, strings + name) for name, kind, *_ in entries if kind & 1 and kind & 0xE and not kind & 0xE0}


def test_the_library_is_built_as_described_and_exports_what_the_lock_has(
    compiler: Path, arch: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CC", str(compiler))
    scons("-C", "bindings/c", "platform=macos", f"arch={arch}", "shim")
    data = (ROOT / "build" / "lib" / f"macos-{arch}" / "libfastnet.dylib").read_bytes()
    magic, processor, _, kind = struct.unpack_from("<4I", data)
    assert (magic, processor, kind) == (MAGIC, TARGETS[arch][1], DYLIB)
    assert names(data, NAME) == ["@rpath/libfastnet.dylib"]
    assert names(data, NEEDS) == ["/usr/lib/libSystem.B.dylib"]
    locked = json.loads((ROOT / "codegen" / "api" / "abi.lock.json").read_text())["symbols"]
    assert exported(data) - LINKER_MADE == {f"_{name}" for name in locked}


def test_the_rest_of_a_mac_is_refused_here_with_a_reason(arch: str) -> None:
    with pytest.raises(RuntimeError, match="built on macOS only"):
        scons("-C", "bindings/c", "platform=macos", f"arch={arch}")


def test_the_boot_of_the_core_is_clean_c_there(compiler: Path, tmp_path: Path) -> None:
    """With this machine's headers of Python and OpenSSL, behind Apple's own."""
    build_library()  # It prints extfinder.h.
    printed = ROOT / "build" / "lib" / "work" / "linux-x86_64" / "core"
    own = [
        f"-I{LIBRARY / 'include'}",
        f"-I{LIBRARY / 'src'}",
        f"-I{printed}",
        "-isystem",
        sysconfig.get_path("include"),
    ]
    behind = [word for path in ("/usr/include", "/usr/include/x86_64-linux-gnu") for word in ("-idirafter", path)]
    for source in sorted((LIBRARY / "src").glob("core*.c")):
        done(compiler, *STRICT, *own, *behind, source, "-o", tmp_path / "core.o")


def test_the_godot_extension_is_clean_c_there(compiler: Path, tmp_path: Path) -> None:
    for source in sorted(GODOT.glob("*.c")):
        done(compiler, *STRICT, f"-I{LIBRARY / 'include'}", source, "-o", tmp_path / "code.o")
