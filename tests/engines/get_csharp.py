"""Fetch C# 9 as Unity compiles it, and .NET 8 to run it, from npm and PyPI into a folder; prints the folder.

`csc9 [csc's options] FILES` compiles against the netstandard2.1 reference assemblies; `run PROGRAM.dll [ARGUMENTS]`
runs on CoreCLR. No .NET SDK is installed and no install script runs. 154 MB are downloaded.
"""

import shutil
import tempfile
from pathlib import Path

import cache
import debian
import registry
from commands import demand

ENVIRONMENT = {"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1", "DOTNET_CLI_TELEMETRY_OPTOUT": "1"}
RUNTIME_CONFIG = """\
{"runtimeOptions": {"tfm": "net8.0", "framework": {"name": "Microsoft.NETCore.App", "version": "8.0.0"}}}
"""
RUN = """\
# Runs a program on CoreCLR: run PROGRAM.dll [ARGUMENTS]
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
program=$1
shift
exec "$here/{dotnet}" exec --runtimeconfig "$here/net8.json" "$program" "$@"
"""
CSC9 = """\
# Compiles C# 9 against netstandard2.1: csc9 [csc's options] FILES
exec "$here/run" "$here/compiler/csc9.dll" -nologo -nostdlib -noconfig -unsafe -langversion:9 \\
    {references} "$@"
"""
NEWEST = """\
using System;
static class Program
{
    static unsafe void Main()
    {
        delegate*<int, int> twice = &Double;
        object answer = twice(4);
        Console.WriteLine(answer is > 7 and < 9 ? "C# 9 on CoreCLR " + Environment.Version.Major : "wrong");
    }
    static int Double(int x) => 2 * x;
}
"""


def _only(folder: Path, pattern: str) -> Path:
    """The first file of this name, however deep; the archives hold them at one place each."""
    return sorted(folder.rglob(pattern))[0]


def _make(draft: Path, final: Path) -> None:
    registry.unpack("csharp-compiler", draft / "roslyn")
    registry.unpack("csharp-references", draft / "sdk")
    registry.unpack("dotnet-runtime", draft / "runtime")
    dotnet = next(path for path in sorted((draft / "runtime").rglob("dotnet")) if path.is_file())
    dotnet.chmod(0o755)
    (draft / "net8.json").write_text(RUNTIME_CONFIG)
    _build_compiler(draft, dotnet)
    references = _keep_references(draft)
    debian.script(draft / "run", RUN.format(dotnet=dotnet.relative_to(draft)))
    debian.script(draft / "csc9", CSC9.format(references=" ".join(f'-r:"$here/{path}"' for path in references)))


def _build_compiler(draft: Path, dotnet: Path) -> None:
    # The SDK's own host wants an OpenSSL that is gone; its compiler runs on the newer runtime.
    compiler = draft / "compiler"
    compiler.mkdir()
    libraries = [_only(draft / "roslyn", f"Microsoft.CodeAnalysis{part}.dll") for part in ("", ".CSharp")]
    for library in libraries:
        shutil.copy(library, compiler)
    framework = _only(draft / "runtime", "System.Private.CoreLib.dll").parent
    managed = [path for path in sorted(framework.glob("*.dll")) if _is_managed(path.name)]
    references = [f"-r:{path}" for path in [*managed, *(compiler / library.name for library in libraries)]]
    old = next(path for path in sorted((draft / "sdk").rglob("csc.dll")) if "bincore" in path.parts)
    demand(
        *(dotnet, "exec", "--runtimeconfig", draft / "net8.json", old, "-nologo", "-nostdlib", "-noconfig"),
        *references,
        f"-out:{compiler / 'csc9.dll'}",
        Path(__file__).parent / "Csc9.cs",
        env=ENVIRONMENT,
    )


def _is_managed(name: str) -> bool:
    return ".Native." not in name and (name.startswith("System") or name in ("netstandard.dll", "mscorlib.dll"))


def _keep_references(draft: Path) -> list[Path]:
    """Keep the reference assemblies and drop the rest of the archives; their paths below the draft."""
    found = next(path for path in sorted((draft / "sdk").rglob("netstandard2.1")) if path.parent.name == "ref")
    shutil.move(found, draft / "netstandard2.1")
    shutil.rmtree(draft / "sdk")
    shutil.rmtree(draft / "roslyn")
    return sorted(path.relative_to(draft) for path in (draft / "netstandard2.1").glob("*.dll"))


def version(folder: Path) -> str:
    """The runtime, as `8.0.4`, asked after C# 9 was compiled and run once."""
    with tempfile.TemporaryDirectory() as scratch:
        source, program = Path(scratch, "new.cs"), Path(scratch, "new.exe")
        source.write_text(NEWEST)
        debian.works(folder / "csc9", f"-out:{program}", source)
        debian.works(folder / "run", program, expect="C# 9 on CoreCLR 8")
    return _only(folder / "runtime", "System.Private.CoreLib.dll").parent.name


def name() -> str:
    """What its folder is called."""
    return f"csharp-{registry.version('csharp-compiler')}-r1"


def get() -> Path:
    """The folder with the programs csc9 and run, and netstandard2.1/*.dll."""
    return cache.fetch(name(), _make, version)


if __name__ == "__main__":
    print(get())
