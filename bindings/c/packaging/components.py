"""Whose code is inside a runtime: `components.toml`, asked about one build.

Every file must belong to a component, and every component must have its version and its licence's text: what cannot be
found stops the build and says where it was looked for.
"""

import importlib.metadata
import json
import os
import subprocess
import sysconfig
import tomllib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import manifest
import pefile

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
SODIUM = Path(os.environ.get("FASTNET_LIBSODIUM", ROOT / "build" / "libsodium"))  # As setup.py has it.


class MissingError(Exception):
    """A licence, a version or an owner cannot be found; the text says whose."""


@dataclass
class Component:
    """One project whose code is shipped."""

    name: str
    spdx: str
    purl: str
    version: str
    texts: dict[str, str]
    """File name: licence text."""
    boms: list[dict[str, Any]] = field(default_factory=list)
    """Bills of materials that came with it."""
    files: list[dict[str, str | int]] = field(default_factory=list)


@dataclass(frozen=True)
class Build:
    """Where one build keeps what is asked for."""

    runtime: Path
    library_version: str
    wheels: list[str] | None = None
    """Folders with installed distributions; None: those of this interpreter."""
    python_licence: Path | None = None
    """The interpreter's LICENSE.txt, where it is not this one."""

    def wheel(self, name: str) -> importlib.metadata.Distribution:
        """An installed distribution."""
        context = {"name": name} if self.wheels is None else {"name": name, "path": self.wheels}
        found = next(iter(importlib.metadata.distributions(**context)), None)
        if found is None:
            raise MissingError(f"no distribution called {name} is installed where the runtime was collected")
        return found

    def wheel_files(self, name: str, folder: str) -> dict[str, str]:
        """The text files of a distribution's `.dist-info/FOLDER/`."""
        wheel = self.wheel(name)
        parts = [file for file in wheel.files or [] if f".dist-info/{folder}/" in file.as_posix()]
        return {file.name: file.read_text() for file in parts}


def debian(package: str, field_name: str) -> str:
    """A field of an installed Debian package."""
    command = ["dpkg-query", "-W", f"-f=${{{field_name}}}", package]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise MissingError(
            f"{package}: {done.stderr.strip()}; bundled libraries must come from packages, which know it"
        )
    return done.stdout


def version_of(source: str, build: Build) -> str:
    """What `version = ...` in the table means."""
    kind, _, name = source.partition(":")
    if kind == "wheel":
        return build.wheel(name).version
    if kind == "debian":
        return debian(name, "source:Upstream-Version")
    if kind == "python":
        return str(json.loads((build.runtime / manifest.NAME).read_text())["python_version"])
    if kind == "sodium":
        header = (SODIUM / "include" / "sodium" / "version.h").read_text()
        return header.partition('SODIUM_VERSION_STRING "')[2].partition('"')[0]
    if kind == "pe":
        with pefile.PE(str(build.runtime / name), fast_load=True) as image:
            image.parse_data_directories([pefile.DIRECTORY_ENTRY["IMAGE_DIRECTORY_ENTRY_RESOURCE"]])
            strings = image.FileInfo[0][0].StringTable[0].entries
            return strings[b"ProductVersion"].decode().strip()
    return build.library_version


def texts_of(source: str, build: Build) -> dict[str, str]:
    """What an entry of `texts = [...]` in the table means."""
    kind, _, name = source.partition(":")
    if kind == "wheel":
        return build.wheel_files(name, "licenses")
    if kind == "project":
        return {file.name: file.read_text() for file in sorted(ROOT.glob("LICENSE-*"))}
    paths = {
        "file": HERE / "licences" / name,
        "common": Path("/usr/share/common-licenses", name),
        "debian": Path("/usr/share/doc", name, "copyright"),
        "sodium": SODIUM / "LICENSE",
        "python": build.python_licence or Path(sysconfig.get_path("stdlib"), "LICENSE.txt"),
    }
    path = paths[kind]
    if not path.exists():
        raise MissingError(f"the licence {source} is not at {path}")
    return {f"{name or path.name}.txt".replace(".txt.txt", ".txt"): path.read_text(errors="replace")}


def contents(runtime: Path) -> Iterator[dict[str, str | int]]:
    """Every file of the runtime, and every module in its zip as `base_library.zip/...`."""
    for file in manifest.files_of(runtime):
        if file["path"] != "base_library.zip":
            yield file
    with zipfile.ZipFile(runtime / "base_library.zip") as archive:
        for name in archive.namelist():
            yield {"path": f"base_library.zip/{name}"}


def matches(file: dict[str, str | int], patterns: list[str]) -> bool:
    """Whether a file's path fits one of the patterns."""
    return any(fnmatchcase(str(file["path"]), pattern) for pattern in patterns)


def components_of(build: Build) -> list[Component]:
    """The components that are really inside, each with its files. Raises MissingError."""
    rows = tomllib.loads((HERE / "components.toml").read_text())["component"]
    owned: dict[int, list[dict[str, str | int]]] = {}
    for file in contents(build.runtime):
        owner = next((at for at, row in enumerate(rows) if matches(file, row.get("files", []))), None)
        if owner is None:
            raise MissingError(f"{file['path']} belongs to no component: add its licence to components.toml")
        owned.setdefault(owner, []).append(file)
        for at, row in enumerate(rows):
            if matches(file, row.get("linked_into", [])):
                owned.setdefault(at, [])
    return [described(rows[at], owned[at], build) for at in sorted(owned)]


def described(row: dict[str, Any], files: list[dict[str, str | int]], build: Build) -> Component:
    """One row of the table, with what this machine knows about it."""
    texts = {name: text for source in row["texts"] for name, text in texts_of(source, build).items()}
    if not texts:
        raise MissingError(f"{row['name']} has no licence text where {row['texts']} says")
    boms = []
    if "boms" in row:
        found = build.wheel_files(row["boms"].partition(":")[2], "sboms")
        boms = [json.loads(text) for text in found.values()]
    version = version_of(row["version"], build)
    return Component(row["name"], row["spdx"], row["purl"], version, texts, boms, files)
