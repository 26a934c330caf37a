"""What is wrong with a description or a back end: a code, a place and a remedy each; collected, not raised singly."""

from collections.abc import Iterable

from msgspec import Struct


class Diagnostic(Struct, frozen=True, order=True):
    """One fault. `where` is `file:line`, or empty; `explain CODE` tells the rule behind it."""

    where: str
    code: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"{place}{self.code}: {self.message}" + (f"\n    {self.hint}" if self.hint else "")


class DescriptionError(Exception):
    """DescriptionError of the description or of the call; the tool ends with status 2."""

    def __init__(self, found: Iterable[Diagnostic]) -> None:
        self.found = tuple(sorted(found))
        super().__init__("\n".join(map(str, self.found)))


class PluginError(Exception):
    """A back end that is not ours failed; the tool ends with status 3."""
