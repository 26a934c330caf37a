"""Fetch Godot 4 and its export templates from Debian testing into a folder; prints the folder.

Nothing is installed: 170 MB are downloaded, 480 MB stay. Debian's stable releases have no Godot 4; testing moves, so no
version is pinned and the report prints the one that was found. GODOT_SUITE picks another suite.
"""

from pathlib import Path

import cache
import debian

PROGRAMS = [Path("usr/bin") / name for name in ("godot", "godot-template-debug", "godot-template-release")]
ONLY_WITH_A_PICTURE = "libllvm.*|mesa-.*|libgl1-mesa.*|libz3.*"


def _make(draft: Path, final: Path) -> None:
    debian.unpack(draft, debian.TESTING, [program.name for program in PROGRAMS], leave_out=ONLY_WITH_A_PICTURE)
    pulse = [path.relative_to(draft) for path in (draft / debian.LIBRARIES).glob("libpulse*.so.*")]
    debian.patch(draft, final, PROGRAMS, pulse, extra="pulseaudio")


def version(folder: Path) -> str:
    """What the engine calls itself, as `4.6.3.stable.debian`."""
    return debian.works(folder / PROGRAMS[0], "--headless", "--version")


def name() -> str:
    """What its folder is called."""
    return f"godot-{debian.TESTING}-r1"


def get() -> Path:
    """The folder with usr/bin/godot and usr/bin/godot-template-{debug,release}."""
    return cache.fetch(name(), _make, version)


if __name__ == "__main__":
    print(get())
