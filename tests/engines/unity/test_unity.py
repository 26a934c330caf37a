"""The Unity package: compiled as Unity compiles it, and run on CoreCLR and Mono against the real library."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
import tiers
from engine_runs import CSHARP_ARENA, LIBRARY, ROOT, bring_library, build_library, compile_csharp
from engine_runs import CSHARP_CORE as CORE
from engine_runs import UNITY as PACKAGE
from fastnet.net.devca import certificate_pem, key_pem, self_signed, write_private

HERE = Path(__file__).parent
LAYERS = sorted(PACKAGE.glob("Runtime/*/*.cs")) + sorted(PACKAGE.glob("Editor/*.cs"))
STUBS = sorted((HERE / "stubs").glob("*.cs"))
DEFINES = "UNITY_EDITOR,MIRROR,FASTNET_NGO,MIRROR_90_OR_NEWER"
RUNTIMES = [
    pytest.param("csharp", marks=pytest.mark.tier("csharp")),
    pytest.param("mono", marks=[pytest.mark.tier("csharp"), pytest.mark.tier("mono")]),
]


class CSharp:
    """The compiler that Unity uses, and the two runtimes."""

    def __init__(self, found: Callable[[str], tiers.Found]) -> None:
        self.found = found

    def compile(self, target: Path, sources: Iterable[Path], *options: str) -> None:
        """As Unity compiles; raises AssertionError with what the compiler said."""
        compile_csharp(self.found("csharp")["csc9"], target, sources, *options)

    def start(self, program: Path, *arguments: str) -> "subprocess.Popen[str]":
        """On CoreCLR, in the background, with the runtime folder of the build."""
        bring_library(program.parent)
        return subprocess.Popen(
            [str(self.found("csharp")["run"]), str(program), *arguments],
            env={
                "ARENA_RUNTIME": str(LIBRARY / "fastnet_runtime"),
                "HOME": str(program.parent),
                "PATH": "/usr/bin:/bin",
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, runtime: str, program: Path, *arguments: str) -> None:
        """On CoreCLR or Mono; the program's last words are a verdict."""
        bring_library(program.parent)
        start = self.found(runtime)["run" if runtime == "csharp" else "mono"]
        done = subprocess.run(
            [str(start), str(program), *arguments],
            cwd=program.parent,
            env={"LD_LIBRARY_PATH": str(program.parent), "HOME": str(program.parent), "PATH": "/usr/bin:/bin"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=120,
        )
        last = done.stdout.strip().splitlines()[-1:] or [""]
        assert done.returncode == 0, done.stdout
        assert re.fullmatch(r"[1-9][0-9]* passed, 0 failed", last[0]), done.stdout


@pytest.fixture(scope="module")
def csharp(found: Callable[[str], tiers.Found]) -> CSharp:
    """The compiler and the runtimes, with the library built."""
    build_library()
    return CSharp(found)


@pytest.mark.parametrize("runtime", RUNTIMES)
def test_the_csharp_layer_keeps_its_promises(csharp: CSharp, tmp_path: Path, runtime: str) -> None:
    """Channels, ends, bad input, log, figures; and 11,000 echoes make no garbage."""
    program = tmp_path / "checks.exe"
    csharp.compile(program, [*CORE, HERE / "Check.cs", HERE / "core/CoreChecks.cs"])
    csharp.run(runtime, program, str(LIBRARY / "fastnet_runtime"))


@pytest.mark.parametrize("runtime", RUNTIMES)
def test_components_and_transports_work_on_stand_ins(csharp: CSharp, tmp_path: Path, runtime: str) -> None:
    """Components, life cycle, Mirror's and Netcode's transport, build step, stats window."""
    program = tmp_path / "layers.exe"
    sample = sorted((PACKAGE / "Samples~/Arena").glob("*.cs"))
    sources = [*LAYERS, *STUBS, *sample, HERE / "Check.cs", HERE / "layers/LayerChecks.cs"]
    csharp.compile(program, sources, f"-define:{DEFINES}")
    runtime_folder = tmp_path / "package/Native~/linux-x86_64/fastnet_runtime"
    runtime_folder.parent.mkdir(parents=True)
    runtime_folder.symlink_to(LIBRARY / "fastnet_runtime")
    made = self_signed(["localhost"])
    (tmp_path / "chain.pem").write_bytes(certificate_pem(made))
    write_private(tmp_path / "key.pem", key_pem(made))
    csharp.run(runtime, program, str(tmp_path / "package"), str(tmp_path))


@pytest.mark.tier("csharp")
def test_a_player_build_compiles_without_the_editor_and_without_frameworks(csharp: CSharp, tmp_path: Path) -> None:
    """What a game without Mirror and Netcode compiles: the core alone knows nothing of the engine."""
    csharp.compile(tmp_path / "core.dll", CORE)
    unity = [*CORE, *sorted((PACKAGE / "Runtime/Unity").glob("*.cs")), HERE / "stubs/UnityEngine.cs"]
    csharp.compile(tmp_path / "unity.dll", unity)


@pytest.mark.tier("csharp")
def test_the_packages_own_tests_compile(csharp: CSharp, tmp_path: Path) -> None:
    """They run in Unity's test runner, which nobody here has."""
    sources = [*LAYERS, *STUBS, *sorted((PACKAGE / "Tests/Runtime").glob("*.cs"))]
    csharp.compile(tmp_path / "tests.dll", sources, f"-define:{DEFINES}")


@pytest.mark.tier("mono")
def test_the_raw_layer_is_old_csharp(found: Callable[[str], tiers.Found], tmp_path: Path) -> None:
    """Mono's own compiler knows C# 7.2: the printed layer needs no more."""
    raw = [
        path for path in CORE if path.name in ("Native.gen.cs", "Enums.gen.cs", "Structs.gen.cs", "LayoutCheck.gen.cs")
    ]
    command = [str(found("mono")["mcs"]), "-unsafe", "-langversion:7.2", "-nowarn:0649,0169", "-t:library"]
    done = subprocess.run([*command, f"-out:{tmp_path}/raw.dll", *map(str, raw)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.tier("csharp", "mono")
def test_scripts_can_be_reloaded_under_open_connections(csharp: CSharp, tmp_path: Path) -> None:
    """Six AppDomains in a row, unloaded with connections closed, half open, or forgotten."""
    program = tmp_path / "reload.exe"
    csharp.compile(program, [*CORE, HERE / "Check.cs", HERE / "reload/Reload.cs"])
    csharp.run("mono", program, str(LIBRARY / "fastnet_runtime"))


@pytest.mark.tier("csharp")
def test_the_arena_is_played_without_unity_and_makes_no_garbage(csharp: CSharp, tmp_path: Path) -> None:
    """A dedicated server and two bots as console programs; the frame cost is printed and its garbage is none."""
    program = tmp_path / "arena.exe"
    csharp.compile(program, [*CORE, *CSHARP_ARENA, ROOT / "examples/unity-arena/Program.cs"])
    with csharp.start(program, "server", "0", "0") as server:
        try:
            assert server.stdout is not None
            port = server.stdout.readline().split()[2]
            bots = [csharp.start(program, "bot", "localhost", port, "4") for _ in range(2)]
            texts = [bot.communicate(timeout=60)[0] for bot in bots]
        finally:
            server.kill()
    for bot, text in zip(bots, texts, strict=True):
        seen = re.search(r"BOT id \d+ players (\d+) snapshots (\d+) chats (\d+) things (\d+)", text)
        assert seen, text
        assert bot.returncode == 0, text
        players, snapshots, chats, things = map(int, seen.groups())
        assert players >= 1, text
        assert snapshots > 30, text
        assert chats >= 1, text
        assert things >= 5, text
    cost = csharp.start(program, "frame-cost").communicate(timeout=60)[0]
    assert re.search(r"frame cost us: p50 \S+ p99 \S+ frames \d+ garbage 0\n", cost), cost


def test_every_asset_has_its_meta_and_no_other() -> None:
    """Complete, unchanged, unique GUIDs; a missing one would be random in every project."""
    sys.path.insert(0, str(ROOT / "plugins/unity/tools"))
    try:
        import metas
    finally:
        sys.path.pop(0)
    assert metas.stale(PACKAGE) == []
    guids = [text.split("guid: ")[1].split("\n")[0] for text in metas.wanted(PACKAGE).values()]
    assert len(guids) > 40
    assert len(set(guids)) == len(guids)
    assert metas.stale(PACKAGE.parent / "tools") != []  # A folder without metas is seen.


def test_assembly_definitions_and_manifest_are_sound() -> None:
    """They parse, refer to each other by names that exist, and the sample is where the manifest says."""
    definitions = {path: json.loads(path.read_text()) for path in PACKAGE.rglob("*.asmdef")}
    outside = {"Mirror", "Unity.Netcode.Runtime", "UnityEngine.TestRunner", "UnityEditor.TestRunner"}
    names = {definition["name"] for definition in definitions.values()} | outside
    for path, definition in definitions.items():
        assert path.stem == definition["name"]
        assert set(definition["references"]) <= names, path
    manifest = json.loads((PACKAGE / "package.json").read_text())
    assert manifest["name"] == PACKAGE.name
    for sample in manifest["samples"]:
        assert (PACKAGE / sample["path"]).is_dir(), sample
