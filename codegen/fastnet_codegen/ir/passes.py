"""The passes in order, from a description to the sealed `Api`. Each is pure; `ir --pass NAME` shows what it left."""

from pathlib import Path

import msgspec

from fastnet_codegen.check import check
from fastnet_codegen.diagnostics import DescriptionError, Diagnostic
from fastnet_codegen.ir.abi import seal
from fastnet_codegen.ir.document import document
from fastnet_codegen.ir.layout import layout
from fastnet_codegen.ir.link import link
from fastnet_codegen.ir.lower import lower
from fastnet_codegen.ir.model import IR_VERSION, Api
from fastnet_codegen.spec.load import load

PASSES = ("link", "lower", "layout", "document", "seal")


def build(folder: Path, until: str = "seal") -> Api:
    """The Api of a description's folder, after a pass; checked before it is sealed. Raises DescriptionError."""
    description, sources = load(folder)
    api = link(description, sources)
    if until == "link":
        return api
    faults = check(api, sources)
    if faults:
        raise DescriptionError(faults)
    for name, run in (("lower", lower), ("layout", layout), ("document", document), ("seal", seal)):
        api = run(api)
        if name == until:
            break
    return api


def read(path: Path) -> Api:
    """The Api from its canonical JSON. Raises DescriptionError if it is of another version of the IR."""
    try:
        api = msgspec.json.decode(path.read_bytes(), type=Api)
    except (OSError, msgspec.DecodeError) as error:
        raise DescriptionError(
            [Diagnostic(path.name, "ir-unreadable", str(error), "print it again: fastnet-codegen generate ir_json")]
        ) from None
    if api.ir_version.partition(".")[0] != IR_VERSION.partition(".")[0]:
        raise DescriptionError(
            [Diagnostic(path.name, "ir-version", f"IR {api.ir_version}, this tool reads {IR_VERSION}")]
        )
    return api


def canonical(api: Api) -> bytes:
    """The Api as JSON: sorted keys, two spaces, one final line end."""
    return msgspec.json.format(msgspec.json.encode(api, order="deterministic"), indent=2) + b"\n"
