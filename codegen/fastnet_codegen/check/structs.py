"""Structs: fixed widths, scalars before pointers, no padding that nobody wrote."""

from collections.abc import Iterator

from fastnet_codegen.check.rule import Found, rule
from fastnet_codegen.ir.layout import layout
from fastnet_codegen.ir.model import Api
from fastnet_codegen.ir.types import POINTERS

FIELD_KINDS = {"int", "float", "flag", "enum", "id", "string", "bytes", "blocks", "user_data", "handle", "callback"}


@rule("field-type", "use numbers, enumerations, ids, text, bytes, handles, callbacks or user data")
def kinds(api: Api) -> Iterator[Found]:
    """Structs within structs and out parameters have no meaning as fields."""
    for struct in api.structs:
        for field in struct.fields:
            if field.type.kind not in FIELD_KINDS:
                yield Found(f"{struct.name}.{field.name}", f"a field cannot be {field.type.kind}")


@rule("length-order", "put a u32 for the length before the pointer and name it in `length`")
def lengths(api: Api) -> Iterator[Found]:
    """Bytes without a length cannot be read; all bindings find it at the same place, before the pointer."""
    for struct in api.structs:
        earlier: set[str] = set()
        for field in struct.fields:
            path = f"{struct.name}.{field.name}"
            if field.type.kind in ("bytes", "blocks") and field.length not in earlier:
                yield Found(
                    path, f"its length {field.length!r} is no u32 before it" if field.length else "has no length"
                )
            if field.type.name == "u32":
                earlier.add(field.name)


@rule("pointer-order", "move the pointer behind the numbers")
def order(api: Api) -> Iterator[Found]:
    """With scalars first, offsets of numbers are the same where pointers have 32 bits; later revisions append."""
    for struct in api.structs:
        pointer = ""
        for field in struct.fields:
            if field.since != struct.since:
                continue
            if field.type.kind in POINTERS:
                pointer = field.name
            elif pointer:
                yield Found(f"{struct.name}.{field.name}", f"a number behind the pointer {pointer!r}")


@rule("padding", "add a reserved field")
def padding(api: Api) -> Iterator[Found]:
    """Padding that the compiler inserts has no value, so it cannot be checked for zero and used later."""
    if any(field.type.kind not in FIELD_KINDS for struct in api.structs for field in struct.fields):
        return
    for struct in layout(api).structs:
        for model in ("lp64", "ilp32"):
            at = 0
            for field in struct.fields:
                place = field.places[model]
                if place.offset != at:
                    yield Found(
                        f"{struct.name}.{field.name}", f"{place.offset - at} bytes of padding before it ({model})"
                    )
                at = place.offset + place.size
            if at != struct.extents[model].size:
                yield Found(struct.name, f"{struct.extents[model].size - at} bytes of padding at its end ({model})")


@rule("struct-paths", "name a field, or a flag as `field.member`")
def paths(api: Api) -> Iterator[Found]:
    """Groups of fields that exclude or need each other are checked in C, so each name must be that of a field."""
    flags = {enum.name: {member.name for member in enum.values} for enum in api.enums if enum.kind == "flags"}
    for struct in api.structs:
        fields = {field.name: field.type for field in struct.fields}
        for group in (*struct.exclusive, *struct.together):
            for path in group:
                name, _, flag = path.partition(".")
                known = name in fields and (not flag or flag in flags.get(fields[name].name, ()))
                if not known:
                    yield Found(struct.name, f"knows no field {path!r}")


@rule("struct-init", "name the function that prepares the struct in `init`")
def inits(api: Api) -> Iterator[Found]:
    """A sized struct that callers fill needs a function which zeroes it and takes the caller's size."""
    prepared = {
        function.path: param.type.name
        for function in api.functions
        for param in function.params
        if param.direction == "init"
    }
    for struct in api.structs:
        if struct.init and prepared.get(struct.init) != struct.name:
            yield Found(struct.name, f"{struct.init} does not prepare it")
