"""The IR as canonical JSON, and the schemas: what the tool's own distribution carries, so strangers need no YAML."""

from collections.abc import Iterable
from typing import Any

import msgspec
from msgspec import Struct

from fastnet_codegen.backends.base import Artifact, Backend
from fastnet_codegen.ir.model import Api
from fastnet_codegen.render.comments import header
from fastnet_codegen.spec.schema import schemas


class IrJson(Backend):
    """`api.json` and `api.schema.json`."""

    name = "ir_json"
    summary = "the description as canonical JSON, and JSON Schemas"
    status = "supported"
    folder = "codegen/fastnet_codegen"

    def artifacts(self, api: Api, options: Struct) -> Iterable[Artifact]:
        """Two files; the comment stands in a key that readers pass over."""
        yield Artifact("api.json", _text(msgspec.to_builtins(api), self.name))
        yield Artifact("api.schema.json", _text(schemas(), self.name))


def _text(content: dict[str, Any], target: str) -> str:
    encoded = msgspec.json.encode({"$comment": list(header(target)), **content}, order="sorted")
    return msgspec.json.format(encoded, indent=2).decode()


BACKEND = IrJson
