"""The IR: one frozen `Api`, resolved, laid out and documented. It is all that a back end gets, and it is public.

Plain data that survives JSON: parts refer to each other by name, never by object, so nothing is circular. `Api` has the
look-ups. Every number of the contract version stands here: a back end states the `ir` it was written for.
"""

from functools import cached_property
from typing import Literal

from msgspec import Struct

IR_VERSION = "1.0"
Kind = Literal[
    "void", "int", "float", "flag", "enum", "id", "handle", "struct", "string", "static_string", "text_out", "list_out",
    "bytes", "blocks", "out", "callback", "user_data",
]  # fmt: skip
Lifetime = Literal["call", "until_next_poll", "handle", "thread_next_call", "static"]


class Inline(Struct, frozen=True, omit_defaults=True):
    """A run of prose: `text`, `code`, or `ref` to a dotted path whose shown words are `text`."""

    kind: Literal["text", "code", "ref"]
    text: str
    target: str = ""


class Block(Struct, frozen=True, omit_defaults=True):
    """A paragraph of `inlines`, a list of `items`, or `text` as a block of code in `language`."""

    kind: Literal["paragraph", "list", "code"]
    inlines: tuple[Inline, ...] = ()
    items: tuple[tuple[Inline, ...], ...] = ()
    text: str = ""
    language: str = ""


class Doc(Struct, frozen=True, omit_defaults=True):
    """What a part is: one sentence, then more. `facts` are sentences that nobody types: threads, lifetime, errors."""

    summary: tuple[Inline, ...] = ()
    details: tuple[Block, ...] = ()
    facts: tuple[tuple[Inline, ...], ...] = ()


class Type(Struct, frozen=True, omit_defaults=True):
    """A type: its kind, what it is called if it is a part of the API, and what it is of."""

    kind: Kind
    name: str = ""
    """Of the part (`peer id`), or the width of a number (`u32`); empty otherwise."""
    of: "Type | None" = None
    """What `list_out` and `out` are of."""
    size: int = 0
    """Bytes of each of `blocks`."""
    c: str = ""
    """The C type of a parameter, field or result, such as `const uint8_t*`."""


class Member(Struct, frozen=True, omit_defaults=True):
    """A named number. `c` is the constant; `alias_of` names the member that it repeats."""

    name: str
    value: int
    c: str
    doc: Doc
    since: int
    alias_of: str = ""
    result: str = ""
    local: bool = False
    deprecated: str = ""


class Range(Struct, frozen=True, omit_defaults=True):
    """Numbers that belong to the application."""

    name: str
    first: int
    last: int
    doc: Doc
    result: str = ""


class Enum(Struct, frozen=True, omit_defaults=True):
    """Named numbers, or flags. Open: unknown numbers are passed over. Aliases follow the member that they repeat."""

    name: str
    c: str
    kind: Literal["enum", "flags"]
    width: str
    doc: Doc
    since: int
    module: str
    members: tuple[Member, ...]
    ranges: tuple[Range, ...] = ()
    otherwise: str = ""
    unknown: str = ""
    """Result for an argument that is none of the members; empty: any number passes."""
    deprecated: str = ""

    @property
    def values(self) -> tuple[Member, ...]:
        """The members without aliases."""
        return tuple(member for member in self.members if not member.alias_of)


class Id(Struct, frozen=True, omit_defaults=True):
    """A number that names something."""

    name: str
    c: str
    width: str
    none: int
    doc: Doc
    since: int
    module: str


class Handle(Struct, frozen=True, omit_defaults=True):
    """Something opaque; constructors and destructor are dotted paths of functions."""

    name: str
    c: str
    constructors: tuple[str, ...]
    destructor: str
    doc: Doc
    since: int
    module: str


class Place(Struct, frozen=True):
    """Where something lies in memory under one data model; bytes."""

    offset: int
    size: int


class Extent(Struct, frozen=True):
    """Size and alignment of a struct under one data model; bytes."""

    size: int
    align: int


class Field(Struct, frozen=True, omit_defaults=True):
    """One field. Reserved ones are zero and have a name only in C; `places` has one entry per data model."""

    name: str
    c: str
    type: Type
    doc: Doc
    since: int
    count: int = 1
    reserved: bool = False
    unit: str = ""
    length: str = ""
    length_of: str = ""
    """For a length: the field whose bytes or blocks it counts."""
    lifetime: str = ""
    absent: str = ""
    min: int | None = None
    max: int | None = None
    default: int | None = None
    none: bool = False
    required: bool = False
    places: dict[str, Place] = {}


class Record(Struct, frozen=True, omit_defaults=True):
    """A struct. Sized ones begin with the field `struct size`."""

    name: str
    c: str
    kind: Literal["frozen", "sized"]
    doc: Doc
    since: int
    module: str
    fields: tuple[Field, ...]
    init: str = ""
    exclusive: tuple[tuple[str, ...], ...] = ()
    together: tuple[tuple[str, ...], ...] = ()
    extents: dict[str, Extent] = {}

    @property
    def shown(self) -> tuple[Field, ...]:
        """The fields that users know: neither reserved nor the size of the struct."""
        return tuple(field for field in self.fields if not field.reserved and field.name != "struct size")

    @property
    def first_newer(self) -> Field | None:
        """The first field that the struct did not have when it came; what lies before it every caller has."""
        return next((field for field in self.fields if field.since > self.since), None)


class Param(Struct, frozen=True, omit_defaults=True):
    """One parameter as users think of it. In C it may be two: see `CParam.of`."""

    name: str
    type: Type
    doc: Doc
    direction: Literal["in", "out", "init"] = "in"
    unit: str = ""
    absent: str = ""
    lifetime: str = ""
    min: int | None = None
    max: int | None = None
    ranges: tuple[tuple[int, int], ...] = ()
    none: bool = False


class CParam(Struct, frozen=True, omit_defaults=True):
    """One parameter in C. `of` is the name of the parameter it belongs to, `self` for the handle."""

    name: str
    type: str
    role: Literal["self", "value", "pointer", "length", "capacity", "size"]
    of: str


class Returns(Struct, frozen=True, omit_defaults=True):
    """What a function gives back; kind `void` for nothing."""

    type: Type
    doc: Doc
    unit: str = ""
    lifetime: str = ""


class Callback(Struct, frozen=True, omit_defaults=True):
    """A function of the application."""

    name: str
    c: str
    doc: Doc
    since: int
    module: str
    params: tuple[Param, ...]
    c_params: tuple[CParam, ...]


class Function(Struct, frozen=True, omit_defaults=True):
    """One exported function: `path` is `client.send`, `c` its symbol.

    `failure` is what it returns in C when it failed; `result` means the result itself, empty that it cannot fail.
    """

    name: str
    path: str
    c: str
    role: Literal["constructor", "destructor", "method", "getter", "setter", "free"]
    since: int
    module: str
    runs: Literal["shim", "post", "ask"]
    threads: Literal["any", "one", "last"]
    doc: Doc
    params: tuple[Param, ...]
    returns: Returns
    c_params: tuple[CParam, ...]
    errors: tuple[str, ...]
    failure: str
    of: str = ""
    takes_handle: bool = False
    in_callback: Literal["allowed", "refused"] = "allowed"
    pumped: Literal["any", "one"] = "one"
    deprecated: str = ""

    def param(self, name: str) -> Param:
        """A parameter by its name."""
        return next(param for param in self.params if param.name == name)


class Event(Struct, frozen=True, omit_defaults=True):
    """A signal of the engines: `carries` are fields of the struct `event`, in order of the arguments."""

    name: str
    type: str
    of: tuple[str, ...]
    carries: tuple[str, ...]
    doc: Doc
    since: int
    module: str


class Target(Struct, frozen=True, omit_defaults=True):
    """What one back end must say differently, by dotted path."""

    renames: dict[str, str] = {}
    exclude: tuple[str, ...] = ()
    lower: dict[str, str] = {}


class Api(Struct, frozen=True, dict=True, omit_defaults=True):
    """Everything, in the order of the modules."""

    ir_version: str
    name: str
    prefix: str
    doc: Doc
    version: str
    major: int
    revision: int
    hash: str
    """Of the present revision, 16 hexadecimal digits; what `abi check` compares."""
    hashes: dict[str, str]
    """Of every revision, by its number."""
    acronyms: tuple[str, ...]
    reserved: tuple[str, ...]
    modules: tuple[str, ...]
    enums: tuple[Enum, ...]
    ids: tuple[Id, ...]
    handles: tuple[Handle, ...]
    structs: tuple[Record, ...]
    callbacks: tuple[Callback, ...]
    functions: tuple[Function, ...]
    events: tuple[Event, ...]
    targets: dict[str, Target]

    @cached_property
    def _by_name(self) -> dict[tuple[str, str], object]:
        groups = {
            "enum": self.enums, "id": self.ids, "handle": self.handles, "struct": self.structs,
            "callback": self.callbacks, "event": self.events,
        }  # fmt: skip
        found: dict[tuple[str, str], object] = {
            (kind, part.name): part  # type: ignore[attr-defined]
            for kind, parts in groups.items()
            for part in parts
        }
        return found | {("function", function.path): function for function in self.functions}

    @property
    def named(self) -> "tuple[Enum | Id | Handle | Record | Callback, ...]":
        """Everything that is a type of its own."""
        return (*self.enums, *self.ids, *self.handles, *self.structs, *self.callbacks)

    def enum(self, name: str) -> Enum:
        """An enumeration or flags by name; KeyError if there is none."""
        found = self._by_name["enum", name]
        assert isinstance(found, Enum)
        return found

    def id(self, name: str) -> Id:
        """An id by name."""
        found = self._by_name["id", name]
        assert isinstance(found, Id)
        return found

    def handle(self, name: str) -> Handle:
        """A handle by name."""
        found = self._by_name["handle", name]
        assert isinstance(found, Handle)
        return found

    def struct(self, name: str) -> Record:
        """A struct by name."""
        found = self._by_name["struct", name]
        assert isinstance(found, Record)
        return found

    def callback(self, name: str) -> Callback:
        """A callback by name."""
        found = self._by_name["callback", name]
        assert isinstance(found, Callback)
        return found

    def function(self, path: str) -> Function:
        """A function by its dotted path, such as `client.send`."""
        found = self._by_name["function", path]
        assert isinstance(found, Function)
        return found

    def methods(self, handle: str) -> tuple[Function, ...]:
        """All functions of a handle: constructors, destructor, methods, getters, setters, in order."""
        return tuple(function for function in self.functions if function.of == handle)

    def target(self, name: str) -> Target:
        """The target file of a back end, empty if there is none."""
        return self.targets.get(name, Target())
