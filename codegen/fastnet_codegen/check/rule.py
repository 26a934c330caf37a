"""What a rule is: a code, why it is there, what to do, and a function that finds offenders."""

from collections.abc import Callable, Iterable

from msgspec import Struct

from fastnet_codegen.ir.model import Api


class Found(Struct, frozen=True):
    """One offender: its dotted path, and what is wrong with it."""

    path: str
    message: str


Run = Callable[[Api], Iterable[Found]]


class Rule(Struct, frozen=True):
    """One rule; `explain CODE` shows `why` and `remedy`."""

    code: str
    why: str
    remedy: str
    run: Run


def rule(code: str, remedy: str) -> Callable[[Run], Rule]:
    """Make a function a rule; its docstring is the reason."""

    def made(run: Run) -> Rule:
        return Rule(code, " ".join((run.__doc__ or "").split()), remedy, run)

    return made
