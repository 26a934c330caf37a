"""What Python shows: enumerations as IntEnum, defaults as dictionaries."""

from msgspec import Struct

from fastnet_codegen.ir.model import Api, Enum, Record
from fastnet_codegen.ir.names import pascal, screaming, snake
from fastnet_codegen.ir.refs import refs
from fastnet_codegen.render.comments import docstring
from fastnet_codegen.render.prose import Prose

SHARED = ("channel", "event type", "state", "result", "reason")


class Row(Struct, frozen=True):
    """One member of an enumeration."""

    name: str
    value: int
    doc: str


class Class(Struct, frozen=True):
    """One IntEnum."""

    name: str
    doc: str
    rows: list[Row]


class Defaults(Struct, frozen=True):
    """What 0 means in the fields of a struct, and which fields know OFF."""

    name: str
    c: str
    rows: list[tuple[str, int]]
    off: list[str]


class PythonView:
    """The core's view of an Api."""

    def __init__(self, api: Api) -> None:
        self._api, self._refs = api, refs(api)
        self._renames = api.target("python_impl").renames
        self._prose = Prose(self._refer)
        self.revision, self.hash = api.revision, api.hash
        self.classes = [self._class(api.enum(name)) for name in SHARED]
        reason, result = api.enum("reason"), api.enum("result")
        self.reason, self.result = self._class_name(reason.name), self._class_name(result.name)
        self.local = [screaming(member.name) for member in reason.values if member.local]
        self.first, self.last = min(r.first for r in reason.ranges), max(r.last for r in reason.ranges)
        self.results = [
            (screaming(member.name), screaming(member.result))
            for member in reason.values
            if member.result and member.result != reason.otherwise
        ]
        self.ranges = [(r.first, r.last, screaming(r.result)) for r in reason.ranges]
        self.otherwise = screaming(reason.otherwise)
        self.defaults = [self._defaults(struct) for struct in api.structs if any(f.default for f in struct.fields)]
        self.constants = [(member.c, member.value) for enum in api.enums for member in enum.values]

    def _class_name(self, name: str) -> str:
        return self._renames.get(name, pascal(name))

    def _refer(self, path: str) -> str:
        ref = self._refs[path]
        if ref.kind == "member" and ref.owner in SHARED:
            return f"{self._class_name(ref.owner)}.{screaming(path.rpartition('.')[2])}"
        return self._class_name(path) if ref.kind == "enum" else ref.c

    def _class(self, enum: Enum) -> Class:
        rows = [
            Row(screaming(member.name), member.value, docstring(self._prose.brief(member.doc)))
            for member in enum.members
        ]
        return Class(self._class_name(enum.name), docstring(self._prose.summary(enum.doc)), rows)

    def _defaults(self, struct: Record) -> Defaults:
        rows = [(field.c, field.default) for field in struct.fields if field.default is not None]
        off = [field.c for field in struct.fields if field.none]
        return Defaults(f"{screaming(snake(struct.name))}_DEFAULTS", struct.c, rows, off)
