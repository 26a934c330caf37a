"""What engines and tools this machine has: a probe per tier, which finds it (or fetches it) or says why not.

FASTNET_REQUIRE=godot,csharp turns the skip of these tiers into a failure and fetches what is missing; `all` names every
tier. FASTNET_FETCH only fetches. An unknown name is an error, so that a typo cannot pass. As a program it fetches the
tiers it is given, or all: `python tests/engines/tiers.py godot mono`.
"""

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache as once
from importlib import import_module
from pathlib import Path

import cache
from cache import UnavailableError
from commands import demand, tool


@dataclass(frozen=True)
class Found:
    """What a probe found: programs and other paths by name, their folder if fetched, and their version."""

    version: str
    paths: dict[str, Path]
    folder: Path | None = None

    def __getitem__(self, name: str) -> Path:
        return self.paths[name]


@dataclass(frozen=True)
class Fetched:
    """A tier that a script get_*.py fetches, or that the machine brings itself when it was not fetched."""

    script: str
    megabytes: int
    programs: dict[str, str]
    of_the_machine: tuple[str, ...] = ()

    def probe(self, tier: str) -> Found:
        """The fetched one first; then the machine's."""
        script = import_module(self.script)
        try:
            folder = self._folder(script, tier)
        except UnavailableError:
            own = {name: path for name in self.of_the_machine if (path := shutil.which(name))}
            if not own or len(own) < len(self.of_the_machine):
                raise
            return Found("the machine's own", {name: Path(path) for name, path in own.items()})
        return Found(cache.version(folder), {name: folder / path for name, path in self.programs.items()}, folder)

    def _folder(self, script: object, tier: str) -> Path:
        if tier in asked("FASTNET_FETCH") | asked("FASTNET_REQUIRE"):
            return Path(script.get())  # type: ignore[attr-defined]
        folder = cache.cached(script.name())  # type: ignore[attr-defined]
        if folder is None:
            raise UnavailableError(
                f"not fetched yet: run `make engines`, or set FASTNET_FETCH={tier} ({self.megabytes} MB)"
            )
        return folder


def _c(_tier: str) -> Found:
    compiler = tool(os.environ.get("CC", "cc"), "apt-get install gcc")
    return Found(demand(compiler, "-dumpfullversion").strip(), {"cc": compiler})


def _unreal(_tier: str) -> Found:
    compiler = tool(os.environ.get("CXX", "g++"), "apt-get install g++")
    demand(compiler, "-std=c++20", "-fsyntax-only", "-include", "concepts", "-x", "c++", "/dev/null")
    return Found(demand(compiler, "-dumpfullversion").strip(), {"g++": compiler})


GODOT = Fetched(
    "get_godot",
    140,
    {
        "godot": "usr/bin/godot",
        "template-debug": "usr/bin/godot-template-debug",
        "template-release": "usr/bin/godot-template-release",
    },
)
PROBES: dict[str, Callable[[str], Found]] = {
    "c": _c,
    "unreal": _unreal,
    "mono": Fetched("get_mono", 45, {"mono": "mono", "mcs": "mcs"}, ("mono", "mcs")).probe,
    "csharp": Fetched("get_csharp", 154, {"csc9": "csc9", "run": "run", "netstandard": "netstandard2.1"}).probe,
    "godot": GODOT.probe,
    "godot-export": GODOT.probe,
    "sandbox": Fetched("get_sandbox", 1, {"bwrap": "bwrap", "strace": "strace"}, ("bwrap", "strace")).probe,
    "pythons": Fetched("get_pythons", 30, {"run": "run"}).probe,
    "wine": Fetched(
        "get_wine",
        150,
        {name: name for name in ("wine", "wineserver", "x86_64-w64-mingw32-gcc")},
        ("wine", "wineserver", "x86_64-w64-mingw32-gcc"),
    ).probe,
    "zig": Fetched("get_zig", 101, {"zig": "zig"}, ("zig",)).probe,
    "picture": Fetched("get_picture", 250, {"shot": "shot"}).probe,
}


class UnknownTierError(ValueError):
    """A name that is no tier; the text lists those that are."""


def asked(variable: str) -> set[str]:
    """The tiers that an environment variable names; raises UnknownTierError."""
    names = {name.strip() for name in os.environ.get(variable, "").split(",")} - {""}
    if "all" in names:
        return set(PROBES) | asked_exactly(variable, names - {"all"})
    return asked_exactly(variable, names)


def asked_exactly(variable: str, names: set[str]) -> set[str]:
    """These names, all of which must be tiers; raises UnknownTierError."""
    for name in sorted(names - set(PROBES)):
        raise UnknownTierError(f"{variable} names {name!r}, which is no tier: there are {', '.join(PROBES)}, all")
    return names


@once
def probe(tier: str) -> Found | str:
    """What this machine has for a tier, or one sentence why it has not; asked once per process."""
    if tier not in PROBES:
        raise UnknownTierError(f"{tier!r} is no tier: there are {', '.join(PROBES)}")
    try:
        return PROBES[tier](tier)
    except UnavailableError as why:
        return str(why)


def main(names: list[str]) -> int:
    """Fetch these tiers, or all, and say what was found; the exit code says whether all were."""
    os.environ["FASTNET_FETCH"] = ",".join(names) or "all"
    missing = 0
    for tier in sorted(asked("FASTNET_FETCH"), key=list(PROBES).index):
        found = probe(tier)
        missing += isinstance(found, str)
        print(f"SKIP {tier}: {found}" if isinstance(found, str) else f"{tier:14}{found.version}", flush=True)
    return 1 if missing else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except UnknownTierError as mistake:
        sys.exit(f"tiers: {mistake}")
