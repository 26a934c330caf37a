"""Fetch Godot with a virtual screen and a software renderer from Debian testing, for screenshots; prints the folder.

The packages lie in a folder that bubblewrap makes the root of a file system, so nothing needs root or patching.
`shot FOLDER PROGRAM [ARGUMENTS]` runs a program of Debian testing there, with FOLDER as its only place to write.
"""

from pathlib import Path

import cache
import debian
import get_sandbox

GRAPHICS = ["xvfb", "xauth", "xkb-data", "libgl1-mesa-dri", "libegl1", "libgles2", "libgl1"]
SHELL = ["dash", "coreutils", "util-linux", "sed", "grep", "mawk", "libc-bin"]  # what xvfb-run is written in
SHOT = """\
place=$(cd "$1" && pwd)
shift
exec "{bwrap}" --unshare-all --die-with-parent --proc /proc --dev /dev --tmpfs /tmp --dir /var/tmp --dir /run \\
    --ro-bind "$here/usr" /usr --ro-bind "$here/etc" /etc \\
    --symlink usr/bin /bin --symlink usr/lib /lib --symlink usr/lib64 /lib64 --symlink usr/sbin /sbin \\
    --bind "$place" "$place" --chdir "$place" \\
    --setenv HOME /tmp --setenv PATH /usr/bin --setenv LIBGL_ALWAYS_SOFTWARE 1 \\
    xvfb-run -a -s "-screen 0 ${{SCREEN:-1280x720}}x24" "$@"
"""


def _make(draft: Path, _final: Path) -> None:
    debian.unpack(draft, debian.TESTING, ["godot", *GRAPHICS, *SHELL])
    debian.script(draft / "shot", SHOT.format(bwrap=get_sandbox.get() / "bwrap"))


def version(folder: Path) -> str:
    """Godot's version, asked under the virtual screen."""
    return debian.works(folder / "shot", folder, "godot", "--version").split()[-1]


def name() -> str:
    """What its folder is called."""
    return f"picture-{debian.TESTING}-r1"


def get() -> Path:
    """The folder with the program shot."""
    return cache.fetch(name(), _make, version)


if __name__ == "__main__":
    print(get())
