# Printed by fastnet-codegen from codegen/api.
# Do not edit: change the description, or the template, and print again.
# To renew it: fastnet-codegen generate layout_probe
"""Prints where the fields of every struct lie, as JSON, as ctypes sees them."""

import ctypes
import json
import sys

STRUCTS = {
    "SinkEvent": [
        ("type", ctypes.c_uint32),
        ("peer_id", ctypes.c_uint32),
        ("data_len", ctypes.c_uint32),
        ("channel", ctypes.c_uint8),
        ("reserved0", ctypes.c_uint8 * 3),
        ("big", ctypes.c_uint64),
        ("data", ctypes.c_void_p),
        ("user_data", ctypes.c_void_p),
    ],
    "SinkStats": [
        ("struct_size", ctypes.c_uint32),
        ("ratio", ctypes.c_uint32),
        ("average", ctypes.c_uint64),
        ("balance", ctypes.c_uint64),
        ("small", ctypes.c_uint8),
        ("reserved0", ctypes.c_uint8),
        ("medium", ctypes.c_uint16),
        ("good", ctypes.c_uint32),
        ("since_two", ctypes.c_uint64),
    ],
    "SinkSetup": [
        ("struct_size", ctypes.c_uint32),
        ("flags", ctypes.c_uint32),
        ("channel", ctypes.c_uint8),
        ("reserved0", ctypes.c_uint8),
        ("port", ctypes.c_uint16),
        ("wait_ms", ctypes.c_uint32),
        ("blob_len", ctypes.c_uint32),
        ("pin_count", ctypes.c_uint32),
        ("name", ctypes.c_void_p),
        ("path", ctypes.c_void_p),
        ("blob", ctypes.c_void_p),
        ("pins", ctypes.c_void_p),
        ("watcher", ctypes.c_void_p),
        ("parent", ctypes.c_void_p),
        ("user_data", ctypes.c_void_p),
    ],
}


def layout() -> dict[str, dict[str, int]]:
    """Sizes and offsets."""
    found = {}
    for name, fields in STRUCTS.items():
        kind = type(name, (ctypes.Structure,), {"_fields_": fields})
        found[name] = {"size": ctypes.sizeof(kind), **{field: getattr(kind, field).offset for field, _ in fields}}
    return found


if __name__ == "__main__":
    json.dump(layout(), sys.stdout)
