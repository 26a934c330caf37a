"""Running other programs with a time limit, and saying in one sentence what went wrong."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from cache import UnavailableError

Argument = str | Path


def run(
    *command: Argument,
    cwd: Path | None = None,
    env: dict[str, str] | None = None,
    seconds: float = 60,
) -> subprocess.CompletedProcess[str]:
    """Run a program to its end and return exit code, stdout and stderr; `env` is added to our own environment.

    Past the time limit the program and all it started are killed, and subprocess.TimeoutExpired is raised.
    """
    words = [str(word) for word in command]
    environment = {**os.environ, **env} if env else None
    process = subprocess.Popen(
        words,
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        start_new_session=True,
    )
    try:
        out, err = process.communicate(timeout=seconds)
    except BaseException:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise
    return subprocess.CompletedProcess(words, process.returncode, out, err)


def demand(*command: Argument, cwd: Path | None = None, env: dict[str, str] | None = None, seconds: float = 900) -> str:
    """Run a program that must succeed and return its stdout; raises UnavailableError with its last words."""
    try:
        done = run(*command, cwd=cwd, env=env, seconds=seconds)
    except FileNotFoundError:
        raise UnavailableError(f"{command[0]} is not installed") from None
    except subprocess.TimeoutExpired:
        raise UnavailableError(f"{name_of(command)} took longer than {seconds:.0f} seconds") from None
    if done.returncode != 0:
        words = (done.stderr.strip() or done.stdout.strip()).splitlines()
        raise UnavailableError(
            f"{name_of(command)} failed ({done.returncode}): {words[-1] if words else 'without a word'}"
        )
    return done.stdout


def name_of(command: Sequence[Argument]) -> str:
    """A program and its first plain argument, for a sentence."""
    plain = [str(word) for word in command[1:] if not str(word).startswith("-") and "=" not in str(word)]
    return " ".join([Path(command[0]).name, *plain[:1]])


def tool(name: str, cure: str) -> Path:
    """A program of our virtual environment or of the system; raises UnavailableError with the cure."""
    beside = Path(sys.executable).parent / name
    found = str(beside) if beside.exists() else shutil.which(name)
    if found is None:
        raise UnavailableError(f"{name} is missing: {cure}")
    return Path(found)
