"""Fetch Wine and a C compiler for Windows from Debian into a folder; prints the folder. No root, nothing installed.

`wine PROGRAM.exe` runs a 64-bit Windows program without a screen (its own WINEPREFIX must be in the environment), and
`x86_64-w64-mingw32-gcc` compiles one. The packages are those of the suite that this machine runs.
"""

import shutil
import tempfile
from pathlib import Path

import cache
import debian
from commands import run

# What console programs need; pictures, sound, printing and cameras stay out.
KEEP = r"wine64|libwine|libunwind8|lib(gnutls30|nettle8|hogweed6|p11-kit0|tasn1-6|idn2-0|unistring2|gmp10|ffi8)"
COMPILER = r".*mingw-w64.*|lib(gmp10|isl23|mpc3|mpfr6|zstd1)"
ENVIRONMENT = {"WINEDEBUG": "-all", "WINEDLLOVERRIDES": "mscoree,mshtml=", "DISPLAY": ""}
HELLO = """\
#include <stdio.h>
#include <windows.h>
int main(void)
{
    printf("Windows %d bit\\n", (int)(8 * sizeof(void*)));
    return GetModuleHandleA("kernel32.dll") ? 0 : 1;
}
"""


def _make(draft: Path, final: Path) -> None:
    suite = debian.own_suite()
    debian.unpack(draft, suite, ["wine64", "gcc-mingw-w64-x86-64-win32"], keep=f"{KEEP}|{COMPILER}")
    wine = Path("usr/lib/wine")
    unix = [path.relative_to(draft) for path in draft.glob("usr/lib/x86_64-linux-gnu/wine/x86_64-unix/*.so")]
    debian.patch(draft, final, [wine / "wine64", wine / "wineserver64"], unix, extra="wine/x86_64-unix", own_c=False)
    # Debian's is a script that starts the server of the host; wine looks for it under this name.
    (draft / wine / "wineserver").unlink()
    (draft / wine / "wineserver").symlink_to("wineserver64")
    # Its user32.dll needs this one, which Debian's wine searches for in /usr.
    libraries = draft / debian.LIBRARIES / "wine"
    shutil.copy(draft / "usr" / "x86_64-w64-mingw32" / "lib" / "zlib1.dll", libraries / "x86_64-windows")
    for unused in (libraries / "i386-windows", draft / "usr" / "i686-w64-mingw32"):
        shutil.rmtree(unused)
    export = "export " + " ".join(f'{name}="{value}"' for name, value in ENVIRONMENT.items()) + "\n"
    debian.script(draft / "wine", export + 'exec "$here/usr/lib/wine/wine64" "$@"\n')
    debian.script(draft / "wineserver", 'exec "$here/usr/lib/wine/wineserver64" "$@"\n')
    debian.script(draft / "x86_64-w64-mingw32-gcc", 'exec "$here/usr/bin/x86_64-w64-mingw32-gcc-win32" "$@"\n')


def version(folder: Path) -> str:
    """Wine's version, as `wine-8.0`, asked after a program was compiled and run."""
    with tempfile.TemporaryDirectory() as scratch:
        source, program = Path(scratch, "hello.c"), Path(scratch, "hello.exe")
        source.write_text(HELLO)
        debian.works(folder / "x86_64-w64-mingw32-gcc", source, "-o", program)
        home = {"WINEPREFIX": f"{scratch}/prefix", "HOME": scratch}
        try:
            debian.works(folder / "wine", program, expect="Windows 64 bit", env=home)
        finally:
            run(folder / "wineserver", "--kill", env=home)
            run(folder / "wineserver", "--wait", env=home)
    return debian.works(folder / "wine", "--version").split()[0]


def name() -> str:
    """What its folder is called; raises UnavailableError where there is no Debian."""
    return f"wine-{debian.own_suite()}-r1"


def get() -> Path:
    """The folder with the programs wine, wineserver and x86_64-w64-mingw32-gcc."""
    return cache.fetch(name(), _make, version)


if __name__ == "__main__":
    print(get())
