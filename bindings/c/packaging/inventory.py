"""Write what a release must tell about what is inside: licences/, THIRD_PARTY.md, and a bill of materials.

usage: inventory.py RUNTIME OUT --version V [--wheels FOLDER] [--python-licence FILE]

The bill is CycloneDX 1.5 as JSON, without time or chance: the same contents give the same bytes. What the wheels of the
components say about themselves (cryptography links an OpenSSL of its own, and crates) is merged in.
"""

import argparse
import json
import shutil
import sys
import uuid
from pathlib import Path
from typing import Any

import components as parts

SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "pkg:generic/fastnet")


def write_licences(components: list[parts.Component], out: Path) -> None:
    """licences/<component>/<file>, one folder each."""
    shutil.rmtree(out, ignore_errors=True)
    for component in components:
        folder = out / component.name.replace(" ", "-")
        folder.mkdir(parents=True)
        for name, text in component.texts.items():
            (folder / name).write_text(text, newline="\n")


def nested(bom: dict[str, Any]) -> list[dict[str, Any]]:
    """The components of another bill, without what only its own build machine could follow."""
    keep = ("type", "name", "version", "purl", "licenses", "hashes")
    found = [{key: one[key] for key in keep if key in one} for one in bom.get("components", [])]
    for one in found:
        one["purl"] = one.get("purl", "").split("?")[0].split("#")[0]
        one["bom-ref"] = one["purl"]
        if one["purl"].startswith("pkg:generic/openssl@"):  # The wheel's bill leaves it out.
            one.setdefault("licenses", [{"expression": "Apache-2.0"}])
    return found


def entry(component: parts.Component) -> dict[str, Any]:
    """One component of the bill, with the digests of its files."""
    files = [
        {"type": "file", "name": file["path"], "hashes": [{"alg": "SHA-256", "content": file["sha256"]}]}
        for file in component.files
        if "sha256" in file
    ]
    reference = f"{component.purl}@{component.version}"
    made = {
        "type": "library",
        "bom-ref": reference,
        "name": component.name,
        "version": component.version,
        "purl": reference,
        "licenses": [{"expression": component.spdx}],
    }
    return {**made, "components": files} if files else made


def bill(components: list[parts.Component], version: str) -> dict[str, Any]:
    """The bill of materials."""
    entries = [entry(component) for component in components]
    inner = {one["bom-ref"]: one for component in components for bom in component.boms for one in nested(bom)}
    known = {one["bom-ref"] for one in entries}
    everything = entries + [one for reference, one in sorted(inner.items()) if reference not in known]
    main = {
        "type": "library",
        "bom-ref": f"pkg:generic/fastnet@{version}#release",
        "name": "fastnet",
        "version": version,
    }
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{uuid.uuid5(SPACE, json.dumps(everything, sort_keys=True))}",
        "version": 1,
        "metadata": {"component": {**main, "licenses": [{"expression": "MIT OR Apache-2.0"}]}},
        "components": everything,
    }


def third_party(made: dict[str, Any]) -> str:
    """The bill as a table for people."""
    rows = []
    for one in made["components"]:
        licence = " ".join(str(each.get("expression") or each.get("license", {})) for each in one.get("licenses", []))
        rows.append(f"| {one['name']} | {one.get('version', '')} | {licence or 'see its component'} |\n")
    head = (
        "# What is inside fastnet_runtime\n\nThe texts are in licences/, digests of all files in sbom.cdx.json. "
        "OpenSSL and crates are linked\ninto cryptography's module, libsodium into ours. An advisory on either means "
        "a new release.\n\n| Component | Version | Licence |\n|---|---|---|\n"
    )
    return head + "".join(rows)


def main() -> None:
    """Write all of it, or say what is missing."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("runtime", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--version", required=True)
    parser.add_argument("--wheels")
    parser.add_argument("--python-licence", type=Path)
    given = parser.parse_args()
    wheels = [given.wheels] if given.wheels else None
    try:
        inside = parts.components_of(parts.Build(given.runtime, given.version, wheels, given.python_licence))
    except parts.MissingError as missing:
        sys.exit(f"inventory: {missing}")
    made = bill(inside, given.version)
    write_licences(inside, given.out / "licences")
    (given.out / "sbom.cdx.json").write_text(json.dumps(made, indent=1) + "\n", newline="\n")
    (given.out / "THIRD_PARTY.md").write_text(third_party(made), newline="\n")


if __name__ == "__main__":
    main()
