"""Prints `Runtime/Core/*.gen.cs` of the Unity package; what must feel native stands in partial classes beside it."""

from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from fastnet_codegen.backends.base import Artifact, Backend
from fastnet_codegen.backends.unity.view import UnityView
from fastnet_codegen.ir.model import Api
from fastnet_codegen.render.comments import header
from fastnet_codegen.render.environment import Templates

_FILES = ("Native", "Enums", "Structs", "FastNetEvent", "LayoutCheck")


class Unity(Backend):
    """C# 7.3 where it meets C (Mono's own compiler knows no more), C# 9 above: what Unity 2021.3 compiles."""

    name = "unity"
    summary = "C# of the Unity package: P/Invoke, enumerations, structs, simple methods, layout check"
    folder = "plugins/unity/com.fastnet.transport"

    def artifacts(self, api: Api, options: Struct) -> Iterable[Artifact]:
        """One file a concern, and one for each handle."""
        templates = Templates(Path(__file__).parent / "templates")
        view, lines = UnityView(api), header(self.name)
        for name in _FILES:
            text = templates.render(f"{name}.cs.j2", view=view, header=lines)
            yield Artifact(f"Runtime/Core/{name}.gen.cs", text)
        yield Artifact("Documentation~/api.md", templates.render("api.md.j2", view=view, header=lines))
        for handle in view.handles:
            text = templates.render("Handle.cs.j2", handle=handle, header=lines)
            yield Artifact(f"Runtime/Core/{handle.name}.gen.cs", text)
