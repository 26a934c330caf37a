"""A development build in seconds, not for shipping: `develop.py [OUTDIR]` makes

    OUTDIR/libfastnet.so                     the shim
    OUTDIR/fastnet_runtime/fastnet_core.so   the core, whose interpreter and modules are those that run this script

so that a change of Python needs no build at all, and one of C a few seconds. Default: build/lib/develop.
"""

import json
import re
import subprocess
import sys
import sysconfig
from pathlib import Path

import build_core

HERE = build_core.HERE
ROOT = HERE.parent.parent
CC = ["cc", "-std=c11", "-O2", "-g", "-fPIC", "-shared", "-fvisibility=hidden", "-DNDEBUG", "-D_GNU_SOURCE"]
WARN = ["-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror"]
BUILD_ID = "develop"


def includes() -> list[str]:
    """Where headers are: ours, then Python's."""
    return [f"-I{HERE / 'src'}", f"-I{HERE / 'include'}", f"-I{sysconfig.get_path('include')}"]


def libpython() -> list[str]:
    """How to link this interpreter's shared library."""
    folder = str(sysconfig.get_config_var("LIBDIR"))
    return [f"-L{folder}", f"-lpython{sysconfig.get_config_var('LDVERSION')}", f"-Wl,-rpath,{folder}"]


def search_path() -> str:
    """What the interpreter is told instead of the packed runtime."""
    paths = [path for path in sys.path if path and Path(path).exists() and Path(path) != HERE]
    return ":".join([str(HERE), str(ROOT / "core"), *paths])


def run(command: list[str]) -> None:
    """Run a compiler; its words go to the terminal."""
    subprocess.run(command, check=True)


def is_older(made: Path, sources: list[Path]) -> bool:
    """Whether `made` must be made again."""
    return not made.exists() or made.stat().st_mtime < max(source.stat().st_mtime for source in sources)


def build_modules(work: Path) -> None:
    """The compiled modules of fastnet_c, beside their sources."""
    headers = [*(HERE / "src").glob("*.h"), *(HERE / "fastnet_c").glob("*.pxd")]
    suffix = sysconfig.get_config_var("EXT_SUFFIX")
    for name in build_core.COMPILED:
        made = HERE / "fastnet_c" / f"{name}{suffix}"
        if is_older(made, [work / f"{name}.c", *headers]):
            run([*CC, "-O3", *includes(), str(work / f"{name}.c"), "-o", str(made)])


def build_core_library(work: Path, runtime: Path) -> None:
    """fastnet_core.so."""
    library = f"{sysconfig.get_config_var('LIBDIR')}/{sysconfig.get_config_var('INSTSONAME')}"
    define = [
        f'-DFN_DEVELOPMENT_LIBPYTHON="{library}"',
        f'-DFN_BUILD_ID="{BUILD_ID}"',
        f'-DFN_DEVELOPMENT_PATHS="{search_path()}"',
    ]
    objects = []
    for name in ("core", "core_turn"):  # Not core_modules: a development build's modules are on a path.
        objects.append(str(work / f"{name}.o"))
        own = ["-c", str(HERE / "src" / f"{name}.c"), "-o", objects[-1], f"-I{work}", *WARN]
        run([flag for flag in [*CC, *define, *includes(), *own] if flag != "-shared"])
    made = [*objects, str(work / "_fastnet.c"), "-o", str(runtime / "fastnet_core.so")]
    run([*CC, *define[:1], *includes(), *made, *libpython(), "-Wl,-z,nodelete"])


def build_shim(out: Path) -> None:
    """libfastnet.so."""
    other = ("core", "windows", "macos")
    sources = [str(file) for file in sorted((HERE / "src").glob("*.c")) if not any(part in file.name for part in other)]
    made = [*sources, "-o", str(out / "libfastnet.so"), "-lpthread", "-ldl", "-Wl,-z,nodelete", "-DFASTNET_BUILD"]
    run([*CC, f'-DFN_BUILD_ID="{BUILD_ID}"', *includes()[:2], *WARN, *made])


def write_manifest(runtime: Path) -> None:
    """runtime.json, which the shim compares itself with."""
    header = (HERE / "include" / "fastnet" / "fastnet.h").read_text()
    version = re.search(r'#define FASTNET_VERSION_STRING "(.*?)"', header)
    abi_hash = re.search(r"#define FASTNET_ABI_HASH (?:UINT64_C\()?0x(\w{16})", header)
    assert version is not None
    assert abi_hash is not None
    core = runtime / "fastnet_core.so"
    files = [{"path": core.name, "bytes": core.stat().st_size}]
    manifest = {"library_version": version[1], "abi_hash": f"0x{abi_hash[1].lower()}", "files": "FILES"}
    lines = ",\n".join(f"    {json.dumps(file)}" for file in files)
    (runtime / "runtime.json").write_text(json.dumps(manifest, indent=2).replace('"FILES"', f"[\n{lines}\n  ]") + "\n")


def main() -> None:
    """Build all of it."""
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "lib" / "develop"
    work, runtime = out / "work", out / "fastnet_runtime"
    for folder in (work, runtime):
        folder.mkdir(parents=True, exist_ok=True)
    build_core.write_finder(work)
    build_core.write_border(work, HERE / "include" / "fastnet" / "fastnet.cdef.h")
    build_core.write_modules(work)
    build_modules(work)
    build_core_library(work, runtime)
    write_manifest(runtime)
    build_shim(out)


if __name__ == "__main__":
    main()
