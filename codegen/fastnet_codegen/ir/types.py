"""Type expressions of the description to types, and types to C. The list is closed: bindings can act on every kind."""

from fastnet_codegen.ir.model import Type
from fastnet_codegen.ir.names import pascal
from fastnet_codegen.spec.model import Description

INTEGERS = {f"{sign}{bits}": bits // 8 for sign in "ui" for bits in (8, 16, 32, 64)}
FLOATS = {"f32": 4, "f64": 8}
C_NUMBERS = {
    **{name: f"{'u' if name[0] == 'u' else ''}int{name[1:]}_t" for name in INTEGERS},
    "f32": "float",
    "f64": "double",
}
POINTERS = {
    "handle",
    "string",
    "static_string",
    "bytes",
    "blocks",
    "callback",
    "user_data",
    "text_out",
    "list_out",
    "out",
}
PLAIN = {
    "string": Type("string", c="const char*"),
    "static string": Type("static_string", c="const char*"),
    "text out": Type("text_out", c="char*"),
    "bytes": Type("bytes", c="const uint8_t*"),
    "user data": Type("user_data", c="void*"),
    "none": Type("void", c="void"),
}
KNOWN = (
    "u8 u16 u32 u64 i8 i16 i32 i64 f32 f64, flag, string, static string, text out, list out of T, bytes, blocks N, "
    "out T, user data, or a name"
)


class Types:
    """Knows every name of a description, and resolves type expressions by it."""

    def __init__(self, description: Description) -> None:
        self._api_name = description.root.name
        self._kinds: dict[str, str] = {}
        self.widths: dict[str, str] = {}
        for module in description.modules.values():
            for part in (*module.enums, *module.flags):
                self._kinds[part.name], self.widths[part.name] = "enum", part.width
            for id_ in module.ids:
                self._kinds[id_.name], self.widths[id_.name] = "id", id_.width
            self._kinds |= {handle.name: "handle" for handle in module.handles}
            self._kinds |= {struct.name: "struct" for struct in module.structs}
            self._kinds |= {callback.name: "callback" for callback in module.callbacks}

    def c_name(self, name: str) -> str:
        """The C type of a part: `peer id` to `FastNetPeerId`."""
        return self._api_name + pascal(name)

    def resolve(self, text: str) -> Type | None:
        """The type that an expression means; None if there is none."""
        if text in C_NUMBERS:
            return Type("float" if text in FLOATS else "int", name=text, c=C_NUMBERS[text])
        if text in PLAIN:
            return PLAIN[text]
        if text == "flag":
            return Type("flag", c=self.c_name("bool"))
        if text.startswith("blocks ") and text[7:].isdecimal():
            return Type("blocks", size=int(text[7:]), c="const uint8_t*")
        for start, kind in (("out ", "out"), ("list out of ", "list_out")):
            if text.startswith(start):
                of = self.resolve(text.removeprefix(start))
                return of and Type(kind, of=of, c=f"{of.c}*")  # type: ignore[arg-type]
        if text in self._kinds:
            return Type(self._kinds[text], name=text, c=self.c_name(text))  # type: ignore[arg-type]
        return None
