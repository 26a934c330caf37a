"""Fetch the shared libraries of newer Pythons (3.13 and up) from Debian testing into a folder; prints the folder.

For programs that embed a foreign Python beside our private one. `run PROGRAM` starts a program of this machine on the
folder's C library, which is newer than the host's, so that it can load libpython3.13.so.1.0 and its kin by name.
"""

import re
import tempfile
from pathlib import Path

import cache
import debian
from commands import demand

LIBPYTHON = re.compile(r"libpython3\.(1[3-9])\.so\.1\.0")
RUN = 'exec "$here/{loader}" --library-path "$here/{libraries}" "$@"\n'
EMBED = """\
#include <dlfcn.h>
#include <stdio.h>

/* Boots the Python named on the command line and lets it import from its own standard library. */
int main(int argc, char** argv)
{
    void* library = dlopen(argc > 1 ? argv[1] : "", RTLD_NOW | RTLD_LOCAL);
    void (*start)(int) = library ? (void (*)(int))dlsym(library, "Py_InitializeEx") : 0;
    int (*run)(const char*) = library ? (int (*)(const char*))dlsym(library, "PyRun_SimpleString") : 0;
    if (!start || !run)
        return puts(dlerror()), 1;
    start(0);
    return run("import hashlib, sys; print(sys.version, hashlib.sha256(b'').hexdigest()[:8])");
}
"""


def _make(draft: Path, _final: Path) -> None:
    debian.unpack(draft, debian.TESTING, [r"libpython3\.1[3-9]"])
    debian.script(draft / "run", RUN.format(loader=debian.LOADER, libraries=debian.LIBRARIES))


def libraries(folder: Path) -> dict[str, Path]:
    """Each Python's version and shared library, as {"3.13": .../libpython3.13.so.1.0}."""
    found = sorted((folder / debian.LIBRARIES).glob("libpython3.*.so.1.0"))
    return {f"3.{match[1]}": path for path in found if (match := LIBPYTHON.fullmatch(path.name))}


def environment(folder: Path) -> dict[str, str]:
    """What a program of the folder needs in its environment: where these Pythons find their standard library."""
    return {"PYTHONHOME": str(folder / "usr")}


def version(folder: Path) -> str:
    """The Pythons' full versions, each asked of a program that embeds it."""
    with tempfile.TemporaryDirectory() as scratch:
        source, program = Path(scratch, "embed.c"), Path(scratch, "embed")
        source.write_text(EMBED)
        demand("cc", source, "-o", program, "-ldl")
        words = [
            debian.works(folder / "run", program, library, expect="e3b0c442", env=environment(folder)).split()[0]
            for library in libraries(folder).values()
        ]
    return ", ".join(words)


def name() -> str:
    """What its folder is called."""
    return f"pythons-{debian.TESTING}-r1"


def get() -> Path:
    """The folder: see libraries(), environment() and its program `run`."""
    return cache.fetch(name(), _make, version)


if __name__ == "__main__":
    print(get())
