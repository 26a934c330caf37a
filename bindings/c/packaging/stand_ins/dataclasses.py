"""Stands in for dataclasses inside the private runtime: the real one writes and compiles source for every class, and
imports inspect for that, together a fifth of each start.

It has what the core uses (frozen, slots, kw_only; default, default_factory, repr, metadata; __post_init__; fields,
replace) with the same results, by closures instead of generated code. Anything else fails at once.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

MISSING = object()
_set = object.__setattr__


class FrozenInstanceError(AttributeError):
    """An attribute of a frozen instance cannot be changed."""


class Field:
    """One attribute of a class."""

    __slots__ = ("default", "default_factory", "metadata", "name", "repr")

    def __init__(self, default: Any, default_factory: Any, repr: bool, metadata: Mapping[Any, Any] | None) -> None:
        self.name = ""
        self.default = default
        self.default_factory = default_factory
        self.repr = repr
        self.metadata = MappingProxyType(dict(metadata or {}))


def field(
    *,
    default: Any = MISSING,
    default_factory: Any = MISSING,
    repr: bool = True,
    metadata: Mapping[Any, Any] | None = None,
) -> Any:
    """What a class body may give in place of a default."""
    return Field(default, default_factory, repr, metadata)


def fields(of: Any) -> tuple[Field, ...]:
    """The fields of a class or an instance."""
    found: tuple[Field, ...] = of.__dataclass_fields__
    return found


def replace(instance: Any, **changes: Any) -> Any:
    """A copy with some fields changed."""
    values = {each.name: getattr(instance, each.name) for each in fields(instance)}
    return type(instance)(**{**values, **changes})


def dataclass(made: type | None = None, /, *, frozen: bool = False, slots: bool = False, kw_only: bool = False) -> Any:
    """The decorator, with or without arguments."""

    def decorate(given: type) -> type:
        return _build(given, frozen, slots, kw_only)

    return decorate if made is None else decorate(made)


def _build(given: type, frozen: bool, slots: bool, kw_only: bool) -> type:
    body = dict(given.__dict__)
    found = tuple(_field_of(name, body) for name in body.get("__annotations__", {}))
    names = tuple(each.name for each in found)
    body.update(_methods(found, names, kw_only))
    if frozen:
        body["__setattr__"] = body["__delattr__"] = _refuse
        body["__hash__"] = lambda self: hash(_values(self, names))
    elif "__hash__" not in given.__dict__:
        body["__hash__"] = None
    if slots:
        body["__slots__"] = names
        for name in (*names, "__dict__", "__weakref__"):
            body.pop(name, None)
        body["__getstate__"] = lambda self: _values(self, names)
        return type(given)(given.__name__, given.__bases__, body)
    for name, value in body.items():
        if name not in ("__dict__", "__weakref__"):
            setattr(given, name, value)
    return given


def _field_of(name: str, body: dict[str, Any]) -> Field:
    given = body.get(name, MISSING)
    if not isinstance(given, Field):
        given = Field(given, MISSING, True, None)
    given.name = name
    if given.default is MISSING:
        body.pop(name, None)
    else:
        body[name] = given.default
    return given


def _methods(found: tuple[Field, ...], names: tuple[str, ...], kw_only: bool) -> dict[str, Any]:
    shown = tuple(each.name for each in found if each.repr)
    return {
        "__dataclass_fields__": found,
        "__match_args__": () if kw_only else names,
        "__init__": _init_of(found, names, kw_only),
        "__repr__": lambda self: (
            f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"
        ),
        "__eq__": lambda self, other: (
            _values(self, names) == _values(other, names) if other.__class__ is self.__class__ else NotImplemented
        ),
    }


def _init_of(found: tuple[Field, ...], names: tuple[str, ...], kw_only: bool) -> Callable[..., None]:
    def init(self: Any, *args: Any, **given: Any) -> None:
        if len(args) > (0 if kw_only else len(names)):
            raise TypeError(f"{type(self).__qualname__} takes {len(names)} arguments, by name: {', '.join(names)}")
        for name, value in zip(names, args, strict=False):
            _set(self, name, value)
        for each in found[len(args) :]:
            _set(self, each.name, given.pop(each.name) if each.name in given else _default(self, each))
        if given:
            raise TypeError(f"{type(self).__qualname__} has no field {', '.join(given)}, or it was given twice")
        finish = getattr(self, "__post_init__", None)
        if finish is not None:
            finish()

    return init


def _default(instance: Any, each: Field) -> Any:
    if each.default is not MISSING:
        return each.default
    if each.default_factory is not MISSING:
        return each.default_factory()
    raise TypeError(f"{type(instance).__qualname__} needs {each.name}")


def _values(instance: Any, names: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(getattr(instance, name) for name in names)


def _refuse(self: Any, name: str, *value: Any) -> None:
    raise FrozenInstanceError(f"cannot change {name!r} of a frozen {type(self).__qualname__}")
