"""Fetches and builds libsodium, the library that seals our packets: a static library, its headers, its licence.

    python core/libsodium.py build/libsodium [--host x86_64-w64-mingw32]

The source is the one inside PyNaCl's release on PyPI, so it comes through the package registry that pip is set up for,
and who keeps `cryptography` keeps it. Version and hash stand here and nowhere else.
"""

import argparse
import hashlib
import os
import shutil
import sys
import tempfile
from pathlib import Path

from programs import run

PACKAGE = "PyNaCl==1.6.2"
SHA256 = "018494d6d696ae03c7e656e5e74cdfd8ea1326962cc401bcf018f1ed8436811c"
OPTIONS = ("--disable-shared", "--enable-static", "--with-pic", "--enable-minimal", "--disable-dependency-tracking")
INSTEAD = "FASTNET_LIBSODIUM may name a folder that has include/sodium.h and lib/libsodium.a, 1.0.20 or newer"


def ensure(folder: Path, host: str = "") -> Path:
    """`folder`, with include/, lib/libsodium.a and LICENSE in it; `host` is for whom, as autoconf calls it."""
    folder = folder.resolve()
    stamp = folder / "made-of"
    facts = f"{PACKAGE} {SHA256} {host} {' '.join(OPTIONS)}\n"
    if not (folder / "lib" / "libsodium.a").exists() or not stamp.exists() or stamp.read_text() != facts:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as work:
            made = _build(_unpack(_fetch(Path(work)), Path(work)), Path(work) / "made", host)
            (made / stamp.name).write_text(facts)
            shutil.rmtree(folder, ignore_errors=True)
            made.rename(folder)
    return folder


def _fetch(work: Path) -> Path:
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--quiet"]
    _run([*pip, "--no-deps", "--no-binary=:all:", "--no-build-isolation", "--dest", str(work), PACKAGE], work)
    (archive,) = work.glob("*.tar.gz")
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    if found != SHA256:
        raise SystemExit(f"fastnet: {archive.name} has the SHA-256 {found}, not {SHA256}; {INSTEAD}")
    return archive


def _unpack(archive: Path, work: Path) -> Path:
    _run(["tar", "-xzf", str(archive)], work)
    (source,) = work.glob("*/src/libsodium")
    return source


def _build(source: Path, made: Path, host: str) -> Path:
    """The static library alone: no programs, no tests."""
    _run(["./configure", "--quiet", f"--prefix={made}", *OPTIONS, *([f"--host={host}"] if host else [])], source)
    _run(["make", "-s", f"-j{os.cpu_count()}", "-C", "src/libsodium", "install"], source)
    shutil.copy(source / "LICENSE", made)
    return made


def _run(command: list[str], folder: Path) -> None:
    """Quietly; and what else could be done, if it fails."""
    try:
        run(command, folder)
    except SystemExit as failed:
        raise SystemExit(f"{failed}, so libsodium was not built; {INSTEAD}") from None


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Builds the pinned libsodium.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--host", default="", help="whom to compile for, if not this machine: x86_64-w64-mingw32")
    given = parser.parse_args()
    ensure(given.folder, given.host)
