"""Prints a binding for my-python."""

from collections.abc import Iterable
from pathlib import Path

from fastnet_codegen.backends.base import Artifact, Backend
from fastnet_codegen.ir.model import Api
from fastnet_codegen.ir.names import pascal, screaming
from fastnet_codegen.render.comments import header
from fastnet_codegen.render.environment import Templates
from msgspec import Struct


class Binding(Backend):
    """One file of numbers, to begin with."""

    name = "my-python"
    summary = "bindings for my-python"
    ir = "1.0"

    def artifacts(self, api: Api, options: Struct) -> Iterable[Artifact]:
        """The view decides, the template prints."""
        view = {
            pascal(enum.name): [(screaming(member.name), member.value) for member in enum.values] for enum in api.enums
        }
        templates = Templates(Path(__file__).parent)
        yield Artifact("my_python.txt", templates.render("numbers.txt.j2", view=view, header=header(self.name)))
