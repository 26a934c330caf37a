"""Fourth pass: the sentences that nobody types, made from the description's facts: threads, lifetime, NULL, errors."""

from collections.abc import Iterator

from msgspec.structs import replace

from fastnet_codegen.ir.docs import inlines
from fastnet_codegen.ir.model import Api, Field, Function, Inline, Param, Record

THREADS = {
    "any": "Any thread, any time.",
    "one": "One thread at a time per handle.",
    "last": "No other call on the handle may follow.",
}
LIFETIMES = {
    "until_next_poll": "Lives until the next poll of the handle, or the end of the handle.",
    "handle": "Lives as long as the handle.",
    "thread_next_call": "Lives until the next call of this thread.",
    "static": "Lives for ever.",
}
ABSENT = {
    "allowed": "NULL for none.",
    "means_default": "NULL for the default.",
    "when_empty": "NULL if empty.",
}


def document(api: Api) -> Api:
    """The Api with facts in its documentation."""
    return replace(
        api,
        functions=tuple(_function(function) for function in api.functions),
        structs=tuple(_struct(struct) for struct in api.structs),
    )


def _function(function: Function) -> Function:
    facts = [inlines(THREADS[function.threads])]
    if function.role == "destructor":
        facts.append(inlines("A NULL handle is fine."))
    facts += _lifetime(function.returns.lifetime)
    if function.errors:
        facts.append(inlines("Fails with " + _listed(function.errors) + "."))
    if function.deprecated:
        facts.append(inlines(f"Deprecated, use [[{function.deprecated}]]."))
    if function.since > 1:
        facts.append(inlines(f"Since revision {function.since}."))
    params = tuple(_param(param) for param in function.params)
    return replace(function, doc=replace(function.doc, facts=tuple(facts)), params=params)


def _listed(errors: tuple[str, ...]) -> str:
    return ", ".join(f"[[result.{error}]]" for error in errors)


def _param(param: Param) -> Param:
    facts = [inlines(ABSENT[param.absent])] if param.absent in ABSENT else []
    facts += list(_limits(param))
    return replace(param, doc=replace(param.doc, facts=tuple(facts)))


def _struct(struct: Record) -> Record:
    fields = tuple(replace(field, doc=replace(field.doc, facts=_field_facts(field))) for field in struct.fields)
    return replace(struct, fields=fields)


def _field_facts(field: Field) -> tuple[tuple[Inline, ...], ...]:
    facts = [inlines(ABSENT[field.absent])] if field.absent in ABSENT else []
    if field.default is not None:
        facts.append(inlines(f"0 means {field.default:,}."))
    facts += list(_limits(field))
    return (*facts, *_lifetime(field.lifetime))


def _limits(part: Param | Field) -> Iterator[tuple[Inline, ...]]:
    if part.none:
        yield inlines("`OFF` means none.")
    if part.max is not None:
        unit = " bytes" if part.type.kind in ("string", "bytes") else ""
        yield inlines(f"{part.min:,} to {part.max:,}{unit}." if part.min else f"At most {part.max:,}{unit}.")


def _lifetime(lifetime: str) -> list[tuple[Inline, ...]]:
    return [inlines(LIFETIMES[lifetime])] if lifetime in LIFETIMES else []
