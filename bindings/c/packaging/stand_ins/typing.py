"""Stands in for typing inside the private runtime, where types are written down and nobody asks for them: no alias is
built, checked or kept, and none of the modules that typing imports for that.

It has what the core's modules name; anything else fails at once. `isinstance` with any of it is an error, as mostly
with the real one.
"""

TYPE_CHECKING = False


class _Form:
    """Whatever is done with it to write a type gives it again."""

    def __getitem__(self, arguments):
        return self

    def __or__(self, other):
        return self

    __ror__ = __or__

    def __call__(self, *arguments, **options):
        return self


Any = Callable = ClassVar = List = Literal = Mapping = MutableMapping = NoReturn = Optional = Self = Union = _Form()


def TypeVar(name, *constraints, **options):  # noqa: N802
    """A name for a type; its constraints are for type checkers."""
    return _Form()


class Generic:
    """A base that says what a class is generic over, which is nothing here."""

    __slots__ = ()

    def __class_getitem__(cls, arguments):
        return cls


class Protocol(Generic):
    """A base of interfaces."""

    __slots__ = ()


def cast(kind, value):
    """`value`, whatever it is."""
    return value


def overload(function):
    """One of several signatures; what follows them all is the function."""
    return function
