"""What Unreal shows: enumerations, reflected structs, classes of handles with the bodies of their methods."""

from msgspec import Struct

from fastnet_codegen.backends.unreal.types import Spelled, UnrealTypes
from fastnet_codegen.ir.model import Api, Enum, Field, Function, Handle, Member, Record
from fastnet_codegen.ir.names import pascal, screaming
from fastnet_codegen.ir.refs import refs
from fastnet_codegen.render.prose import Prose

_REFLECTED = ("channel", "state", "log level", "io mode", "idle policy")  # Small numbers, which Blueprints can hold.
_SAID_OTHERWISE = {"`OFF`": "-1", "NULL if empty": "May be empty", "NULL for the default": "Empty means the default"}


class Value(Struct, frozen=True):
    """One enumerator."""

    doc: list[str]
    name: str
    value: int


class EnumView(Struct, frozen=True):
    """An enumeration: `reflected` for Blueprints, `plain` for C++, `numbers` for what is switched on as a number."""

    doc: list[str]
    name: str
    style: str
    width: str
    values: list[Value]


class Property(Struct, frozen=True):
    """One field: of a reflected struct, or of the event."""

    doc: list[str]
    type: str
    name: str
    default: str
    crossing: str


class StructView(Struct, frozen=True):
    """A struct: what it is in C, and whether games fill it or we do."""

    doc: list[str]
    name: str
    c: str
    given: bool
    reflected: bool
    init: str
    properties: list[Property]
    switches: list[tuple[str, str]]


class Method(Struct, frozen=True):
    """One function of a class: what is declared, what is defined, and the statements between the braces."""

    doc: list[str]
    name: str
    declaration: str
    definition: str
    body: list[str]
    inline: str = ""


class ClassView(Struct, frozen=True):
    """A handle."""

    doc: list[str]
    name: str
    c: str
    destroy: str
    end: str
    methods: list[Method]


class Entry(Struct, frozen=True):
    """One function of the C library, as a field of the loader's table."""

    symbol: str
    field: str
    returns: str
    params: str


class UnrealView:
    """All that the templates see."""

    def __init__(self, api: Api) -> None:
        self._api, self._types, self._refs = api, UnrealTypes(api), refs(api)
        self._prose = Prose(self._refer)
        self.name, self.prefix, self.macro = api.name, api.prefix, screaming(api.prefix)
        self.enums = [self._enum(enum) for enum in api.enums if enum.kind == "enum"]
        self.structs = [self._struct(struct) for struct in api.structs]
        self.classes = [self._class(handle) for handle in api.handles]
        self.free = [self._method(f, "") for f in api.functions if not f.of and self._is_simple(f)]
        self.entries = [
            Entry(
                f.c,
                f.c.removeprefix(f"{api.prefix}_"),
                f.returns.type.c,
                ", ".join(f"{param.type} {param.name}" for param in f.c_params) or "void",
            )
            for f in api.functions
        ]

    def _refer(self, path: str) -> str:
        ref = self._refs[path]
        last = pascal(path.rpartition(".")[2])
        if ref.kind == "member":
            return f"{self._types.enum(ref.owner)}::{last}"
        if ref.kind == "function":
            return f"F{self.name}{pascal(ref.owner)}::{last}" if ref.owner else f"{self.name}::{last}"
        if ref.kind == "field":
            return f"{self._types.struct(ref.owner)}::{last}"
        return last if ref.kind == "param" else f"{self.name}{last}"

    def _enum(self, enum: Enum) -> EnumView:
        style = "reflected" if enum.name in _REFLECTED else "numbers" if enum.name == "event type" else "plain"
        width = {"plain": "int32" if enum.width == "i32" else "uint32"}.get(style, "uint8")
        values = [Value([self._prose.brief(m.doc)], pascal(m.name), m.value) for m in enum.values]
        return EnumView(self._prose.paragraphs(enum.doc), self._types.enum(enum.name), style, width, values)

    def _struct(self, struct: Record) -> StructView:
        event = struct.kind == "frozen"
        given = bool(struct.init)
        lengths = {field.length for field in struct.fields}
        flags = next((field for field in struct.fields if self._is_flags(field)), None)
        shown = [f for f in struct.shown if f.name not in lengths and f.type.kind != "user_data" and f is not flags]
        switches = self._switches(flags) if flags else []
        return StructView(
            self._prose.paragraphs(struct.doc),
            self._types.struct(struct.name),
            struct.c,
            given,
            not event,
            self._api.function(struct.init).c.removeprefix(f"{self.prefix}_") if given else "",
            [self._property(f, event, given) for f in shown] + [Property(*row) for row in self._booleans(flags)],
            switches,
        )

    def _is_flags(self, field: Field) -> bool:
        return field.type.kind == "enum" and self._api.enum(field.type.name).kind == "flags"

    def _flag_members(self, field: Field | None) -> tuple[Member, ...]:
        return self._api.enum(field.type.name).values if field else ()

    def _switches(self, field: Field) -> list[tuple[str, str]]:
        return [(f"b{pascal(member.name)}", member.c) for member in self._flag_members(field)]

    def _booleans(self, field: Field | None) -> list[tuple[list[str], str, str, str, str]]:
        members = self._flag_members(field)
        return [([self._prose.brief(m.doc)], "bool", f"b{pascal(m.name)}", "false", "") for m in members]

    def _property(self, field: Field, event: bool, given: bool) -> Property:
        number = event and field.type.kind == "enum" and field.type.name == "event type"
        type_ = "uint8" if number else self._types.property(field)
        if field.type.kind == "int" and not given:
            type_ = "uint64" if event else "int64"
        crossing = self._types.field_to_c(field) if given else self._types.field_from_c(field)
        default = "" if type_[0] in "FT" else self._types.zero(type_).replace("InvalidHandle", "Ok")
        doc = self._prose.summary(field.doc) if event else self._prose.brief(field.doc)
        for c, blueprint in _SAID_OTHERWISE.items():
            doc = doc.replace(c, blueprint)
        return Property([doc], type_, self._types.field(field), default, crossing)

    def _class(self, handle: Handle) -> ClassView:
        end = self._api.function(handle.destructor)
        methods = [self._method(f, handle.name) for f in self._api.methods(handle.name) if self._is_method(f)]
        name = f"F{self.name}{pascal(handle.name)}"
        doc = self._prose.paragraphs(handle.doc)
        symbol = end.c.removeprefix(f"{self.prefix}_")
        return ClassView(doc, name, f"{handle.c}_T", symbol, pascal(end.name), methods)

    def _is_method(self, function: Function) -> bool:
        kinds = {param.type.kind for param in function.params} | {function.returns.type.kind}
        return function.role not in ("destructor", "free") and "user_data" not in kinds

    def _is_simple(self, function: Function) -> bool:
        kinds = {param.type.kind for param in function.params}
        return function.name not in ("abi check", "init", "shutdown", "last error") and kinds <= {"enum", "int"}

    def _method(self, function: Function, of: str) -> Method:
        buffers = [p for p in function.params if p.type.kind in ("text_out", "list_out")]
        spelled = [self._types.param(p) for p in function.params if p not in buffers]
        shown = self._returns(function)
        head = [f"{one.declaration}" for one in spelled if one.declaration]
        const = " const" if function.role == "getter" else ""
        owner = f"F{self.name}{pascal(of)}" if of else self.name
        name = pascal(function.name)
        static = f"{shown} {name}({', '.join(self._defaults(function, head))}){const};"
        definition = f"{shown} {owner}::{name}({', '.join(head)}){const}"
        body = self._body(function, of, spelled, shown)
        return Method(self._doc(function), name, static, definition, body, self._inline(function, name, head))

    def _doc(self, function: Function) -> list[str]:
        return self._prose.paragraphs(function.doc)

    def _defaults(self, function: Function, head: list[str]) -> list[str]:
        last = [p for p in function.params if p.absent in ("allowed", "means_default") and p.type.kind == "string"]
        return [f"{one} = FString()" if any(one.endswith(f" {pascal(p.name)}") for p in last) else one for one in head]

    def _inline(self, function: Function, name: str, head: list[str]) -> str:
        """For constructors from text: the same from a plain literal, whatever this engine's FString accepts."""
        if function.role != "constructor" or not head[0].startswith("const FString&"):
            return ""
        plain = [one.replace("const FString&", "const ANSICHAR*") for one in head]
        names = [one.rpartition(" ")[2] for one in head]
        given = [
            f"FString(UTF8_TO_TCHAR({n}))" if "ANSICHAR" in one else n for n, one in zip(names, plain, strict=True)
        ]
        return f"bool {name}({', '.join(plain)}) {{ return {name}({', '.join(given)}); }}"

    def _returns(self, function: Function) -> str:
        for param in function.params:
            if param.type.kind == "text_out":
                return "FString"
            if param.type.kind == "list_out":
                return "TArray<int32>"
        return "bool" if function.returns.type.kind == "handle" else self._types.value(function.returns.type)

    def _body(self, function: Function, of: str, spelled: list[Spelled], shown: str) -> list[str]:
        field = function.c.removeprefix(f"{self.prefix}_")
        made = function.role == "constructor"
        start = [f"if (!{self.name}::IsAvailable())" if made or not of else "if (!Handle)"]
        zero = self._types.zero(shown).replace("InvalidHandle", "Runtime" if made or not of else "InvalidHandle")
        nothing = f"{self.name}::NotOpen()" if zero.endswith("InvalidHandle") else zero
        start += ["{", f"\treturn {nothing};", "}"]
        refused = zero.replace("Runtime", "InvalidArgument").replace("InvalidHandle", "InvalidArgument")
        for one in spelled:
            for line in one.before:
                start += [line, "{", f"\treturn {refused};", "}"] if line.startswith("if (") else [line]
        if made:
            end = self._api.function(self._api.handle(of).destructor)
            start.insert(4, f"{pascal(end.name)}();")
        arguments = ["Handle"] * function.takes_handle + [a for one in spelled for a in one.arguments]
        return start + self._call(function, f"{self.name}::Api().{field}", arguments, spelled, shown)

    def _call(
        self, function: Function, symbol: str, arguments: list[str], spelled: list[Spelled], shown: str
    ) -> list[str]:
        kinds = {p.type.kind for p in function.params}
        if "text_out" in kinds:
            call = f"{symbol}({', '.join([*arguments, 'Buffer', 'sizeof(Buffer)'])})"
            return ["ANSICHAR Buffer[1024] = {};", f"{call};", "return FString(UTF8_TO_TCHAR(Buffer));"]
        if "list_out" in kinds:
            given = ", ".join([*arguments, "{}", "{}"])
            count = f"{symbol}({given.format('nullptr', '0')})"
            again = f"{symbol}({given.format('reinterpret_cast<uint32*>(Found.GetData())', 'Capacity')})"
            return [
                "TArray<int32> Found;",
                f"const uint32 Capacity = {count};",
                "Found.SetNumUninitialized(static_cast<int32>(Capacity));",
                f"const uint32 Count = {again};",
                "Found.SetNum(static_cast<int32>(FMath::Min(Count, Capacity)));",
                "return Found;",
            ]
        call = f"{symbol}({', '.join(arguments)})"
        if function.returns.type.kind == "handle":
            return [f"Handle = {call};", "return Handle != nullptr;"]
        after = [line for one in spelled for line in one.after]
        if not after:
            return [f"return {self._types.from_c(function.returns.type, call)};"]
        result = f"const {shown} Result = {self._types.from_c(function.returns.type, call)};"
        good = "Result" if shown == "bool" else f"Result == {shown}::Ok"
        return [result, f"if ({good})", "{", *[f"\t{line}" for line in after], "}", "return Result;"]
