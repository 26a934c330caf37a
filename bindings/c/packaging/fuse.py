"""The core's compiled modules in one object, built by what a training run counted (gcc's profile, link-time optimised).

usage: fuse.py OUT count|use --core FOLDER --modules NAME=FILE.c... --archives FILE.a... --include FOLDER...
    count   OUT/ext/fastnet.fused.so, which counts, and what it counted when training.py used the core from Python
    use     OUT/fused.so: every module's PyInit_*, and nothing else to be seen
    core    the folder of our package's Python sources

What calls what most, and which way branches go, is counted in a first build under training.py; the second puts hot code
together and calls straight what it would otherwise look up, across modules, which is why they are one object. Either
alone gains little: docs/performance.md. extfinder.py takes from it what is nowhere else.
"""

import argparse
import os
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import elf

HERE = Path(__file__).parent
TRAINING_S = 300
BOOT = """import runpy, sys
tree, sys.prefix, finder, training = sys.argv[1:]
sys.path.insert(0, tree)
runpy.run_path(finder)
runpy.run_path(training, run_name="__main__")"""
FLAGS = ["-std=c11", "-O2", "-fPIC", "-fwrapv", "-fno-plt", "-fno-semantic-interposition", "-fvisibility=hidden"]
MACROS = ["-D_GNU_SOURCE", "-DNDEBUG", '-DFASTNET_BUILD="release"']
COUNT = ["-fprofile-generate"]
# Threads may have counted at once; some modules are never called; and gcc wonders what happens if a call goes to the
# callee that it was seen to have most, while the test that stands before it says it does not.
USE = ["-fprofile-use", "-fprofile-correction", "-flto", "-Wno-missing-profile", "-Wno-array-bounds"]


def build(given: argparse.Namespace, target: Path, flags: list[str]) -> None:
    """All sources, side by side, into one object. The counts lie beside the objects, where gcc puts and seeks them."""
    compiler = os.environ.get("CC", "gcc").split()
    folders = [f"-I{folder}" for folder in given.include]

    def compile_one(module: str) -> Path:
        name, _, source = module.partition("=")
        made = Path(given.out, f"{name}.o")
        elf.output(*compiler, *FLAGS, *MACROS, *flags, *folders, "-Wno-sign-compare", "-c", source, "-o", made)
        return made

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        objects = list(pool.map(compile_one, given.modules))
    lto = [f"-flto={os.cpu_count()}"] if "-flto" in flags else []
    hiding = ["-Wl,--exclude-libs,ALL", "-Wl,--build-id=none"]
    elf.output(*compiler, "-shared", *FLAGS, *flags, *lto, *objects, *given.archives, *hiding, "-o", target)


def train(given: argparse.Namespace) -> None:
    """Run the training on our package without its compiled modules, which the counting object has instead."""
    compiled = {f"{module.partition('=')[0].replace('.', '/')}.py" for module in given.modules}
    tree = given.out / "tree"
    for file in sorted((given.core / "fastnet").rglob("*.py")):
        name = file.relative_to(given.core)
        if name.as_posix() not in compiled:
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, tree / name)
    paths = [tree, given.out, HERE.parent / "extfinder.py", HERE / "training.py"]
    elf.output("timeout", TRAINING_S, sys.executable, "-P", "-c", BOOT, *paths)
    if not list(given.out.glob("*.gcda")):
        sys.exit("fastnet: the training counted nothing; scons trained=no builds without it")


def main() -> None:
    """One of the two builds."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("step", choices=["count", "use"])
    parser.add_argument("--core", type=Path, required=True)
    parser.add_argument("--modules", nargs="+", required=True)
    parser.add_argument("--archives", type=Path, nargs="+", required=True)
    parser.add_argument("--include", type=Path, nargs="+", required=True)
    given = parser.parse_args()
    if given.step == "use":
        build(given, given.out / "fused.so", USE)
        return
    shutil.rmtree(given.out, ignore_errors=True)
    counting = given.out / "ext" / "fastnet.fused.so"
    counting.parent.mkdir(parents=True)
    build(given, counting, COUNT)
    train(given)


if __name__ == "__main__":
    main()
