"""What Rust shows: integers as newtypes, structs as C lays them out, handles with Drop."""

from fastnet_codegen.ir.model import Api, CParam, Enum, Function, Record
from fastnet_codegen.ir.names import pascal, screaming, snake
from fastnet_codegen.ir.refs import refs
from fastnet_codegen.render.comments import lines
from fastnet_codegen.render.prose import Prose
from msgspec import Struct

_C = {
    "const char*": "*const c_char",
    "char*": "*mut c_char",
    "const uint8_t*": "*const u8",
    "void*": "*mut c_void",
    "void": "()",
    "uint8_t": "u8",
    "uint16_t": "u16",
    "uint32_t": "u32",
    "uint64_t": "u64",
    "int32_t": "i32",
    "float": "f32",
    "double": "f64",
}
_WORDS = "as async box fn impl in loop match mod move ref self type use where yield"
_RESERVED = frozenset(_WORDS.split())


class Constant(Struct, frozen=True):
    """An associated constant of a newtype."""

    name: str
    value: int
    doc: str


class Newtype(Struct, frozen=True):
    """A number with names; open, so not an enum of Rust."""

    name: str
    width: str
    doc: str
    constants: list[Constant]


class Layout(Struct, frozen=True):
    """A struct: fields as name and type."""

    name: str
    doc: str
    fields: list[tuple[str, str]]
    size: int


class Foreign(Struct, frozen=True):
    """A function of the library."""

    c: str
    params: str
    returns: str
    doc: str


class Owner(Struct, frozen=True):
    """A handle."""

    name: str
    c: str
    doc: str
    destructor: str


class RustView:
    """A Rust programmer's view of an Api."""

    def __init__(self, api: Api) -> None:
        self._api, self._refs = api, refs(api)
        self._prose = Prose(lambda path: self._refs[path].c)
        self.prefix, self.hash, self.revision, self.macro = api.prefix, api.hash, api.revision, screaming(api.prefix)
        self.newtypes = [self._newtype(enum) for enum in api.enums]
        self.ids = [(id_.c, id_.width) for id_ in api.ids]
        self.bool = f"{api.name}Bool"
        self.handles = [
            Owner(pascal(handle.name), handle.c, self._doc(handle.doc), api.function(handle.destructor).c)
            for handle in api.handles
        ]
        self.callbacks = [(part.c, ", ".join(self._type(p.type) for p in part.c_params)) for part in api.callbacks]
        self.layouts = [self._layout(struct) for struct in api.structs]
        self.functions = [self._foreign(function) for function in api.functions]

    def _doc(self, doc: object, indent: int = 0) -> str:
        return lines(self._prose.paragraphs(doc), "/// ", indent)  # type: ignore[arg-type]

    def _newtype(self, enum: Enum) -> Newtype:
        constants = [Constant(screaming(m.name), m.value, self._doc(m.doc, 4)) for m in enum.members]
        return Newtype(enum.c, enum.width, self._doc(enum.doc), constants)

    def _layout(self, struct: Record) -> Layout:
        fields = []
        for field in struct.fields:
            spelled = self._type(field.type.c)
            name = f"r#{field.c}" if field.c in _RESERVED else field.c
            fields.append((name, f"[{spelled}; {field.count}]" if field.count > 1 else spelled))
        return Layout(struct.c, self._doc(struct.doc), fields, struct.extents["lp64"].size)

    def _foreign(self, function: Function) -> Foreign:
        params = ", ".join(self._param(param) for param in function.c_params)
        return Foreign(function.c, params, self._type(function.returns.type.c), self._doc(function.doc, 4))

    def _param(self, param: CParam) -> str:
        name = f"r#{param.name}" if param.name in _RESERVED else snake(param.name)
        return f"{name}: {self._type(param.type)}"

    def _type(self, c: str) -> str:
        if c in _C:
            return _C[c]
        if c.startswith("const ") and c.endswith("*"):
            return f"*const {self._type(c[6:-1])}"
        return f"*mut {self._type(c[:-1])}" if c.endswith("*") else c
