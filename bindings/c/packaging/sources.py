"""Our own two packages on their way into the runtime: which modules, what they import, their bytecode.

PyInstaller gets to see sources alone: a compiled module hides its imports from it. Their bytecode is made here, so that
an edit of ours costs a second and not a new analysis.
"""

import py_compile
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

NOT_SHIPPED = (
    "fastnet/tools/",
    "fastnet/testing/",
    "fastnet/net/aio",
    "fastnet/net/shared_nonces.py",
    "fastnet/net/workers.py",
)
IMPORTS = re.compile(r"^\s*(?:import|from)\s.*", re.MULTILINE)


def is_shipped(module: str) -> bool:
    """Whether a module, by its dotted name, goes into the runtime."""
    return not f"{module.replace('.', '/')}.py".startswith(NOT_SHIPPED)


def shipped(folder: Path, package: str) -> Iterator[Path]:
    """The modules of a package that go into the runtime, relative to `folder`."""
    for file in sorted((folder / package).rglob("*.py")):
        name = file.relative_to(folder)
        if is_shipped(".".join(name.with_suffix("").parts)):
            yield name


def imports_of(folders: dict[str, Path]) -> str:
    """Every import line, by module: the analysis is repeated when one of them changes, and only then."""
    lines = []
    for package, folder in folders.items():
        for name in shipped(folder, package):
            found = IMPORTS.findall((folder / name).read_text())
            lines.append(f"{name}: {' | '.join(line.strip() for line in found)}")
    return "\n".join(lines)


def stage(folders: dict[str, Path], target: Path) -> None:
    """Copy the sources of all packages into one folder that holds nothing else."""
    shutil.rmtree(target, ignore_errors=True)
    for package, folder in folders.items():
        for name in shipped(folder, package):
            copy = target / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(folder / name, copy)


def compile_all(folders: dict[str, Path], compiled: set[str], target: Path) -> None:
    """Write the bytecode of every module but the `compiled` ones (dotted names)."""
    for package, folder in folders.items():
        for name in shipped(folder, package):
            if ".".join(name.with_suffix("").parts) not in compiled:
                compile_one(folder / name, name.as_posix(), target / name.with_suffix(".pyc"))


def compile_one(source: Path, name: str, target: Path) -> None:
    """Write the bytecode of one module, which names its source `name` and says no word of this machine."""
    unchecked = py_compile.PycInvalidationMode.UNCHECKED_HASH
    py_compile.compile(str(source), str(target), name, doraise=True, optimize=2, invalidation_mode=unchecked)
