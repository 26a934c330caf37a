"""House rules as tests. Each rule is asked about every file, and about one deliberately bad sample that it must catch.

What breaks a rule today stands in the ratchet with its count. Lower a count when you mend something; never raise one.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import tidy_rules as rules
from tidy_rules import Source

ROOT = Path(__file__).parents[1]
SKIPPED = {".git", ".venv", "build", "out", "dist", "node_modules", "vectors", "corpus", "__pycache__"}
RATCHET: dict[str, dict[str, int]] = {  # rule: path: how many problems are still allowed
    "long_lines": {
        "core/fastnet/protocol/acknowledged.pxd": 1,
        "core/fastnet/protocol/channels/arrivals.pxd": 2,
        "core/fastnet/protocol/channels/base.pxd": 1,
        "core/fastnet/protocol/channels/reliable.pxd": 1,
        "core/fastnet/protocol/channels/sequenced.pxd": 1,
        "core/fastnet/protocol/channels/sequenced.py": 1,
        "core/fastnet/protocol/channels/unreliable.pxd": 1,
        "core/fastnet/protocol/connection.pxd": 1,
        "core/fastnet/protocol/endpoint.pxd": 2,
        "core/fastnet/protocol/endpoint.py": 1,
        "core/fastnet/protocol/incoming.pxd": 1,
        "core/fastnet/protocol/outgoing.pxd": 3,
        "core/fastnet/protocol/outgoing.py": 1,
        "core/fastnet/protocol/phases.pxd": 1,
        "core/fastnet/protocol/phases.py": 1,
        "core/fastnet/protocol/sent.pxd": 1,
        "core/fastnet/protocol/settings.pxd": 1,
        "tests/simulation/scripted.py": 3,
        "tests/simulation/test_failures_paths.py": 1,
    },
    "annotations": {
        "core/fastnet/protocol/connection.py": 1,
        "core/fastnet/protocol/endpoint.py": 2,
        "core/fastnet/protocol/incoming.py": 1,
        "core/fastnet/protocol/outgoing.py": 1,
    },
    "declarations": {  # Bases that channels, and applications, derive from.
        "bindings/c/fastnet_c/rings.pxd": 1,
        "core/fastnet/net/client.pxd": 1,
        "core/fastnet/net/driver.pxd": 1,
        "core/fastnet/net/server.pxd": 1,
        "core/fastnet/protocol/channels/arrivals.pxd": 2,
        "core/fastnet/protocol/channels/base.pxd": 2,
        "core/fastnet/protocol/channels/reliable.pxd": 1,
        "core/fastnet/protocol/channels/sequenced.pxd": 1,
        "core/fastnet/protocol/channels/unreliable.pxd": 1,
    },
}


def every_file(*suffixes: str) -> list[Source]:
    """The project's own files with these suffixes."""
    found = []
    for path in sorted(ROOT.rglob("*")):
        inside = path.relative_to(ROOT)
        hidden = any(part in SKIPPED or part.endswith(".egg-info") or part[0] == "." for part in inside.parts)
        if path.suffix in suffixes and not hidden and ".gen." not in path.name and path.is_file():
            raw = path.suffix == ".py" and path.with_suffix(".pyi").exists()
            found.append(Source(inside.as_posix(), path.read_text(errors="replace"), raw))
    return found


PYTHON = every_file(".py")
COMPILED = [source for source in PYTHON if (ROOT / source.path).with_suffix(".pxd").exists()]


def demand(rule: Callable[[Source], Iterator[str]], sources: list[Source]) -> None:
    """Fail with everything that a rule says about these files, beyond what the ratchet allows."""
    allowed = RATCHET.get(getattr(rule, "__name__", ""), {})
    problems: list[str] = []
    for source in sources:
        found = list(rule(source))
        if len(found) > allowed.get(source.path, 0):
            problems.append(f"{source.path}: {len(found)}, allowed are {allowed.get(source.path, 0)}")
            problems += [f"    {problem}" for problem in found[:5]]
    if problems:
        pytest.fail("\n".join(problems), pytrace=False)


def a_map(page: Source) -> Iterator[str]:
    """What is wrong with a page that is to show one folder."""
    return rules.map_of(page, ROOT, [ROOT / "core"])


def links(page: Source) -> Iterator[str]:
    """What is wrong with a page of Markdown."""
    return rules.markdown(page, ROOT)


@pytest.mark.parametrize(
    "rule",
    [
        rules.arrows,
        rules.sans_io,
        rules.time_and_chance,
        rules.second_opinion,
        rules.long_functions,
        rules.long_modules,
        rules.module_docstring,
        rules.public_names,
        rules.annotations,
        rules.habits,
    ],
)
def test_python_keeps_the_house_rules(rule: Callable[[Source], Iterator[str]]) -> None:
    demand(rule, PYTHON)


def test_compiled_modules_keep_the_rules_of_pairs() -> None:
    demand(rules.pair_module, COMPILED)
    demand(rules.declarations, every_file(".pxd"))


def test_lines_of_code_are_short() -> None:
    demand(rules.long_lines, every_file(*rules.CODE))


def test_the_ratchet_names_files_that_exist() -> None:
    for allowed in RATCHET.values():
        assert not [path for path in allowed if not (ROOT / path).exists()]


def test_no_leftover_markers_and_no_paths_of_a_machine() -> None:
    demand(rules.words, every_file(*rules.CODE, ".md", ".toml", ".yaml", ".yml", ".txt"))


def test_markdown_has_one_title_and_links_that_lead_somewhere() -> None:
    demand(links, every_file(".md"))


def test_the_architecture_page_shows_this_tree() -> None:
    rooms = ("", "core", "core/fastnet", "bindings", "bindings/c", "plugins", "examples", "tests")
    found = [folder for room in rooms for folder in sorted((ROOT / room).iterdir()) if folder.is_dir()]
    shown = [at for at in found if at.name not in SKIPPED and at.name[0] != "." and at.suffix != ".egg-info"]
    assert not list(rules.map_of(Source("ARCHITECTURE.md", (ROOT / "ARCHITECTURE.md").read_text()), ROOT, shown))


def test_no_two_files_of_the_tests_share_a_name() -> None:
    """Folders with tests are no packages: the second module of a name would shadow the first, or be refused."""
    folders = {source.pure_path.parent for source in PYTHON if source.pure_path.name.startswith("test_")}
    folders -= {source.pure_path.parent for source in PYTHON if source.pure_path.name == "__init__.py"}
    paths: dict[str, str] = {}
    for source in PYTHON:
        name = source.pure_path.name
        if source.pure_path.parent in folders and name != "conftest.py":
            assert paths.setdefault(name, source.path) == source.path, f"{source.path} has the name of {paths[name]}"


# The rules themselves: every sample must be caught, and its good twin must not.

PROTOCOL, NET, TESTING = "core/fastnet/protocol/a.py", "core/fastnet/net/a.py", "core/fastnet/testing/a.py"
LONG_FUNCTION = "def f() -> None:\n" + "    pass\n" * 70
SAMPLES: list[tuple[Callable[[Source], Iterator[object]], str, str, str]] = [
    (rules.arrows, PROTOCOL, "from fastnet.net import udp", "from fastnet.protocol import spec"),
    (rules.arrows, PROTOCOL, "from fastnet import net", "from fastnet import protocol"),
    (rules.arrows, PROTOCOL, "from ..net import udp", "from . import spec"),
    (rules.arrows, PROTOCOL, "import fastnet", "import fastnet.protocol"),
    (rules.arrows, NET, "import fastnet.testing.pair", "import fastnet.protocol.spec"),
    (rules.arrows, NET, "def f():\n    from fastnet.tools import cli", "from fastnet.net import udp"),
    (rules.arrows, TESTING, "from fastnet.net import udp", "from fastnet.protocol import spec"),
    (rules.arrows, "core/fastnet/__init__.py", "from fastnet.tools import cli", "from fastnet.net import aio"),
    (rules.sans_io, PROTOCOL, "import socket", "import struct"),
    (rules.sans_io, PROTOCOL, "from os import path", "from collections import deque"),
    (rules.sans_io, PROTOCOL, "from cython.cimports.posix import unistd", "from cython.cimports.libc.stdint import x"),
    (rules.time_and_chance, NET, "import time", "import secrets"),
    (rules.time_and_chance, PROTOCOL, "import random", "import math"),
    (rules.time_and_chance, "core/fastnet/__init__.py", "import os\nos.urandom(3)", "import os\nos.getpid()"),
    (rules.second_opinion, "tests/conformance/decoder.py", "import fastnet.protocol.spec", "import json"),
    (rules.long_functions, PROTOCOL, LONG_FUNCTION, LONG_FUNCTION.replace("    pass\n", "", 1)),
    (rules.long_modules, PROTOCOL, "a = 1\n" * 401, "a = 1\n" * 400),
    (rules.long_lines, PROTOCOL, "#" * 121, "#" * 120),
    (rules.module_docstring, PROTOCOL, "a = 1", '"""What this is."""\na = 1'),
    (rules.public_names, PROTOCOL, "def f(): pass", "def _f(): pass"),
    (rules.public_names, PROTOCOL, "class A:\n    x = 1", 'class A:\n    """Why."""\n    x = 1'),
    (rules.annotations, PROTOCOL, "def f(a) -> int: return a", "def f(a: int) -> int: return a"),
    (rules.annotations, PROTOCOL, "def f(*, a: int): return a", "class A:\n    def f(self) -> int: return 1"),
    (rules.habits, NET, "try:\n    f()\nexcept:\n    pass", "try:\n    f()\nexcept OSError:\n    pass"),
    (rules.habits, NET, "print(1)", "log(1)"),
    (rules.habits, "tests/unit/test_a.py", "from os import *", "from os import path"),
    (rules.pair_module, PROTOCOL, "a[-1]", "a[1]"),
    (rules.pair_module, PROTOCOL, "a[1:-1]", "a[1:2]"),
    (rules.pair_module, PROTOCOL, "# cython: annotation_typing=True\nimport cython", "import struct"),
    (rules.declarations, "core/fastnet/net/a.pxd", "cimport cython", '"""C types."""\ncimport cython'),
    (rules.declarations, "a.pxd", '"""."""\ncdef class A:', '"""."""\n@cython.final\ncdef class A:'),
    (rules.declarations, "a.pxd", '"""."""\ncdef int f(int a):\n    return a', '"""."""\ncdef int f(int a) noexcept'),
    (rules.declarations, "core/fastnet/protocol/a.pxd", '"""."""\nfrom libc.time cimport time',
     '"""."""\nfrom libc.stdint cimport uint8_t'),
    (rules.words, "a.md", "TO" + "DO: more", "to do: more"),
    (rules.words, "a.toml", "path = '/ho" + "me/ann/x'", "path = 'home/ann'"),
    (a_map, "a.md", "core has `core/fastnet/gone.py`", "core has `core/fastnet/__init__.py`"),
    (a_map, "a.md", "core has\n    gone/   a room", "core has\n    net/   a room"),
    (a_map, "a.md", "`docs/` alone", "`docs/` and core"),
    (links, "a.md", "# One\n# Two", "# One\n## Two"),
    (links, "a.md", "# One\n[x](missing.md)", "# One\n[x](PROTOCOL.md)"),
    (links, "a.md", "# One\n[x](#two)", "# One\n[x](#one)"),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(SAMPLES)))
def test_every_rule_catches_its_bad_sample_and_spares_the_good_one(number: int) -> None:
    rule, path, bad, good = SAMPLES[number]
    assert list(rule(Source(path, bad)))
    assert not list(rule(Source(path, good)))


def test_a_raw_module_is_one_with_a_stub_and_a_directive() -> None:
    good = Source(PROTOCOL, "# cython: annotation_typing=True\nimport cython", raw=True)
    assert not list(rules.pair_module(good))
    assert list(rules.pair_module(Source(PROTOCOL, "import cython", raw=True)))
