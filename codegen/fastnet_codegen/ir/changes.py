"""What a change of the API does to binaries: breaking, additive, source-only. Compares the facts of `abi.py`."""

from collections.abc import Iterator
from typing import Any, Literal

from msgspec import Struct

Kind = Literal["breaking", "additive", "source"]
Facts = dict[str, Any]
THREADS = {"any": 0, "one": 1, "last": 2}
LIFETIMES = {"call": 0, "until_next_poll": 1, "thread_next_call": 1, "handle": 2, "static": 3}


class Change(Struct, frozen=True, order=True):
    """One difference: how grave it is, the C name it is about, and what changed."""

    kind: Kind
    name: str
    what: str


def changes(old: Facts, new: Facts) -> list[Change]:
    """Every difference that binaries or sources may notice, the breaking ones first."""
    order = {"breaking": 0, "additive": 1, "source": 2}
    parts = {"symbols": _symbol, "structs": _struct, "types": _type, "constants": _constant, "callbacks": _callback}
    found = [
        change for part, compare in parts.items() for change in _compared(old.get(part, {}), new.get(part, {}), compare)
    ]
    return sorted(found, key=lambda change: (order[change.kind], change))


def remedy(found: list[Change], old: Facts, new: Facts) -> str:
    """What must be done before these changes may be locked; empty if nothing."""
    if new["major"] > old["major"]:
        return ""
    if any(change.kind == "breaking" for change in found):
        return "a breaking change demands a new major: raise `major` in api.yaml, or undo it"
    if any(change.kind == "additive" for change in found) and new["revision"] <= old["revision"]:
        return "an addition demands a new revision: raise `revision` in api.yaml, and give what is new that `since`"
    return ""


def since(facts: Facts, revision: int) -> Facts:
    """The facts as a revision had them."""
    kept = {
        part: {name: at for name, at in facts[part].items() if at["since"] <= revision}
        for part in ("symbols", "structs", "types", "constants", "callbacks")
    }
    for name, struct in kept["structs"].items():
        fields = [field for field in struct["fields"] if field["since"] <= revision]
        kept["structs"][name] = {**struct, "fields": fields}
    return {**facts, **kept, "revision": revision}


def _compared(old: Facts, new: Facts, compare: Any) -> Iterator[Change]:
    for name in sorted(old.keys() | new.keys()):
        if name not in new:
            yield Change("breaking", name, "is gone")
        elif name not in old:
            yield Change("source" if new[name].get("alias") else "additive", name, "is new")
        else:
            if old[name]["since"] != new[name]["since"]:
                yield Change("breaking", name, f"says it came with revision {new[name]['since']}")
            yield from compare(name, old[name], new[name])


def _same(name: str, old: Facts, new: Facts, *keys: str) -> Iterator[Change]:
    for key in keys:
        if old[key] != new[key]:
            yield Change("breaking", name, f"has other {key}: {_short(old[key])} became {_short(new[key])}")


def _short(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _symbol(name: str, old: Facts, new: Facts) -> Iterator[Change]:
    yield from _same(name, old, new, "returns", "params", "failure")
    before, after = THREADS[old["threads"]], THREADS[new["threads"]]
    if before != after:
        yield Change("breaking" if after > before else "additive", name, f"is of thread class {new['threads']}")
    yield from _lifetimes(name, old["lifetimes"], new["lifetimes"])
    for error in sorted(set(new["errors"]) - set(old["errors"])):
        yield Change("additive", name, f"may fail with {error}")


def _lifetimes(name: str, old: Facts, new: Facts) -> Iterator[Change]:
    """What is given out must not live shorter, what is taken in must not be needed longer."""
    for key in sorted(old.keys() | new.keys()):
        before, after = LIFETIMES[old.get(key, "call")], LIFETIMES[new.get(key, "call")]
        if before != after:
            worse = after < before if key == "returns" else after > before
            what = f"{key} lives {new.get(key, 'for the call')}"
            yield Change("breaking" if worse else "additive", name, what)


def _struct(name: str, old: Facts, new: Facts) -> Iterator[Change]:
    yield from _same(name, old, new, "kind")
    for model, (size, align) in old["sizes"].items():
        new_size, new_align = new["sizes"][model]
        if new_align != align or new_size < size or (old["kind"] == "frozen" and new_size != size):
            yield Change("breaking", name, f"has another size or alignment ({model}): {size} became {new_size}")
    fields = {field["name"]: field for field in new["fields"] if not field["reserved"]}
    for field in old["fields"]:
        if not field["reserved"]:
            yield from _field(f"{name}.{field['name']}", field, fields.pop(field["name"], None))
    for field in fields.values():
        fits = old["kind"] == "sized" or _was_reserved(old, field)
        at_end = field["offsets"]["lp64"] >= max(old_field["offsets"]["lp64"] for old_field in old["fields"])
        good = _was_reserved(old, field) or (fits and at_end)
        yield Change("additive" if good else "breaking", f"{name}.{field['name']}", "is new")


def _field(name: str, old: Facts, new: Facts | None) -> Iterator[Change]:
    if new is None:
        yield Change("breaking", name, "is gone")
        return
    yield from _same(name, old, new, "type", "count", "offsets", "since")
    if LIFETIMES[new["lifetime"] or "call"] < LIFETIMES[old["lifetime"] or "call"]:
        yield Change("breaking", name, f"lives shorter: {new['lifetime'] or 'for the call'}")


def _was_reserved(old: Facts, field: Facts) -> bool:
    """Whether a new field begins in space that was reserved."""
    fields = old["fields"]
    for at, before in enumerate(fields):
        start = before["offsets"]["lp64"]
        end = fields[at + 1]["offsets"]["lp64"] if at + 1 < len(fields) else old["sizes"]["lp64"][0]
        if before["reserved"] and start <= field["offsets"]["lp64"] < end:
            return True
    return False


def _type(name: str, old: Facts, new: Facts) -> Iterator[Change]:
    yield from _same(name, old, new, "width")
    if old.get("none") != new.get("none"):
        yield Change("breaking", name, "has another number for nothing")


def _constant(name: str, old: Facts, new: Facts) -> Iterator[Change]:
    yield from _same(name, old, new, "value", "type")


def _callback(name: str, old: Facts, new: Facts) -> Iterator[Change]:
    yield from _same(name, old, new, "params")
