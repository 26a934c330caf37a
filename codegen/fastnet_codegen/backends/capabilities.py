"""The constructs of the IR by name, and whether a back end can print all that an API needs.

A back end that cannot says so in `capabilities`; what needs the missing construct is then a diagnostic with three ways
out, not a hole in the binding.
"""

from collections.abc import Iterator

from fastnet_codegen.backends.base import Backend
from fastnet_codegen.diagnostics import Diagnostic
from fastnet_codegen.ir.model import Api, Param, Type

CONSTRUCTS = {
    "enum": "numbers with names",
    "flags": "single bits with names",
    "id": "a number that names something",
    "handle": "something opaque with constructors and a destructor",
    "handle_out": "a handle through an out parameter",
    "struct_frozen": "a struct that never grows",
    "struct_sized": "a struct that begins with its size",
    "struct_in": "a struct that the caller fills",
    "struct_out": "a struct that the library fills",
    "u64": "integers of 64 bits",
    "f64": "floating point",
    "flag": "true or false",
    "bytes_in": "pointer and length",
    "bytes_view": "bytes that the library owns for a while",
    "string_in": "text into the library",
    "string_out": "text that the library owns",
    "text_out": "text copied into a buffer",
    "list_out": "numbers copied into a buffer",
    "callback": "a function of the application",
    "user_data": "a pointer that is stored and given back",
    "event": "signals made from polled events",
}
REMEDY = "exclude {path!r} or lower it in targets/{name}.yaml, or implement {construct!r} in the back end"


def needed(api: Api) -> Iterator[tuple[str, str]]:
    """Construct and path of each part that needs it."""
    for enum in api.enums:
        yield enum.kind, enum.name
    yield from (("id", part.name) for part in api.ids)
    yield from (("handle", part.name) for part in api.handles)
    yield from (("event", f"events.{part.name}") for part in api.events)
    for struct in api.structs:
        yield f"struct_{struct.kind}", struct.name
        for field in struct.shown:
            view = field.lifetime in ("until_next_poll", "handle", "static")
            for construct in _of_type(field.type, "view" if view else "in"):
                yield construct, f"{struct.name}.{field.name}"
    for callback in api.callbacks:
        yield "callback", callback.name
    for function in api.functions:
        for param in function.params:
            yield from ((construct, function.path) for construct in _of_param(param))
        yield from ((construct, function.path) for construct in _of_type(function.returns.type, "out"))


def missing(api: Api, backend: Backend) -> list[Diagnostic]:
    """What the back end cannot print and nobody excluded or lowered."""
    can = backend.capabilities
    if "*" in can:
        return []
    target = api.target(backend.name)
    spared = set(target.exclude) | set(target.lower)
    found: dict[tuple[str, str], None] = {}
    for construct, path in needed(api):
        parents = {path, path.partition(".")[0]}
        if construct not in can and not parents & spared:
            found[construct, path] = None
    return [
        Diagnostic(
            "",
            "capability",
            f"{backend.name} cannot print {path!r}: it has no {construct!r} ({CONSTRUCTS[construct]})",
            REMEDY.format(path=path, name=backend.name, construct=construct),
        )
        for construct, path in found
    ]


def _of_param(param: Param) -> Iterator[str]:
    if param.type.kind == "struct":
        yield f"struct_{'in' if param.direction == 'in' else 'out'}"
    elif param.type.kind == "out" and param.type.of:
        yield "handle_out" if param.type.of.kind == "handle" else "struct_out"
    else:
        yield from _of_type(param.type, "in")


def _of_type(kind: Type, way: str) -> Iterator[str]:
    if kind.name in ("u64", "i64"):
        yield "u64"
    elif kind.kind == "float":
        yield "f64"
    elif kind.kind in ("bytes", "blocks"):
        yield "bytes_view" if way == "view" else "bytes_in"
    elif kind.kind in ("string", "static_string"):
        yield "string_in" if way == "in" else "string_out"
    elif kind.kind in ("flag", "text_out", "list_out", "callback", "user_data"):
        yield kind.kind
