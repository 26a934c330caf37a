"""What the tests of all engines share: where the built library is, and how to build it and the plugins."""

import subprocess
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
LIBRARY = ROOT / "build/lib/linux-x86_64"


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
