"""Refuse a runtime that is not private, not complete, or not of one piece.

usage: verify.py FOLDER        FOLDER holds fastnet_runtime/ and, if it is there, libfastnet
Prints what is wrong, one line each, and exits 1; on success prints what the bundle needs of its host.

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

LIBC = re.compile(r"(libc|libm|libpthread|libdl|librt|libutil|ld-linux-[\w-]+)\.so\.\d")


def renamed(folder: Path) -> Iterator[str]:
    """No bundled library offers an old name, and no file names one."""
    libraries = sorted(folder.glob("fastnet_runtime/lib*.so*"))
    ours = set().union(*map(elf.defined_symbols, libraries))
    old = {name.removeprefix(PREFIX) for name in ours}
    libc = elf.libc_symbols()
    for library in libraries:
        if not library.name.startswith(f"lib{PREFIX}"):
            yield f"{library.name}: the library still has its public name"
    for file in elf_files(folder):
        if left := sorted(elf.named_symbols(file) & old):
            yield f"{file.name}: {len(left)} old names are left, such as {left[0]}"
        if lost := sorted(elf.unversioned_undefined(file) - ours - libc):
            yield f"{file.name}: needs {lost[0]}, which nothing in the bundle offers"


def elf_files(folder: Path) -> list[Path]:
    """Every shared object of the bundle."""
    return sorted([*folder.glob("*.so"), *folder.glob("fastnet_runtime/*.so*"), *folder.glob("fastnet_runtime/ext/*")])


def self_contained(folder: Path) -> Iterator[str]:
    """Nothing is asked of the system but its C library, and nothing is looked for outside the folder."""
    inside = {file.name for file in folder.glob("fastnet_runtime/lib*")}
    for file in elf_files(folder):
        for library in elf.needed(file):
            if library not in inside and not LIBC.fullmatch(library):
                yield f"{file.name}: needs {library}, which is not in the bundle"
        path = elf.patchelf("--print-rpath", file).strip()
        if path not in ("", "$ORIGIN", "$ORIGIN/.."):
            yield f"{file.name}: looks for libraries in {path}"


def exports(folder: Path) -> Iterator[str]:
    """The two binaries of ours offer what they should, and nothing by accident."""
    for name in ("libfastnet.so", "fastnet_runtime/fastnet_core.so"):
        if (folder / name).exists():  # A runtime is also verified before its library is there.
            for symbol in sorted(elf.defined_symbols(folder / name)):
                if not symbol.startswith("fastnet_"):
                    yield f"{name}: exports {symbol} by accident"


def of_one_python(folder: Path) -> Iterator[str]:
    """Every module is bytecode of the interpreter that will read it, and says nothing about the build machine."""
    with zipfile.ZipFile(folder / "fastnet_runtime" / "base_library.zip") as archive:
        for info in archive.infolist():
            code = archive.read(info)
            if code[:4] != importlib.util.MAGIC_NUMBER:
                yield f"{info.filename}: bytecode of another Python"
            if info.compress_type != zipfile.ZIP_STORED:
                yield f"{info.filename}: is compressed; zlib lies in the same archive's world"
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


def main(given: str) -> None:
    """Ask every question; exit 1 if one has an answer."""
    folder = Path(given)
    windows = (folder / "fastnet_runtime" / "fastnet_core.dll").exists()
    questions = [pe.renamed, pe.self_contained] if windows else [renamed, self_contained, exports]
    problems = [problem for ask in [*questions, of_one_python, as_listed] for problem in ask(folder)]
    if problems:
        sys.exit("\n".join(problems))
    if not windows:
        floor = ".".join(map(str, elf.glibc_floor(elf_files(folder))))
        sys.stdout.write(f"{folder}: private and complete; needs glibc {floor} or newer\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
