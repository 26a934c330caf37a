"""The third door: a program of any language that reads one JSON on stdin and writes one on stdout.

In: `ir_version`, `tool_version`, `header` (the three lines for the top of each file), `api`, `options`. Out:
`capabilities`, `files` of `path` and `text`, `diagnostics` of `message` and perhaps `where`, `code`, `hint`. Faults of
the description are diagnostics with status 0; a broken program writes to stderr and ends with another.
"""

import subprocess
from collections.abc import Iterable
from pathlib import Path

import msgspec
from msgspec import Struct

from fastnet_codegen import __version__
from fastnet_codegen.backends.base import Artifact, Backend
from fastnet_codegen.backends.capabilities import missing
from fastnet_codegen.diagnostics import DescriptionError, Diagnostic, PluginError
from fastnet_codegen.ir.model import IR_VERSION, Api
from fastnet_codegen.render.comments import header

SECONDS_MAX = 60
STDERR_SHOWN = 2000
PREFIX = "fastnet-codegen-"


class AnyOptions(Struct, frozen=True):
    """Placeholder: options of a program are texts, handed on as they are."""


class Complaint(Struct, frozen=True, forbid_unknown_fields=True):
    """A fault of the description that a program found."""

    message: str
    where: str = ""
    code: str = "plugin-diagnostic"
    hint: str = ""


class Answer(Struct, frozen=True, forbid_unknown_fields=True):
    """What a program writes."""

    files: tuple[Artifact, ...] = ()
    capabilities: tuple[str, ...] = ("*",)
    diagnostics: tuple[Complaint, ...] = ()


class Process(Backend):
    """One program."""

    summary = "a program that reads and writes JSON"
    Options = AnyOptions

    def __init__(self, path: Path, given: dict[str, str] | None = None) -> None:
        self._path, self._given = path, given or {}
        self.name = path.stem.removeprefix(PREFIX)  # type: ignore[misc]

    def artifacts(self, api: Api, options: Struct) -> Iterable[Artifact]:
        """Ask the program. Raises DescriptionError for its diagnostics, PluginError if it is broken."""
        answer = self._ask(api)
        self.capabilities = frozenset(answer.capabilities)  # type: ignore[misc]
        faults = [Diagnostic(at.where, at.code, at.message, at.hint) for at in answer.diagnostics]
        faults += missing(api, self)
        if faults:
            raise DescriptionError(faults)
        return answer.files

    def _ask(self, api: Api) -> Answer:
        question = {
            "ir_version": IR_VERSION,
            "tool_version": __version__,
            "header": list(header(self.name)),
            "api": api,
            "options": self._given,
        }
        try:
            done = subprocess.run(
                [str(self._path)],
                input=msgspec.json.encode(question, order="sorted"),
                capture_output=True,
                timeout=SECONDS_MAX,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise PluginError(f"{self._path}: no answer within {SECONDS_MAX} s") from None
        except OSError as error:
            raise PluginError(f"{self._path}: cannot be run: {error.strerror}") from None
        if done.returncode:
            said = done.stderr.decode(errors="replace")[-STDERR_SHOWN:].strip()
            raise PluginError(f"{self._path}: ended with status {done.returncode}: {said or 'and said nothing'}")
        try:
            return msgspec.json.decode(done.stdout, type=Answer)
        except msgspec.DecodeError as error:
            message = f"{self._path}: its answer is not the JSON that was asked for, and nothing else: {error}"
            raise PluginError(message) from None
