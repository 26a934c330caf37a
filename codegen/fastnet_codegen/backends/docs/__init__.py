"""The reference as one page of Markdown."""

from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from fastnet_codegen.backends.base import Artifact, Backend
from fastnet_codegen.backends.docs.view import PageView
from fastnet_codegen.ir.model import Api
from fastnet_codegen.render.comments import header
from fastnet_codegen.render.environment import Templates


class Docs(Backend):
    """`REFERENCE.md`."""

    name = "docs"
    summary = "the reference as Markdown"
    status = "supported"
    folder = "bindings/c"

    def artifacts(self, api: Api, options: Struct) -> Iterable[Artifact]:
        """One page."""
        templates = Templates(Path(__file__).parent / "templates")
        yield Artifact("REFERENCE.md", templates.render("page.md.j2", view=PageView(api), header=header(self.name)))


BACKEND = Docs
