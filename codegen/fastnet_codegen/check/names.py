"""Names: one thing each, in the description and in C."""

from collections import Counter
from collections.abc import Iterator

from fastnet_codegen.check.rule import Found, rule
from fastnet_codegen.ir.lower import lower
from fastnet_codegen.ir.model import Api
from fastnet_codegen.ir.names import snake
from fastnet_codegen.ir.refs import doubles

_WORDS = """
auto break case char const continue default do double else enum extern float for goto if inline int long
register restrict return short signed sizeof static struct switch typedef union unsigned void volatile while
bool true false nullptr alignas alignof constexpr static_assert thread_local typeof class delete new operator
private protected public template this throw try typename using virtual namespace friend explicit export catch
mutable
"""
KEYWORDS = frozenset(_WORDS.split())
"""Of C and C++: what a header may not call a parameter or field. Other targets escape their own."""


def c_names(api: Api) -> Iterator[tuple[str, str]]:
    """Path and C name of everything that has a name for itself in C."""
    yield from ((part.name, part.c) for part in api.named)
    for enum in api.enums:
        yield from ((f"{enum.name}.{member.name}", member.c) for member in enum.members)
    yield from ((function.path, function.c) for function in api.functions)


@rule("name-twice", "rename one of the two")
def twice(api: Api) -> Iterator[Found]:
    """References and targets go by dotted path, so a path names one thing."""
    for path in doubles(api):
        yield Found(path, "names two things")


@rule("c-name-twice", "rename one of the two")
def c_twice(api: Api) -> Iterator[Found]:
    """C has one space of names for functions, types and constants."""
    counts = Counter(c for _, c in c_names(api))
    for path, c in c_names(api):
        if counts[c] > 1:
            yield Found(path, f"{c} names two things in C")


@rule("name-reserved", "choose another word")
def reserved(api: Api) -> Iterator[Found]:
    """Some names are kept for later versions, others are words of C or C++, which every binding includes."""
    for path, c in c_names(api):
        if c in api.reserved:
            yield Found(path, f"{c} is kept for later")
    for struct in api.structs:
        for field in struct.fields:
            if field.c in KEYWORDS:
                yield Found(f"{struct.name}.{field.name}", f"{field.c} is a word of C or C++")
    for function in lower(api).functions if _lowers(api) else ():
        for param in function.c_params:
            if param.name in KEYWORDS:
                yield Found(f"{function.path}.{param.of}", f"{param.name} is a word of C or C++")


@rule("param-twice", "rename one of the two")
def params(api: Api) -> Iterator[Found]:
    """Bytes and buffers become two parameters in C; their lengths must not have the name of another."""
    for function in lower(api).functions if _lowers(api) else ():
        counts = Counter(param.name for param in function.c_params)
        for param in function.c_params:
            if counts[param.name] > 1:
                yield Found(f"{function.path}.{param.of}", f"two parameters are called {param.name} in C")
    for struct in api.structs:
        fields = Counter(snake(field.name) for field in struct.fields)
        for field in struct.fields:
            if fields[snake(field.name)] > 1:
                yield Found(f"{struct.name}.{field.name}", "stands twice in its struct")


def _lowers(api: Api) -> bool:
    """Whether the C view can be made: another rule has said so if not."""
    handles = {handle.name for handle in api.handles}
    return any(enum.name == "result" for enum in api.enums) and all(
        not function.takes_handle or function.of in handles for function in api.functions
    )
