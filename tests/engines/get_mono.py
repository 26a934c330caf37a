"""Fetch Mono and its C# 7 compiler from Debian into a folder; prints the folder. No root, nothing installed.

`mono PROGRAM.exe` runs and `mcs [OPTIONS] FILES` compiles. 45 MB are downloaded. The packages are those of the suite
that this machine runs, so they use its C library.
"""

import tempfile
from pathlib import Path

import cache
import debian

KEEP = r"mono-.*|libmono.*|libgssapi-krb5-2|libkrb5-3|libk5crypto3|libkrb5support0|libcom-err2|libkeyutils1|zlib1g"
SETTINGS = 'export MONO_CFG_DIR="$here/etc" MONO_GAC_PREFIX="$here/usr"\n'
HELLO = """\
using System;
static class Program
{
    static void Main()
    {
        AppDomain other = AppDomain.CreateDomain("other");
        AppDomain.Unload(other);
        Console.WriteLine("Mono with AppDomains");
    }
}
"""


def _make(draft: Path, final: Path) -> None:
    debian.unpack(draft, debian.own_suite(), ["mono-devel"], keep=KEEP)
    native = [path.relative_to(draft) for path in (draft / debian.LIBRARIES).glob("libmono-native.so*")]
    debian.patch(draft, final, [Path("usr/bin/mono-sgen")], native, own_c=False)
    debian.script(draft / "mono", SETTINGS + 'exec "$here/usr/bin/mono-sgen" "$@"\n')
    debian.script(draft / "mcs", 'exec "$here/mono" "$here/usr/lib/mono/4.5/mcs.exe" "$@"\n')


def version(folder: Path) -> str:
    """Mono's version, as `6.8.0.105`, asked after a program was compiled and run."""
    with tempfile.TemporaryDirectory() as scratch:
        source, program = Path(scratch, "hello.cs"), Path(scratch, "hello.exe")
        source.write_text(HELLO)
        debian.works(folder / "mcs", f"-out:{program}", source)
        debian.works(folder / "mono", program, expect="Mono with AppDomains")
    return debian.works(folder / "mono", "--version").split("version ")[1].split()[0]


def name() -> str:
    """What its folder is called; raises UnavailableError where there is no Debian."""
    return f"mono-{debian.own_suite()}-r1"


def get() -> Path:
    """The folder with the programs mono and mcs."""
    return cache.fetch(name(), _make, version)


if __name__ == "__main__":
    print(get())
