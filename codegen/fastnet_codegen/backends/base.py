"""What a back end is: it gets the Api and yields artifacts. It never touches the disk."""

from collections.abc import Iterable
from typing import ClassVar

from msgspec import Struct

from fastnet_codegen.ir.model import Api


class Artifact(Struct, frozen=True, order=True):
    """One printed file: its path below the output folder, with slashes, and its text."""

    path: str
    text: str


class NoOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """For back ends without options."""


class Backend:
    """Base of back ends; only the attributes and `artifacts` count, so a plug-in need not derive from it."""

    name: ClassVar[str]
    """As on the command line."""
    summary: ClassVar[str]
    """One line for `list`."""
    ir: ClassVar[str] = "1.0"
    """The version of the IR that it was written for."""
    status: ClassVar[str] = "experimental"
    """`supported` if it passes the conformance tests, else `experimental`."""
    folder: ClassVar[str] = "."
    """Where its artifacts go, below the root of the repository, unless `-o` says otherwise."""
    Options: ClassVar[type[Struct]] = NoOptions
    """A msgspec struct of what `--option K=V` may set."""
    capabilities: ClassVar[frozenset[str]] = frozenset({"*"})
    """The constructs of the IR that it can print, see `capabilities.py`; `*` is all."""

    def artifacts(self, api: Api, options: Struct) -> Iterable[Artifact]:
        """The files to print."""
        raise NotImplementedError
