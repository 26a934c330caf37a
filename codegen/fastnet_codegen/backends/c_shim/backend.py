"""Prints `src/abi.gen.c`, `src/bodies.gen.h` and the lists of exported symbols."""

from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from fastnet_codegen.backends.base import Artifact, Backend
from fastnet_codegen.backends.c_shim.view import ShimView
from fastnet_codegen.ir.model import Api
from fastnet_codegen.render.comments import header
from fastnet_codegen.render.environment import Templates

FILES = {
    "src/abi.gen.c": "abi.c.j2",
    "src/bodies.gen.h": "bodies.h.j2",
    "exports/{prefix}.map": "exports.map.j2",
    "exports/{prefix}.def": "exports.def.j2",
    "exports/{prefix}.exp": "exports.exp.j2",
}


class CShim(Backend):
    """The border of the library."""

    name = "c_shim"
    summary = "exported functions, prototypes of their bodies, lists of exports for three linkers"
    status = "supported"
    folder = "bindings/c"

    def artifacts(self, api: Api, options: Struct) -> Iterable[Artifact]:
        """One file of C, one header, three lists."""
        templates = Templates(Path(__file__).parent / "templates")
        view, lines = ShimView(api), header(self.name)
        for path, template in FILES.items():
            text = templates.render(template, view=view, header=lines)
            yield Artifact(path.format(prefix=api.prefix), text)
