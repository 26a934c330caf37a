"""Last pass: what binaries depend on, as plain facts, and one hash of them per revision.

The hash is the first 8 bytes of SHA-256 over the canonical facts with `since` up to a revision, without documentation
and names of parameters. So an old binding passes a newer library, and two builds that differ do not pass each other.
"""

import hashlib
from typing import Any

import msgspec
from msgspec.structs import replace

from fastnet_codegen.ir.model import Api, Function, Record


def seal(api: Api) -> Api:
    """The Api with the hash of every revision."""
    hashes = {str(revision): digest(facts(api), revision) for revision in range(1, api.revision + 1)}
    return replace(api, hashes=hashes, hash=hashes[str(api.revision)])


def facts(api: Api) -> dict[str, Any]:
    """What binaries depend on, sorted by name."""
    return {
        "major": api.major,
        "symbols": {function.c: _symbol(function) for function in sorted(api.functions, key=lambda part: part.c)},
        "structs": {struct.c: _struct(struct) for struct in sorted(api.structs, key=lambda part: part.c)},
        "types": dict(sorted(_types(api).items())),
        "constants": {
            member.c: {"since": member.since, "value": member.value, "type": enum.c, "alias": bool(member.alias_of)}
            for enum, member in sorted(
                ((enum, member) for enum in api.enums for member in enum.members), key=lambda pair: pair[1].c
            )
        },
        "callbacks": {
            callback.c: {"since": callback.since, "params": [param.type for param in callback.c_params]}
            for callback in sorted(api.callbacks, key=lambda part: part.c)
        },
    }


def digest(found: dict[str, Any], revision: int) -> str:
    """The hash of the facts that a revision had, 16 hexadecimal digits."""
    text = msgspec.json.encode(_up_to(found, revision), order="deterministic")
    return hashlib.sha256(text).hexdigest()[:16]


def _up_to(found: Any, revision: int) -> Any:
    """The facts as they were, nothing newer, without what breaks no binary: aliases, errors, reserved fields, sizes."""
    if isinstance(found, list):
        return [_up_to(item, revision) for item in found if not _newer(item, revision)]
    if not isinstance(found, dict):
        return found
    return {
        key: _up_to(value, revision)
        for key, value in found.items()
        if key not in ("errors", "sizes", "reserved") and not _newer(value, revision)
    }


def _newer(item: Any, revision: int) -> bool:
    if not isinstance(item, dict):
        return False
    return bool(item.get("since", 1) > revision or item.get("alias") or item.get("reserved"))


def _symbol(function: Function) -> dict[str, Any]:
    lifetimes = {str(at): param.lifetime for at, param in enumerate(function.params) if param.lifetime}
    return {
        "since": function.since,
        "returns": function.returns.type.c,
        "params": [param.type for param in function.c_params],
        "failure": function.failure,
        "threads": function.threads,
        "lifetimes": lifetimes | ({"returns": function.returns.lifetime} if function.returns.lifetime else {}),
        "errors": list(function.errors),
    }


def _struct(struct: Record) -> dict[str, Any]:
    return {
        "since": struct.since,
        "kind": struct.kind,
        "sizes": {model: [extent.size, extent.align] for model, extent in struct.extents.items()},
        "fields": [
            {
                "name": field.c,
                "since": field.since,
                "type": field.type.c,
                "count": field.count,
                "reserved": field.reserved,
                "lifetime": field.lifetime,
                "offsets": {model: place.offset for model, place in field.places.items()},
            }
            for field in struct.fields
        ],
    }


def _types(api: Api) -> dict[str, Any]:
    found: dict[str, Any] = {enum.c: {"since": enum.since, "width": enum.width} for enum in api.enums}
    found |= {id_.c: {"since": id_.since, "width": id_.width, "none": id_.none} for id_ in api.ids}
    found |= {handle.c: {"since": handle.since, "width": "pointer"} for handle in api.handles}
    return found
