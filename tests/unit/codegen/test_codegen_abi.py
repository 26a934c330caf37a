"""The lock's view of a change: what breaks, what adds, what only sources notice; and the hash that follows from it."""

from pathlib import Path
from typing import Any

import descriptions
import pytest
from descriptions import GOOD, spoiled
from fastnet_codegen.ir import abi
from fastnet_codegen.ir.changes import changes, remedy, since

SIZE = "      - {name: size, type: u32, doc: How large.}\n"
PATH = "      - {name: path, type: string, absent: means_default, doc: Where.}\n"
BUSY = "      - {name: busy, value: -4, doc: Bad.}\n"
RESERVED = "      - {reserved: user data, count: 2}\n"
EXTRA = """  - name: more
    of: box
    role: getter
    since: 2
    runs: shim
    threads: any
    summary: More.
    returns: {type: u32, doc: It.}
"""
SETTER = "role: setter\n    since: 1\n    runs: shim\n    threads: any"
FLAG = "      - {name: fast, value: 1, doc: Fast.}\n"
SWITCHES = "  - name: switches\n    since: 1\n    width: u32"
LATE = "      - {name: late, since: 2, value: -5, doc: Late.}\n"
OTHER = "      - {name: other, type: string, since: 2, absent: allowed, doc: It.}\n"
NOTE = "      - {name: note, type: user data, doc: It.}\n      - {reserved: user data, count: 1}\n"
TWO = "      - {name: a, type: u32, doc: It.}\n      - {name: b, type: u32, doc: It.}\n"
GROWN = "a frozen struct grown"  # The lock forbids it; sizes are not in the hash, for sized structs may grow.
CASES: dict[str, tuple[str, str, str]] = {  # what: text, its kind, words that tell it
    "a symbol removed": (GOOD[: GOOD.index("  - name: watch\n")], "breaking", "tiny_box_watch is gone"),
    "a symbol renamed": (spoiled("  - name: watch\n", "  - name: observe\n"), "breaking", "tiny_box_watch is gone"),
    "another signature": (
        spoiled("doc: The event.}]", "doc: It.}, {name: late, type: out peer id, doc: It.}]"),
        "breaking",
        "other params",
    ),
    "another result": (
        spoiled("{type: flag, doc: Whether.}", "{type: u64, doc: Whether.}"),
        "breaking",
        "other returns",
    ),
    "a stricter thread class": (spoiled(SETTER, SETTER.replace("any", "one")), "breaking", "thread class one"),
    "a looser thread class": (spoiled("threads: one", "threads: any"), "additive", "thread class any"),
    "a value changed": (spoiled(BUSY, BUSY.replace("-4", "-5")), "breaking", "TINY_ERROR_BUSY has other value"),
    "a value removed": (spoiled(FLAG, FLAG.replace("fast", "slow")), "breaking", "TINY_SWITCH_FAST is gone"),
    "a wider enumeration": (spoiled(SWITCHES, SWITCHES.replace("u32", "u64")), "breaking", "other width"),
    "a field moved": (spoiled(SIZE, TWO + SIZE), "breaking", "other offsets"),
    "a field retyped": (spoiled(SIZE, SIZE.replace("u32", "i32")), "breaking", "other type"),
    "a shorter lifetime": (spoiled("lifetime: until_next_poll", "lifetime: call"), "breaking", "lives shorter"),
    "a frozen struct grown": (spoiled(RESERVED, RESERVED.replace("2", "3")), "breaking", "another size"),
    "a symbol added": (GOOD + EXTRA, "additive", "tiny_box_more is new"),
    "a value added": (spoiled(BUSY, BUSY + LATE), "additive", "TINY_ERROR_LATE is new"),
    "a field at the end of a sized struct": (spoiled(PATH, PATH + OTHER), "additive", "TinyConfig.other is new"),
    "a field in reserved space": (spoiled(RESERVED, NOTE), "additive", "TinyEvent.note is new"),
    "an error added": (
        spoiled("errors: [invalid argument]", "errors: [invalid argument, busy]"),
        "additive",
        "may fail with busy",
    ),
    "an alias": (
        spoiled(BUSY, BUSY.replace("value: -4,", "value: -4, aliases: [occupied],")),
        "source",
        "TINY_ERROR_OCCUPIED is new",
    ),
}


def facts(folder: Path, text: str = GOOD, revision: int = 1) -> dict[str, Any]:
    """What the lock would hold."""
    api = descriptions.api(folder, text, revision)
    return {"revision": api.revision, "hashes": api.hashes, **abi.facts(api)}


@pytest.mark.parametrize("name", CASES)
def test_a_change_is_told_for_what_it_is(name: str, tmp_path: Path) -> None:
    text, kind, words = CASES[name]
    revision = 2 if "since: 2" in text else 1
    old, new = facts(tmp_path / "old"), facts(tmp_path / "new", text, revision)
    found = changes(old, new)
    told = [f"{change.kind}: {change.name} {change.what}" for change in found]
    assert any(words in line and line.startswith(kind) for line in told), told
    assert found[0].kind == kind, told
    needed = remedy(found, old, new)
    if kind == "breaking":
        assert "major" in needed
        assert remedy(found, old, {**new, "major": 2}) == ""
    elif kind == "additive":
        assert ("revision" in needed) == (revision == 1)
    else:
        assert needed == ""


def test_documentation_and_names_of_parameters_change_nothing(tmp_path: Path) -> None:
    text = spoiled("summary: Prepare.", "summary: Get ready.").replace(
        "name: watcher, type: watcher", "name: who, type: watcher"
    )
    old, new = facts(tmp_path / "old"), facts(tmp_path / "new", text)
    assert changes(old, new) == []
    assert old["hashes"] == new["hashes"]


@pytest.mark.parametrize("name", [name for name, (_, kind, _) in CASES.items() if kind == "breaking" and name != GROWN])
def test_the_hash_of_a_revision_notices_what_breaks(name: str, tmp_path: Path) -> None:
    text, _, _ = CASES[name]
    assert facts(tmp_path / "old")["hashes"]["1"] != facts(tmp_path / "new", text)["hashes"]["1"]


@pytest.mark.parametrize("name", [name for name, (text, kind, _) in CASES.items() if "since: 2" in text])
def test_the_hash_of_an_old_revision_outlives_additions(name: str, tmp_path: Path) -> None:
    """An old binding passes a newer library."""
    text, _, _ = CASES[name]
    old, new = facts(tmp_path / "old"), facts(tmp_path / "new", text, 2)
    assert new["hashes"]["1"] == old["hashes"]["1"]
    assert new["hashes"]["2"] != new["hashes"]["1"]


def test_what_is_new_since_a_revision_can_be_asked(tmp_path: Path) -> None:
    new = facts(tmp_path, GOOD + EXTRA, 2)
    assert [change.name for change in changes(since(new, 1), new)] == ["tiny_box_more"]
