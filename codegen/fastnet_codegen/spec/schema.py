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
        "description": _schema({"api.yaml": Root, "module": Module, "targets": Target}),
        "ir": _schema({"api": Api}),
    }


def _schema(roots: dict[str, type[msgspec.Struct]]) -> dict[str, Any]:
    found, parts = msgspec.json.schema_components(tuple(roots.values()))
    return {"roots": dict(zip(roots, found, strict=True)), "$defs": parts}
