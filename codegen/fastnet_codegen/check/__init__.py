"""The rules of a good description, one file each. A rule takes the linked Api and yields diagnostics."""

from fastnet_codegen.diagnostics import Diagnostic
from fastnet_codegen.ir.model import Api
from fastnet_codegen.spec.load import Sources


def check(api: Api, sources: Sources) -> list[Diagnostic]:
    """Everything that is wrong, in the order of the files."""
    del api, sources
    return []
