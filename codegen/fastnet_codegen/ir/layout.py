"""Third pass: where fields lie, under the data models that compilers use. Natural alignment, no packing.

`lp64` Linux and macOS, `llp64` Windows, `ilp32` 32 bits with u64 aligned to 8 (ARM, Windows), `ilp32_4` to 4 (i386
Linux). Rows agree where the rules of the API hold: fixed widths, explicit padding.
"""

from msgspec.structs import replace

from fastnet_codegen.ir.model import Api, Extent, Field, Place, Record
from fastnet_codegen.ir.types import FLOATS, INTEGERS, POINTERS

MODELS = {"lp64": (8, 8), "llp64": (8, 8), "ilp32": (4, 8), "ilp32_4": (4, 4)}
"""Bytes of a pointer, alignment of a u64."""


def layout(api: Api) -> Api:
    """The Api with sizes and offsets of its structs."""
    return replace(api, structs=tuple(_struct(api, struct) for struct in api.structs))


def size_of(api: Api, field: Field, pointer: int) -> int:
    """Bytes of one element of a field."""
    kind = field.type.kind
    if kind in POINTERS:
        return pointer
    if kind == "enum":
        return INTEGERS[api.enum(field.type.name).width]
    if kind == "id":
        return INTEGERS[api.id(field.type.name).width]
    return 4 if kind == "flag" else {**INTEGERS, **FLOATS}[field.type.name]


def _struct(api: Api, struct: Record) -> Record:
    extents: dict[str, Extent] = {}
    places: list[dict[str, Place]] = [{} for _ in struct.fields]
    for model, (pointer, align_u64) in MODELS.items():
        at, widest = 0, 1
        for field, place in zip(struct.fields, places, strict=True):
            size = size_of(api, field, pointer)
            align = min(size, align_u64) if size == 8 else size
            at = -(-at // align) * align
            place[model] = Place(at, size * field.count)
            at, widest = at + size * field.count, max(widest, align)
        extents[model] = Extent(-(-at // widest) * widest, widest)
    fields = tuple(replace(field, places=place) for field, place in zip(struct.fields, places, strict=True))
    return replace(struct, fields=fields, extents=extents)
