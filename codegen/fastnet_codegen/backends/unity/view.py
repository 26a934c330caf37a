"""What C# shows: names final, documentation as XML text, nothing left to choose."""

from collections.abc import Iterator

from msgspec import Struct

from fastnet_codegen.backends.unity.types import NUMBERS, CsTypes, is_simple
from fastnet_codegen.ir.model import Api, Doc, Enum, Field, Function, Handle, Record
from fastnet_codegen.ir.names import camel, pascal
from fastnet_codegen.ir.refs import refs
from fastnet_codegen.render.comments import markdown, xml
from fastnet_codegen.render.prose import Prose

RESERVED = frozenset(
    [
        "event",
        "params",
        "out",
        "ref",
        "in",
        "is",
        "as",
        "base",
        "checked",
        "fixed",
        "lock",
        "object",
        "operator",
        "string",
        "this",
        "default",
        "internal",
    ]
)


_BY_HAND = {
    "client.poll": "TryPoll",
    "server.poll": "TryPoll",
    "client.open": "Connect",
    "client.connect": "Connect",
    "server.open": "Listen",
    "server.create": "Listen",
    "client.disconnect": "Dispose",
    "server.destroy": "Dispose",
}
"""Functions whose C# form is written by hand, under another name."""


class Member(Struct, frozen=True):
    """A named number."""

    doc: str
    name: str
    value: int
    doc_markdown: str


class EnumView(Struct, frozen=True):
    """An enumeration, or flags."""

    doc: str
    name: str
    underlying: str
    flags: bool
    members: list[Member]
    doc_markdown: str


class FieldView(Struct, frozen=True):
    """One field of a struct. Reserved arrays are so many fields."""

    doc: str
    access: str
    type: str
    name: str
    offset64: int
    offset32: int


class StructView(Struct, frozen=True):
    """A struct that crosses the border as it is."""

    doc: str
    access: str
    name: str
    fields: list[FieldView]
    size64: int
    size32: int


class Property(Struct, frozen=True):
    """A property of the event."""

    doc: str
    type: str
    name: str
    expression: str
    doc_markdown: str


class Import(Struct, frozen=True):
    """A P/Invoke declaration."""

    symbol: str
    returns: str
    params: str


class Method(Struct, frozen=True):
    """A method that only passes on: what its body fixes, and what it calls."""

    doc: str
    params_doc: list[tuple[str, str]]
    returns_doc: str
    returns: str
    name: str
    params: str
    pins: list[tuple[str, str]]
    call: str
    is_property: bool
    doc_markdown: str
    params_markdown: list[tuple[str, str]]


class HandleView(Struct, frozen=True):
    """One class."""

    name: str
    methods: list[Method]


class UnityView:
    """All that the templates see."""

    def __init__(self, api: Api) -> None:
        self._api, self._types, self._refs = api, CsTypes(api), refs(api)
        self._prose = Prose(self._refer)
        self._markdown = Prose(lambda path: f"`{self._refer(path)}`", text=markdown)
        self.prefix, self.revision, self.hash = api.prefix, api.revision, api.hash
        self.version = api.version
        self.enums = [self._enum(enum) for enum in api.enums]
        self.structs = [self._struct(struct) for struct in api.structs]
        self.imports = [self._import(function) for function in api.functions]
        self.event = list(self._event(api.struct("event")))
        self.event_doc = self._doc(api.struct("event").doc)
        self.handles = [self._handle(handle) for handle in api.handles]

    def _refer(self, path: str) -> str:
        """A dotted path as C# names it: `FastNetResult.WouldBlock`, `FastNetClient.Poll`."""
        ref = self._refs[path]
        last = _BY_HAND.get(path, pascal(path.rpartition(".")[2]))
        if ref.kind in ("member", "field"):
            return f"{self._refs[ref.owner].c}.{last}"
        if ref.kind == "function":
            return f"{self._refs[ref.owner].c}.{last}" if ref.owner else ref.c
        return ref.c

    def _doc(self, doc: Doc) -> str:
        return xml(" ".join(self._prose.paragraphs(doc)))

    def _summary(self, doc: Doc) -> str:
        return xml(" ".join([self._prose.summary(doc), *self._prose.details(doc)]))

    def _plain(self, doc: Doc) -> str:
        """For the guide's reference: one line of Markdown."""
        return " ".join(self._markdown.paragraphs(doc))

    def _enum(self, enum: Enum) -> EnumView:
        underlying = NUMBERS[enum.width]
        members = [Member(self._summary(m.doc), pascal(m.name), m.value, self._plain(m.doc)) for m in enum.members]
        return EnumView(self._doc(enum.doc), enum.c, underlying, enum.kind == "flags", members, self._plain(enum.doc))

    def _struct(self, struct: Record) -> StructView:
        name = self._types.struct(struct.name)
        access = "public" if name == struct.c else "internal"
        fields = [shown for field in struct.fields for shown in self._fields(field, access)]
        sizes = struct.extents["lp64"].size, struct.extents["ilp32"].size
        return StructView(self._doc(struct.doc), access, name, fields, *sizes)

    def _fields(self, field: Field, access: str) -> Iterator[FieldView]:
        doc = "" if field.reserved else self._summary(field.doc)
        size = {key: place.size // field.count for key, place in field.places.items()}
        for index in range(field.count):
            name = pascal(field.name) if not field.reserved else f"{field.c}_{index}"
            offsets = [field.places[key].offset + index * size[key] for key in ("lp64", "ilp32")]
            shown = access if not field.reserved and field.name != "struct size" else "internal"
            yield FieldView(doc, shown, self._types.raw(field.type.c), name, *offsets)

    def _event(self, struct: Record) -> Iterator[Property]:
        for field in struct.shown:
            name, doc, plain = pascal(field.name), self._summary(field.doc), self._plain(field.doc)
            if field.length:
                yield Property(
                    doc, "ReadOnlySpan<byte>", name, f"new ReadOnlySpan<byte>(_raw.{name}, (int)_raw.DataLen)", plain
                )
            elif field.type.kind == "flag":
                yield Property(doc, "bool", name, f"_raw.{name} != 0", plain)
            elif not field.length_of:
                yield Property(doc, self._types.raw(field.type.c), name, f"_raw.{name}", plain)

    def _import(self, function: Function) -> Import:
        params = ", ".join(
            f"{self._types.raw(p.type)} {escaped(camel(p.name.replace('_', ' ')))}" for p in function.c_params
        )
        return Import(function.c, self._types.raw(function.returns.type.c), params)

    def _handle(self, handle: Handle) -> HandleView:
        return HandleView(handle.c, [self._method(f) for f in self._api.methods(handle.name) if is_simple(f)])

    def _method(self, function: Function) -> Method:
        params, call, pins = [], ["Raw"], []
        for param in function.params:
            name = escaped(camel(param.name))
            if param.type.kind == "bytes":
                params.append(f"ReadOnlySpan<byte> {name}")
                pins.append((f"{name}Bytes", name))
                call += [f"{name}Bytes", f"(uint){name}.Length"]
            else:
                params.append(f"{self._types.shown(param.type)} {name}")
                call.append(f"{name} ? 1u : 0u" if param.type.kind == "flag" else name)
        returns = self._types.shown(function.returns.type)
        return Method(
            self._doc(function.doc),
            [(escaped(camel(p.name)).lstrip("@"), xml(self._prose.brief(p.doc))) for p in function.params],
            xml(self._prose.brief(function.returns.doc)) if returns != "void" else "",
            returns,
            pascal(function.name),
            ", ".join(params),
            pins,
            f"Native.{function.c}({', '.join(call)})",
            function.role == "getter" and not params,
            self._plain(function.doc),
            [(escaped(camel(p.name)).lstrip("@"), self._markdown.brief(p.doc)) for p in function.params],
        )


def escaped(name: str) -> str:
    """`event` as `@event`."""
    return f"@{name}" if name in RESERVED else name
