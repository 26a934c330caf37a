"""The language of the description: what `codegen/api/*.yaml` may say. Nothing else is read.

Names are lower-case words ("rtt us"); each target cases them. A dotted path names anything: `client.send`,
`client.send.channel`, `event.data`, `result.timeout`. What each key means is told by the docstrings here, which also
become the JSON Schema.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct

Words = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9]*( [a-z0-9]+)*$", description="Lower-case words.")]
Width = Literal["u8", "u16", "u32", "u64", "i8", "i16", "i32", "i64"]
Unit = Literal["us", "ms", "ns", "bytes"]
Lifetime = Literal["call", "until_next_poll", "handle", "thread_next_call", "static"]
Absent = Literal["refused", "allowed", "means_default", "when_empty"]


class Part(Struct, frozen=True, forbid_unknown_fields=True):
    """Base of everything that is described."""


class Member(Part, frozen=True):
    """One named number of an enumeration."""

    name: Words
    value: int
    doc: str
    since: int | None = None
    """Revision that brought it; none means that of the enumeration."""
    aliases: tuple[Words, ...] = ()
    """Other names of the same number."""
    prefix: str | None = None
    """Instead of the enumeration's prefix; an empty one leaves only that of the API."""
    result: Words | None = None
    """For reasons: the class of result that it stands for."""
    local: bool = False
    """For reasons: never sent over the network."""
    deprecated: str | None = None
    """Dotted path of what replaces it."""


class Range(Part, frozen=True):
    """Numbers of an enumeration that belong to the application."""

    name: Words
    first: int
    last: int
    doc: str
    result: Words | None = None


class Enum(Part, frozen=True):
    """Named numbers: an enumeration, or flags where members are single bits. All are open."""

    name: Words
    since: int
    width: Width
    prefix: Words
    summary: str
    members: tuple[Member, ...]
    details: str = ""
    ranges: tuple[Range, ...] = ()
    otherwise: Words | None = None
    """For reasons: the result of numbers that are not listed."""
    unknown: Words | None = None
    """Result for an argument that is none of the members; without it any number passes."""
    deprecated: str | None = None


class Id(Part, frozen=True):
    """A number that names something, without arithmetic."""

    name: Words
    since: int
    width: Width
    none: int
    """The number that names nothing."""
    summary: str
    details: str = ""


class Handle(Part, frozen=True):
    """Something opaque that functions work on."""

    name: Words
    since: int
    constructors: tuple[Words, ...]
    destructor: Words
    summary: str
    details: str = ""


class Field(Part, frozen=True):
    """One field of a struct: `name`, `type` and `doc`, or `reserved` and `count`."""

    name: Words | None = None
    type: str | None = None
    doc: str = ""
    since: int | None = None
    """Revision that brought it; none means that of the struct."""
    reserved: str | None = None
    """Type of a field that is zero for now."""
    count: int = 1
    unit: Unit | None = None
    length: Words | None = None
    """For bytes and blocks: the field before it that holds their number."""
    lifetime: Lifetime | None = None
    absent: Absent | None = None
    min: int | None = None
    """Smallest value; for text the smallest length in bytes."""
    max: int | None = None
    """Largest value; for text and bytes the largest length in bytes."""
    default: int | None = None
    """What 0 means."""
    none: bool = False
    """Whether the API's OFF constant is accepted, and means none or for ever."""
    required: bool = False
    """Whether 0 is refused."""


class Record(Part, frozen=True):
    """A struct: `frozen` never grows, `sized` begins with an implied `struct size` and may grow at its end."""

    name: Words
    since: int
    kind: Literal["frozen", "sized"]
    summary: str
    fields: tuple[Field, ...]
    details: str = ""
    init: str | None = None
    """Dotted path of the function that prepares it."""
    exclusive: tuple[tuple[str, ...], ...] = ()
    """Groups of fields, or of flags as `flags.name`, of which at most one may be given."""
    together: tuple[tuple[str, ...], ...] = ()
    """Groups of fields that are given all or not at all."""


class Param(Part, frozen=True):
    """One parameter of a function or callback."""

    name: Words
    type: str
    doc: str
    direction: Literal["in", "out", "init"] = "in"
    """For structs: read, written, or prepared (then the caller's size follows)."""
    unit: Unit | None = None
    absent: Absent | None = None
    lifetime: Lifetime | None = None
    min: int | None = None
    max: int | None = None
    ranges: tuple[tuple[int, int], ...] = ()
    """The values that a number may have, first and last of each range."""
    none: bool = False


class Returns(Part, frozen=True):
    """What a function gives back."""

    type: str
    doc: str
    unit: Unit | None = None
    lifetime: Lifetime | None = None


class Callback(Part, frozen=True):
    """A function of the application that the library calls, only inside a call; its last parameter is `user data`."""

    name: Words
    since: int
    summary: str
    params: tuple[Param, ...]
    details: str = ""


class Function(Part, frozen=True):
    """One exported function. `of` names the handle that is its first parameter, unless it makes one or is free."""

    name: Words
    role: Literal["constructor", "destructor", "method", "getter", "setter", "free"]
    since: int
    runs: Literal["shim", "post", "ask"]
    """Where: in C alone; queued for the network thread; queued and waited for."""
    threads: Literal["any", "one", "last"]
    """Who may call: any thread; one at a time per handle; no other call on the handle may follow."""
    summary: str
    of: Words | None = None
    details: str = ""
    params: tuple[Param, ...] = ()
    returns: Returns | None = None
    errors: tuple[Words, ...] = ()
    """Results beyond those that every function of a handle may give."""
    in_callback: Literal["allowed", "refused"] | None = None
    """Inside the log callback; by default functions of handles are refused there and others allowed."""
    pumped: Literal["any", "one"] = "one"
    """Who may call when the handle is pumped; only functions of class `any` may keep it."""
    deprecated: str | None = None


class Event(Part, frozen=True):
    """A signal or delegate of the engines: the arguments are fields of the event struct, in this order."""

    name: Words
    since: int
    type: Words
    of: tuple[Words, ...]
    carries: tuple[Words, ...]
    summary: str


class Module(Part, frozen=True):
    """One file of the description."""

    enums: tuple[Enum, ...] = ()
    flags: tuple[Enum, ...] = ()
    ids: tuple[Id, ...] = ()
    handles: tuple[Handle, ...] = ()
    structs: tuple[Record, ...] = ()
    callbacks: tuple[Callback, ...] = ()
    functions: tuple[Function, ...] = ()
    events: tuple[Event, ...] = ()


class Root(Part, frozen=True):
    """The file `api.yaml`: the names that all share, and the order of the modules."""

    name: Annotated[str, Meta(pattern=r"^[A-Z][A-Za-z0-9]*$")]
    prefix: Annotated[str, Meta(pattern=r"^[a-z][a-z0-9]*$")]
    summary: str
    version: Annotated[str, Meta(pattern=r"^\d+\.\d+\.\d+$")]
    major: int
    revision: int
    modules: tuple[str, ...]
    details: str = ""
    acronyms: tuple[str, ...] = ()
    reserved: tuple[str, ...] = ()


class Target(Part, frozen=True):
    """The file `targets/<backend>.yaml`: what one target must say differently, by dotted path."""

    renames: dict[str, str] = {}
    exclude: tuple[str, ...] = ()
    lower: dict[str, str] = {}
    """Paths that the target hands on in a plainer form, and which."""


class Description(Struct, frozen=True):
    """All that was read."""

    root: Root
    modules: dict[str, Module]
    targets: dict[str, Target]
