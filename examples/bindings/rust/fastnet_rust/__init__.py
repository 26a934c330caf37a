"""A back end for Rust, as a package of its own: an entry point of `fastnet-codegen` that prints one module."""

from collections.abc import Iterable
from pathlib import Path

from fastnet_codegen.backends.base import Artifact, Backend
from fastnet_codegen.ir.model import Api
from fastnet_codegen.render.comments import header
from fastnet_codegen.render.environment import Templates
from msgspec import Struct

from fastnet_rust.view import RustView


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """`--option library=NAME`: what the linker looks for."""

    library: str = "fastnet"


class Rust(Backend):
    """Declarations, newtypes and handles that end themselves."""

    name = "rust"
    summary = "Rust declarations, and handles that end themselves"
    Options = Options

    def artifacts(self, api: Api, options: Struct) -> Iterable[Artifact]:
        """One module."""
        assert isinstance(options, Options)
        templates = Templates(Path(__file__).parent / "templates")
        view, lines = RustView(api), header(self.name)
        text = templates.render("fastnet.rs.j2", view=view, header=lines, library=options.library)
        yield Artifact("fastnet.rs", text)
