"""Revisions: nothing is newer than the present one or older than what it needs, and the deprecated has an heir."""

from collections.abc import Iterator

from fastnet_codegen.check.rule import Found, rule
from fastnet_codegen.ir.model import Api, Type
from fastnet_codegen.ir.refs import refs


def _dated(api: Api) -> Iterator[tuple[str, int]]:
    for part in api.named:
        yield part.name, part.since
    for enum in api.enums:
        yield from ((f"{enum.name}.{member.name}", member.since) for member in enum.members)
    for struct in api.structs:
        yield from ((f"{struct.name}.{field.name}", field.since) for field in struct.fields)
    yield from ((function.path, function.since) for function in api.functions)
    yield from ((f"events.{event.name}", event.since) for event in api.events)


@rule("since-future", "raise `revision` in api.yaml, or lower `since`")
def future(api: Api) -> Iterator[Found]:
    """The hash of a revision covers what it has; what is newer than the present revision would be covered by none."""
    for path, since in _dated(api):
        if not 1 <= since <= api.revision:
            yield Found(path, f"since {since}, but revisions are 1 to {api.revision}")


@rule("since-older", "raise `since` to that of what it uses")
def older(api: Api) -> Iterator[Found]:
    """A function cannot be older than the types that it uses."""
    since = dict(_dated(api))
    for function in api.functions:
        for kind in (function.returns.type, *(param.type for param in function.params)):
            name = _named(kind)
            if name and since[name] > function.since:
                yield Found(function.path, f"since {function.since}, but uses {name!r}, since {since[name]}")
    for enum in api.enums:
        for member in enum.members:
            if member.since < enum.since:
                yield Found(f"{enum.name}.{member.name}", "is older than its enumeration")
    for struct in api.structs:
        for field in struct.fields:
            if field.since < struct.since:
                yield Found(f"{struct.name}.{field.name}", "is older than its struct")


@rule("field-appended", "append it to a sized struct, or put it where reserved space was")
def appended(api: Api) -> Iterator[Found]:
    """Frozen structs never grow, and a sized one only at its end: an old caller's field must stay where it was."""
    for struct in api.structs:
        newest = struct.since
        for field in struct.fields:
            if field.since > struct.since and struct.kind == "frozen":
                yield Found(f"{struct.name}.{field.name}", "is newer than its frozen struct")
            if field.since < newest:
                yield Found(f"{struct.name}.{field.name}", "stands behind a newer field")
            newest = max(newest, field.since)


@rule("deprecated", "name a living replacement in `deprecated`")
def deprecated(api: Api) -> Iterator[Found]:
    """Whoever reads that something is deprecated wants to know what to use."""
    dead = {function.path for function in api.functions if function.deprecated}
    dead |= {f"{enum.name}.{member.name}" for enum in api.enums for member in enum.members if member.deprecated}
    known = refs(api)
    heirs = [(function.path, function.deprecated) for function in api.functions]
    heirs += [(f"{enum.name}.{member.name}", member.deprecated) for enum in api.enums for member in enum.members]
    for path, heir in heirs:
        if heir and (heir not in known or heir in dead):
            yield Found(path, f"its replacement {heir!r} does not exist or is deprecated itself")


def _named(kind: Type) -> str:
    if kind.of:
        return _named(kind.of)
    return kind.name if kind.kind in ("enum", "id", "handle", "struct", "callback") else ""
