"""What the C++ layer shows: enumerations, accessors of the event, builders of configurations, classes of handles."""

from collections.abc import Iterator

from msgspec import Struct

from fastnet_codegen.backends.c_header.view import wrapped
from fastnet_codegen.backends.cpp.reserved import escaped
from fastnet_codegen.backends.cpp.types import CppTypes, Spelled
from fastnet_codegen.ir.model import Api, Enum, Field, Function, Handle, Record
from fastnet_codegen.ir.names import pascal, screaming, snake
from fastnet_codegen.ir.refs import refs
from fastnet_codegen.ir.types import C_NUMBERS
from fastnet_codegen.render.prose import Prose


class Value(Struct, frozen=True):
    """One enumerator."""

    doc: list[str]
    name: str
    c: str


class EnumClass(Struct, frozen=True):
    """One `enum class`."""

    doc: list[str]
    name: str
    underlying: str
    flags: bool
    values: list[Value]


class Accessor(Struct, frozen=True):
    """A getter of a wrapped struct."""

    doc: list[str]
    returns: str
    name: str
    expression: str


class Wrapper(Struct, frozen=True):
    """A struct that the library fills, behind accessors."""

    doc: list[str]
    name: str
    c: str
    accessors: list[Accessor]
    bytes: str


class Setter(Struct, frozen=True):
    """One setter of a builder: how it stores, and how `raw` hands on what is owned."""

    doc: list[str]
    name: str
    declaration: str
    store: str
    member: str
    raw: list[str]


class Builder(Struct, frozen=True):
    """A configuration."""

    doc: list[str]
    name: str
    c: str
    init: str
    setters: list[Setter]


class Method(Struct, frozen=True):
    """One function: `head` without body, and the statements of the body."""

    doc: list[str]
    head: str
    body: list[str]


class HandleClass(Struct, frozen=True):
    """A handle."""

    doc: list[str]
    name: str
    c: str
    destroy: str
    methods: list[Method]
    polls: bool


class CppView:
    """A C++ programmer's view of an Api."""

    def __init__(self, api: Api) -> None:
        self._api, self._types, self._refs = api, CppTypes(api), refs(api)
        self._prose = Prose(self._refer)
        self.name, self.prefix, self.macro = api.name, api.prefix, screaming(api.prefix)
        self.result = api.enum("result").c
        self.ok = next(member.c for member in api.enum("result").members if member.value == 0)
        self.enums = [self._enum(enum) for enum in api.enums]
        self.aliases = [(pascal(id_.name), id_.c, self._prose.paragraphs(id_.doc)) for id_ in api.ids]
        given = {
            p.type.name for f in api.functions for p in f.params if p.type.kind == "struct" and p.direction == "in"
        }
        filled = {p.type.of.name for f in api.functions for p in f.params if p.type.kind == "out" and p.type.of}
        self.wrappers = [self._wrapper(struct) for struct in api.structs if struct.name in filled]
        self.builders = [self._builder(struct) for struct in api.structs if struct.name in given]
        self.plain = [
            (pascal(struct.name), struct.c, self._prose.paragraphs(struct.doc))
            for struct in api.structs
            if struct.name not in given | filled
        ]
        self.free = [self._method(f) for f in api.functions if not f.of and f.path != "abi check"]
        self.classes = [self._class(handle) for handle in api.handles]

    def _refer(self, path: str) -> str:
        ref = self._refs[path]
        last = escaped(snake(path.rpartition(".")[2]))
        if ref.kind == "member":
            return f"{pascal(ref.owner)}::{last}"
        if ref.kind == "function":
            return f"{pascal(ref.owner)}::{last}" if ref.owner else last
        if ref.kind == "field":
            return f"{pascal(ref.owner)}::{last}"
        return last if ref.kind == "param" else pascal(path)

    def _enum(self, enum: Enum) -> EnumClass:
        values = [Value([self._prose.brief(m.doc)], escaped(snake(m.name)), m.c) for m in enum.members]
        doc = self._prose.paragraphs(enum.doc)
        return EnumClass(doc, pascal(enum.name), C_NUMBERS[enum.width], enum.kind == "flags", values)

    def _wrapper(self, struct: Record) -> Wrapper:
        lengths = {field.length for field in struct.fields}
        accessors = [self._accessor(field) for field in struct.shown if field.name not in lengths]
        held = next((field.c for field in struct.shown if field.type.kind == "bytes"), "")
        return Wrapper(self._prose.paragraphs(struct.doc), pascal(struct.name), struct.c, accessors, held)

    def _accessor(self, field: Field) -> Accessor:
        doc, value = [self._prose.brief(field.doc)], f"raw_.{field.c}"
        if field.type.kind == "bytes":
            return Accessor(doc, "Bytes", escaped(field.c), f"Bytes({value}, raw_.{snake(field.length)})")
        expression = self._types.from_c(field.type, value)
        return Accessor(doc, self._types.result(field.type), escaped(field.c), expression)

    def _builder(self, struct: Record) -> Builder:
        lengths = {field.length for field in struct.fields}
        setters = [self._setter(field) for field in struct.shown if field.name not in lengths]
        init = self._api.function(struct.init).c
        return Builder(self._prose.paragraphs(struct.doc), pascal(struct.name), struct.c, init, setters)

    def _setter(self, field: Field) -> Setter:
        doc, name, owned = [self._prose.brief(field.doc)], escaped(field.c), f"{field.c}_"
        doc = [text.replace("`OFF`", "`disabled`") for text in doc]
        kind = field.type.kind
        if kind == "string":
            raw = [f"raw.{field.c} = {owned}.empty() ? nullptr : {owned}.c_str();"]
            return Setter(doc, name, "Text value", f"{owned} = value.str();", f"std::string {owned};", raw)
        if kind in ("bytes", "blocks"):
            count = f"static_cast<std::uint32_t>({owned}.size(){f' / {field.type.size}' if kind == 'blocks' else ''})"
            raw = [
                f"raw.{field.c} = {owned}.empty() ? nullptr : {owned}.data();",
                f"raw.{snake(field.length)} = {count};",
            ]
            store = f"{owned}.assign(value.begin(), value.end());"
            return Setter(doc, name, "Bytes value", store, f"std::vector<std::uint8_t> {owned};", raw)
        value = f"static_cast<{field.type.c}>(value)" if kind == "enum" else "value"
        return Setter(doc, name, f"{self._types.result(field.type)} value", f"raw_.{field.c} = {value};", "", [])

    def _class(self, handle: Handle) -> HandleClass:
        functions = [f for f in self._api.methods(handle.name) if f.path not in (handle.destructor,)]
        methods = [self._method(f) for f in functions if not any(p.direction == "init" for p in f.params)]
        doc = self._prose.paragraphs(handle.doc)
        destroy = self._api.function(handle.destructor)
        end = Method(
            [self._prose.line(destroy.doc.summary), *self._prose.details(destroy.doc)],
            f"void {escaped(snake(destroy.name))}()",
            ["reset(nullptr);"],
        )
        polls = any(f.name == "poll" for f in functions)
        return HandleClass(doc, pascal(handle.name), handle.c, destroy.c, [*methods, end], polls)

    def _method(self, function: Function) -> Method:
        spelled = list(self._spelled(function))
        declared = ", ".join(s.declaration for s in spelled if s and s.declaration)
        arguments = ["handle_"] if function.takes_handle else []
        arguments += [argument for s in spelled for argument in (s.arguments if s else ("buffer", "capacity"))]
        call = f"{function.c}({', '.join(arguments)})"
        body = [line for s in spelled if s for line in s.before]
        returns, lines = self._ending(function, call)
        static = "static " if function.role == "constructor" else ("inline " if not function.of else "")
        const = " const" if function.role == "getter" else ""
        head = f"{static}{returns} {escaped(snake(function.name))}({declared}){const}"
        if function.role == "constructor":
            revision = f"{self.macro}_ABI_REVISION, {self.macro}_ABI_HASH"
            body.insert(0, f"if (!detail::check({self.prefix}_abi_check({revision})))\n    return {returns}();")
        return Method(self._doc(function), head, [wrapped(line, 112) for line in (*body, *lines)])

    def _spelled(self, function: Function) -> Iterator[Spelled | None]:
        """The parameters; those that may be left out at the end have a default."""
        optional = ("allowed", "means_default")
        needed = max((at for at, param in enumerate(function.params) if param.absent not in optional), default=-1)
        return (self._types.param(param, at > needed) for at, param in enumerate(function.params))

    def _ending(self, function: Function, call: str) -> tuple[str, list[str]]:
        """The result's type, and the statements that make it."""
        out = next((param for param in function.params if param.type.kind in ("text_out", "list_out")), None)
        if function.role == "constructor":
            owner = pascal(function.of)
            if function.returns.type.kind == "handle":
                return owner, [f"return {owner}(detail::made({call}));"]
            return owner, [f"if (!detail::check({call}))\n    return {owner}();", f"return {owner}(made);"]
        if out and out.type.kind == "text_out":
            return "std::string", [
                f"return detail::text([&](char* buffer, std::uint32_t capacity) {{ return {call}; }});"
            ]
        if out and out.type.of:
            item = self._types.result(out.type.of)
            start = f"return detail::list<{item}>([&]({item}* buffer, std::uint32_t capacity) {{"
            return f"std::vector<{item}>", [f"{start} return {call}; }});"]
        kind = function.returns.type
        if kind.kind == "void":
            return "void", [f"{call};"]
        return self._types.result(kind), [f"return {self._types.from_c(kind, call)};"]

    def _doc(self, function: Function) -> list[str]:
        parts = [self._prose.line(function.doc.summary), *self._prose.details(function.doc)]
        if function.returns.type.kind not in ("void", "handle") and function.role != "constructor":
            parts.append(f"Returns: {self._prose.brief(function.returns.doc)}")
        facts = " ".join(self._facts(function))
        return [part for part in (*parts, facts) if part]

    def _facts(self, function: Function) -> Iterator[str]:
        yield from (self._prose.line(fact) for fact in function.doc.facts)
