"""Prints `include/fastnet/fastnet.hpp`."""

from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from fastnet_codegen.backends.base import Artifact, Backend
from fastnet_codegen.backends.cpp.view import CppView
from fastnet_codegen.ir.model import Api
from fastnet_codegen.render.comments import header
from fastnet_codegen.render.environment import Templates


class Cpp(Backend):
    """The C++ layer."""

    name = "cpp"
    summary = "header-only C++11 layer: handles that end themselves, typed enumerations, spans"
    status = "supported"
    folder = "bindings/c"

    def artifacts(self, api: Api, options: Struct) -> Iterable[Artifact]:
        """One header."""
        templates = Templates(Path(__file__).parent / "templates")
        text = templates.render("layer.hpp.j2", view=CppView(api), header=header(self.name))
        yield Artifact(f"include/{api.prefix}/{api.prefix}.hpp", text)
