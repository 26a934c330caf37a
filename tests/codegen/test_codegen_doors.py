"""The three doors for third parties: what good ones print, and that broken ones are told from broken descriptions."""

import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import lupa.luajit21
import printing
import pytest
from printing import ROOT, SINK, done

EXAMPLES = ROOT / "examples" / "bindings"
STUB = """
#include <string.h>
#include "fastnet/fastnet.h"
static char failed[] = "the stub fails";
uint32_t fastnet_version(void) { return 0x000100u; }
const char *fastnet_version_string(void) { return "0.1.0"; }
FastNetResult fastnet_abi_check(uint32_t revision, uint64_t hash)
{ return revision == FASTNET_ABI_REVISION && hash == FASTNET_ABI_HASH ? FASTNET_OK : FASTNET_ERROR_ABI_MISMATCH; }
FastNetResult fastnet_last_result(void) { return FASTNET_ERROR_TIMEOUT; }
const char *fastnet_last_error(void) { return failed; }
uint32_t fastnet_last_error_copy(char *buffer, uint32_t capacity)
{ if (capacity >= sizeof failed) memcpy(buffer, failed, sizeof failed); return sizeof failed; }
FastNetClient fastnet_client_connect(const char *host, uint16_t port)
{ return strcmp(host, "good") == 0 && port == 7 ? (FastNetClient)(uintptr_t)5 : NULL; }
void fastnet_client_disconnect(FastNetClient client) { (void)client; }
FastNetResult fastnet_client_send(FastNetClient c, FastNetChannel channel, const uint8_t *data, uint32_t len)
{ return c && channel == 2 && len == 3 && memcmp(data, "a\\0b", 3) == 0 ? FASTNET_OK : FASTNET_ERROR_INVALID_ARGUMENT; }
FastNetBool fastnet_client_poll(FastNetClient client, FastNetEvent *event)
{ static int left = 2; (void)client; memset(event, 0, sizeof *event); event->type = FASTNET_EVENT_DATA;
  event->data = (const uint8_t *)"x\\0y"; event->data_len = 3; return left-- > 0; }
"""
LUA = """
local fastnet = dofile(PATH)
fastnet.load(LIBRARY)
local none, text, code = fastnet.Client.connect("bad", 7)
assert(none == nil and text == "the stub fails" and code == fastnet.Result.TIMEOUT)
local client = assert(fastnet.Client.connect("good", 7))
assert(client:send(fastnet.Channel.RELIABLE_UNORDERED, "a\\0b"))
assert(not client:send(0, "other"))
local found = {}
for event in client:events() do found[#found + 1] = fastnet.data_of(event) end
assert(#found == 2 and found[2] == "x\\0y")
assert(fastnet.last_error_copy() == "the stub fails" and fastnet.last_result() == fastnet.Result.TIMEOUT)
client:disconnect()
return fastnet.version_string()
"""


def tool(*arguments: object, cwd: Path = ROOT, packages: Path | None = None) -> tuple[int, str, str]:
    """Status, stdout and stderr of the tool; in a process of its own where more packages are installed."""
    if packages is None:
        return printing.tool(*arguments, cwd=cwd)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(packages), str(EXAMPLES / "rust")))}
    command = [sys.executable, "-m", "fastnet_codegen.cli", *map(str, arguments)]
    ran = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=120, check=False)
    return ran.returncode, ran.stdout, ran.stderr


def program(folder: Path, body: str, name: str = "fastnet-codegen-odd") -> Path:
    """A plug-in program."""
    path = folder / name
    path.write_text(f"#!{sys.executable}\nimport json, sys\nquestion = json.load(sys.stdin)\n{body}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def announced(folder: Path, *lines: str, name: str = "odd-plugin") -> Path:
    """A distribution with entry points, as pip would leave it."""
    info = folder / f"{name.replace('-', '_')}-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("\n".join(["[fastnet_codegen.backends]", *lines, ""]))
    return folder


def test_the_lua_binding_runs(tmp_path: Path) -> None:
    """Strings with zero bytes, errors with text and code, events, an end: LuaJIT on a library of a few functions."""
    code, _, said = tool("generate", "--template-dir", EXAMPLES / "lua", "-o", tmp_path)
    assert code == 0, said
    (tmp_path / "stub.c").write_text(STUB)
    include = f"-I{ROOT / 'bindings' / 'c' / 'include'}"
    done("gcc", "-shared", "-fPIC", include, tmp_path / "stub.c", "-o", tmp_path / "libstub.so")
    lua = lupa.luajit21.LuaRuntime()
    lua.globals().PATH = str(tmp_path / "fastnet.lua")
    lua.globals().LIBRARY = str(tmp_path / "libstub.so")
    assert lua.execute(LUA) == "0.1.0"


def test_the_rust_binding_comes_through_an_entry_point_and_compiles(tmp_path: Path) -> None:
    packages = announced(tmp_path / "packages", "rust = fastnet_rust:Rust", name="fastnet-codegen-rust")
    code, _, said = tool("generate", "rust", "-o", tmp_path, "--option", "library=other", packages=packages)
    assert code == 0, said
    text = (tmp_path / "fastnet.rs").read_text()
    assert '#[link(name = "other")]' in text
    assert "pub fn fastnet_client_send(" in text
    if shutil.which("rustc"):
        done(
            "rustc",
            "--edition",
            "2021",
            "--crate-type",
            "lib",
            "--emit",
            "metadata",
            "-o",
            tmp_path / "x.rmeta",
            tmp_path / "fastnet.rs",
        )
    code, _, said = tool("generate", "rust", "-o", tmp_path, "--option", "colour=red", packages=packages)
    assert code == 2
    assert "known options: library" in said


def test_the_swift_binding_comes_from_a_program_that_imports_nothing_of_ours(tmp_path: Path) -> None:
    path = EXAMPLES / "swift" / "fastnet-codegen-swift"
    assert "fastnet_codegen" not in path.read_text()
    code, _, said = tool("generate", "--plugin", path, "-o", tmp_path)
    assert code == 0, said
    text = (tmp_path / "FastNet.swift").read_text()
    assert text.startswith("// Printed by fastnet-codegen")
    assert "public static let reliableOrdered = Channel(rawValue: 0)" in text
    assert text.count("{") == text.count("}")
    code, _, said = tool("--api", SINK / "api", "generate", "--plugin", path, "-o", tmp_path / "sink")
    assert code == 0, said
    sink = (tmp_path / "sink" / "FastNet.swift").read_text()
    assert "\u202e" not in sink
    assert "\u2028" not in sink


def test_a_program_on_the_path_is_found_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    body = "json.dump({'files': [{'path': 'a/b.txt', 'text': question['header'][0] + '\\r\\nx  '}]}, sys.stdout)"
    program(tmp_path, body)
    code, _, said = tool("generate", "odd", "-o", tmp_path / "out")
    assert code == 0, said
    assert (tmp_path / "out" / "a" / "b.txt").read_bytes().endswith(b"\nx\n")


BROKEN = {  # What a program does, the status of the tool, and what it must say.
    "raises": ("raise ValueError('no luck')", 3, "no luck"),
    "prints noise": ("print('hello'); json.dump({'files': []}, sys.stdout)", 3, "nothing else"),
    "prints noise behind": ("json.dump({'files': []}, sys.stdout); print('bye')", 3, "nothing else"),
    "says nothing": ("", 3, "nothing else"),
    "ends with a status": ("sys.stderr.write('out of paper'); sys.exit(9)", 3, "status 9: out of paper"),
    "answers something else": ("json.dump([1, 2], sys.stdout)", 3, "nothing else"),
    "leaves the folder": (
        "json.dump({'files': [{'path': '../x', 'text': ''}]}, sys.stdout)",
        2,
        "leaves the output folder",
    ),
    "names a root": ("json.dump({'files': [{'path': '/x', 'text': ''}]}, sys.stdout)", 2, "leaves the output"),
    "prints a file twice": (
        "f = {'path': 'x', 'text': ''}; json.dump({'files': [f, f]}, sys.stdout)",
        2,
        "printed twice",
    ),
    "complains": (
        "json.dump({'diagnostics': [{'message': 'no colours', 'hint': 'add one'}]}, sys.stdout)",
        2,
        "add one",
    ),
    "can do little": ("json.dump({'capabilities': ['enum', 'flags']}, sys.stdout)", 2, "targets/odd.yaml"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_program_that(name: str, tmp_path: Path) -> None:
    body, status, words = BROKEN[name]
    path = program(tmp_path, body)
    code, _, said = tool("generate", "--plugin", path, "-o", tmp_path / "out")
    assert code == status, said
    assert words in said
    assert "fastnet_codegen/cli" not in said, "our own traceback is no answer"
    assert not (tmp_path / "out").exists()
    assert not (tmp_path / "x").exists()


PLUGIN = """
from fastnet_codegen.backends.base import Artifact, Backend


class Future(Backend):
    name = "future"
    summary = "from the future"
    ir = "1.99"


class Raises(Backend):
    name = "raises"
    summary = "raises"

    def artifacts(self, api, options):
        raise RuntimeError("out of ink")


class Mute(Backend):
    name = "mute"


class Poor(Backend):
    name = "poor"
    summary = "can do little"
    capabilities = frozenset({"enum", "flags", "id", "handle", "u64"})

    def artifacts(self, api, options):
        return [Artifact("x", "x")]
"""


@pytest.fixture
def plugins(tmp_path: Path) -> Path:
    """A distribution whose back ends are each broken in their own way."""
    names = ("future = odd:Future", "raises = odd:Raises", "poor = odd:Poor", "gone = nowhere:Gone", "other = odd:Poor")
    names += ("mute = odd:Mute",)
    folder = announced(tmp_path / "packages", *names)
    (folder / "odd.py").write_text(PLUGIN)
    return folder


@pytest.mark.parametrize(
    ("name", "status", "words"),
    [
        ("future", 3, "wants IR 1.99"),
        ("raises", 3, "out of ink"),
        ("gone", 3, "No module named 'nowhere'"),
        ("mute", 3, "has no attribute 'summary'"),
        ("other", 3, "calls itself 'poor'"),
        ("poor", 2, "exclude"),
        ("nobody", 2, "no back end is called 'nobody'"),
    ],
)
def test_a_broken_entry_point_spoils_only_itself(
    name: str, status: int, words: str, plugins: Path, tmp_path: Path
) -> None:
    code, _, said = tool("generate", name, "-o", tmp_path / "out", packages=plugins)
    assert code == status, said
    assert words in said
    code, listed, said = tool("list", "--json", packages=plugins)
    assert code == 0, said
    rows = {row["name"]: row for row in json.loads(listed)}
    assert rows["c_header"]["status"] == "supported"
    assert rows["gone"]["status"] == "broken"
    assert "nowhere" in rows["gone"]["summary"]


def test_two_back_ends_of_one_name_are_refused_by_both_names(plugins: Path) -> None:
    announced(plugins, "poor = odd:Poor", name="second-plugin")
    code, _, said = tool("list", packages=plugins)
    assert code == 2
    assert "odd-plugin" in said
    assert "second-plugin" in said


def test_a_folder_named_after_one_of_ours_overrides_single_templates(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "binding.toml").write_text('name = "c_header"\nir = "1.0"\n')
    (folder / "cdef.h.j2").write_text("/* {{ header[0] }} */\nint mine;\n")
    code, _, said = tool("generate", "--template-dir", folder, "-o", tmp_path / "out")
    assert code == 0, said
    include = tmp_path / "out" / "include" / "fastnet"
    assert "int mine;" in (include / "fastnet.cdef.h").read_text()
    assert (include / "fastnet.h").read_bytes() == (ROOT / "bindings/c/include/fastnet/fastnet.h").read_bytes()


def test_a_target_file_renames_and_excludes(tmp_path: Path) -> None:
    """What one language must say differently stands beside the description, by dotted path."""
    shutil.copytree(SINK / "api", tmp_path / "api")
    (tmp_path / "api" / "targets" / "mine.yaml").write_text(
        "renames: {thing.send: dispatch, channel.fast: QUICK, event.data: payload}\nexclude: [thing.old state]\n"
    )
    assert tool("init", "mine", "--kind", "template", cwd=tmp_path)[0] == 0
    common = ("--api", tmp_path / "api", "generate", "--template-dir", tmp_path / "mine")
    code, _, said = tool(*common, "-o", tmp_path / "out")
    assert code == 0, said
    text = (tmp_path / "out" / "mine.txt").read_text()
    assert "function Thing.dispatch(" in text
    assert "QUICK = 1" in text
    assert "old_state" not in text
    (tmp_path / "api" / "targets" / "yours.yaml").write_text("exclude: [thing.old state]\n")
    assert "targets/yours.yaml" in tool(*common, "-o", tmp_path / "out")[2], "a file for nobody is told"


def test_a_slip_in_a_template_is_told_with_its_line(tmp_path: Path) -> None:
    """StrictUndefined: a typo fails instead of printing nothing."""
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "binding.toml").write_text('name = "mine"\nir = "1.0"\noutputs = { "x.txt" = "x.txt.j2" }\n')
    (folder / "x.txt.j2").write_text("{{ header[0] }}\n\n{{ api.naem }}\n")
    code, _, said = tool("generate", "--template-dir", folder, "-o", tmp_path / "out")
    assert code == 2
    assert "mine/x.txt.j2:3" in said
    assert "naem" in said
