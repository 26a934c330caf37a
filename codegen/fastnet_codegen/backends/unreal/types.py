"""How Unreal's C++ spells each type: as Blueprints see it, as C++ sees it, and how it crosses to C."""

from msgspec import Struct

from fastnet_codegen.ir.model import Api, Field, Param, Type
from fastnet_codegen.ir.names import pascal, snake

NUMBERS = {
    "u8": "uint8", "u16": "uint16", "u32": "uint32", "u64": "uint64",
    "i8": "int8", "i16": "int16", "i32": "int32", "i64": "int64", "f32": "float", "f64": "double",
}  # fmt: skip
_BLUEPRINT = {
    "u8": "uint8", "u16": "int32", "u32": "int32", "u64": "int64",
    "i8": "int32", "i16": "int32", "i32": "int32", "i64": "int64",
}  # fmt: skip
_ZERO = {"bool": "false", "FString": "FString()", "TArray<int32>": "{}"}


class Spelled(Struct, frozen=True):
    """One parameter: its declaration, what is passed to C, and statements before and after the call."""

    declaration: str
    arguments: tuple[str, ...]
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


class UnrealTypes:
    """The spelling of one Api's types."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._prefix = api.name

    def enum(self, name: str) -> str:
        """`EFastNetChannel`; for values, for the event's type is a plain number."""
        return f"E{self._prefix}{pascal(name)}"

    def struct(self, name: str) -> str:
        """`FFastNetStats`; a configuration is called options."""
        return f"F{self._prefix}{pascal(name.replace('config', 'options'))}"

    def value(self, kind: Type) -> str:
        """A result or parameter as C++ sees it. An id is 31 bits wide, so it fits what Blueprints can hold."""
        if kind.kind == "flag":
            return "bool"
        if kind.kind == "enum":
            return self.enum(kind.name)
        if kind.kind == "int":
            return NUMBERS[kind.name]
        return {"id": "int32", "void": "void"}.get(kind.kind, "FString")

    def from_c(self, kind: Type, value: str) -> str:
        """A C value as what `value` says."""
        if kind.kind == "flag":
            return f"{value} != 0"
        if kind.kind in ("static_string", "string"):
            return f"FString(UTF8_TO_TCHAR({value}))"
        return f"static_cast<{self.value(kind)}>({value})" if kind.kind in ("enum", "id") else value

    def zero(self, shown: str) -> str:
        """What a call returns when there is nothing to call."""
        if shown == self.enum("result"):
            return f"{shown}::InvalidHandle"
        enum = next((enum for enum in self._api.enums if self.enum(enum.name) == shown), None)
        first = next((pascal(member.name) for member in enum.values if member.value == 0), "") if enum else ""
        return _ZERO.get(shown, f"{shown}::{first}" if first else "0")

    def property(self, field: Field) -> str:
        """A field as a Blueprint property."""
        kind = field.type
        if kind.kind == "bytes":
            return "FString" if field.name.endswith("pem") else "TArray<uint8>"
        if kind.kind == "blocks":
            return "TArray<FString>"
        return _BLUEPRINT[kind.name] if kind.kind == "int" else self.value(kind)

    def param(self, param: Param) -> Spelled:
        """A parameter that users give or take; `out` handles and buffers become results."""
        name, kind = pascal(param.name.replace("config", "options")), param.type
        if kind.kind == "string":
            return Spelled(f"const FString& {name}", (f"{self._prefix}::FText8(*{name}).OrNull()",))
        if kind.kind == "bytes":
            return Spelled(
                f"TArrayView<const uint8> {name}", (f"{name}.GetData()", f"static_cast<uint32>({name}.Num())")
            )
        if kind.kind == "struct":
            return self._struct(param, name)
        if kind.kind == "out" and kind.of is not None:
            return self._out(kind.of, name)
        if kind.kind == "int" and kind.name == "u16":
            refuse = f'if (!{self._prefix}::IsPort({name}, TEXT("{name}")))'
            return Spelled(f"int32 {name}", (f"static_cast<uint16>({name})",), (refuse,))
        shown = self.value(kind)
        return Spelled(f"{shown} {name}", (f"static_cast<{kind.c}>({name})" if shown != kind.c else name,))

    def _struct(self, param: Param, name: str) -> Spelled:
        shown, c = self.struct(param.type.name), param.type.c.removeprefix("const ").rstrip("*").strip()
        if param.direction == "in":
            init = f"{c} Raw;"
            fill = f"if (!{self._prefix}::ToC({name}, Marshal, Raw))"
            return Spelled(f"const {shown}& {name}", ("&Raw",), (f"{self._prefix}::FMarshal Marshal;", init, fill))
        before = (f"{c} Raw = {{}};", "Raw.struct_size = static_cast<uint32>(sizeof(Raw));")
        return Spelled(f"{shown}& Out{name}", ("&Raw",), before, (f"{self._prefix}::FromC(Raw, Out{name});",))

    def _out(self, of: Type, name: str) -> Spelled:
        if of.kind == "handle":
            return Spelled("", ("&Handle",))
        raw = f"{of.c} Raw;"
        return Spelled(
            f"{self.struct(of.name)}& Out{name}", ("&Raw",), (raw,), (f"{self._prefix}::FromC(Raw, Out{name});",)
        )

    def field_from_c(self, field: Field) -> str:
        """Copies one field of a struct that the library filled."""
        name, raw = f"{self.field(field)}", f"Raw.{snake(field.name)}"
        if field.type.kind == "bytes":
            length = f"static_cast<int32>(Raw.{snake(field.length)})"
            return f"Out.{name}.Reset();\n\tOut.{name}.Append({raw}, {length});"
        return (
            f"Out.{name} = static_cast<decltype(Out.{name})>({raw});"
            if field.type.kind != "flag"
            else (f"Out.{name} = {raw} != 0;")
        )

    def field_to_c(self, field: Field) -> str:
        """Hands on one field of the options; `Marshal` keeps what C points to."""
        name, kind, raw = self.field(field), field.type.kind, f"Raw.{snake(field.name)}"
        if kind == "string":
            return f"{raw} = Marshal.Text(Options.{name});"
        if kind in ("bytes", "blocks"):
            how = {"blocks": "Pins", "bytes": "Pem" if field.name.endswith("pem") else "Bytes"}[kind]
            return f"{raw} = Marshal.{how}(Options.{name}, Raw.{snake(field.length)});"
        if field.type.name == "u16":
            return f'{raw} = Marshal.Port(Options.{name}, TEXT("{name}"));'
        return f"{raw} = static_cast<decltype({raw})>(Options.{name});"

    def field(self, field: Field) -> str:
        """A field's name; booleans begin with b."""
        return f"b{pascal(field.name)}" if field.type.kind == "flag" else pascal(field.name)
