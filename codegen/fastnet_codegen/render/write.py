"""The only module that touches the disk: compares what is printed with what is there, and writes what differs."""

import difflib
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Literal

from msgspec import Struct

from fastnet_codegen.backends.base import Artifact
from fastnet_codegen.diagnostics import DescriptionError, Diagnostic
from fastnet_codegen.render.comments import HEADER

State = Literal["fresh", "missing", "stale", "foreign", "orphan"]
HEAD_BYTES = 1024
HEAD_LINES = 5
SKIPPED = {".git", ".venv", "build", "dist", "out", "golden", "frozen", "__pycache__", "node_modules"}
DIFF_LINES_MAX = 40


class Status(Struct, frozen=True, order=True):
    """What is the matter with one file: `foreign` is one of that path that we did not print."""

    path: str
    state: State
    target: str = ""


def checked(artifacts: Iterable[Artifact], target: str) -> list[Artifact]:
    """The artifacts of one back end, sorted. Raises DescriptionError for a bad path or a second one."""
    found: dict[str, Artifact] = {}
    for artifact in artifacts:
        path = PurePosixPath(artifact.path)
        bad = (
            path.is_absolute() or not path.parts or ".." in path.parts or "\\" in artifact.path or ":" in artifact.path
        )
        if bad or artifact.path in found:
            why = "leaves the output folder" if bad else "is printed twice"
            hint = "paths are relative, with '/', without '..', and unique"
            raise DescriptionError([Diagnostic("", "artifact-path", f"{target}: {artifact.path!r} {why}", hint)])
        found[artifact.path] = Artifact(artifact.path, normal(artifact.text))
    return sorted(found.values())


def normal(text: str) -> str:
    """Lines end with LF, none with blanks, and the last one ends too."""
    lines = [line.rstrip(" \t") for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return "\n".join(lines).rstrip("\n") + "\n"


def is_ours(text: str) -> bool:
    """Whether a file was printed by this tool: it says so near its top."""
    return any(HEADER[0] in line for line in text[:HEAD_BYTES].splitlines()[:HEAD_LINES])


def status(folder: Path, artifact: Artifact, target: str) -> Status:
    """How the file on the disk compares."""
    present = _text(folder / artifact.path)
    if present is None:
        return Status(artifact.path, "missing", target)
    if present.replace("\r\n", "\n") == artifact.text:
        return Status(artifact.path, "fresh", target)
    return Status(artifact.path, "stale" if is_ours(present) else "foreign", target)


def difference(folder: Path, artifact: Artifact) -> Iterator[str]:
    """A unified diff from the disk to what is printed, capped."""
    before = (_text(folder / artifact.path) or "").replace("\r\n", "\n").splitlines()
    lines = difflib.unified_diff(
        before, artifact.text.splitlines(), f"disk/{artifact.path}", f"printed/{artifact.path}", lineterm="", n=2
    )
    for at, line in enumerate(lines):
        if at == DIFF_LINES_MAX:
            yield "... and more"
            return
        yield line


def orphans(folder: Path, printed: set[Path]) -> Iterator[Status]:
    """Files below a folder that carry our header and that nothing prints any more."""
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in SKIPPED)
        for name in sorted(files):
            path = Path(place) / name
            if path not in printed and is_ours(_head(path)):
                yield Status(path.relative_to(folder).as_posix(), "orphan")


def write(folder: Path, artifact: Artifact) -> bool:
    """Write one file if it differs, through a temporary one. Raises DescriptionError for a file we did not print."""
    found = status(folder, artifact, "")
    if found.state == "foreign":
        hint = "move it away, or choose another folder with -o"
        raise DescriptionError(
            [Diagnostic(artifact.path, "file-foreign", "was not printed by fastnet-codegen, so it stays", hint)]
        )
    if found.state == "fresh":
        return False
    replace_text(folder / artifact.path, artifact.text)
    return True


def replace_text(path: Path, text: str) -> None:
    """Write a file whole or not at all: through a temporary one beside it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".fastnet-codegen-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _text(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8", errors="replace")
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return None


def _head(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(HEAD_BYTES).decode("utf-8", errors="replace")
    except OSError:
        return ""
