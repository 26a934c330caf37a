"""How each kind of type is spelled in C++, as a parameter and as a result, and how it crosses to C."""

from msgspec import Struct

from fastnet_codegen.backends.cpp.reserved import escaped
from fastnet_codegen.ir.model import Api, Param, Type
from fastnet_codegen.ir.names import pascal, snake


class Spelled(Struct, frozen=True):
    """One parameter: its declaration, what is passed to C, and statements before and around the call."""

    declaration: str
    arguments: tuple[str, ...]
    before: tuple[str, ...] = ()


class CppTypes:
    """The spelling of one Api's types."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def result(self, kind: Type) -> str:
        """The type of a result, accessor or setter; handles as C has them, for a struct does not own them."""
        if kind.kind == "flag":
            return "bool"
        if kind.kind in ("enum", "id", "struct"):
            return pascal(kind.name)
        return {"bytes": "Bytes", "blocks": "Bytes", "string": "const char*"}.get(kind.kind, kind.c)

    def from_c(self, kind: Type, value: str) -> str:
        """A C value as what `result` says."""
        if kind.kind == "flag":
            return f"{value} != 0"
        return f"static_cast<{pascal(kind.name)}>({value})" if kind.kind == "enum" else value

    def param(self, param: Param, last: bool) -> Spelled | None:
        """A parameter; None for buffers, which become results."""
        name, kind = escaped(snake(param.name)), param.type.kind
        if kind == "string":
            default = " = Text()" if last and param.absent in ("allowed", "means_default") else ""
            return Spelled(f"Text {name}{default}", (f"{name}.c_str()",))
        if kind in ("bytes", "blocks"):
            return Spelled(f"Bytes {name}", (f"{name}.data()", f"{name}.size32()"))
        if kind == "enum":
            return Spelled(f"{pascal(param.type.name)} {name}", (f"static_cast<{param.type.c}>({name})",))
        if kind == "flag":
            return Spelled(f"bool {name}", (f"{name} ? 1u : 0u",))
        if kind == "struct":
            return self._struct(param, name)
        if kind == "out" and param.type.of:
            of = param.type.of
            if of.kind == "handle":
                return Spelled("", ("&made",), (f"{of.c} made = nullptr;",))
            return Spelled(f"{pascal(of.name)}& {name}", (f"{name}.raw()",))
        if kind in ("text_out", "list_out"):
            return None
        return Spelled(f"{self.result(param.type)} {name}", (name,))

    def _struct(self, param: Param, name: str) -> Spelled:
        if param.direction == "in":
            before = f"const {param.type.c} raw = {name}.raw();"
            return Spelled(f"const {pascal(param.type.name)}& {name}", ("&raw",), (before,))
        size = f"{name}.struct_size = static_cast<std::uint32_t>(sizeof {name});"
        return Spelled(f"{pascal(param.type.name)}& {name}", (f"&{name}",), (size,))
