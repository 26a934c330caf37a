"""Fetch Zig from PyPI into a folder; prints the folder.

`zig cc -target T` is a C compiler for every system that we ship to. 101 MB are downloaded.
"""

import tempfile
from pathlib import Path

import cache
import debian
import registry


def _make(draft: Path, _final: Path) -> None:
    registry.unpack("zig", draft / "wheel")
    (draft / "wheel" / "ziglang" / "zig").chmod(0o755)
    # Its caches lie beside it, so that a second run is quick and nothing is written to a home.
    settings = 'export ZIG_GLOBAL_CACHE_DIR="$here/cache" ZIG_LOCAL_CACHE_DIR="$here/cache"\n'
    debian.script(draft / "zig", settings + 'exec "$here/wheel/ziglang/zig" "$@"\n')


def version(folder: Path) -> str:
    """Zig's version, asked after it compiled C for a Mac."""
    with tempfile.TemporaryDirectory() as scratch:
        source, code = Path(scratch, "sum.c"), Path(scratch, "sum.o")
        source.write_text("int sum(int a, int b);\nint sum(int a, int b) { return a + b; }\n")
        debian.works(folder / "zig", "cc", "-target", "aarch64-macos", "-c", source, "-o", code)
    return debian.works(folder / "zig", "version")


def name() -> str:
    """What its folder is called."""
    return f"zig-{registry.version('zig')}-r1"


def get() -> Path:
    """The folder with the program zig."""
    return cache.fetch(name(), _make, version)


if __name__ == "__main__":
    print(get())
