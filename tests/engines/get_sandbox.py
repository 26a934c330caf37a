"""Fetch bubblewrap and strace from Debian into a folder; prints the folder. No root, nothing installed.

`bwrap` runs a program in a file system of our choice, for the proof that a game needs no Python; `strace` says which
files it opened.
"""

from pathlib import Path

import cache
import debian

PROGRAMS = ("bwrap", "strace")


def _make(draft: Path, final: Path) -> None:
    debian.unpack(
        draft, debian.own_suite(), ["bubblewrap", "strace"], keep="bubblewrap|strace|libcap2|libunwind8|liblzma5"
    )
    debian.patch(draft, final, [Path("usr/bin") / name for name in PROGRAMS], own_c=False)
    for name in PROGRAMS:
        debian.script(draft / name, f'exec "$here/usr/bin/{name}" "$@"\n')


def version(folder: Path) -> str:
    """Both versions, asked after a program was run in an empty file system and traced."""
    inside = [
        folder / "bwrap",
        "--unshare-all",
        *[word for top in ("usr", "lib", "lib64") for word in ("--ro-bind", f"/{top}", f"/{top}")],
    ]
    debian.works(*inside, "--proc", "/proc", "--", "/usr/bin/env", "echo", "inside", expect="inside")
    debian.works(folder / "strace", "-f", "-e", "trace=execve", "/usr/bin/env", "true", expect="execve(")
    return ", ".join(debian.works(folder / name, "--version").splitlines()[0] for name in PROGRAMS)


def name() -> str:
    """What its folder is called; raises UnavailableError where there is no Debian."""
    return f"sandbox-{debian.own_suite()}-r1"


def get() -> Path:
    """The folder with the programs bwrap and strace."""
    return cache.fetch(name(), _make, version)


if __name__ == "__main__":
    print(get())
