"""Building peers that are not written in Python. Each function returns None, or one line that says why it cannot be."""

import importlib
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__)
ROOT = next((folder for folder in HERE.parents if (folder / "tests" / "benchmarks").is_dir()), HERE.parents[4])
"""The source tree: this package may be in it as it is, or built another way, under build/."""
COMPILE_LIMIT_S = 120
FETCH_LIMIT_S = 600
CARGO_LIMIT_S = 900


def compile_c(source: Path, program: Path, extra: Sequence[str] = ()) -> str | None:
    """`cc -O2 SOURCE -o PROGRAM EXTRA`, if the program is older than its source or a header beside it."""
    return _compile([os.environ.get("CC", "cc"), "-O2", str(source), *extra], source, program)


def compile_object(source: Path, target: Path, extra: Sequence[str] = ()) -> str | None:
    """`c++ -O2 -c SOURCE -o TARGET EXTRA`, on the same condition."""
    return _compile([os.environ.get("CXX", "c++"), "-O2", "-c", str(source), *extra], source, target)


def _compile(command: list[str], source: Path, target: Path) -> str | None:
    newest = max(path.stat().st_mtime for path in (source, *source.parent.glob("*.h")))
    if target.exists() and target.stat().st_mtime >= newest:
        return None
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f"{target.name}.{os.getpid()}")  # Tests in parallel must not see half of it.
    if (why := _run([*command, "-o", str(fresh)], COMPILE_LIMIT_S)) is not None:
        return why
    fresh.replace(target)
    return None


def cargo_build(workspace: Path, package: str, target: Path) -> str | None:
    """`cargo build --release --locked` of one package of a workspace; cargo knows what is up to date."""
    if shutil.which("cargo") is None:
        return "cargo is missing: install Rust 1.85 or newer"
    command = ["cargo", "build", "--quiet", "--release", "--locked", "--package", package]
    where = ["--manifest-path", str(workspace / "Cargo.toml"), "--target-dir", str(target)]
    return _run([*command, *where], CARGO_LIMIT_S)


def fetch_debian(script: Path, folder: Path, packages: Sequence[str]) -> str | None:
    """Unpack Debian packages into `folder`, without root, by the script that says how."""
    if shutil.which("apt-get") is None:
        return f"needs apt-get, for Debian's {packages[0]}"
    return _run(["bash", str(script), str(folder), *packages], FETCH_LIMIT_S)


def missing(module: str) -> str | None:
    """Whether a module of ours can be had."""
    try:
        importlib.import_module(module)
    except ImportError as error:
        return f"not built: {error}; run `make build`"
    return None


def _run(command: Sequence[str], limit_s: int) -> str | None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=limit_s, check=False)
    except OSError as error:
        return f"{command[0]}: {error.strerror}"
    except subprocess.TimeoutExpired:
        return f"{command[0]} did not end within {limit_s} s"
    if done.returncode == 0:
        return None
    words = [line for line in done.stderr.splitlines() if "error" in line.lower()] or done.stderr.splitlines()
    return f"{command[0]}: {(words or ['it failed without a word'])[0].strip()}"
