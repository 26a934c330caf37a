"""What the packaging asks of Windows' files, read by pefile: imports, and names that another Python would answer to."""

from collections.abc import Iterator
from pathlib import Path

import pefile

PUBLIC = ("python311.dll", "python3.dll", "libcrypto-3.dll", "libssl-3.dll", "vcruntime140.dll", "vcruntime140_1.dll")
"""Names that a host may have loaded its own library under. The runtime has none of them."""
SYSTEM = {
    "advapi32.dll", "bcrypt.dll", "bcryptprimitives.dll", "crypt32.dll", "iphlpapi.dll", "kernel32.dll", "msvcrt.dll",
    "ntdll.dll", "ole32.dll", "pathcch.dll", "rpcrt4.dll", "shell32.dll", "shlwapi.dll", "user32.dll", "userenv.dll",
    "version.dll", "ws2_32.dll",
}  # fmt: skip
"""What every Windows has."""


def files(folder: Path) -> list[Path]:
    """Every library and module of the bundle."""
    runtime = folder / "fastnet_runtime"
    return sorted([*folder.glob("*.dll"), *runtime.glob("*.dll"), *runtime.glob("ext/*")])


def imports(file: Path) -> set[str]:
    """The libraries a file asks for, in small letters."""
    with pefile.PE(str(file), fast_load=True) as image:
        image.parse_data_directories([pefile.DIRECTORY_ENTRY["IMAGE_DIRECTORY_ENTRY_IMPORT"]])
        return {entry.dll.decode().lower() for entry in getattr(image, "DIRECTORY_ENTRY_IMPORT", [])}


def exports(file: Path) -> set[str]:
    """The names a library offers."""
    with pefile.PE(str(file), fast_load=True) as image:
        image.parse_data_directories([pefile.DIRECTORY_ENTRY["IMAGE_DIRECTORY_ENTRY_EXPORT"]])
        table = getattr(image, "DIRECTORY_ENTRY_EXPORT", None)
        return {symbol.name.decode() for symbol in table.symbols if symbol.name} if table else set()


def renamed(folder: Path) -> Iterator[str]:
    """No file is called, and none asks for, what a host may have loaded already."""
    for file in files(folder):
        if file.name.lower() in PUBLIC:
            yield f"{file.name}: the library still has its public name"
        for name in sorted(imports(file) & set(PUBLIC)):
            yield f"{file.name}: asks for {name}, which a host may have loaded"


def self_contained(folder: Path) -> Iterator[str]:
    """Nothing is asked of the system but what every Windows has; the shim alone asks for nothing of ours."""
    inside = {file.name.lower() for file in files(folder)}
    for file in files(folder):
        for name in sorted(imports(file) - SYSTEM - inside):
            if not name.startswith("api-ms-win-"):
                yield f"{file.name}: needs {name}, which is neither in the bundle nor in Windows"
    shim = folder / "fastnet.dll"
    for name in sorted(imports(shim) - SYSTEM) if shim.exists() else ():
        yield f"fastnet.dll: needs {name}; the shim must work when the runtime is missing"
