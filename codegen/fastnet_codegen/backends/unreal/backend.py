"""Prints what Unreal must agree on with the C library: subsystem, settings and loader are written by hand."""

from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from fastnet_codegen.backends.base import Artifact, Backend
from fastnet_codegen.backends.unreal.view import UnrealView
from fastnet_codegen.ir.model import Api
from fastnet_codegen.render.comments import header
from fastnet_codegen.render.environment import Templates

_FILES = {
    "types.h": "Source/{name}/Public/{name}Types.h",
    "classes.h": "Source/{name}/Public/{name}.h",
    "api.h": "Source/{name}/Private/{name}Api.gen.h",
    "classes.cpp": "Source/{name}/Private/{name}.gen.cpp",
    "reference.md": "REFERENCE.md",
}


class Unreal(Backend):
    """C++17 as Unreal's header tool and its coding standard want it."""

    name = "unreal"
    summary = "C++ of the Unreal plugin: reflected types, client and server, loader table, reference"
    folder = "plugins/unreal/FastNet"

    def artifacts(self, api: Api, options: Struct) -> Iterable[Artifact]:
        """Two public headers, and what stands behind them."""
        templates = Templates(Path(__file__).parent / "templates")
        view, lines = UnrealView(api), header(self.name)
        for template, path in _FILES.items():
            text = templates.render(f"{template}.j2", view=view, header=lines)
            yield Artifact(path.format(name=api.name), text)
