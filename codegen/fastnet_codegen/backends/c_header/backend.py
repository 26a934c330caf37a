"""Prints `include/fastnet/fastnet.h` and `fastnet.cdef.h`."""

from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from fastnet_codegen.backends.base import Artifact, Backend
from fastnet_codegen.backends.c_header.view import CView
from fastnet_codegen.ir.model import Api
from fastnet_codegen.render.comments import header
from fastnet_codegen.render.environment import Templates


class CHeader(Backend):
    """The C header and its declarations for cffi and LuaJIT."""

    name = "c_header"
    summary = "C header, and declarations without preprocessor for cffi and LuaJIT"
    status = "supported"
    folder = "bindings/c"

    def artifacts(self, api: Api, options: Struct) -> Iterable[Artifact]:
        """Two files with the same declarations."""
        templates = Templates(Path(__file__).parent / "templates")
        view, lines = CView(api), header(self.name)
        place = f"include/{api.prefix}/{api.prefix}"
        yield Artifact(f"{place}.h", templates.render("header.h.j2", view=view, header=lines))
        yield Artifact(f"{place}.cdef.h", templates.render("cdef.h.j2", view=view, header=lines))


def declarations(api: Api) -> str:
    """All declarations without preprocessor, and without the lines on top."""
    templates = Templates(Path(__file__).parent / "templates")
    text = templates.render("cdef.h.j2", view=CView(api), header=header(CHeader.name))
    return text.partition("\n\n")[2]
