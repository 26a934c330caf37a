"""Write runtime.json: by it the library knows that the folder beside it is its own, and complete.

usage: manifest.py RUNTIME --version V --abi-hash H --build-id B --python V --platform P

One file a line, sorted, so that C reads it without a JSON library and two builds give equal bytes.
"""

import argparse
import hashlib
import json
from pathlib import Path

NAME = "runtime.json"


def files_of(runtime: Path) -> list[dict[str, str | int]]:
    """Path inside the folder, size and SHA-256 of everything but the manifest itself."""
    found = sorted(path for path in runtime.rglob("*") if path.is_file() and path != runtime / NAME)
    return [
        {
            "path": path.relative_to(runtime).as_posix(),
            "bytes": path.stat().st_size,
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        }
        for path in found
    ]


def text_of(facts: dict[str, str], files: list[dict[str, str | int]]) -> str:
    """The manifest as text."""
    head = "".join(f" {json.dumps(key)}: {json.dumps(value)},\n" for key, value in facts.items())
    body = ",\n".join(f"  {json.dumps(file)}" for file in files)
    return f'{{\n{head} "files": [\n{body}\n ]\n}}\n'


def main() -> None:
    """Describe the folder as it is now."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("runtime", type=Path)
    for name in ("version", "abi-hash", "build-id", "python", "platform"):
        parser.add_argument(f"--{name}", required=True)
    given = parser.parse_args()
    facts = {
        "library_version": given.version,
        "abi_hash": given.abi_hash,
        "build_id": given.build_id,
        "python_version": given.python,
        "platform": given.platform,
    }
    (given.runtime / NAME).write_text(text_of(facts, files_of(given.runtime)), newline="\n")


if __name__ == "__main__":
    main()
