"""Put a release together: one folder, then one zip, whose bytes depend on its contents alone.

usage: release.py LAYOUT TREE ARCHIVE --version V --platform P [--size-max MIB], and what inventory.py takes

LAYOUT holds library and runtime, as verified; TREE is made anew and zipped as ARCHIVE. The archive is refused when it
is larger than --size-max.
"""

import argparse
import json
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import elf
import manifest

HERE = Path(__file__).resolve().parent
BINDING = HERE.parent
ROOT = BINDING.parents[1]
LONG_AGO = (1980, 1, 1, 0, 0, 0)
PROGRAM_MODE, TEXT_MODE = 0o100755 << 16, 0o100644 << 16


@dataclass(frozen=True)
class Names:
    """What differs by platform."""

    library: str
    folder: str
    """Where library and runtime lie."""
    by_hand: str


NAMES = {
    "linux": Names("libfastnet.so", "lib", "cc game.c -Iinclude/fastnet -Llib -lfastnet -Wl,-rpath,'$ORIGIN' -o game"),
    "windows": Names("fastnet.dll", "bin", "cl game.c /Iinclude\\fastnet lib\\fastnet.lib"),
    "macos": Names(
        "libfastnet.dylib", "lib", "cc game.c -Iinclude/fastnet -Llib -lfastnet -rpath @loader_path -o game"
    ),
}


def filled(template: Path, facts: dict[str, str]) -> str:
    """A template of release/ with every @NAME@ replaced."""
    text = template.read_text()
    for name, value in facts.items():
        text = text.replace(f"@{name}@", value)
    return text


def needs(layout: Path, system: str) -> str:
    """One sentence: what the machine of a player must have."""
    if system == "linux":
        files = [*layout.glob("*.so"), *layout.glob("fastnet_runtime/*.so"), *layout.glob("fastnet_runtime/ext/*.so")]
        floor = ".".join(map(str, elf.glibc_floor(files)))
        return f"Needs glibc {floor} or newer (Debian 12, Ubuntu 22.04) on x86-64, and nothing else."
    if system == "windows":
        return "Needs Windows 10 or newer, x64. Cross-built, and tested under wine only."
    return "Untested: built from a description that nobody has run yet."


def copy_all(files: list[Path], target: Path) -> None:
    """Copy files into a folder."""
    target.mkdir(parents=True, exist_ok=True)
    for file in files:
        shutil.copyfile(file, target / file.name)


def lay_out(layout: Path, tree: Path, system: str, facts: dict[str, str]) -> None:
    """Everything but the inventory."""
    names = NAMES[system]
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(layout / "fastnet_runtime", tree / names.folder / "fastnet_runtime")
    copy_all([layout / names.library], tree / names.folder)
    copy_all([file for file in sorted(layout.glob("*")) if file.suffix in (".lib", ".a")], tree / "lib")
    headers = [file for file in sorted((BINDING / "include" / "fastnet").glob("*.h*")) if ".cdef." not in file.name]
    copy_all(headers, tree / "include" / "fastnet")
    copy_all(sorted((ROOT / "examples" / "c").glob("*.*")), tree / "examples")
    copy_all(sorted(ROOT.glob("LICENSE-*")), tree)
    places = {
        "FastNetConfig.cmake": tree / "lib" / "cmake" / "FastNet",
        "FastNetConfigVersion.cmake": tree / "lib" / "cmake" / "FastNet",
        "fastnet.pc": tree / "lib" / "pkgconfig",
        "README.md": tree,
    }
    for template, place in places.items():
        place.mkdir(parents=True, exist_ok=True)
        (place / template).write_text(filled(HERE / "release" / template, facts), newline="\n")


def is_program(path: Path) -> bool:
    """Whether it is marked executable in the archive."""
    return path.suffix in (".so", ".dylib", ".dll", ".pyd")


def write_zip(tree: Path, archive: Path) -> None:
    """The tree as one folder in a zip: sorted, dated long ago."""
    archive.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as out:
        for file in sorted((path for path in tree.rglob("*") if path.is_file()), key=lambda path: path.as_posix()):
            info = zipfile.ZipInfo(file.relative_to(tree.parent).as_posix(), date_time=LONG_AGO)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3  # Unix, whoever builds: it decides how the mode is read.
            info.external_attr = PROGRAM_MODE if is_program(file) else TEXT_MODE
            out.writestr(info, file.read_bytes(), compresslevel=9)


def main() -> None:
    """Lay out, take the inventory, zip, weigh."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    for name in ("layout", "tree", "archive"):
        parser.add_argument(name, type=Path)
    for name in ("version", "platform"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--size-max", type=float, default=12.0)
    given, inventory = parser.parse_known_args()
    system = given.platform.partition("-")[0]
    names = NAMES[system]
    facts = {
        "VERSION": given.version,
        "PLATFORM": given.platform,
        "LIBRARY": names.library,
        "LIBRARY_FOLDER": names.folder,
        "BY_HAND": names.by_hand,
        "NEEDS": needs(given.layout, system),
    }
    lay_out(given.layout, given.tree, system, facts)
    runtime = given.tree / names.folder / "fastnet_runtime"
    command = [sys.executable, HERE / "inventory.py", runtime, given.tree, "--version", given.version, *inventory]
    if subprocess.run(command).returncode:
        sys.exit(1)
    write_zip(given.tree, given.archive)
    size = given.archive.stat().st_size / 2**20
    files = len(json.loads((runtime / manifest.NAME).read_text())["files"])
    sys.stdout.write(f"{given.archive}: {size:.2f} MiB, runtime of {files} files\n")
    if size > given.size_max:
        given.archive.unlink()
        sys.exit(f"the archive is larger than {given.size_max} MiB: see what was collected, or raise --size-max")


if __name__ == "__main__":
    main()
