"""First pass: the description to an `Api` whose types are resolved and whose parts are named in C."""

from collections.abc import Iterator

import msgspec.structs

from fastnet_codegen.diagnostics import DescriptionError, Diagnostic
from fastnet_codegen.ir import docs, model
from fastnet_codegen.ir.names import screaming, snake
from fastnet_codegen.ir.types import KNOWN, PLAIN, Types
from fastnet_codegen.spec import model as spec
from fastnet_codegen.spec.load import Sources

UNKNOWN = model.Type("void")


class Linker:
    """Builds the parts of one description; faults are collected."""

    def __init__(self, description: spec.Description, sources: Sources) -> None:
        self.description, self.sources = description, sources
        self.root = description.root
        self.types = Types(description)
        self.faults: list[Diagnostic] = []

    def api(self) -> model.Api:
        """All parts in the order of the modules. Raises DescriptionError if a type is unknown."""
        modules = self.description.modules.items()
        linked = model.Api(
            ir_version=model.IR_VERSION,
            name=self.root.name,
            prefix=self.root.prefix,
            doc=docs.parse(self.root.summary, self.root.details),
            version=self.root.version,
            major=self.root.major,
            revision=self.root.revision,
            hash="",
            hashes={},
            acronyms=self.root.acronyms,
            reserved=self.root.reserved,
            modules=self.root.modules,
            enums=tuple(self._enum(part, name, kind) for name, at in modules for kind, part in _numbers(at)),
            ids=tuple(self._id(part, name) for name, at in modules for part in at.ids),
            handles=tuple(self._handle(part, name) for name, at in modules for part in at.handles),
            structs=tuple(self._struct(part, name) for name, at in modules for part in at.structs),
            callbacks=tuple(self._callback(part, name) for name, at in modules for part in at.callbacks),
            functions=tuple(self._function(part, name) for name, at in modules for part in at.functions),
            events=tuple(self._event(part, name) for name, at in modules for part in at.events),
            targets={
                name: model.Target(target.renames, target.exclude, target.lower)
                for name, target in self.description.targets.items()
            },
        )
        if self.faults:
            raise DescriptionError(self.faults)
        return linked

    def _type(self, text: str, dotted: str) -> model.Type:
        found = self.types.resolve(text)
        if found is None:
            self.faults.append(
                Diagnostic(
                    self.sources.of(dotted), "type-unknown", f"{dotted}: no type is called {text!r}", f"known: {KNOWN}"
                )
            )
        return found or UNKNOWN

    def _constant(self, prefix: str, name: str) -> str:
        return "_".join(screaming(word) for word in (self.root.prefix, prefix, name) if word)

    def _enum(self, part: spec.Enum, module: str, kind: str) -> model.Enum:
        members = []
        for member in part.members:
            prefix = part.prefix if member.prefix is None else member.prefix
            first = model.Member(
                member.name, member.value, self._constant(prefix, member.name), docs.parse(member.doc),
                member.since or part.since, result=member.result or "", local=member.local,
                deprecated=member.deprecated or "",
            )  # fmt: skip
            members.append(first)
            members += [
                model.Member(
                    alias, member.value, self._constant(prefix, alias),
                    docs.parse(f"Another name of [[{part.name}.{member.name}]]."),
                    member.since or part.since, alias_of=member.name, result=member.result or "",
                )
                for alias in member.aliases
            ]  # fmt: skip
        return model.Enum(
            part.name, self.types.c_name(part.name), kind, part.width,  # type: ignore[arg-type]
            docs.parse(part.summary, part.details), part.since, module, tuple(members),
            tuple(model.Range(r.name, r.first, r.last, docs.parse(r.doc), r.result or "") for r in part.ranges),
            part.otherwise or "", part.unknown or "", part.deprecated or "",
        )  # fmt: skip

    def _id(self, part: spec.Id, module: str) -> model.Id:
        doc = docs.parse(part.summary, part.details)
        return model.Id(part.name, self.types.c_name(part.name), part.width, part.none, doc, part.since, module)

    def _handle(self, part: spec.Handle, module: str) -> model.Handle:
        return model.Handle(
            part.name, self.types.c_name(part.name), tuple(f"{part.name}.{name}" for name in part.constructors),
            f"{part.name}.{part.destructor}", docs.parse(part.summary, part.details), part.since, module,
        )  # fmt: skip

    def _struct(self, part: spec.Record, module: str) -> model.Record:
        fields = list(self._fields(part))
        lengths = {field.length: field.name for field in fields if field.length}
        return model.Record(
            part.name, self.types.c_name(part.name), part.kind, docs.parse(part.summary, part.details), part.since,
            module, tuple(_with_length_of(field, lengths) for field in fields), part.init or "", part.exclusive,
            part.together,
        )  # fmt: skip

    def _fields(self, part: spec.Record) -> Iterator[model.Field]:
        if part.kind == "sized":
            doc = docs.parse("Size of this struct in bytes, as the caller knows it.")
            size = self.types.resolve("u32") or UNKNOWN
            yield model.Field("struct size", "struct_size", size, doc, part.since, unit="bytes")
        reserved = 0
        for at, field in enumerate(part.fields):
            dotted = f"{part.name}.{field.name or f'reserved{at}'}"
            if field.reserved:
                name = f"reserved{reserved}"
                reserved += 1
                yield model.Field(
                    name, name, self._type(field.reserved, dotted), docs.parse("Zero."), field.since or part.since,
                    count=field.count, reserved=True,
                )  # fmt: skip
                continue
            yield model.Field(
                field.name or "", snake(field.name or ""), self._type(field.type or "", dotted), docs.parse(field.doc),
                field.since or part.since, unit=field.unit or "", length=field.length or "",
                lifetime=field.lifetime or "", absent=field.absent or "", min=field.min, max=field.max,
                default=field.default, none=field.none,
                required=field.required,
            )  # fmt: skip

    def _callback(self, part: spec.Callback, module: str) -> model.Callback:
        params = tuple(self._param(param, part.name) for param in part.params)
        doc = docs.parse(part.summary, part.details)
        return model.Callback(part.name, self.types.c_name(part.name), doc, part.since, module, params, ())

    def _param(self, param: spec.Param, of: str) -> model.Param:
        return model.Param(
            param.name, self._type(param.type, f"{of}.{param.name}"), docs.parse(param.doc), param.direction,
            param.unit or "", param.absent or "", param.lifetime or "", param.min, param.max, param.ranges, param.none,
        )  # fmt: skip

    def _function(self, part: spec.Function, module: str) -> model.Function:
        path = f"{part.of}.{part.name}" if part.of else part.name
        takes_handle = part.of is not None and part.role not in ("constructor", "free")
        returns = model.Returns(PLAIN["none"], docs.parse(""))
        if part.returns:
            kind = self._type(part.returns.type, path)
            unit, lifetime = part.returns.unit or "", part.returns.lifetime or ""
            returns = model.Returns(kind, docs.parse(part.returns.doc), unit, lifetime)
        refused = takes_handle or part.role == "constructor"
        return model.Function(
            part.name, path, "_".join(snake(word) for word in (self.root.prefix, part.of or "", part.name) if word),
            part.role, part.since, module, part.runs, part.threads, docs.parse(part.summary, part.details),
            tuple(self._param(param, path) for param in part.params), returns, (), part.errors, "",
            part.of or "", takes_handle, part.in_callback or ("refused" if refused else "allowed"), part.pumped,
            part.deprecated or "",
        )  # fmt: skip

    def _event(self, part: spec.Event, module: str) -> model.Event:
        return model.Event(part.name, part.type, part.of, part.carries, docs.parse(part.summary), part.since, module)


def _numbers(module: spec.Module) -> Iterator[tuple[str, spec.Enum]]:
    yield from (("enum", part) for part in module.enums)
    yield from (("flags", part) for part in module.flags)


def _with_length_of(field: model.Field, lengths: dict[str, str]) -> model.Field:
    if field.name not in lengths:
        return field
    return msgspec.structs.replace(field, length_of=lengths[field.name])


def link(description: spec.Description, sources: Sources) -> model.Api:
    """The linked Api. Raises DescriptionError."""
    return Linker(description, sources).api()
