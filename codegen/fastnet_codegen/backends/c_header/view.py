"""What a C header shows: types in an order that compiles, functions by module, documentation as Doxygen paragraphs."""

from collections.abc import Iterator

from msgspec import Struct

from fastnet_codegen.ir.model import Api, Callback, CParam, Doc, Enum, Field, Function, Member, Record
from fastnet_codegen.ir.names import screaming
from fastnet_codegen.ir.refs import refs
from fastnet_codegen.ir.types import C_NUMBERS
from fastnet_codegen.render.prose import Prose


class Typedef(Struct, frozen=True):
    """One name for a number, a pointer or a function."""

    doc: list[str]
    text: str


class Constant(Struct, frozen=True):
    """One constant of an enumeration, its name padded."""

    doc: str
    text: str
    value: int


class Group(Struct, frozen=True):
    """The constants of an enumeration."""

    doc: list[str]
    constants: list[Constant]


class Line(Struct, frozen=True):
    """One field of a struct."""

    doc: list[str]
    text: str


class Layout(Struct, frozen=True):
    """A struct."""

    doc: list[str]
    c: str
    fields: list[Line]


class Prototype(Struct, frozen=True):
    """A function: documentation and declaration, with the macros of visibility and of calls, and without."""

    doc: list[str]
    text: str
    bare: str


class Section(Struct, frozen=True):
    """The functions of a module."""

    title: str
    prototypes: list[Prototype]


class CView:
    """A C programmer's view of an Api."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._refs = refs(api)
        self.prose = Prose(lambda path: self._refs[path].c)
        self.macro = screaming(api.prefix)
        self.name = api.name
        self.version, self.major, self.revision, self.hash = api.version, api.major, api.revision, api.hash
        self.version_parts = api.version.split(".")
        self.intro = self.prose.paragraphs(api.doc)
        self.handles = [
            Typedef(self._paragraphs(part.doc), f"typedef struct {part.c}_T* {part.c};") for part in api.handles
        ]
        self.numbers = list(self._numbers())
        self.groups = [self._group(enum) for enum in api.enums]
        self.callbacks = [self._callback(callback) for callback in api.callbacks]
        self.structs = [self._struct(struct) for struct in api.structs]
        self.sections = [self._section(module) for module in api.modules]

    def _paragraphs(self, doc: Doc) -> list[str]:
        """Paragraphs with the constant OFF spelled as C does."""
        return [text.replace("`OFF`", f"`{self.macro}_OFF`") for text in self.prose.paragraphs(doc)]

    def _brief(self, doc: Doc) -> str:
        return self.prose.brief(doc).replace("`OFF`", f"`{self.macro}_OFF`")

    def _numbers(self) -> Iterator[Typedef]:
        yield Typedef(["0 or 1."], f"typedef uint32_t {self.name}Bool;")
        for id_ in self._api.ids:
            yield Typedef(self._paragraphs(id_.doc), f"typedef {C_NUMBERS[id_.width]} {id_.c};")
        for enum in self._api.enums:
            doc = self._paragraphs(enum.doc)
            yield Typedef(doc, f"typedef {C_NUMBERS[enum.width]} {enum.c};")

    def _group(self, enum: Enum) -> Group:
        width = max(len(member.c) for member in enum.members)
        doc = [f"Values of {enum.c}."]
        doc += [f"{r.first} to {r.last}: {self._brief(r.doc)}" for r in enum.ranges]
        constants = [Constant(self._member_doc(member), member.c.ljust(width), member.value) for member in enum.members]
        return Group(doc, constants)

    def _member_doc(self, member: Member) -> str:
        since = f" Since revision {member.since}." if member.since > 1 else ""
        return self._brief(member.doc) + since

    def _callback(self, callback: Callback) -> Typedef:
        doc = self._paragraphs(callback.doc)
        doc += [
            f"@param {c.name} {self._brief(p.doc)}" for c, p in zip(callback.c_params, callback.params, strict=True)
        ]
        text = f"typedef void ({self.macro}_CALL *{callback.c})({declared(callback.c_params)});"
        return Typedef(doc, text)

    def _struct(self, struct: Record) -> Layout:
        doc = self._paragraphs(struct.doc)
        if struct.kind == "sized":
            doc.append("May grow at its end: `struct_size` tells what the caller knows.")
        return Layout(doc, struct.c, [self._field(field) for field in struct.fields])

    def _field(self, field: Field) -> Line:
        count = f"[{field.count}]" if field.count > 1 else ""
        doc = [] if field.reserved else [self._brief(field.doc)]
        return Line(doc, f"{field.type.c} {field.c}{count};")

    def _section(self, module: str) -> Section:
        functions = [function for function in self._api.functions if function.module == module]
        return Section(module.capitalize(), [self._prototype(function) for function in functions])

    def _prototype(self, function: Function) -> Prototype:
        doc = [self._brief(Doc(function.doc.summary)), *self.prose.details(function.doc)]
        for c_param in function.c_params:
            doc.append(f"@param {c_param.name} {self._param_doc(function, c_param)}")
        if function.returns.type.kind != "void":
            doc.append(f"@return {self._brief(function.returns.doc)} {self._lifetime(function)}".rstrip())
        doc.append(" ".join(self.prose.line(fact) for fact in function.doc.facts))
        returns, call = function.returns.type.c, f"{function.c}({declared(function.c_params)});"
        text, bare = f"{self.macro}_DECL {returns} {self.macro}_CALL {call}", f"{returns} {call}"
        return Prototype(doc, wrapped(text), wrapped(bare))

    def _lifetime(self, function: Function) -> str:
        return "Static." if function.returns.type.kind == "static_string" else ""

    def _param_doc(self, function: Function, param: CParam) -> str:
        if param.role == "self":
            return f"The {function.of}."
        fixed = {
            "length": f"Bytes at `{param.name.removesuffix('_len')}`.",
            "capacity": "Room in the buffer; 0 only asks.",
            "size": "`sizeof` of the struct.",
        }
        return fixed.get(param.role) or self._brief(function.param(param.of).doc)


def declared(params: tuple[CParam, ...]) -> str:
    """Parameters as a C prototype lists them."""
    return ", ".join(f"{param.type} {param.name}" for param in params) or "void"


def wrapped(declaration: str, width: int = 120) -> str:
    """A declaration on as many lines as it needs, broken between parameters."""
    if len(declaration) <= width:
        return declaration
    start, _, rest = declaration.partition("(")
    found, line = [], start + "("
    for part in rest.replace(", ", ", \0").split("\0"):
        if len(line) + len(part.rstrip()) > width:
            found.append(line.rstrip())
            line = "    "
        line += part
    return "\n".join([*found, line])
