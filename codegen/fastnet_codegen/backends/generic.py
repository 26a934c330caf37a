"""A view for whoever has no Python: names cased, types spelled by a map, reserved words escaped, docs as comments."""

from typing import Literal

from msgspec import Struct

from fastnet_codegen.backends.c_header.backend import declarations
from fastnet_codegen.ir.model import Api, Doc, Enum, Function, Param, Record, Target, Type
from fastnet_codegen.ir.names import CASINGS, pascal
from fastnet_codegen.ir.refs import refs
from fastnet_codegen.render import comments
from fastnet_codegen.render.prose import Prose

Casing = Literal["snake", "screaming", "kebab", "pascal", "camel"]


class Casings(Struct, frozen=True, forbid_unknown_fields=True):
    """How each kind of thing is cased."""

    type: Casing = "pascal"
    function: Casing = "snake"
    member: Casing = "screaming"
    field: Casing = "snake"
    param: Casing = "snake"


class Spelling(Struct, frozen=True, kw_only=True):
    """How a language spells things.

    `types` is looked up by the name of a part, then by the width of a number, then by the kind; `{name}` in it is the
    cased name of a part, `{c}` its C type, `{of}` the spelling of what it is of.
    """

    types: dict[str, str] = {}
    casings: Casings = Casings()
    acronyms: bool = False
    reserved: tuple[str, ...] = ()
    escape: str = "{}_"
    comment: str = "c"


class Item(Struct, frozen=True):
    """A member, field or parameter: final name, spelled type or number, documentation as comment lines, the C name."""

    name: str
    spelled: str
    doc: str
    c: str


class Thing(Struct, frozen=True):
    """An enumeration, struct or function: final name, documentation, items; `part` is the model's own."""

    name: str
    doc: str
    items: list[Item]
    returns: str
    part: Enum | Record | Function


class GenericView:
    """An Api as a language of that spelling sees it."""

    def __init__(self, api: Api, spelling: Spelling, target: Target) -> None:
        self._api, self._spelling, self._target = api, spelling, target
        self._refs = refs(api)
        self._prose = Prose(self._refer)
        self.cdef = declarations(api)
        """All of C's declarations, for languages that read them."""
        self._prefix = comments.LINES.get(spelling.comment, spelling.comment)
        self.enums = [self._enum(enum) for enum in api.enums if enum.name not in target.exclude]
        self.structs = [self._struct(struct) for struct in api.structs if struct.name not in target.exclude]
        self.functions = [self._function(function) for function in api.functions if function.path not in target.exclude]
        self.free = [thing for thing in self.functions if isinstance(thing.part, Function) and not thing.part.of]
        self.classes = {
            self.named(handle.name, "type"): [
                thing for thing in self.functions if isinstance(thing.part, Function) and thing.part.of == handle.name
            ]
            for handle in api.handles
        }

    def cased(self, words: str, kind: str) -> str:
        """Words as the language writes them, escaped if they are its own."""
        casing = getattr(self._spelling.casings, kind)
        name = CASINGS[casing](words)
        if casing == "pascal" and self._spelling.acronyms:
            name = pascal(words, self._api.acronyms)
        return self._spelling.escape.format(name) if name in self._spelling.reserved else name

    def named(self, path: str, kind: str) -> str:
        """The final name of what a dotted path names: the target's own word for it, else its last words cased."""
        return self._target.renames.get(path) or self.cased(path.rpartition(".")[2], kind)

    def spelled(self, kind: Type) -> str:
        """The type as the map says; its C type if the map says nothing."""
        types = self._spelling.types
        pattern = types.get(kind.name) or types.get(kind.kind) or "{c}"
        name = self.named(kind.name, "type") if kind.name and kind.kind not in ("int", "float") else kind.name
        return pattern.format(name=name, c=kind.c, of=self.spelled(kind.of) if kind.of else "")

    def _refer(self, path: str) -> str:
        ref = self._refs[path]
        kind = {"member": "member", "function": "function", "field": "field", "param": "param"}.get(ref.kind, "type")
        return self.named(path, kind)

    def _doc(self, doc: Doc, indent: int = 0) -> str:
        return comments.lines(self._prose.paragraphs(doc), self._prefix, indent)

    def _enum(self, enum: Enum) -> Thing:
        items = [
            Item(
                self.named(f"{enum.name}.{member.name}", "member"),
                str(member.value),
                self._doc(member.doc, 4),
                member.c,
            )
            for member in enum.values
        ]
        return Thing(self.named(enum.name, "type"), self._doc(enum.doc), items, "", enum)

    def _struct(self, struct: Record) -> Thing:
        items = [
            Item(
                self.named(f"{struct.name}.{field.name}", "field"),
                self.spelled(field.type),
                self._doc(field.doc, 4),
                field.c,
            )
            for field in struct.fields
        ]
        return Thing(self.named(struct.name, "type"), self._doc(struct.doc), items, "", struct)

    def _function(self, function: Function) -> Thing:
        items = [self._param(function, param) for param in function.params]
        name = self.named(function.path, "function")
        returns = self.spelled(function.returns.type)
        return Thing(name, self._doc(function.doc), items, returns, function)

    def _param(self, function: Function, param: Param) -> Item:
        name = self.named(f"{function.path}.{param.name}", "param")
        return Item(name, self.spelled(param.type), self._doc(param.doc, 4), param.name.replace(" ", "_"))
