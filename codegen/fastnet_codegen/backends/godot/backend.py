"""Prints the tables of the Godot addon, `src/*.gen.*`, and the help of its classes, `addons/fastnet/doc_classes`."""

from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from fastnet_codegen.backends.base import Artifact, Backend
from fastnet_codegen.backends.godot.view import GodotView, c_string
from fastnet_codegen.ir.model import Api
from fastnet_codegen.render.comments import header
from fastnet_codegen.render.environment import Templates

_SOURCES = ("api.gen.h", "classes.gen.h", "classes.gen.c", "help.gen.c")


class Godot(Backend):
    """What Godot's and the C library's tables must agree on; the behaviour is written by hand beside it."""

    name = "godot"
    summary = "Godot addon: registration tables, class help, loader table"
    folder = "plugins/godot"

    def artifacts(self, api: Api, options: Struct) -> Iterable[Artifact]:
        """C tables, and one XML file for each class."""
        templates = Templates(Path(__file__).parent / "templates")
        view, lines = GodotView(api), header(self.name)
        helps = {item.name: templates.render("class.xml.j2", of=item, header=lines) for item in view.classes}
        for name, text in helps.items():
            yield Artifact(f"addons/fastnet/doc_classes/{name}.xml", text)
        literals = {name: [c_string(line) for line in text.splitlines()] for name, text in helps.items()}
        for name in _SOURCES:
            yield Artifact(f"src/{name}", templates.render(f"{name}.j2", view=view, header=lines, literals=literals))
