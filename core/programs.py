"""Other people's programs, for the scripts that build us."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

Words = Sequence[str | Path | int]


def run(words: Words, folder: Path | None = None) -> None:
    """Quietly, unless it fails: then its last lines are told, and the build ends."""
    command = [str(word) for word in words]
    try:
        done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    except OSError as error:
        raise SystemExit(f"fastnet: {command[0]} cannot be run: {error.strerror}") from None
    if done.returncode:
        sys.stderr.write("".join(done.stdout.splitlines(keepends=True)[-15:]))
        raise SystemExit(f"fastnet: `{' '.join(command[:6])}` failed with {done.returncode}")


def is_gcc(compiler: Sequence[str]) -> bool:
    """Whether this command is gcc, whose profiles fuse.py works with."""
    try:
        said = subprocess.run([*compiler, "-v"], capture_output=True, text=True).stderr
    except OSError:
        return False  # The first compilation will say what is missing.
    return "\ngcc version" in said
