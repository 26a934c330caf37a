"""Prints `core/fastnet/protocol/numbers.py` and `bindings/c/fastnet_c/_cdef.py`."""

from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from fastnet_codegen.backends.base import Artifact, Backend
from fastnet_codegen.backends.c_header.view import CView
from fastnet_codegen.backends.python_impl.view import PythonView
from fastnet_codegen.ir.model import Api
from fastnet_codegen.render.comments import header
from fastnet_codegen.render.environment import Templates


class PythonImpl(Backend):
    """The core's numbers, and the ABI's structs for cffi."""

    name = "python_impl"
    summary = "numbers of the Python core, and structs and defaults for its border with C"
    status = "supported"

    def artifacts(self, api: Api, options: Struct) -> Iterable[Artifact]:
        """Two modules."""
        templates = Templates(Path(__file__).parent / "templates")
        view, lines = PythonView(api), header(self.name)
        yield Artifact("core/fastnet/protocol/numbers.py", templates.render("numbers.py.j2", view=view, header=lines))
        text = templates.render("cdef.py.j2", view=view, c=CView(api), header=lines)
        yield Artifact("bindings/c/fastnet_c/_cdef.py", text)
