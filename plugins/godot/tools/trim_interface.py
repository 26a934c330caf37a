"""Prints src/gdextension.gen.h: the part of Godot's extension interface that the addon uses, from the engine's dumps.

usage: trim_interface.py GODOT [--check]     GODOT: the engine's program, 4.6 or newer (older ones cannot dump JSON)

The header is committed, so that the addon builds without Godot. `--check` compares instead of writing.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
TARGET = HERE.parent / "src" / "gdextension.gen.h"
NOTICE = """\
/* The part of Godot's extension interface that this addon uses, printed from the engine's dump by
 * tools/trim_interface.py; do not edit. Renew it with: python tools/trim_interface.py GODOT
 *
 * Declarations derived from Godot Engine, https://godotengine.org, under the MIT license:
 *
 * Copyright (c) 2014-present Godot Engine contributors (see AUTHORS.md).
 * Copyright (c) 2007-2014 Juan Linietsky, Ariel Manzur.
 *
 * Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
 * documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
 * rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to
 * permit persons to whom the Software is furnished to do so, subject to the following conditions:
 *
 * The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
 * Software.
 *
 * THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
 * WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
 * COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
 * OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
 */
#ifndef FASTNET_GDEXTENSION_H
#define FASTNET_GDEXTENSION_H

#include <stddef.h>
#include <stdint.h>

"""
ENTRY_TYPES = (
    "GDExtensionInitialization",
    "GDExtensionClassMethodFlags",
    "GDExtensionInterfaceGetProcAddress",
    "GDExtensionInitializationFunction",
)


def lines_of(name: str) -> list[str]:
    """The entries of one of the lists beside this file."""
    text = (HERE / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def dump(godot: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The engine's interface and API, as it tells them."""
    with tempfile.TemporaryDirectory() as folder:
        for what in ("--dump-gdextension-interface-json", "--dump-extension-api"):
            command = [str(Path(godot).resolve()), "--headless", "--quit", what]
            subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)
        read = [Path(folder, name).read_text() for name in ("gdextension_interface.json", "extension_api.json")]
    return json.loads(read[0]), json.loads(read[1])


def words(value: object) -> set[str]:
    """All names of the engine's types that a description mentions."""
    return set(re.findall(r"GDExtension\w+", json.dumps(value)))


def needed_types(types: dict[str, Any], functions: list[dict[str, Any]]) -> set[str]:
    """The types that `functions` and the entry point need, and all that these need."""
    waiting = set(ENTRY_TYPES).union(*(words([f["arguments"], f.get("return_value")]) for f in functions))
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in found or name not in types:
            continue
        found.add(name)
        plain = {key: value for key, value in types[name].items() if key not in ("description", "deprecated")}
        for member in plain.get("members", []):
            member.pop("description", None)
        waiting |= words(plain)
    return found


def declare(type_name: str, name: str) -> str:
    """`const uint8_t *p_x`: a C declaration."""
    return f"{type_name}{name}" if type_name.endswith("*") else f"{type_name} {name}".rstrip()


def function_type(item: dict[str, Any], name: str) -> str:
    """A typedef of a pointer to a function."""
    result = item.get("return_value", {}).get("type", "void")
    arguments = ", ".join(declare(a["type"], a.get("name", "")) for a in item["arguments"]) or "void"
    return f"typedef {result} (*{name})({arguments});"


def c_type(item: dict[str, Any]) -> str:
    """One type as C."""
    name = item["name"]
    if item["kind"] == "enum":
        values = ",\n".join(f"    {value['name']} = {value['value']}" for value in item["values"])
        return f"typedef enum {{\n{values},\n}} {name};"
    if item["kind"] == "handle":
        return f"typedef {'const ' if item.get('is_const') else ''}void *{name};"
    if item["kind"] == "alias":
        return f"typedef {item['type']} {name};"
    if item["kind"] == "struct":
        members = "\n".join(f"    {declare(member['type'], member['name'])};" for member in item["members"])
        return f"typedef struct {{\n{members}\n}} {name};"
    return function_type(item, name)


def type_name_of(function: str) -> str:
    """`variant_destroy` -> `GDExtensionInterfaceVariantDestroy`, as the engine names it."""
    return "GDExtensionInterface" + "".join(word.capitalize() for word in function.split("_"))


def hash_of(api: dict[str, Any], path: str) -> int:
    """The hash of a method, by which the engine gives it out."""
    owner, method = path.split(".")
    for item in api["builtin_classes"] + api["classes"]:
        if item["name"] == owner:
            return next(m["hash"] for m in item["methods"] if m["name"] == method)
    raise SystemExit(f"this engine has no {owner}")


def render(interface: dict[str, Any], api: dict[str, Any]) -> str:
    """The whole header."""
    by_name = {item["name"]: item for item in interface["interface"]}
    functions = [by_name[name] for name in lines_of("functions.txt")]
    types = {item["name"]: item for item in interface["types"]}
    wanted = needed_types(types, functions)
    parts = [c_type(item) for item in interface["types"] if item["name"] in wanted]
    parts += [function_type(item, type_name_of(item["name"])) for item in functions]
    table = " \\\n".join(f"    X({type_name_of(f['name'])}, {f['name']})" for f in functions)
    parts.append(f"/* X(type, name) for each engine function that is fetched. */\n#define GD_FUNCTIONS(X) \\\n{table}")
    hashes = "\n".join(
        f"#define GD_HASH_{path.replace('.', '_').upper()} {hash_of(api, path)}" for path in lines_of("hashes.txt")
    )
    sizes = next(group for group in api["builtin_class_sizes"] if group["build_configuration"] == "float_64")["sizes"]
    used = (
        "StringName",
        "String",
        "Dictionary",
        "Array",
        "PackedByteArray",
        "PackedInt64Array",
        "PackedStringArray",
        "Variant",
    )
    size_of = {item["name"]: item["size"] for item in sizes}
    opaque = "\n".join(f"#define GD_SIZE_{name.upper()} {size_of[name]}" for name in used)
    parts += [f"/* Hashes of engine methods; sizes of opaque values, 64-bit single precision. */\n{hashes}\n\n{opaque}"]
    return NOTICE + "\n\n".join(parts) + "\n\n#endif\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("godot")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    text = render(*dump(options.godot))
    if not options.check:
        TARGET.write_text(text, encoding="utf-8")
    elif TARGET.read_text(encoding="utf-8") != text:
        sys.exit(
            f"{TARGET.name} is not what this engine says; renew it: python tools/trim_interface.py {options.godot}"
        )


if __name__ == "__main__":
    main()
