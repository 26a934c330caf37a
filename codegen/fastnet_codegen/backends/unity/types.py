"""How C# spells the types of the API."""

import re

from fastnet_codegen.ir.model import Api, Function, Type

NUMBERS = {
    "u8": "byte", "u16": "ushort", "u32": "uint", "u64": "ulong",
    "i8": "sbyte", "i16": "short", "i32": "int", "i64": "long", "f32": "float", "f64": "double",
}  # fmt: skip
_C_NUMBERS = {
    "uint8_t": "byte", "uint16_t": "ushort", "uint32_t": "uint", "uint64_t": "ulong",
    "int8_t": "sbyte", "int16_t": "short", "int32_t": "int", "int64_t": "long",
    "float": "float", "double": "double", "char": "byte", "void": "void",
}  # fmt: skip
PUBLIC_STRUCTS = ("stats",)
"""Structs that games see as they are; the others are wrapped."""


class CsTypes:
    """C spelling to C# spelling, for the raw layer and for the layer above."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._base = dict(_C_NUMBERS)
        self._base |= {f"{api.name}Bool": "uint"}
        self._base |= {id_.c: NUMBERS[id_.width] for id_ in api.ids}
        self._base |= {enum.c: enum.c for enum in api.enums}
        self._base |= {handle.c: "IntPtr" for handle in api.handles}
        self._base |= {callback.c: "IntPtr" for callback in api.callbacks}
        self._base |= {struct.c: self.struct(struct.name) for struct in api.structs}

    def struct(self, name: str) -> str:
        """The C# name of a struct: `FastNetStats`, but `NativeEvent` for one that is wrapped."""
        c = self._api.struct(name).c
        return c if name in PUBLIC_STRUCTS else "Native" + c.removeprefix(self._api.name)

    def raw(self, c: str) -> str:
        """A C type as blittable C#: `const uint8_t*` is `byte*`, `void*` is `IntPtr`."""
        words = re.sub(r"\bconst\b", "", c).replace(" ", "")
        base, stars = words.rstrip("*"), len(words) - len(words.rstrip("*"))
        if base == "void" and stars:
            return "IntPtr" + "*" * (stars - 1)
        return self._base[base] + "*" * stars

    def shown(self, type_: Type) -> str:
        """A value as games see it."""
        if type_.kind == "flag":
            return "bool"
        if type_.kind == "static_string":
            return "string"
        return self.raw(type_.c)


SIMPLE_IN = frozenset({"int", "enum", "id", "flag", "bytes"})
SIMPLE_OUT = frozenset({"void", "int", "enum", "id"})


def is_simple(function: Function) -> bool:
    """Whether a method can be printed: values and bytes in, a value out. Text and lists are written by hand."""
    if function.role not in ("method", "getter", "setter"):
        return False
    kinds = {param.type.kind for param in function.params}
    return kinds <= SIMPLE_IN and function.returns.type.kind in SIMPLE_OUT
