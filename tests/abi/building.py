"""Builds libfastnet with the core written in C (fake_core.c), and programs against both, cached."""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from engine_runs import build_library

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
LIBRARY = ROOT / "bindings" / "c"
CACHE = ROOT / "build" / "abi"
TIMEOUT_S = 120
FLAVOURS = {
    "plain": ["-O2"],
    "address": ["-O1", "-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-fno-omit-frame-pointer"],
    # That it knows no fences is known: ours only decide whether to wake; data goes by acquire and release.
    "thread": ["-O1", "-g", "-fsanitize=thread", "-Wno-tsan"],
}
STRICT = ["-std=c11", "-pthread", "-Wall", "-Wextra", "-Werror"]
COMMON = [*STRICT, f"-I{LIBRARY / 'include'}", f"-I{LIBRARY / 'src'}"]
OPTIONS = {
    "ASAN_OPTIONS": "detect_leaks=1:abort_on_error=0",
    "UBSAN_OPTIONS": "print_stacktrace=1",
    "TSAN_OPTIONS": "halt_on_error=1",
}


@dataclass(frozen=True)
class Build:
    """A folder with libfastnet.so and fastnet_runtime/, and the flags that its programs are compiled with."""

    folder: Path
    flavour: str

    @property
    def library(self) -> Path:
        """The library itself."""
        return self.folder / "libfastnet.so"

    @property
    def runtime(self) -> Path:
        """The runtime folder beside it."""
        return self.folder / "fastnet_runtime"

    def program(self, source: str) -> Path:
        """A test program, compiled once per state of it and of the library."""
        text = b"".join(path.read_bytes() for path in (HERE / source, *sorted(HERE.glob("*.h"))))
        target = self.folder / f"{Path(source).stem}-{hashlib.sha256(text).hexdigest()[:16]}"
        with locked(self.folder):
            if not target.exists():
                run_compiler(
                    *FLAVOURS[self.flavour], *COMMON, "-D_GNU_SOURCE", str(HERE / source), "-o", f"{target}.new",
                    f"-L{self.folder}", "-lfastnet", f"-Wl,-rpath,{self.folder}", "-ldl", "-lm",
                )  # fmt: skip
                os.replace(f"{target}.new", target)
        return target

    def run(self, program: Path, *arguments: str, timeout_s: int = TIMEOUT_S, **environment: str) -> str:
        """Run it; what it printed. A sanitizer's finding, a signal or an exit code fails the test."""
        done = subprocess.run(
            [program, *arguments],
            capture_output=True,
            text=True,
            timeout=timeout_s,
            env={**os.environ, **OPTIONS, **environment},
        )
        assert done.returncode == 0, (
            f"{program.name} {' '.join(arguments)}: {done.returncode}\n{done.stdout}{done.stderr}"
        )
        return done.stdout


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """One process at a time: test workers share the cache."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def run_compiler(*arguments: str) -> None:
    """The C compiler; its complaints are the test's failure."""
    done = subprocess.run([os.environ.get("CC", "cc"), *arguments], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def digest() -> str:
    """Of all that goes into the builds."""
    files = [*sorted((LIBRARY / "src").glob("*.[ch]")), LIBRARY / "include" / "fastnet" / "fastnet.h"]
    files += [HERE / "fake_core.c", Path(__file__), LIBRARY / "packaging" / "manifest.py"]
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:16]


def compile_library(flavour: str, folder: Path, library: Path = LIBRARY) -> None:
    """All sources side by side, then linked as the shipped library is; `library` has them, and headers and exports."""
    includes = [f"-I{library / 'include'}", f"-I{library / 'src'}"]
    flags = [*FLAVOURS[flavour], *STRICT, *includes, "-fPIC", "-fvisibility=hidden", "-DFASTNET_BUILD"]
    elsewhere = ("_windows", "_macos")
    sources = [path for path in sorted((library / "src").glob("*.c")) if not path.stem.endswith(elsewhere)]
    sources = [path for path in sources if not path.stem.startswith("core")]

    def object_of(source: Path) -> Path:
        return folder / f"{source.stem}.o"

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda source: run_compiler(*flags, "-c", str(source), "-o", str(object_of(source))), sources))
    link = ["-shared", "-Wl,-z,nodelete", "-Wl,-soname,libfastnet.so"]
    exports = library / "exports" / "fastnet.map"
    if exports.exists():
        link.append(f"-Wl,--version-script={exports}")
    run_compiler(
        *flags, *link, *(str(object_of(source)) for source in sources), "-o", str(folder / "libfastnet.so"), "-ldl"
    )
    (folder / "fastnet_runtime").mkdir()
    core = folder / "fastnet_runtime" / "fastnet_core.so"
    run_compiler(*flags, "-shared", "-Wl,-z,nodelete", str(HERE / "fake_core.c"), "-o", str(core))


def write_manifest(runtime: Path, library: Path = LIBRARY) -> None:
    """runtime.json, by the script that the release uses."""
    header = (library / "include" / "fastnet" / "fastnet.h").read_text()
    version = re.search(r'FASTNET_VERSION_STRING "(.+?)"', header)
    abi_hash = re.search(r"FASTNET_ABI_HASH UINT64_C\((\w+)\)", header)
    assert version
    assert abi_hash
    facts = {"version": version[1], "abi-hash": abi_hash[1], "build-id": "unset", "python": "none", "platform": "test"}
    options = [part for name, value in facts.items() for part in (f"--{name}", value)]
    subprocess.run([sys.executable, LIBRARY / "packaging" / "manifest.py", runtime, *options], check=True)


def build(flavour: str) -> Build:
    """The library of one flavour; builds of older sources are swept away."""
    folder = CACHE / f"{flavour}-{digest()}"
    with locked(CACHE):
        if not (folder / "ready").exists():
            for old in CACHE.glob(f"{flavour}-*"):
                shutil.rmtree(old)
            folder.mkdir(parents=True)
            compile_library(flavour, folder)
            write_manifest(folder / "fastnet_runtime")
            (folder / "ready").touch()
    return Build(folder, flavour)


def names_of(source: str) -> list[str]:
    """The tests in a C source."""
    return re.findall(r"^TEST\((\w+)\)", (HERE / source).read_text(), re.MULTILINE)


def cases(*sources: str) -> list[tuple[str, str]]:
    """Source and test name of all tests in these sources."""
    return [(source, name) for source in sources for name in names_of(source)]


def release() -> Path:
    """The real libfastnet.so with its private runtime, up to date."""
    return build_library() / "libfastnet.so"


def exported(library: Path) -> set[str]:
    """The symbols that a library gives to programs, without their version."""
    listed = subprocess.run(["nm", "-D", "--defined-only", library], capture_output=True, text=True, check=True)
    return set(re.findall(r" T (\w+)(?:@|$)", listed.stdout, re.MULTILINE))
