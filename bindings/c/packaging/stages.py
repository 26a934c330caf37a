"""The steps of the packing as SCons knows them: what each reads, what it leaves, and when it runs again.

A step that leaves a folder also leaves a listing of it, sizes and digests, as its target: the next step runs again when
the listing changed, not when a file was written anew.
"""

import platform
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import facts
import manifest
import sources
from components import SODIUM
from SCons.Errors import BuildError

PRINTER = "build_core.py"
NO_COLUMNS = {"PYTHONNODEBUGRANGES": "1"}
"""Bytecode without the columns of its source: a fifth smaller, and sooner read."""


def packages(env: Any) -> dict[str, Path]:
    """Our packages in the runtime, and the folders they lie in."""
    return {"fastnet": env["ROOT"] / "core", "fastnet_c": env["HERE"]}


def compiled_names(env: Any) -> tuple[str, ...]:
    """The compiled modules of fastnet_c, as the printer of the core names them."""
    sys.path.insert(0, str(env["HERE"]))
    import build_core

    return tuple(build_core.COMPILED)


def print_core(env: Any, out: Path) -> list[Any]:
    """Step: the C of cffi's border and of the compiled modules."""
    here = env["HERE"]
    names = compiled_names(env)
    targets = [out / "_fastnet.c", out / "extfinder.h", *(out / f"{name}.c" for name in names)]
    reads = [
        here / PRINTER,
        here / "extfinder.py",
        here / "include" / "fastnet" / "fastnet.cdef.h",
        *(here / "fastnet_c" / f"{name}.py" for name in names),
        *sorted((here / "fastnet_c").glob("*.pxd")),
        *sorted((env["ROOT"] / "core").rglob("*.pxd")),
    ]
    action = env.Action(f'"{env["PYTHON"]}" "{here / PRINTER}" "{out}"', "print the border of the core")
    return list(env.Command([str(path) for path in targets], [str(path) for path in reads], action))


def run(env: Any, *command: object, **variables: str) -> str:
    """Run one program and return what it printed; when it fails, that is shown and the build ends."""
    words = [str(word) for word in command]
    done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env={**env["ENV"], **variables})
    printed = done.stdout.decode(errors="replace")
    if done.returncode:
        sys.stderr.write(printed)
        raise BuildError(errstr=f"{Path(words[0]).name} {Path(words[1]).name} failed with {done.returncode}")
    return printed


def write_listing(folder: Path, target: Any) -> None:
    """Leave the listing of a folder as a step's target."""
    Path(str(target)).write_text(manifest.text_of({}, manifest.files_of(folder)))


def collect(env: Any, python: list[str]) -> list[Any]:
    """Step: PyInstaller finds and copies what our packages import. `python` is the command that runs it."""
    work, folders = env["SHARED_WORK"], packages(env)

    def build(target: list[Any], source: list[Any], env: Any) -> None:
        stage = work / "sources"
        sources.stage(folders, stage)
        shutil.rmtree(work / "collected", ignore_errors=True)
        run(
            env,
            *python,
            *("-m", "PyInstaller", "-y", "--log-level", "ERROR"),
            *("--distpath", work / "collected", "--workpath", work / "analysis"),
            env["PACKAGING"] / "collect.spec",
            FASTNET_SOURCES=str(stage),
            PYTHONHASHSEED="1",  # So that two builds write sets in one order.
            **NO_COLUMNS,
        )
        write_listing(work / "collected", target[0])

    reads = [env["PACKAGING"] / name for name in ("collect.spec", "roots.py")]
    reads += sorted((env["PACKAGING"] / "stand_ins").rglob("*.py"))
    facts_read = [env.Value(sources.imports_of(folders)), env.Value(facts.versions())]
    action = env.Action(build, "collect what the core imports")
    return list(env.Command(str(work / "collected.json"), [*map(str, reads), *facts_read], action))


def printed_modules(env: Any) -> dict[str, Path]:
    """The compiled modules of the core that are shipped, by dotted name, and the C that Cython printed of each."""
    printed, shipped = env["ROOT"] / "build" / "release" / "core", sources.shipped(env["ROOT"] / "core", "fastnet")
    files = {".".join(name.with_suffix("").parts): printed / name.with_suffix(".c") for name in shipped}
    found = {name: file for name, file in files.items() if file.exists()}
    if not found:
        raise facts.UnfitError("the Python core is not compiled yet: run `make build` first")
    return found


def lay_flat(env: Any, out: Path, ours: list[Any]) -> None:
    """What PyInstaller collected and what is ours, the way the boot finds it."""
    collected = env["SHARED_WORK"] / "collected" / "runtime" / "_internal"
    folders = [f"{package}={folder}" for package, folder in packages(env).items()]
    run(
        env, env["PYTHON"], env["PACKAGING"] / "flatten.py", collected, out, "--packages", *folders, *ours, **NO_COLUMNS
    )


def make_private(env: Any, flat: Path, binary: str, runtime: Path, script: str, python_version: str) -> None:
    """A runtime with names of its own, and runtime.json in it."""
    run(env, env["PYTHON"], env["PACKAGING"] / script, flat, binary, runtime)
    run(
        env,
        *(env["PYTHON"], env["PACKAGING"] / "manifest.py", runtime),
        *("--version", env["VERSION"], "--abi-hash", env["ABI_HASH"], "--build-id", env["BUILD_ID"]),
        *("--python", python_version, "--platform", env["NAME"]),
    )


def fuse(env: Any, modules: dict[str, Path], collected: list[Any], others: list[Any]) -> list[Any]:
    """Step: the compiled modules in one object, by what two training runs counted: of the core from Python, and of the
    whole library with a runtime that counts. `others`: the shim and the core's binary.
    """
    root, here, packaging = env["ROOT"], env["HERE"], env["PACKAGING"]
    work = env["SHARED_WORK"] / "fused"
    pairs = [f"{name}={file}" for name, file in modules.items()]
    privacy = ("rename.py", platform.python_version())
    include = [SODIUM / "include", root / "core", here / "include", here / "src", facts.python_flags()["CPPPATH"][0]]
    libraries = [str(one) for one in others]  # SCons compares what a step closes over; nodes never look the same twice.

    def build(target: list[Any], source: list[Any], env: Any) -> None:
        python, counting = env["PYTHON"], work / "counting"
        given = ["--modules", *pairs, "--archives", SODIUM / "lib" / "libsodium.a", "--include", *include]
        run(env, python, root / "core" / "fuse.py", work, "count", *given)
        lay_flat(env, work / "flat", ["--fused", work / "fastnet.fused.so", "--compiled", *modules])
        counting.mkdir()
        shutil.copy(libraries[0], counting)
        make_private(env, work / "flat", libraries[1], counting / "fastnet_runtime", *privacy)
        header = env["HEADER"].with_name("fastnet.cdef.h")
        run(env, python, packaging / "training_library.py", counting, header, PYTHONPATH=str(root / "core"))
        run(env, python, root / "core" / "fuse.py", work, "use", *given)

    scripts = [*sorted((root / "core").glob("*.py")), packaging / "training_library.py"]
    headers = [*sorted((here / "src").glob("*.h")), env["HEADER"]]
    reads = [*modules.values(), *scripts, *headers, here / "extfinder.py", SODIUM / "lib" / "libsodium.a"]
    action = env.Action(build, "train the core, and build it again: 1 to 2 minutes (trained=no leaves that out)")
    fused = list(env.Command(str(work / "fastnet.fused.so"), [str(path) for path in reads], action))
    env.Requires(fused, [*collected, *others])  # They must be there; another one is no reason to train again.
    return fused


def flatten(
    env: Any,
    collected: list[Any],
    extensions: list[Path],
    built: list[Any],
    fused: Sequence[Any] = (),
    compiled: Sequence[str] = (),
) -> list[Any]:
    """Step: one zip of bytecode, ext/ and the libraries. `extensions`: folders of ours; `built`: the files in them;
    `fused`: what core/fuse.py made, and the modules in it, if it made any.
    """
    work, folders = env["SHARED_WORK"], packages(env)
    one = ["--fused", str(fused[0]), "--compiled", *compiled] if fused else []  # Nodes never look the same twice.

    def build(target: list[Any], source: list[Any], env: Any) -> None:
        lay_flat(env, work / "flat", [*one, *(["--extensions", *extensions] if extensions else [])])
        write_listing(work / "flat", target[0])

    scripts = [env["PACKAGING"] / name for name in ("flatten.py", "elf.py", "sources.py")]
    ours = [folder / name for package, folder in folders.items() for name in sources.shipped(folder, package)]
    reads = [*collected, *built, *fused, env.Value(one), *map(str, scripts), *map(str, ours)]
    return list(env.Command(str(work / "flat.json"), reads, env.Action(build, "lay it flat")))


def privatise(env: Any, flat: list[Any], core: list[Any], script: str, python_version: str) -> list[Any]:
    """Step: private names, runtime.json, and the verdict on all of it."""
    runtime, packaging = env["LAYOUT"] / "fastnet_runtime", env["PACKAGING"]
    binary = str(core[0])  # SCons compares what a step closes over; nodes never look the same twice.

    def build(target: list[Any], source: list[Any], env: Any) -> None:
        make_private(env, env["SHARED_WORK"] / "flat", binary, runtime, script, python_version)
        run(env, env["PYTHON"], packaging / "verify.py", env["LAYOUT"])

    scripts = [packaging / name for name in (script, "elf.py", "pe.py", "manifest.py", "verify.py")]
    told = [env.Value(env[name]) for name in ("VERSION", "ABI_HASH", "BUILD_ID", "NAME")]
    reads = [*flat, *core, *told, env.Value(python_version), *map(str, scripts)]
    return list(env.Command(str(runtime / manifest.NAME), reads, env.Action(build, "make it private")))


def release(env: Any, library: list[Any], runtime: list[Any], *inventory: str) -> list[Any]:
    """Step: the release's folder and its archive in dist/. `inventory`: more arguments for inventory.py."""
    packaging, layout = env["PACKAGING"], env["LAYOUT"]
    title = f"fastnet-{env['VERSION']}-{env['NAME']}"
    tree, archive = env["ROOT"] / "build" / "lib" / "release" / title, env["ROOT"] / "dist" / f"{title}.zip"

    def build(target: list[Any], source: list[Any], env: Any) -> None:
        run(env, env["PYTHON"], packaging / "verify.py", layout)
        told = run(
            env,
            *(env["PYTHON"], packaging / "release.py", layout, tree, archive),
            *("--version", env["VERSION"], "--platform", env["NAME"], *inventory),
        )
        sys.stdout.write(told)

    scripts = ["release.py", "inventory.py", "components.py", "components.toml", "verify.py", "elf.py", "pe.py"]
    folders = [packaging / "release", env["ROOT"] / "examples" / "c", env["HERE"] / "include" / "fastnet"]
    files = [file for folder in folders for file in sorted(folder.glob("*.*"))]
    reads = [*library, *runtime, *(str(packaging / name) for name in scripts), *map(str, files)]
    return list(env.Command(str(archive), reads, env.Action(build, "put the release together")))
