"""Where fields lie: every language that can tell agrees with the lock, and every target compiles the static asserts."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import lupa.luajit21
import printing
import pytest
from printing import INCLUDE, ROOT, STRICT, done, python

GEN = ROOT / "tests" / "abi" / "gen"
CDEF = INCLUDE / "fastnet" / "fastnet.cdef.h"
CC, CXX = shutil.which("gcc") or "cc", shutil.which("g++") or "c++"
TARGETS = (
    "x86_64-linux-gnu", "x86-linux-gnu", "aarch64-linux-gnu", "riscv64-linux-gnu", "arm-linux-gnueabihf",
    "x86_64-linux-musl", "x86_64-windows-gnu", "x86-windows-gnu", "aarch64-windows-gnu", "x86_64-macos",
    "aarch64-macos", "wasm32-wasi",
)  # fmt: skip
Layout = dict[str, dict[str, int]]


@pytest.fixture(scope="module")
def locked() -> Layout:
    """What the lock says of a 64-bit machine."""
    structs = json.loads((ROOT / "codegen" / "api" / "abi.lock.json").read_text())["structs"]
    return {
        name: {
            "size": struct["sizes"]["lp64"][0],
            **{field["name"]: field["offsets"]["lp64"] for field in struct["fields"]},
        }
        for name, struct in structs.items()
    }


def test_c_and_cpp_agree_with_the_lock(tmp_path: Path, locked: Layout) -> None:
    done(CC, f"-I{INCLUDE}", GEN / "layout.gen.c", "-o", tmp_path / "c")
    done(CXX, f"-I{INCLUDE}", GEN / "layout.gen.cpp", "-o", tmp_path / "cpp")
    assert json.loads(done(tmp_path / "c")) == locked
    assert json.loads(done(tmp_path / "cpp")) == locked


def test_ctypes_and_cffi_agree_with_the_lock(locked: Layout) -> None:
    assert json.loads(python(GEN / "layout_ctypes.gen.py")) == locked
    assert json.loads(python(GEN / "layout_cffi.gen.py", CDEF)) == locked


def test_luajit_agrees_with_the_lock(locked: Layout) -> None:
    lua = lupa.luajit21.LuaRuntime()
    lua.execute("io.write = function() end")
    assert json.loads(lua.globals().loadfile(str(GEN / "layout.gen.lua"))(str(CDEF))) == locked


@pytest.mark.tier("mono")
def test_mono_agrees_with_the_lock(found: Callable[[str], Any], tmp_path: Path, locked: Layout) -> None:
    mono = found("mono")
    done(mono["mcs"], f"-out:{tmp_path / 'layout.exe'}", GEN / "layout.gen.cs")
    assert json.loads(done(mono["mono"], tmp_path / "layout.exe")) == locked


@pytest.mark.tier("csharp")
def test_coreclr_agrees_with_the_lock(found: Callable[[str], Any], tmp_path: Path, locked: Layout) -> None:
    csharp = found("csharp")
    done(csharp["csc9"], f"-out:{tmp_path / 'layout.dll'}", GEN / "layout.gen.cs")
    assert json.loads(done(csharp["run"], tmp_path / "layout.dll")) == locked


def test_the_static_asserts_hold_here_and_notice_a_moved_field(tmp_path: Path) -> None:
    text = (GEN / "layout_asserts.gen.c").read_text()
    done(CC, "-std=c11", f"-I{INCLUDE}", "-c", GEN / "layout_asserts.gen.c", "-o", "/dev/null")
    (tmp_path / "moved.c").write_text(text.replace("PICK(40, 40, 40)", "PICK(44, 44, 44)", 1))
    with pytest.raises(AssertionError, match=r"FastNetEvent\.data"):
        done(CC, "-std=c11", f"-I{INCLUDE}", "-c", tmp_path / "moved.c", "-o", "/dev/null")


@pytest.mark.tier("zig")
@pytest.mark.parametrize("target", TARGETS)
def test_the_static_asserts_hold_on(target: str, found: Callable[[str], Any], tmp_path: Path) -> None:
    """And the headers are clean for another compiler, with dllimport, and where pointers have 32 bits."""
    zig = found("zig")["zig"]
    (tmp_path / "header.c").write_text('#include "fastnet/fastnet.h"\nint f(void);\nint f(void) { return 0; }\n')
    done(zig, "cc", "-target", target, "-std=c99", *STRICT, f"-I{INCLUDE}", "-c", "header.c", "-o", "o", cwd=tmp_path)
    options = ("-std=c11", "-Wall", "-Wextra", "-Werror", f"-I{INCLUDE}", "-c", GEN / "layout_asserts.gen.c")
    done(zig, "cc", "-target", target, *options, "-o", tmp_path / "asserts.o")


def test_the_sinks_layouts_agree_too(tmp_path: Path) -> None:
    """Every width and padding rule once, beside what our own structs need."""
    printing.written(tmp_path, "c_header", "cpp", "layout_probe")
    include = f"-I{tmp_path / 'include'}"
    done(CC, "-std=c11", include, "-c", tmp_path / "layout_asserts.gen.c", "-o", "/dev/null")
    done(CC, include, tmp_path / "layout.gen.c", "-o", tmp_path / "c")
    expected = {
        struct.c: {"size": struct.extents["lp64"].size, **{f.c: f.places["lp64"].offset for f in struct.fields}}
        for struct in printing.sink().structs
    }
    assert json.loads(done(tmp_path / "c")) == expected
    cdef = tmp_path / "include" / "sink" / "sink.cdef.h"
    assert json.loads(python(tmp_path / "layout_cffi.gen.py", cdef)) == expected
