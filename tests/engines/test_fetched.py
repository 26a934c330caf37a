"""What was fetched works: each engine and tool is put to the use that its tier makes of it."""

import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import commands
import get_csharp
import get_mono
import get_pythons
import get_wine
import pytest
import registry
import tiers
from cache import UnavailableError

Finder = Callable[[str], tiers.Found]
COUNT = "extends SceneTree\nfunc _initialize():\n\tprint(Engine.get_version_info().major * 10)\n\tquit()\n"
PAINT = """extends SceneTree
func _initialize():
\tvar paper := ColorRect.new()
\tpaper.color = Color.RED
\tpaper.size = Vector2(320, 240)
\troot.add_child(paper)
func _process(_delta):
\tif Engine.get_process_frames() < 3:
\t\treturn false
\tvar seen := root.get_texture().get_image()
\tseen.save_png("res://shot.png")
\tprint("corner ", seen.get_pixel(5, 5).to_html(false))
\treturn true
"""


def project(folder: Path, script: str) -> Path:
    """A Godot project with one script."""
    (folder / "project.godot").write_text('config_version=5\n[application]\nconfig/name="try"\n')
    (folder / "try.gd").write_text(script)
    return folder


@pytest.mark.tier("godot")
def test_godot_runs_a_script_without_a_screen(found: Finder, tmp_path: Path) -> None:
    words = ("--headless", "--path", project(tmp_path, COUNT), "--quit-after", "2000", "--script", "res://try.gd")
    done = commands.run(found("godot")["godot"], *words, env={"HOME": str(tmp_path)})
    assert "40" in done.stdout.splitlines(), done.stdout + done.stderr


@pytest.mark.tier("godot-export")
def test_godot_has_both_export_templates(found: Finder) -> None:
    for name in ("template-debug", "template-release"):
        done = commands.run(found("godot-export")[name], "--version")
        assert done.stdout.startswith("4."), done.stderr


@pytest.mark.tier("picture")
def test_a_picture_can_be_taken(found: Finder, tmp_path: Path) -> None:
    words = ("godot", "--path", ".", "--rendering-driver", "opengl3", "--audio-driver", "Dummy", "--script", "try.gd")
    done = commands.run(found("picture")["shot"], project(tmp_path, PAINT), *words, seconds=120)
    assert "corner ff0000" in done.stdout.splitlines(), done.stdout + done.stderr
    assert (tmp_path / "shot.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.tier("csharp")
def test_csharp_9_compiles_against_netstandard_and_runs_on_coreclr(found: Finder, tmp_path: Path) -> None:
    (tmp_path / "new.cs").write_text(get_csharp.NEWEST)
    csharp = found("csharp")
    commands.demand(csharp["csc9"], "-out:new.exe", "new.cs", cwd=tmp_path)
    assert commands.demand(csharp["run"], "new.exe", cwd=tmp_path) == "C# 9 on CoreCLR 8\n"


@pytest.mark.tier("csharp")
@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("namespace Late; class C {}", "CS8773"),
        ("record R(int A);", "CS0518"),
        ("class C { int A { get; init; } }", "CS0518"),
        ("using System.Text.Json;", "CS0234"),
    ],
    ids=["file-scoped namespace", "record", "init", "not in netstandard2.1"],
)
def test_csharp_refuses_what_unity_refuses(found: Finder, tmp_path: Path, source: str, code: str) -> None:
    (tmp_path / "bad.cs").write_text(source)
    done = commands.run(found("csharp")["csc9"], "-t:library", "-out:bad.dll", "bad.cs", cwd=tmp_path)
    assert done.returncode == 1
    assert code in done.stderr
    assert not (tmp_path / "bad.dll").exists()


@pytest.mark.tier("mono")
def test_mono_compiles_csharp_7_and_unloads_domains(found: Finder, tmp_path: Path) -> None:
    (tmp_path / "hello.cs").write_text(get_mono.HELLO)
    commands.demand(found("mono")["mcs"], "-out:hello.exe", "hello.cs", cwd=tmp_path)
    assert commands.demand(found("mono")["mono"], "hello.exe", cwd=tmp_path) == "Mono with AppDomains\n"


@pytest.mark.tier("csharp", "mono")
def test_what_roslyn_compiles_runs_on_mono(found: Finder, tmp_path: Path) -> None:
    """Unity's own combination: its compiler, its runtime, and the netstandard facade between them."""
    (tmp_path / "span.cs").write_text(
        "using System; static class P { static void Main() {"
        " ReadOnlySpan<byte> s = new byte[] { 1, 2, 3 }; Console.WriteLine(s.Slice(1).Length); } }"
    )
    commands.demand(found("csharp")["csc9"], "-out:span.exe", "span.cs", cwd=tmp_path)
    assert commands.demand(found("mono")["mono"], "span.exe", cwd=tmp_path) == "2\n"


@pytest.mark.tier("pythons")
def test_a_program_of_this_machine_embeds_newer_pythons(found: Finder, tmp_path: Path) -> None:
    folder = found("pythons").folder
    assert folder is not None
    (tmp_path / "embed.c").write_text(get_pythons.EMBED)
    commands.demand("cc", "embed.c", "-o", "embed", "-ldl", cwd=tmp_path)
    libraries = get_pythons.libraries(folder)
    assert set(libraries) >= {"3.13", "3.14"}
    for minor, library in libraries.items():
        out = commands.demand(folder / "run", "./embed", library, cwd=tmp_path, env=get_pythons.environment(folder))
        assert out.startswith(f"{minor}."), out


@pytest.mark.tier("sandbox")
def test_a_sandbox_hides_the_machine_and_a_trace_shows_what_was_opened(found: Finder, tmp_path: Path) -> None:
    tools = found("sandbox")
    system = [word for top in ("usr", "lib", "lib64") for word in ("--ro-bind", f"/{top}", f"/{top}")]
    hidden = commands.run(tools["bwrap"], "--unshare-all", *system, "--", "/usr/bin/env", "ls", tmp_path)
    assert hidden.returncode != 0
    assert "No such file" in hidden.stderr
    (tmp_path / "seen").touch()
    traced = commands.run(tools["strace"], "-f", "-e", "trace=openat", "cat", tmp_path / "seen")
    assert f'"{tmp_path}/seen"' in traced.stderr


@pytest.mark.tier("wine")
def test_a_windows_program_is_compiled_and_run(found: Finder, tmp_path: Path) -> None:
    tools = found("wine")
    (tmp_path / "hello.c").write_text(get_wine.HELLO)
    commands.demand(tools["x86_64-w64-mingw32-gcc"], "hello.c", "-o", "hello.exe", cwd=tmp_path)
    home = {"WINEPREFIX": str(tmp_path / "prefix"), "HOME": str(tmp_path), **get_wine.ENVIRONMENT}
    try:
        done = commands.run(tools["wine"], "hello.exe", cwd=tmp_path, env=home, seconds=120)
    finally:
        commands.run(tools["wineserver"], "-k", env=home)
    assert done.stdout.strip() == "Windows 64 bit", done.stderr


@pytest.mark.tier("zig")
@pytest.mark.parametrize("target", ["aarch64-macos", "x86_64-macos", "aarch64-linux-gnu.2.35", "x86_64-windows-gnu"])
def test_zig_compiles_for_systems_that_are_not_here(found: Finder, tmp_path: Path, target: str) -> None:
    (tmp_path / "size.c").write_text("#include <stdint.h>\nstatic_assert(sizeof(void *) == 8);\nint32_t one = 1;\n")
    commands.demand(
        found("zig")["zig"], "cc", "-std=c23", "-target", target, "-c", "size.c", "-o", "size.o", cwd=tmp_path
    )
    head = (tmp_path / "size.o").read_bytes()[:4]
    expected = b"\xcf\xfa\xed\xfe" if "macos" in target else b"\x7fELF" if "linux" in target else b"\x64\x86"
    assert head.startswith(expected)


@pytest.mark.tier("c", "unreal")
def test_the_machines_own_compilers_know_the_standards_we_write(found: Finder, tmp_path: Path) -> None:
    (tmp_path / "a.c").write_text('_Static_assert(_Generic(1, int: 1), "C11");\n')
    (tmp_path / "a.cpp").write_text("#include <concepts>\nstatic_assert(std::integral<int>);\n")
    strict = ("-Wall", "-Wextra", "-Werror", "-fsyntax-only")
    commands.demand(found("c")["cc"], "-std=c11", *strict, tmp_path / "a.c")
    commands.demand(found("unreal")["g++"], "-std=c++20", *strict, tmp_path / "a.cpp")


def test_an_archive_with_another_hash_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def other(_package: str, _version: str, folder: Path) -> Path:
        (folder / "zig.whl").write_bytes(b"something else")
        return folder / "zig.whl"

    monkeypatch.setattr(registry, "_pypi", other)
    with pytest.raises(UnavailableError, match=r"not the archive of pins\.toml"):
        registry.unpack("zig", tmp_path / "wheel")


def test_a_program_past_its_time_is_killed_with_all_it_started() -> None:
    """What it started holds its stdout open: were it alive, this would last as long as it."""
    begun = time.monotonic()
    with pytest.raises(subprocess.TimeoutExpired):
        commands.run("sh", "-c", "sleep 60 & wait", seconds=0.5)
    assert time.monotonic() - begun < 30
