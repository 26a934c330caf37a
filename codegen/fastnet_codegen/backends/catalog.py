"""Which back ends there are: ours, a folder each beside this module, and those that other distributions announce.

Nothing is imported until it is used, so one broken plug-in spoils only itself.
"""

import importlib
import importlib.metadata
import pkgutil
import shutil
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from fastnet_codegen.backends.base import Backend
from fastnet_codegen.backends.process import Process
from fastnet_codegen.diagnostics import DescriptionError, Diagnostic, PluginError
from fastnet_codegen.ir.model import IR_VERSION

GROUP = "fastnet_codegen.backends"
OURS = "fastnet-codegen"


class Entry(Struct, frozen=True, order=True):
    """One back end that is known: where it comes from, and the module and attribute that hold it."""

    name: str
    source: str
    place: str


def entries() -> dict[str, Entry]:
    """All that can be named, sorted. Raises DescriptionError if two distributions give one name."""
    found: dict[str, Entry] = {}
    for entry in sorted([*_ours(), *_announced()]):
        if entry.name in found:
            other = found[entry.name]
            message = f"{other.source} and {entry.source} both give a back end called {entry.name!r}"
            raise DescriptionError([Diagnostic("", "backend-twice", message, "uninstall one of them")])
        found[entry.name] = entry
    return found


def load(name: str) -> Backend:
    """The back end of that name. Raises DescriptionError if there is none, PluginError if it cannot be used."""
    known = entries()
    program = shutil.which(f"fastnet-codegen-{name}")
    if name not in known and program:
        return Process(Path(program))
    if name not in known:
        raise DescriptionError(
            [Diagnostic("", "backend-unknown", f"no back end is called {name!r}", "known: " + ", ".join(known))]
        )
    entry = known[name]
    module, _, attribute = entry.place.partition(":")
    try:
        backend: Backend = getattr(importlib.import_module(module), attribute)()
        ir, given, _ = str(backend.ir), str(backend.name), str(backend.summary)
    except Exception as error:
        raise PluginError(
            f"{entry.source}: back end {name!r} cannot be loaded: {type(error).__name__}: {error}"
        ) from error
    if not accepts(ir):
        raise PluginError(f"{entry.source}: back end {name!r} wants IR {ir}, this tool has {IR_VERSION}")
    if given != name:
        raise PluginError(f"{entry.source}: back end {name!r} calls itself {given!r}")
    return backend


def accepts(ir: str) -> bool:
    """Whether a back end for that IR can read ours: same major, minor not above ours."""
    try:
        major, minor = (int(part) for part in ir.split("."))
    except ValueError:
        return False
    ours = [int(part) for part in IR_VERSION.split(".")]
    return major == ours[0] and minor <= ours[1]


def _ours() -> Iterator[Entry]:
    for module in pkgutil.iter_modules([str(Path(__file__).parent)]):
        if module.ispkg:
            yield Entry(module.name, OURS, f"{__package__}.{module.name}:BACKEND")


def _announced() -> Iterator[Entry]:
    for point in importlib.metadata.entry_points(group=GROUP):
        source = point.dist.name if point.dist else "unknown"
        yield Entry(point.name, source, point.value)
