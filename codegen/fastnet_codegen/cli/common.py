"""What the commands share: the description they work on, and the back ends they were asked for."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from fastnet_codegen.backends import catalog
from fastnet_codegen.backends.base import Artifact, Backend
from fastnet_codegen.diagnostics import DescriptionError, Diagnostic, PluginError
from fastnet_codegen.ir.model import Api
from fastnet_codegen.ir.passes import build, read
from fastnet_codegen.render.write import checked

PACKAGED = Path(__file__).parents[1] / "api.json"


class Setting(Struct, frozen=True):
    """Where the description is, and below which folder the back ends print. No folder: the packaged description."""

    folder: Path | None
    root: Path

    def api(self) -> Api:
        """The sealed Api. Raises DescriptionError."""
        return build(self.folder) if self.folder else read(PACKAGED)


def find_description(given: str | None) -> tuple[Path | None, Path]:
    """The folder of the description and the root of its repository."""
    if given:
        folder = Path(given).resolve()
        return folder, folder.parent.parent
    here = Path.cwd()
    for place in (here, *here.parents):
        if (place / "codegen" / "api" / "api.yaml").is_file():
            return place / "codegen" / "api", place
    return None, here


class Job(Struct, frozen=True):
    """One back end's artifacts and the folder that they belong in."""

    name: str
    folder: Path
    artifacts: list[Artifact]


def options_of(backend: Backend, given: Sequence[str]) -> Struct:
    """The back end's options from `K=V` texts. Raises DescriptionError for unknown keys or bad values."""
    pairs: dict[str, Any] = {}
    for text in given:
        key, equals, value = text.partition("=")
        if not equals:
            raise DescriptionError(
                [Diagnostic("", "option", f"--option {text!r} has no '='", "write --option key=value")]
            )
        pairs[key] = value
    try:
        return msgspec.convert(pairs, backend.Options, strict=False)
    except msgspec.ValidationError as error:
        known = ", ".join(backend.Options.__struct_fields__) or "none"
        raise DescriptionError(
            [Diagnostic("", "option", f"{backend.name}: {error}", f"known options: {known}")]
        ) from None


def run(backend: Backend, api: Api, options: Struct) -> list[Artifact]:
    """What a back end prints, checked. Raises PluginError if it fails."""
    try:
        found: Iterable[Artifact] = list(backend.artifacts(api, options))
    except DescriptionError:
        raise
    except Exception as error:
        raise PluginError(f"back end {backend.name!r} failed: {type(error).__name__}: {error}") from error
    return checked(found, backend.name)


def jobs(setting: Setting, names: Sequence[str], output: Path | None, given: Sequence[str]) -> list[Job]:
    """Print in memory. No names: all of our own back ends."""
    api = setting.api()
    chosen = names or [name for name, entry in catalog.entries().items() if entry.source == catalog.OURS]
    found = []
    for name in chosen:
        backend = catalog.load(name)
        artifacts = run(backend, api, options_of(backend, given))
        found.append(Job(name, output or setting.root / backend.folder, artifacts))
    return found
