"""`init`: the start of a binding that it writes is as reviewed, prints, checks clean, and grows into a language."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import lupa.luajit21
import printing
import pytest
from fastnet_codegen.cli.starting import KINDS
from printing import INCLUDE, SINK, done, texts, tool

GOLDEN = SINK.parent / "golden"
# What a beginner changes in the start of a template binding so that it prints Lua: the file's name, how comments begin,
# how enumerations and functions are spelled, and what stands around them.
TO_LUA = {
    "binding.toml": {'comment = "c" ': 'comment = "lua" ', '"my_template.txt" =': '"my_template.lua" ='},
    "my_template.txt.j2": {
        "// {{": "-- {{",
        "{% for enum in": "local ffi, M = require('ffi'), {}\nffi.cdef [[\n{{ view.cdef }}]]\n"
        "local C = ffi.load(LIBRARY)\n{% for enum in",
        "enum {{ enum.name }}": "M.{{ enum.name }} = {",
        "{{ item.spelled }}\n{% endfor %}": "{{ item.spelled }},\n{% endfor %}\n}",
        "class {{ class }}": "M.{{ class }} = {}",
        "function {{": "function M.{{",
        "function.items %}{{ item.name }}: {{ item.spelled }}": "function.part.c_params %}{{ item.name }}",
        "-> {{ function.returns }}": "return C.{{ function.part.c }}({{ parameters(function) }}) end",
    },
}
STUB = """
#include "fastnet/fastnet.h"
uint32_t fastnet_version(void) { return 0x010203u; }
FastNetResult fastnet_client_send(FastNetClient c, FastNetChannel channel, const uint8_t *data, uint32_t len)
{ return !c && channel == 3 && len == 2 && data[1] == 'b' ? FASTNET_ERROR_WOULD_BLOCK : FASTNET_OK; }
"""
LUA = """
local M = dofile(PATH)
assert(M.version() == 0x010203)
assert(M.Client.send(nil, M.Channel.SEQUENCED, "ab", 2) == M.Result.WOULD_BLOCK)
assert(M.Client.send(nil, M.Channel.UNRELIABLE, "ab", 2) == M.Result.OK)
local numbers = 0
for _, group in pairs(M) do
  for _, value in pairs(type(group) == "table" and group or {}) do
    if type(value) == "number" then numbers = numbers + 1 end
  end
end
return numbers
"""


def begin(kind: str, folder: Path) -> Path:
    """Run `init` in a folder; returns what it made there."""
    code, out, said = tool("init", f"my-{kind}", "--kind", kind, cwd=folder)
    assert (code, out) == (0, ""), said
    assert f"read my-{kind}/README.md" in said
    return folder / f"my-{kind}"


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The start of a Python binding, installed by pip as its README says, but into a folder of its own."""
    root = tmp_path_factory.mktemp("python")
    quiet = ("--no-build-isolation", "--no-deps", "--no-index", "--quiet", "--disable-pip-version-check")
    printing.python("-m", "pip", "install", *quiet, "--target", root / "packages", begin("python", root))
    return root / "packages"


class Start:
    """A binding that was just begun: its folder, and the tool and its own test run there, as its README says."""

    def __init__(self, kind: str, folder: Path, packages: Path) -> None:
        self.folder, self._packages = begin(kind, folder), packages
        self._chosen = KINDS[kind].arguments.format(name=self.folder.name).split()

    def tool(self, *words: object) -> tuple[int, str]:
        """Status and words of fastnet-codegen with the arguments that choose this binding."""
        return self.python("-m", "fastnet_codegen.cli", *words, *self._chosen)

    def python(self, *words: object) -> tuple[int, str]:
        """Status and words of a Python program."""
        environment = {**os.environ, "PYTHONPATH": str(self._packages)}
        command = [sys.executable, *map(str, words)]
        ran = subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True, timeout=120)
        return ran.returncode, ran.stdout + ran.stderr


@pytest.fixture(params=KINDS)
def start(request: pytest.FixtureRequest, tmp_path: Path, packages: Path) -> Start:
    """One of each kind."""
    return Start(request.param, tmp_path, packages)


def test_what_init_writes_is_as_reviewed(start: Start) -> None:
    """The files of the start, and what they print from a description with every construct."""
    golden = GOLDEN / start.folder.name.removeprefix("my-")
    printing.as_reviewed(golden / "begun", texts(start.folder))
    code, said = start.tool("--api", SINK / "api", "generate", "-o", start.folder / "out")
    assert code == 0, said
    printing.as_reviewed(golden / "printed", texts(start.folder / "out"))


def test_what_was_begun_prints_and_checks_clean(start: Start) -> None:
    assert start.tool("check", "-o", "out")[0] == 1, "nothing is printed yet"
    code, said = start.tool("generate", "-o", "out")
    assert code == 0, said
    code, said = start.tool("check", "-o", "out")
    assert code == 0, said
    assert "1 files are fresh" in said
    (printed,) = (start.folder / "out").iterdir()
    printed.write_text(printed.read_text().replace("= 3", "= 4", 1))
    code, said = start.tool("check", "-o", "out")
    assert code == 1
    assert f"stale: {printed.name}" in said


def test_its_own_golden_test_passes_and_notices_a_change(start: Start) -> None:
    test = f"test_{start.folder.name.replace('-', '_')}.py"
    for options, words in (("--update", "1 of 1 files written"), ("", "as in golden/")):
        code, said = start.python(test, *options.split())
        assert code == 0, said
        assert words in said
    (golden,) = (start.folder / "golden").iterdir()
    golden.write_text(golden.read_text().replace("= 3", "= 4", 1))
    code, said = start.python(test)
    assert code == 1
    assert "read the difference" in said


def test_a_start_never_writes_over_anything(start: Start) -> None:
    kind = start.folder.name.removeprefix("my-")
    before = texts(start.folder)
    code, _, said = tool("init", start.folder.name, "--kind", kind, cwd=start.folder.parent)
    assert code == 2
    assert "is there already" in said
    assert texts(start.folder) == before
    code, _, said = tool("init", "../elsewhere", "--kind", kind, cwd=start.folder)
    assert code == 2
    assert "lower-case letters" in said


def test_a_start_grows_into_lua(tmp_path: Path) -> None:
    """A few changes of the templates, and LuaJIT compiles what is printed and calls a library through it."""
    folder = begin("template", tmp_path)
    for name, changes in TO_LUA.items():
        text = (folder / name).read_text()
        for old, new in changes.items():
            assert old in text, f"{name} has no {old!r} to change"
            text = text.replace(old, new)
        (folder / name).write_text(text)
    (folder / "my_template.txt.j2").write_text((folder / "my_template.txt.j2").read_text() + "\nreturn M\n")
    for command in ("generate", "check"):
        code, _, said = tool(command, "--template-dir", folder, "-o", tmp_path)
        assert code == 0, said
    (tmp_path / "stub.c").write_text(STUB)
    done(
        shutil.which("gcc") or "cc", "-shared", "-fPIC", f"-I{INCLUDE}", tmp_path / "stub.c", "-o", tmp_path / "stub.so"
    )
    lua = lupa.luajit21.LuaRuntime()
    lua.globals().PATH, lua.globals().LIBRARY = str(tmp_path / "my_template.lua"), str(tmp_path / "stub.so")
    assert lua.execute(LUA) == sum(len(enum.values) for enum in printing.real().enums)
