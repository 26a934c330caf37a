# Printed by fastnet-codegen from codegen/api.
# Do not edit: change the description, or the template, and print again.
# To renew it: fastnet-codegen generate layout_probe
"""Prints where the fields of every struct lie, as JSON, as cffi sees them: layout_cffi.gen.py PATH/sink.cdef.h"""

import json
import sys
from pathlib import Path

import cffi

STRUCTS = ("SinkEvent", "SinkStats", "SinkSetup")


def layout(cdef: Path) -> dict[str, dict[str, int]]:
    """Sizes and offsets."""
    ffi = cffi.FFI()
    ffi.cdef(cdef.read_text())
    found = {}
    for name in STRUCTS:
        kind = ffi.typeof(name)
        found[name] = {"size": ffi.sizeof(kind), **{field: at.offset for field, at in kind.fields}}
    return found


if __name__ == "__main__":
    json.dump(layout(Path(sys.argv[1])), sys.stdout)
