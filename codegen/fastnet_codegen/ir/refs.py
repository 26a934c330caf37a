"""Dotted paths to what they name; every target then says it in its own words."""

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from fastnet_codegen.ir.model import Api
from fastnet_codegen.ir.names import snake

RefKind = Literal["enum", "member", "id", "handle", "struct", "field", "callback", "function", "param"]


class Ref(Struct, frozen=True):
    """What a dotted path names: its kind, its C name, and the part around it (a function's path, a type's name)."""

    path: str
    kind: RefKind
    c: str
    owner: str = ""


def refs(api: Api) -> dict[str, Ref]:
    """Everything that can be named, by its path. `param` and `field` have the name that C gives them."""
    found: dict[str, Ref] = {}
    for ref in _all(api):
        found.setdefault(ref.path, ref)
    return found


def doubles(api: Api) -> list[str]:
    """Paths that name two things."""
    seen: set[str] = set()
    return [ref.path for ref in _all(api) if ref.path in seen or seen.add(ref.path)]  # type: ignore[func-returns-value]


def _all(api: Api) -> Iterator[Ref]:
    for enum in api.enums:
        yield Ref(enum.name, "enum", enum.c)
        yield from (Ref(f"{enum.name}.{member.name}", "member", member.c, enum.name) for member in enum.members)
    yield from (Ref(part.name, "id", part.c) for part in api.ids)
    yield from (Ref(part.name, "handle", part.c) for part in api.handles)
    for struct in api.structs:
        yield Ref(struct.name, "struct", struct.c)
        for field in struct.fields:
            yield Ref(f"{struct.name}.{field.name}", "field", f"{struct.c}.{field.c}", struct.name)
    yield from (Ref(part.name, "callback", part.c) for part in api.callbacks)
    for function in api.functions:
        yield Ref(function.path, "function", function.c, function.of)
        for param in function.params:
            yield Ref(f"{function.path}.{param.name}", "param", snake(param.name), function.path)
