"""Stands in for re inside the private runtime: a pattern is compiled when it is first used. The libraries that we need
compile long ones as they are imported, for what no connection does: a sixth of each start.

`flatten.py` gives it the name `re`, and the real module that of `re._eager`, which is imported when it is needed.
"""

from __future__ import annotations

TYPE_CHECKING = False  # typing imports this module.
if TYPE_CHECKING:
    from typing import Any

A = ASCII = 256
I = IGNORECASE = 2  # noqa: E741 - re's own names.
L = LOCALE = 4
M = MULTILINE = 8
S = DOTALL = 16
U = UNICODE = 32
X = VERBOSE = 64
NOFLAG = 0


class Match:
    """For annotations; typing asks for it."""


class Pattern:
    """What `compile` returns: the pattern as it was given, then as it was compiled."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self._given = pattern, flags

    def __getattr__(self, name: str) -> Any:
        if name == "_compiled":
            self._compiled = made = _real().compile(*self._given)
            return made
        return getattr(self._compiled, name)


def compile(pattern: str | bytes, flags: int = 0) -> Pattern:
    """As re's. What is wrong with a pattern is said when it is used."""
    return Pattern(pattern, flags)


def _real() -> Any:
    import re._eager  # type: ignore[import-not-found]

    return re._eager  # type: ignore[attr-defined]


def __getattr__(name: str) -> Any:
    if name.startswith("_"):  # Its modules, which are looked for here first; and what nobody should use.
        raise AttributeError(name)
    return getattr(_real(), name)
