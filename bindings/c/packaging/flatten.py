"""Lay PyInstaller's tree out flat, add our own modules: the way the private core loads them.

usage: flatten.py COLLECTED OUT --packages PACKAGE=FOLDER... [--extensions FOLDER...] [--fused FILE --compiled NAME...]
    COLLECTED   dist/runtime/_internal of collect.spec
    OUT         gets base_library.zip, ext/<dotted.module.name>.so (.pyd), and the shared libraries beside them
    extensions  our compiled modules, in packages' folders or with dotted names
    packages    our packages, and where their sources lie
    fused       what core/fuse.py made, and the dotted names of the modules in it

The boot shows the modules in the zip to the interpreter as frozen ones. Such packages have no folder for extension
modules, so a finder in our boot looks into ext/ for them. Extension modules name no libpython, and engines load plugins
with RTLD_LOCAL, so each gets a DT_NEEDED on it: without, every import dies of "undefined symbol: PyExc_SystemError".
"""

import _imp
import argparse
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePath

import elf
import sources

STAND_INS = Path(__file__).parent / "stand_ins"
LONG_AGO = (1980, 1, 1, 0, 0, 0)
ENCODINGS = {
    "__init__", "aliases", "ascii", "cp1252", "cp437", "idna", "latin_1", "mbcs", "punycode",
    "utf_16", "utf_16_be", "utf_16_le", "utf_8", "utf_8_sig",
}  # fmt: skip
FROZEN = frozenset(_imp._frozen_module_names())  # type: ignore[attr-defined]
"""What the interpreter itself has, ready to run: `os` and a dozen others."""
RENAMED = {"re/__init__.pyc": "re/_eager.pyc", "lazy_re.pyc": "re/__init__.pyc"}  # stand_ins/lazy_re.py


def module_name(path: PurePath) -> str:
    """cryptography/hazmat/bindings/_rust.abi3.so -> cryptography.hazmat.bindings._rust"""
    inside = re.sub(r"^(python3\.\d+/)?lib-dynload/", "", path.as_posix())
    stem = re.sub(r"(\.cpython-\w+(-[\w-]+)?|\.cp3\w+-\w+|\.abi3)?\.(so|pyd)$", "", inside)
    return stem.replace("/", ".")


def is_wanted(name: PurePath) -> bool:
    """All modules but the interpreter's own and the encodings of other centuries; ours are made anew."""
    if name.with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__") in FROZEN:
        return False
    if name.parts[0] == "encodings":
        return name.stem in ENCODINGS
    return name.parts[0] not in ("fastnet", "fastnet_c")


def write_zip(folders: list[Path], target: Path) -> None:
    """Stored, not deflated: the modules run from where they lie (core_modules.c)."""
    found = {file.relative_to(folder).as_posix(): file for folder in folders for file in folder.rglob("*.pyc")}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(found):
            archive.writestr(zipfile.ZipInfo(name, date_time=LONG_AGO), found[name].read_bytes())


def copy(file: Path, target: Path) -> Path:
    """Copy; writable for us, readable and executable for all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, target)
    target.chmod(0o755)
    return target


def modules(folder: Path, suffix: str) -> Iterator[tuple[str, Path]]:
    """Dotted names and files of the extension modules below a folder."""
    for file in sorted(folder.rglob(f"*{suffix}")):
        if not file.name.startswith("lib") and not file.is_symlink():
            yield module_name(file.relative_to(folder)), file


def flatten_linux(collected: Path, own: list[tuple[str, Path]], out: Path) -> None:
    """Shared libraries beside the core, extension modules below ext/, all looking for each other and nowhere else."""
    python = next(collected.glob("libpython3.*.so.1.0")).name
    for file in collected.glob("lib*.so*"):
        if not file.is_symlink():
            elf.patchelf("--set-rpath", "$ORIGIN", copy(file, out / file.name))
    for name, file in [*modules(collected, ".so"), *own]:
        module = copy(file, out / "ext" / f"{name}.so")
        # The id is a digest of the debug information too, which names the folder of the build.
        elf.output("strip", "--strip-unneeded", "--remove-section=.note.gnu.build-id", module)
        elf.patchelf("--add-needed", python, "--set-rpath", "$ORIGIN/..", module)


def flatten_windows(collected: Path, own: list[tuple[str, Path]], out: Path) -> None:
    """The same; python3.dll, which only extension modules of the stable ABI ask for, lies where they look first."""
    for name, file in [*modules(collected, ".pyd"), *own]:
        copy(file, out / "ext" / f"{name}.pyd")
    for file in sorted(collected.glob("*.dll")):
        copy(file, out / ("ext" if file.name == "python3.dll" else "") / file.name)


def flatten(given: argparse.Namespace, packages: dict[str, Path]) -> None:
    """Flatten one tree; what was in the target folder is gone."""
    collected, out = given.collected, given.out
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    suffix, lay = (".pyd", flatten_windows) if list(collected.glob("python3*.dll")) else (".so", flatten_linux)
    own = [module for folder in given.extensions for module in modules(folder, suffix) if sources.is_shipped(module[0])]
    with tempfile.TemporaryDirectory() as scratch:
        ours, theirs = Path(scratch, "ours"), Path(scratch, "theirs")
        sources.compile_all(packages, {name for name, _ in own} | set(given.compiled), ours)
        for file in collected.rglob("*.pyc"):
            name = file.relative_to(collected)
            if is_wanted(name):
                copy(file, theirs / RENAMED.get(name.as_posix(), name))
        for file in STAND_INS.rglob("*.py"):  # PyInstaller may have preferred the real one.
            name = file.relative_to(STAND_INS).with_suffix(".pyc")
            target = theirs / RENAMED.get(name.as_posix(), name)
            if target.exists():
                sources.compile_one(file, name.with_suffix(".py").as_posix(), target)
        write_zip([theirs, ours], out / "base_library.zip")
    lay(collected, [*own, *([("fastnet.fused", given.fused)] if given.fused else [])], out)


def main() -> None:
    """Parse the command line and flatten."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("collected", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--extensions", type=Path, nargs="+", default=[])
    parser.add_argument("--packages", nargs="+", required=True)
    parser.add_argument("--fused", type=Path)
    parser.add_argument("--compiled", nargs="+", default=[])
    given = parser.parse_args()
    packages = {package: Path(folder) for package, _, folder in (text.partition("=") for text in given.packages)}
    flatten(given, packages)


if __name__ == "__main__":
    main()
