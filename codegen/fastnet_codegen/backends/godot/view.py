"""What Godot's tables show: classes.yaml decides the shape of the classes, the Api gives constants and C functions."""

from pathlib import Path
from typing import Any

import msgspec
import yaml
from msgspec import Struct

from fastnet_codegen.ir.model import Api, Enum
from fastnet_codegen.ir.names import pascal, screaming
from fastnet_codegen.ir.refs import refs
from fastnet_codegen.render.comments import visible
from fastnet_codegen.render.prose import Prose

VARIANTS = {
    "void": "NIL",
    "int": "INT",
    "Error": "INT",
    "float": "FLOAT",
    "String": "STRING",
    "Dictionary": "DICTIONARY",
    "PackedByteArray": "PACKED_BYTE_ARRAY",
    "PackedInt64Array": "PACKED_INT64_ARRAY",
}


class Argument(Struct, frozen=True, forbid_unknown_fields=True):
    """One argument of a method or signal; `default` as GDScript writes it."""

    name: str
    type: str
    default: str | None = None

    @property
    def variant(self) -> str:
        """The engine's name of the type."""
        return f"GDEXTENSION_VARIANT_TYPE_{VARIANTS[self.type]}"

    @property
    def number(self) -> int:
        """The default of an int; 0 for others."""
        return int(self.default) if self.type == "int" and self.default is not None else 0


class Method(Struct, frozen=True, forbid_unknown_fields=True):
    """One method of a class."""

    name: str
    returns: str
    description: str
    arguments: list[Argument] = []

    @property
    def variant(self) -> str:
        """The engine's name of the returned type."""
        return f"GDEXTENSION_VARIANT_TYPE_{VARIANTS[self.returns]}"

    @property
    def xml_returns(self) -> str:
        """The attributes of the return tag."""
        return 'type="int" enum="Error"' if self.returns == "Error" else f'type="{self.returns}"'


class Signal(Struct, frozen=True, forbid_unknown_fields=True):
    """One signal of a class."""

    name: str
    description: str
    arguments: list[Argument] = []


class Constant(Struct, frozen=True):
    """One constant of a class, printed from an enumeration of the API."""

    enumeration: str
    name: str
    value: int
    description: str


class ClassSpec(Struct, frozen=True, forbid_unknown_fields=True):
    """One class as classes.yaml writes it."""

    name: str
    prefix: str
    inherits: str
    brief: str
    description: str
    methods: list[Method]
    signals: list[Signal]
    enums: list[str] = []


class ClassView(Struct, frozen=True):
    """One class as the templates print it; methods sorted by name for the help, in order for the table."""

    name: str
    prefix: str
    inherits: str
    brief: str
    description: str
    methods: list[Method]
    signals: list[Signal]
    constants: list[Constant]

    @property
    def sorted_methods(self) -> list[Method]:
        """In the order that Godot's own help files have."""
        return sorted(self.methods, key=lambda method: method.name)


class _Specs(Struct, frozen=True, forbid_unknown_fields=True):
    classes: list[ClassSpec]


class Entry(Struct, frozen=True):
    """One function of the C library, as a field of the loader's table."""

    symbol: str
    field: str
    returns: str
    params: str


class GodotView:
    """All that the templates see."""

    def __init__(self, api: Api) -> None:
        self._prefix = screaming(api.prefix)
        self._refs = refs(api)
        self._prose = Prose(self._refer, code=lambda text: f"[code]{text}[/code]")
        self.revision, self.hash = api.revision, api.hash
        self.entries = [
            Entry(
                function.c,
                function.c.removeprefix(f"{api.prefix}_"),
                function.returns.type.c,
                ", ".join(f"{param.type} {param.name}" for param in function.c_params) or "void",
            )
            for function in api.functions
        ]
        text = (Path(__file__).parent / "classes.yaml").read_text(encoding="utf-8")
        specs = msgspec.convert(yaml.safe_load(text), _Specs)
        self.classes = [self._class(api, spec) for spec in specs.classes]

    def _refer(self, path: str) -> str:
        return f"[code]{self._refs[path].c}[/code]"

    def _class(self, api: Api, spec: ClassSpec) -> ClassView:
        constants = [constant for name in spec.enums for constant in self._constants(api.enum(name))]
        fields: dict[str, Any] = {
            key: getattr(spec, key)
            for key in ("name", "prefix", "inherits", "brief", "description", "methods", "signals")
        }
        return ClassView(**fields, constants=constants)

    def _constants(self, enum: Enum) -> list[Constant]:
        return [
            Constant(
                pascal(enum.name), member.c.removeprefix(f"{self._prefix}_"), member.value, self._member(member.doc)
            )
            for member in enum.members
        ]

    def _member(self, doc: Any) -> str:
        return visible(self._prose.summary(doc))


def c_string(text: str) -> str:
    """A C string literal of one line."""
    quoted = text.replace("\\", "\\\\").replace('"', '\\"').replace("??", "?\\?")
    return f'"{quoted}\\n"'
