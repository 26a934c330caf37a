"""The first door: a folder with `binding.toml` and jinja templates, no Python.

`binding.toml` says how things are called and spelled; templates see `api`, the model itself, and `view`, the same with
names cased, types spelled and documentation as comment lines. A folder named after one of our own back ends overrides
single templates of it.
"""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import jinja2
import msgspec
from msgspec import Struct

from fastnet_codegen.backends import catalog
from fastnet_codegen.backends.base import Artifact, Backend
from fastnet_codegen.backends.generic import GenericView, Spelling
from fastnet_codegen.diagnostics import DescriptionError, Diagnostic, PluginError
from fastnet_codegen.ir.model import Api
from fastnet_codegen.render.comments import header
from fastnet_codegen.render.environment import Templates, overriding

FILE = "binding.toml"


class Binding(Spelling, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What `binding.toml` says. `outputs` maps paths of printed files to templates."""

    name: str
    ir: str
    summary: str = "templates"
    status: Literal["experimental", "supported"] = "experimental"
    outputs: dict[str, str] = {}
    capabilities: tuple[str, ...] = ("*",)


class TemplateDir(Backend):
    """A folder of templates."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._binding = folder, read(folder)
        binding = self._binding
        self.name, self.summary, self.ir = binding.name, binding.summary, binding.ir  # type: ignore[misc]
        self.capabilities, self.status = frozenset(binding.capabilities), binding.status  # type: ignore[misc]

    def artifacts(self, api: Api, options: Struct) -> Iterable[Artifact]:
        """One file for each output; a built-in's own files if the folder overrides one."""
        entry = catalog.entries().get(self.name)
        if entry and entry.source == catalog.OURS and not self._binding.outputs:
            with overriding(self._folder):
                return list(catalog.load(self.name).artifacts(api, options))
        templates, view = Templates(self._folder), GenericView(api, self._binding, api.target(self.name))
        return [self._printed(templates, path, template, api, view) for path, template in self._binding.outputs.items()]

    def _printed(self, templates: Templates, path: str, template: str, api: Api, view: GenericView) -> Artifact:
        try:
            return Artifact(path, templates.render(template, api=api, view=view, header=header(self.name)))
        except jinja2.TemplateError as error:
            line = getattr(error, "lineno", None) or _line(error, template)
            where = f"{self._folder.name}/{template}" + (f":{line}" if line else "")
            text = f"no template of that name: {error}" if isinstance(error, jinja2.TemplateNotFound) else str(error)
            raise DescriptionError([Diagnostic(where, "template", text, "see codegen/README.md")]) from None


def read(folder: Path) -> Binding:
    """The folder's `binding.toml`. Raises PluginError if it cannot be used."""
    try:
        binding = msgspec.convert(tomllib.loads((folder / FILE).read_text(encoding="utf-8")), Binding)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise PluginError(f"{folder / FILE}: {error}") from None
    if not catalog.accepts(binding.ir):
        raise PluginError(f"{folder / FILE}: wants IR {binding.ir}, which this tool does not have")
    return binding


def _line(error: BaseException, template: str) -> int | None:
    """The line of the template in which an error arose."""
    at, line = error.__traceback__, None
    while at:
        if at.tb_frame.f_code.co_filename in ("<template>", template):
            line = at.tb_lineno
        at = at.tb_next
    return line
