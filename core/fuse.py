"""The core's compiled modules in one object, built by what a training run counted (gcc's profile, link-time optimised).

usage: fuse.py OUT count|use --modules NAME=FILE.c... --archives FILE.a... --include FOLDER... [--into FOLDER]
    count   OUT/fastnet.fused.so, which counts, and what it counted when training.py used the core from Python
    use     the same by what was counted: every module's PyInit_*, and nothing else to be seen. Also into FOLDER, a
            place for Python packages, where each module then only names it

What calls what most, and which way branches go, is counted in a first build under training.py; the second puts hot code
together, across modules, which is why they are one object. Either alone gains little: docs/performance.md. In both,
calls from module to module go straight (direct.py).
"""

import argparse
import os
import shutil
import sys
import sysconfig
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from direct import straighten
from programs import Words, is_gcc, run

HERE = Path(__file__).resolve().parent
FUSED = "fastnet.fused.so"
SUFFIX = sysconfig.get_config_var("EXT_SUFFIX")
TRAINING_S = 300
BOOT = "import runpy, sys; sys.path.insert(0, sys.argv[1]); runpy.run_path(sys.argv[2], run_name='__main__')"
FLAGS = ["-std=c11", "-O2", "-fPIC", "-fwrapv", "-fno-plt", "-fno-semantic-interposition", "-fvisibility=hidden"]
MACROS = ["-D_GNU_SOURCE", "-DNDEBUG", '-DFASTNET_BUILD="trained"']
COUNT = ["-fprofile-generate"]
# Where a packet goes, hundreds of small functions call each other: what was counted most goes into its caller up to
# this size. gcc's own limit, whatever was counted, is 15 of its statements.
INLINE = ["max-inline-insns-auto=400", "inline-unit-growth=200", "large-function-growth=1000"]
# Threads may have counted at once; some modules are never called; and gcc wonders what happens if a call goes to the
# callee that it was seen to have most, while the test that stands before it says it does not.
USE = ["-fprofile-use", "-fprofile-correction", "-flto", "-Wno-missing-profile", "-Wno-array-bounds"]
USE += [f"--param={limit}" for limit in INLINE]
LINK = ["-shared", "-Wl,--exclude-libs,ALL", "-Wl,--build-id=none"]
# Nothing but the name of another library. The loader looks for a module's PyInit_* in what it names, too.
NAME = ["-shared", "-nostdlib", "-s", "-Wl,--no-as-needed", "-Wl,-z,noseparate-code", "-Wl,--build-id=none"]


def compiler() -> list[str]:
    """As the environment names it."""
    return os.environ.get("CC", "gcc").split()


def side_by_side(commands: list[Words]) -> None:
    """As many at once as there are cores."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(run, commands))


def build(given: argparse.Namespace, flags: list[str]) -> None:
    """All sources into one object. The counts lie beside the objects, where gcc puts and seeks them."""
    always = [*compiler(), *FLAGS, *MACROS, *flags, *(f"-I{folder}" for folder in given.include), "-Wno-sign-compare"]
    objects = {given.out / f"{name}.o": file for name, file in straight(given).items()}
    side_by_side([[*always, "-c", file, "-o", made] for made, file in objects.items()])
    lto = [f"-flto={os.cpu_count()}"] if "-flto" in flags else []
    run([*compiler(), *FLAGS, *flags, *lto, *objects, *given.archives, *LINK, "-o", given.out / FUSED])


def straight(given: argparse.Namespace) -> dict[str, Path]:
    """The modules' C with calls that know where they go."""
    folder = given.out / "straight"
    folder.mkdir(exist_ok=True)
    made = {name: folder / f"{name}.c" for name in given.modules}
    for name, text in straighten({name: Path(file).read_text() for name, file in given.modules.items()}).items():
        made[name].write_text(text)
    return made


def lay(given: argparse.Namespace, folder: Path) -> None:
    """Put the object into the package in `folder`, and its name in the place of each module."""
    shutil.copy(given.out / FUSED, folder / "fastnet")
    commands: list[Words] = []
    for name in given.modules:
        target = folder / f"{name.replace('.', '/')}{SUFFIX}"
        target.parent.mkdir(parents=True, exist_ok=True)
        way = os.path.relpath(folder / "fastnet", target.parent)
        search = [f"-L{folder / 'fastnet'}", f"-l:{FUSED}", f"-Wl,-rpath,$ORIGIN/{way}"]
        commands.append([*compiler(), *NAME, *search, "-o", target])
    side_by_side(commands)


def train(given: argparse.Namespace) -> None:
    """Run the training on a copy of our package, with the counting object in it."""
    tree = given.out / "tree"
    shutil.copytree(HERE / "fastnet", tree / "fastnet", ignore=shutil.ignore_patterns("*.so", "*.pyd", "__pycache__"))
    lay(given, tree)
    run(["timeout", TRAINING_S, sys.executable, "-P", "-c", BOOT, tree, HERE / "training.py"])
    if not list(given.out.glob("*.gcda")):
        sys.exit("fastnet: the training counted nothing; trained=no builds without it")


def pair(text: str) -> tuple[str, str]:
    """NAME=FILE."""
    name, _, file = text.partition("=")
    return name, file


def main() -> None:
    """One of the two builds."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("step", choices=["count", "use"])
    parser.add_argument("--modules", nargs="+", type=pair, required=True)
    parser.add_argument("--archives", type=Path, nargs="+", required=True)
    parser.add_argument("--include", type=Path, nargs="+", required=True)
    parser.add_argument("--into", type=Path)
    given = parser.parse_args()
    if not is_gcc(compiler()):
        sys.exit(f"fastnet: training needs gcc, which `{' '.join(compiler())}` is not")
    given.out, given.modules = given.out.resolve(), dict(given.modules)
    if given.step == "use":
        build(given, USE)
        if given.into:
            lay(given, given.into.resolve())
        return
    shutil.rmtree(given.out, ignore_errors=True)
    given.out.mkdir(parents=True)
    build(given, COUNT)
    train(given)


if __name__ == "__main__":
    main()
