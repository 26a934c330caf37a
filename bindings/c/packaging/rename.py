"""Make the runtime private: its libraries and all their symbols get names that no host has.

usage: rename.py FLAT CORE OUT
    FLAT  what flatten.py left     CORE  fastnet_core.so, linked and stripped     OUT  the finished folder, made anew

A host may run its own Python or OpenSSL before, beside or after ours. Symbols of libpython have no versions: first
come, first served, whatever the host loaded. So every defined dynamic symbol of every bundled library is renamed
wherever it is defined or used. `PyInit_*` live in the modules, not in the libraries, and keep their names, so imports
work. Strip before this step, never after it: patchelf moves sections that strip then damages. One file left out would
still load; it would bind to the host's Python and crash later, hence verify.py.
"""

import shutil
import sys
import tempfile
from pathlib import Path

import elf

PREFIX = "fn_"


def private_name(library: str) -> str:
    """libpython3.11.so.1.0 -> libfn_python311.so"""
    return f"lib{PREFIX}{library[3:].split('.so')[0].replace('.', '')}.so"


def rename_libraries(runtime: Path) -> dict[str, str]:
    """Give the libraries their files' new names; old name -> new name."""
    names = {library.name: private_name(library.name) for library in sorted(runtime.glob("lib*.so*"))}
    for old, new in names.items():
        (runtime / old).rename(runtime / new)
    return names


def rename_inside(file: Path, symbols: Path, names: dict[str, str]) -> None:
    """Rename what one file defines, uses and asks for."""
    arguments: list[object] = ["--rename-dynamic-symbols", symbols]
    for library in elf.needed(file):
        if library in names:
            arguments += ["--replace-needed", library, names[library]]
    if file.name in names.values():
        arguments += ["--set-soname", file.name]
    elf.patchelf(*arguments, file)


def main(flat: str, core: str, out: str) -> None:
    """Copy, rename; OUT appears when it is complete."""
    target = Path(out)
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        runtime = Path(scratch, target.name)
        shutil.copytree(flat, runtime)
        shutil.copyfile(core, runtime / Path(core).name)
        (runtime / Path(core).name).chmod(0o755)
        symbols = set().union(*map(elf.defined_symbols, runtime.glob("lib*.so*")))
        mapping = Path(scratch, "symbols.map")
        mapping.write_text("".join(f"{name} {PREFIX}{name}\n" for name in sorted(symbols)))
        names = rename_libraries(runtime)
        for file in sorted([*runtime.glob("*.so"), *runtime.glob("ext/*.so")]):
            rename_inside(file, mapping, names)
        shutil.rmtree(target, ignore_errors=True)
        runtime.rename(target)


if __name__ == "__main__":
    main(*sys.argv[1:])
