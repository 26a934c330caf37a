"""What the tests of the generator share: the Api of the repository, that of the sink, and ways to print and compile."""

import contextlib
import io
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from fastnet_codegen import cli
from fastnet_codegen.backends import catalog
from fastnet_codegen.backends.base import Artifact
from fastnet_codegen.cli.common import run
from fastnet_codegen.ir.model import Api
from fastnet_codegen.ir.passes import build

ROOT = Path(__file__).parents[2]
SINK = Path(__file__).parent / "sink"
INCLUDE = ROOT / "bindings" / "c" / "include"
OURS = ("c_header", "c_shim", "cpp", "python_impl", "layout_probe", "docs")
STRICT = ("-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror")


@cache
def real() -> Api:
    """The repository's own Api."""
    return build(ROOT / "codegen" / "api")


@cache
def sink() -> Api:
    """An Api with every construct once, and texts that try to end the comment they are in."""
    return build(SINK / "api")


@cache
def printed(name: str, which: str = "sink") -> tuple[Artifact, ...]:
    """What one of our back ends prints."""
    backend = catalog.load(name)
    return tuple(run(backend, sink() if which == "sink" else real(), backend.Options()))


def written(folder: Path, *names: str) -> Path:
    """The sink as these back ends print it, in a folder."""
    for name in names:
        for artifact in printed(name):
            path = folder / artifact.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(artifact.text)
    return folder


def texts(folder: Path) -> dict[str, str]:
    """Every file below a folder, by its path there."""
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


def as_reviewed(golden: Path, found: dict[str, str]) -> None:
    """Fail unless these are the files that somebody read and committed; FASTNET_UPDATE_GOLDENS=1 renews them first."""
    if os.environ.get("FASTNET_UPDATE_GOLDENS") == "1":
        shutil.rmtree(golden, ignore_errors=True)
        for relative, text in found.items():
            (golden / relative).parent.mkdir(parents=True, exist_ok=True)
            (golden / relative).write_text(text)
    reviewed = texts(golden)
    assert sorted(found) == sorted(reviewed)
    for path, text in found.items():
        assert text == reviewed[path], f"{golden.name}/{path}: read the difference, then FASTNET_UPDATE_GOLDENS=1"


def done(*command: object, cwd: Path | None = None) -> str:
    """Run a program that must succeed; returns what it wrote."""
    ran = subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, text=True, timeout=120, check=False
    )
    assert ran.returncode == 0, f"{' '.join(map(str, command))}\n{ran.stdout}{ran.stderr}"
    return ran.stdout


def tool(*arguments: object, cwd: Path = ROOT) -> tuple[int, str, str]:
    """Status, stdout and stderr of fastnet-codegen, without the start of a process."""
    out, said = io.StringIO(), io.StringIO()
    with contextlib.chdir(cwd), contextlib.redirect_stdout(out), contextlib.redirect_stderr(said):
        status = cli.run([str(argument) for argument in arguments])
    return status, out.getvalue(), said.getvalue()


def python(*arguments: object, cwd: Path | None = None) -> str:
    """Run a Python program that must succeed."""
    return done(sys.executable, *arguments, cwd=cwd)
