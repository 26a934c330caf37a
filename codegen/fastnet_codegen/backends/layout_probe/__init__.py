"""Proof of layout: static asserts in C, and programs in six languages that print where fields lie."""

from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from fastnet_codegen.backends.base import Artifact, Backend
from fastnet_codegen.backends.layout_probe.view import ProbeView
from fastnet_codegen.ir.model import Api
from fastnet_codegen.render.comments import header
from fastnet_codegen.render.environment import Templates

FILES = {
    "layout_asserts.gen.c": "asserts.c.j2",
    "layout.gen.c": "dump.c.j2",
    "layout.gen.cpp": "dump.cpp.j2",
    "layout.gen.cs": "dump.cs.j2",
    "layout.gen.lua": "dump.lua.j2",
    "layout_ctypes.gen.py": "dump_ctypes.py.j2",
    "layout_cffi.gen.py": "dump_cffi.py.j2",
}


class LayoutProbe(Backend):
    """One JSON per language: `{"FastNetEvent": {"size": 72, "type": 0, ...}, ...}`, to be equal everywhere."""

    name = "layout_probe"
    summary = "static asserts in C; programs in C, C++, C#, Lua, ctypes and cffi that print offsets as JSON"
    status = "supported"
    folder = "tests/abi/gen"

    def artifacts(self, api: Api, options: Struct) -> Iterable[Artifact]:
        """One file for each language, and one of asserts."""
        templates = Templates(Path(__file__).parent / "templates")
        view, lines = ProbeView(api), header(self.name)
        for path, template in FILES.items():
            yield Artifact(path, templates.render(template, view=view, header=lines))


BACKEND = LayoutProbe
