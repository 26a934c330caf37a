"""Second pass, the C view: expanded parameters, C types, failure values, implied errors."""

from collections.abc import Iterator

from msgspec.structs import replace

from fastnet_codegen.ir.model import Api, Callback, CParam, Function, Param
from fastnet_codegen.ir.names import snake

IMPLIED_BY_HANDLE = ("invalid argument", "invalid handle", "runtime")


def lower(api: Api) -> Api:
    """The Api with its C view."""
    return replace(
        api,
        callbacks=tuple(_callback(callback) for callback in api.callbacks),
        functions=tuple(_function(api, function) for function in api.functions),
    )


def _callback(callback: Callback) -> Callback:
    return replace(callback, c_params=tuple(c for param in callback.params for c in _expand(param)))


def _function(api: Api, function: Function) -> Function:
    params = [CParam(snake(function.of), api.handle(function.of).c, "self", "self")] if function.takes_handle else []
    params += [c for param in function.params for c in _expand(param)]
    errors = _errors(api, function)
    return replace(function, c_params=tuple(params), errors=errors, failure=_failure(api, function, errors))


def _expand(param: Param) -> Iterator[CParam]:
    name, kind = snake(param.name), param.type.kind
    if kind == "struct":
        c = f"const {param.type.c}*" if param.direction == "in" else f"{param.type.c}*"
        yield CParam(name, c, "pointer", param.name)
        if param.direction == "init":
            yield CParam("struct_size", "uint32_t", "size", param.name)
    elif kind == "out":
        yield CParam(f"out_{name}", param.type.c, "pointer", param.name)
    elif kind in ("bytes", "blocks"):
        yield CParam(name, param.type.c, "pointer", param.name)
        yield CParam(f"{name}_len" if kind == "bytes" else f"{name}_count", "uint32_t", "length", param.name)
    elif kind in ("text_out", "list_out"):
        yield CParam(name, param.type.c, "pointer", param.name)
        yield CParam("capacity" if name == "buffer" else f"{name}_capacity", "uint32_t", "capacity", param.name)
    else:
        yield CParam(name, param.type.c, "pointer" if kind == "string" else "value", param.name)


def _errors(api: Api, function: Function) -> tuple[str, ...]:
    """All results that a call can fail with, in the order of the result codes."""
    found = set(function.errors)
    if function.takes_handle and function.role != "destructor":
        found |= set(IMPLIED_BY_HANDLE)
    if any(param.type.kind in ("text_out", "list_out", "out") for param in function.params):
        found.add("invalid argument")
    if function.in_callback == "refused" and function.role != "destructor" and function.returns.type.kind != "void":
        found.add("busy")
    results = [member.name for member in api.enum("result").values]
    return tuple(sorted(found, key=lambda name: results.index(name) if name in results else len(results)))


def _failure(api: Api, function: Function, errors: tuple[str, ...]) -> str:
    kind = function.returns.type.kind
    if kind == "void" or not errors:
        return ""
    if kind == "enum":
        if function.returns.type.name == "result":
            return "result"
        return next((m.c for m in api.enum(function.returns.type.name).values if m.value == 0), "0")
    return "NULL" if kind in ("handle", "string", "user_data", "static_string") else "0"
