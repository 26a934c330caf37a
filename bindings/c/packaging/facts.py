"""What the build asks about the project and the interpreter, each fact from the one place where it stands."""

import hashlib
import importlib.metadata
import re
import sys
import sysconfig
from pathlib import Path

SHARED_HEADERS = ("src/bridge.h", "src/ring.h", "include/fastnet/fastnet.h")
"""What both halves of the library must see alike; their build id is a digest of these."""
COLLECTED = ("cffi", "cryptography", "pyOpenSSL", "PyInstaller")
BOOT = sorted(path.stem for path in (Path(__file__).parent.parent / "src").glob("core*.c"))
"""What the core is in C, beside what cffi emits; the other files of that folder are the shim's."""


class UnfitError(Exception):
    """This machine cannot build; the text says what to do."""


def header_value(header: Path, name: str) -> str:
    """The value of a `#define` of the printed header."""
    found = re.search(rf"#define {name} (.*)", header.read_text())
    if not found:
        raise UnfitError(f"{header} defines no {name}: run `fastnet-codegen generate`")
    return found[1].strip()


def version_of(header: Path) -> str:
    """The library's version."""
    return header_value(header, "FASTNET_VERSION_STRING").strip('"')


def abi_hash_of(header: Path) -> str:
    """The ABI's hash as 0x and 16 digits."""
    return header_value(header, "FASTNET_ABI_HASH").removeprefix("UINT64_C(").removesuffix(")")


def build_id(folder: Path) -> str:
    """A digest of what shim and core share."""
    digest = hashlib.sha256()
    for name in SHARED_HEADERS:
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()[:16]


def versions() -> str:
    """Whose code goes into the runtime: another version means another analysis."""
    packages = [f"{name} {importlib.metadata.version(name)}" for name in COLLECTED]
    return ", ".join([f"Python {sys.version}", *packages])


def python_flags() -> dict[str, list[str]]:
    """Where this interpreter's headers and shared library are. Raises UnfitError for one without a shared library."""
    if not sysconfig.get_config_var("Py_ENABLE_SHARED"):
        raise UnfitError(
            f"{sys.executable} has no shared libpython, which the library must bundle; build it with --enable-shared "
            "or use the system's: make lib PYTHON=/usr/bin/python3"
        )
    return {
        "CPPPATH": [sysconfig.get_path("include")],
        "LIBPATH": [sysconfig.get_config_var("LIBDIR")],
        "LIBS": [f"python{sysconfig.get_config_var('LDVERSION')}"],
    }
