"""Refuse a runtime that is not private, not complete, or not of one piece.

usage: verify.py FOLDER        FOLDER holds fastnet_runtime/ and, if it is there, libfastnet
Prints what is wrong, one line each, and exits 1.

What one wrong file does without this: it loads, binds to the host's Python, and crashes minutes later.
"""

import importlib.util
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import elf
import manifest
import pe
from rename import PREFIX

OURS = ("libfastnet.so", "fastnet_core.so")
LIBC = re.compile(r"(libc|libm|libpthread|libdl|librt|libutil|ld-linux-[\w-]+)\.so\.\d")


def renamed(facts: dict[Path, elf.Facts]) -> Iterator[str]:
    """No bundled library offers an old name, and no file names one."""
    libraries = [file for file in facts if is_library(file)]
    ours = set().union(*(facts[library].defined for library in libraries))
    old = {name.removeprefix(PREFIX) for name in ours}
    libc = elf.libc_symbols()
    for library in libraries:
        if not library.name.startswith(f"lib{PREFIX}"):
            yield f"{library.name}: the library still has its public name"
    for file, told in facts.items():
        if left := sorted((told.defined | told.undefined) & old):
            yield f"{file.name}: {len(left)} old names are left, such as {left[0]}"
        if lost := sorted(told.unversioned - ours - libc):
            yield f"{file.name}: needs {lost[0]}, which nothing in the bundle offers"


def is_library(file: Path) -> bool:
    """A bundled library, not a module and not one of our two binaries."""
    return file.parent.name == "fastnet_runtime" and file.name.startswith("lib")


def elf_files(folder: Path) -> list[Path]:
    """Every shared object of the bundle."""
    return sorted([*folder.glob("*.so"), *folder.glob("fastnet_runtime/*.so"), *folder.glob("fastnet_runtime/ext/*")])


def self_contained(facts: dict[Path, elf.Facts]) -> Iterator[str]:
    """Nothing is asked of the system but its C library, and nothing is looked for outside the folder."""
    inside = {file.name for file in facts if is_library(file)}
    for file, told in facts.items():
        for library in told.needed:
            if library not in inside and not LIBC.fullmatch(library):
                yield f"{file.name}: needs {library}, which is not in the bundle"
        for path in told.search:
            if path not in ("$ORIGIN", "$ORIGIN/.."):
                yield f"{file.name}: looks for libraries in {path}"


def unwritten(facts: dict[Path, elf.Facts]) -> Iterator[str]:
    """The loader writes into no code: the core lets the system forget it after the boot, and read it again."""
    for file, told in facts.items():
        if "TEXTREL" in told.flags:
            yield f"{file.name}: has relocations in its code; build it with -fPIC"


def exports(facts: dict[Path, elf.Facts]) -> Iterator[str]:
    """The two binaries of ours offer what they should, and nothing by accident."""
    for file, told in facts.items():
        if file.name in OURS:
            for symbol in sorted(told.defined):
                if not symbol.startswith("fastnet_"):
                    yield f"{file.name}: exports {symbol} by accident"


def of_one_python(folder: Path) -> Iterator[str]:
    """Every module is bytecode of the interpreter that will read it, and says nothing about the build machine."""
    with zipfile.ZipFile(folder / "fastnet_runtime" / "base_library.zip") as archive:
        for info in archive.infolist():
            code = archive.read(info)
            if code[:4] != importlib.util.MAGIC_NUMBER:
                yield f"{info.filename}: bytecode of another Python"
            if info.compress_type != zipfile.ZIP_STORED:
                yield f"{info.filename}: is compressed; it could not run from where it lies"
            if str(Path(sys.prefix).resolve()).encode() in code:
                yield f"{info.filename}: names a folder of the build machine"


def as_listed(folder: Path) -> Iterator[str]:
    """runtime.json tells the truth about every file."""
    runtime = folder / "fastnet_runtime"
    listed = {file["path"]: file for file in json.loads((runtime / manifest.NAME).read_text())["files"]}
    present = {file["path"]: file for file in manifest.files_of(runtime)}
    for path in sorted(listed.keys() | present.keys()):
        if listed.get(path) != present.get(path):
            yield f"{path}: is not what runtime.json says"


def problems_of(folder: Path) -> list[str]:
    """Every answer to every question; none is good."""
    found: list[str] = []
    if (folder / "fastnet_runtime" / "fastnet_core.dll").exists():
        found += [*pe.renamed(folder), *pe.self_contained(folder)]
    else:
        facts = elf.facts_of(elf_files(folder))
        found += [problem for ask in (renamed, self_contained, unwritten, exports) for problem in ask(facts)]
    return [*found, *of_one_python(folder), *as_listed(folder)]


def main(given: str) -> None:
    """Ask every question; exit 1 if one has an answer."""
    folder = Path(given)
    if problems := problems_of(folder):
        sys.exit("\n".join(problems))
    sys.stdout.write(f"{folder}: private and complete\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
