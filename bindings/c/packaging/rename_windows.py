"""Make a Windows runtime private: its libraries get names that no host has loaded.

usage: rename_windows.py FLAT CORE OUT        as rename.py, which does it for Linux

Windows' loader gives whoever asks for `python311.dll` the one that is loaded already. Names are replaced by others of
the same length in every .dll and .pyd: in import tables, in python3.dll's forwarders, and in the wide strings by which
CPython finds itself. This voids the Authenticode signatures, checked when the files came: sign again at release.
"""

import shutil
import sys
import tempfile
from pathlib import Path

NAMES = {
    "python311.dll": "fnpyth311.dll",
    "python3.dll": "fnpyth3.dll",
    "libcrypto-3.dll": "fncrypto-_3.dll",
    "libssl-3.dll": "fnssl-_3.dll",
    "vcruntime140.dll": "fnruntime140.dll",
    "vcruntime140_1.dll": "fnruntime140_1.dll",
}
FORWARDERS = {"python311.": "fnpyth311."}  # python3.dll names the library without its suffix.
SPELLINGS = {"vcruntime140.dll": ("VCRUNTIME140.dll",), "vcruntime140_1.dll": ("VCRUNTIME140_1.dll",)}


def renamed(data: bytes) -> bytes:
    """The same file, with our names."""
    spelled = {other: NAMES[name] for name, others in SPELLINGS.items() for other in others}
    for old, new in (NAMES | spelled | FORWARDERS).items():
        if len(old) != len(new):
            raise ValueError(f"{old} and {new} differ in length")
        data = data.replace(old.encode(), new.encode()).replace(old.encode("utf-16-le"), new.encode("utf-16-le"))
    return data


def main(flat: str, core: str, out: str) -> None:
    """Copy, rename; OUT appears when it is complete."""
    target = Path(out)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        runtime = Path(scratch, target.name)
        shutil.copytree(flat, runtime)
        shutil.copyfile(core, runtime / Path(core).name)
        for file in sorted([*runtime.rglob("*.dll"), *runtime.rglob("*.pyd")]):
            data = renamed(file.read_bytes())
            file.unlink()
            file.with_name(NAMES.get(file.name.lower(), file.name)).write_bytes(data)
        shutil.rmtree(target, ignore_errors=True)
        runtime.rename(target)


if __name__ == "__main__":
    main(*sys.argv[1:])
