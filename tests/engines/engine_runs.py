"""What the tests of all engines share: where the built library is, and how to build it and the plugins."""

import shutil
import subprocess
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
LIBRARY = ROOT / "build/lib/linux-x86_64"
UNITY = ROOT / "plugins/unity/com.fastnet.transport"
CSHARP_CORE = sorted((UNITY / "Runtime/Core").glob("*.cs"))
CSHARP_ARENA = [path for path in sorted((UNITY / "Samples~/Arena").glob("*.cs")) if path.name != "ArenaGame.cs"]
"""The half of the sample that needs no engine."""


def scons(*arguments: str) -> None:
    """Runs SCons, which lets one build in at a time; raises RuntimeError with the end of what it printed."""
    command = [str(Path(sys.executable).parent / "scons"), "-Q", *arguments]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout[-4000:]}")


@cache
def build_library(*options: str) -> Path:
    """The folder with this machine's libfastnet.so and its runtime, up to date; SCons may be told more to do."""
    scons("-C", "bindings/c", *options)
    return LIBRARY


@cache
def build_godot_addon() -> Path:
    """The folder `addons` of the Godot plugin, with the extension library built."""
    scons("-C", "plugins/godot")
    return ROOT / "plugins/godot/addons"


def install_godot_addon(project: Path) -> None:
    """Addon, library and runtime, all up to date, into a Godot project, as a user's unzip does it."""
    shutil.copytree(build_godot_addon(), project / "addons", dirs_exist_ok=True)
    place = project / "addons/fastnet/bin/linux.x86_64"
    shutil.copytree(build_library(), place, dirs_exist_ok=True)
    (place / "fastnet_runtime/.gdignore").touch()
    # Without this list the first headless import of a project with an extension crashes (godotengine/godot#111048).
    (project / ".godot").mkdir(exist_ok=True)
    (project / ".godot/extension_list.cfg").write_text("res://addons/fastnet/fastnet.gdextension\n")


def compile_csharp(compiler: Path, target: Path, sources: Iterable[Path], *options: str) -> None:
    """What Unity compiles, by its compiler (`csc9` knows the language and the references): warnings are errors. Raises
    AssertionError with what the compiler said."""
    kind = "library" if target.suffix == ".dll" else "exe"
    command = [str(compiler), "-warnaserror", f"-t:{kind}", f"-out:{target}", *options, *map(str, sources)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120)
    assert done.returncode == 0, done.stdout


def bring_library(folder: Path) -> None:
    """The library beside a program; once, for a running one must not be written over."""
    if not (folder / "libfastnet.so").exists():
        shutil.copy2(build_library() / "libfastnet.so", folder)
