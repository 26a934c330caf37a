"""What the commands share: the description they work on, and the back ends they were asked for."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import click
import msgspec
from msgspec import Struct

from fastnet_codegen.backends import catalog
from fastnet_codegen.backends.base import Artifact, Backend
from fastnet_codegen.backends.capabilities import missing
from fastnet_codegen.backends.process import Process
from fastnet_codegen.backends.template_dir import TemplateDir
from fastnet_codegen.diagnostics import DescriptionError, Diagnostic, PluginError
from fastnet_codegen.ir.model import Api
from fastnet_codegen.ir.passes import build, read
from fastnet_codegen.render.write import checked

PACKAGED = Path(__file__).parents[1] / "api.json"


class Setting(Struct, frozen=True, dict=True):
    """Where the description is, and below which folder the back ends print. No folder: the packaged description."""

    folder: Path | None
    root: Path

    @cached_property
    def _api(self) -> Api:
        return build(self.folder) if self.folder else read(PACKAGED)

    def api(self) -> Api:
        """The sealed Api; one command may ask twice. Raises DescriptionError."""
        return self._api


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


class Request(Struct, frozen=True):
    """What was asked for: names of back ends, folders of templates, programs, and what goes with them."""

    targets: tuple[str, ...] = ()
    template_dirs: tuple[Path, ...] = ()
    plugins: tuple[Path, ...] = ()
    output: Path | None = None
    options: tuple[str, ...] = ()

    @property
    def everything(self) -> bool:
        """Whether nothing was named, which means all of our own."""
        return not (self.targets or self.template_dirs or self.plugins)


def options_of(backend: Backend, given: Sequence[str]) -> Struct:
    """The back end's options from `K=V` texts. Raises DescriptionError for unknown keys or bad values."""
    if isinstance(backend, Process):
        return backend.Options()
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
    faults = missing(api, backend)
    if faults:
        raise DescriptionError(faults)
    try:
        found: Iterable[Artifact] = list(backend.artifacts(api, options))
    except (DescriptionError, PluginError):
        raise
    except Exception as error:
        raise PluginError(f"back end {backend.name!r} failed: {type(error).__name__}: {error}") from error
    return checked(found, backend.name)


def jobs(setting: Setting, request: Request) -> list[Job]:
    """Print in memory, all of our own back ends if none is named."""
    api = setting.api()
    names = request.targets
    if request.everything:
        names = tuple(name for name, entry in catalog.entries().items() if entry.source == catalog.OURS)
    backends: list[tuple[Backend, Path]] = [
        (backend, setting.root / backend.folder) for backend in (catalog.load(name) for name in names)
    ]
    given = {key: value for key, _, value in (text.partition("=") for text in request.options)}
    backends += [(TemplateDir(folder), Path.cwd()) for folder in request.template_dirs]
    backends += [(Process(path, given), Path.cwd()) for path in request.plugins]
    for name in sorted(set(api.targets) - set(catalog.entries()) - {backend.name for backend, _ in backends}):
        click.echo(f"note: targets/{name}.yaml is there, but no back end of that name is installed", err=True)
    return [
        Job(backend.name, request.output or folder, run(backend, api, options_of(backend, request.options)))
        for backend, folder in backends
    ]
