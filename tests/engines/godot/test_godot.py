"""The Godot addon in headless Godot 4: classes, four channels, real @rpc in one and in two processes, an export.

Godot's exit code proves nothing, so each script says "N passed, 0 failed" as its last word, and that is what counts.
"""

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import tiers
from engine_runs import ROOT, install_godot_addon

PROJECT = Path(__file__).parent / "project"
pytestmark = pytest.mark.tier("godot")
SCRIPTS = ("test_bad_input", "test_channels", "test_freed_in_signal", "test_rpc")


class Godot:
    """One project folder with the addon in it, and the engine to run it."""

    def __init__(self, engine: Path, folder: Path) -> None:
        self.engine, self.folder = engine, folder
        self.home = folder.parent / "home"
        self.home.mkdir(exist_ok=True)

    def command(self, *arguments: str) -> list[str]:
        """Headless, in this project."""
        return [str(self.engine), "--headless", "--path", str(self.folder), *arguments]

    def environment(self) -> dict[str, str]:
        """Its own home; nothing else of ours."""
        return {"HOME": str(self.home), "PATH": "/usr/bin:/bin", "XDG_CONFIG_HOME": str(self.home / ".config")}

    def run(self, *arguments: str, limit_s: int = 120) -> str:
        """All it printed."""
        done = subprocess.run(
            self.command(*arguments),
            env=self.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=limit_s,
            text=True,
        )
        return done.stdout

    def script(self, name: str, *arguments: str) -> str:
        """Runs a script, which must come to a good verdict."""
        text = self.run("--quit-after", "20000", "--script", f"res://{name}.gd", *arguments)
        check_verdict(text)
        return text


def check_verdict(text: str) -> None:
    """Raises AssertionError with all that was printed, unless something passed and nothing failed."""
    assert re.search(r"^[1-9][0-9]* passed, 0 failed$", text, re.MULTILINE), text
    assert "SCRIPT ERROR" not in text, text


def open_project(source: Path, folder: Path, engine: Path) -> Godot:
    """A copy of a project with the addon in it, imported once."""
    shutil.copytree(source, folder)
    install_godot_addon(folder)
    made = Godot(engine, folder)
    made.run("--import")
    return made


@pytest.fixture(scope="module")
def godot(tmp_path_factory: pytest.TempPathFactory, found: Callable[[str], tiers.Found]) -> Godot:
    """The test project."""
    return open_project(PROJECT, tmp_path_factory.mktemp("godot") / "project", found("godot")["godot"])


@pytest.mark.parametrize("script", SCRIPTS)
def test_the_addon_keeps_its_promises_in_the_engine(godot: Godot, script: str) -> None:
    """Each script checks one side of the addon."""
    godot.script(script)


def lines_until(process: "subprocess.Popen[str]", wanted: str) -> Iterator[str]:
    """What a process prints, up to and with the wanted line."""
    assert process.stdout is not None
    for line in process.stdout:
        yield line
        if line.startswith(wanted):
            return


def test_two_processes_call_each_other_by_rpc_and_spawn(godot: Godot) -> None:
    """@rpc with a megabyte in it, and MultiplayerSpawner, between two engines."""
    command = godot.command("--quit-after", "20000", "--script", "res://rpc_server.gd")
    with subprocess.Popen(
        command, env=godot.environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as server:
        try:
            before = list(lines_until(server, "LISTENING"))
            assert before[-1].startswith("LISTENING"), "".join(before)
            godot.script("rpc_client", "--", before[-1].split()[1])
            check_verdict(server.communicate(timeout=60)[0])
        finally:
            server.kill()


def test_the_frame_cost_is_printed(godot: Godot) -> None:
    """4 sends and 4 events a frame; the number is for people, so it is not judged here."""
    assert "frame cost us: p50" in godot.script("frame_cost")


def test_without_the_library_the_addon_says_what_to_copy(godot: Godot, tmp_path: Path) -> None:
    """A missing library is a line in the log and an error code, no crash."""
    folder = tmp_path / "project"
    shutil.copytree(godot.folder, folder)
    (folder / "addons/fastnet/bin/linux.x86_64/libfastnet.so").unlink()
    text = Godot(godot.engine, folder).run("--quit-after", "2000", "--script", "res://no_library.gd")
    check_verdict(text)
    assert "copy the whole folder addons/fastnet" in text


def test_the_interface_header_is_what_the_engine_says(godot: Godot) -> None:
    """The committed, trimmed header equals the engine's own dump."""
    tool = ROOT / "plugins/godot/tools/trim_interface.py"
    done = subprocess.run(["python3", str(tool), str(godot.engine), "--check"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


EXPORT_PRESET = """\
[preset.0]
name="Linux"
platform="Linux"
runnable=true
export_filter="all_resources"
include_filter=""
exclude_filter=""
export_path=""
[preset.0.options]
custom_template/release="{template}"
binary_format/embed_pck=false
binary_format/architecture="x86_64"
"""
MAIN_SCENE = '[gd_scene load_steps=2 format=3]\n[ext_resource type="Script" path="res://exported.gd" id="1"]\n' + (
    '[node name="Main" type="Node"]\nscript = ExtResource("1")\n'
)


@pytest.mark.tier("godot-export")
def test_an_exported_game_carries_its_runtime_wherever_it_is_moved(
    godot: Godot, found: Callable[[str], tiers.Found], tmp_path: Path
) -> None:
    """A release export, moved to another folder, run with an empty environment."""
    template = found("godot-export")["template-release"]
    folder = tmp_path / "project"
    shutil.copytree(
        godot.folder, folder, ignore=shutil.ignore_patterns("test_*", "rpc_*", "frame_cost*", "no_library*")
    )
    (folder / "export_presets.cfg").write_text(EXPORT_PRESET.format(template=template))
    (folder / "main.tscn").write_text(MAIN_SCENE)
    with (folder / "project.godot").open("a") as settings:
        settings.write('run/main_scene="res://main.tscn"\n')
    exporter = Godot(godot.engine, folder)
    (tmp_path / "game").mkdir()
    exporter.run("--import")
    log = exporter.run("--export-release", "Linux", str(tmp_path / "game/game.x86_64"))
    assert (tmp_path / "game/game.x86_64").exists(), log
    moved = (tmp_path / "game").rename(tmp_path / "moved to äöü")
    done = subprocess.run(
        ["./game.x86_64", "--headless", "--quit-after", "20000"],
        cwd=moved,
        env={},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=120,
        text=True,
    )
    check_verdict(done.stdout)
