"""Enumerations and flags: numbers are given once, fit, and mean one thing."""

from collections import Counter
from collections.abc import Iterator

from fastnet_codegen.check.rule import Found, rule
from fastnet_codegen.ir.model import Api
from fastnet_codegen.ir.types import INTEGERS


@rule("number-twice", "give it a number of its own, or make it an alias")
def reused(api: Api) -> Iterator[Found]:
    """Two members with one number cannot be told apart, unless one is said to be an alias of the other."""
    for enum in api.enums:
        counts = Counter(member.value for member in enum.values)
        for member in enum.values:
            if counts[member.value] > 1:
                yield Found(f"{enum.name}.{member.name}", f"shares the number {member.value}")


@rule("number-width", "choose a smaller number or a wider type")
def width(api: Api) -> Iterator[Found]:
    """A number that does not fit its type becomes another one, differently in each language."""
    for enum in api.enums:
        bits = 8 * INTEGERS[enum.width]
        low, high = (0, (1 << bits) - 1) if enum.width[0] == "u" else (-(1 << bits - 1), (1 << bits - 1) - 1)
        for member in enum.members:
            # Constants of C are ints, whatever the type of what holds them.
            if not max(low, -(1 << 31)) <= member.value <= min(high, (1 << 31) - 1):
                yield Found(f"{enum.name}.{member.name}", f"{member.value} does not fit {enum.width} and int")


@rule("flag-bits", "use 1, 2, 4, 8 and so on")
def single_bits(api: Api) -> Iterator[Found]:
    """Flags are combined; a member of several bits or none could not be told from others."""
    for enum in api.enums:
        for member in enum.values if enum.kind == "flags" else ():
            if member.value <= 0 or member.value & (member.value - 1):
                yield Found(f"{enum.name}.{member.name}", f"{member.value} is not a single bit")


@rule("range-members", "move the range or the member")
def ranges(api: Api) -> Iterator[Found]:
    """Numbers of the application must not be those of the library."""
    for enum in api.enums:
        for part in enum.ranges:
            if part.first > part.last:
                yield Found(f"{enum.name}.{part.name}", "ends before it begins")
            for member in enum.values:
                if part.first <= member.value <= part.last:
                    yield Found(f"{enum.name}.{member.name}", f"lies in the range {part.name!r}")


@rule("result-unknown", "use a member of the enumeration `result`")
def results(api: Api) -> Iterator[Found]:
    """Bindings turn results into exceptions and codes; one that does not exist cannot be returned."""
    known = {member.name for enum in api.enums if enum.name == "result" for member in enum.values}
    for function in api.functions:
        for error in function.errors:
            if error not in known:
                yield Found(function.path, f"fails with {error!r}, which is no result")
    for enum in api.enums:
        named = [(enum.name, enum.otherwise), (enum.name, enum.unknown)]
        named += [(f"{enum.name}.{member.name}", member.result) for member in enum.members]
        named += [(f"{enum.name}.{part.name}", part.result) for part in enum.ranges]
        for path, result in named:
            if result and result not in known:
                yield Found(path, f"stands for {result!r}, which is no result")
