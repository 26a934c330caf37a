"""JSON Schemas of the description and of the IR, derived from their types."""

from typing import Any

import msgspec

from fastnet_codegen.ir.model import IR_VERSION, Api
from fastnet_codegen.spec.model import Module, Root, Target

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, Any]:
    """One schema document: `description` is what YAML may say, `ir` what back ends get."""
    return {
        "$schema": DIALECT,
        "title": f"The description of a C API, and its IR {IR_VERSION}",
        "description": _schema("description", {"api.yaml": Root, "module": Module, "targets": Target}),
        "ir": _schema("ir", {"api": Api}),
    }


def _schema(place: str, roots: dict[str, type[msgspec.Struct]]) -> dict[str, Any]:
    """The schemas of some types, their references made for that place of the document."""
    found, parts = msgspec.json.schema_components(tuple(roots.values()), ref_template=f"#/{place}/$defs/{{name}}")
    return {"roots": dict(zip(roots, found, strict=True)), "$defs": parts}
