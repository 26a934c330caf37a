"""A bad description per rule: each is found, by its code, at its line, with a remedy; and the good one is clean."""

from pathlib import Path

import descriptions
import pytest
from descriptions import GOOD, faults, spoiled
from fastnet_codegen.check import RULES
from fastnet_codegen.cli.codes import CODES

FLAG = "      - {name: fast, value: 1, doc: Fast.}\n"
BUSY = "      - {name: busy, value: -4, doc: Bad.}\n"
SIZE = "      - {name: size, type: u32, doc: How large.}\n"
PATH = "      - {name: path, type: string, absent: means_default, doc: Where.}\n"
LEN = "      - {name: data len, type: u32, doc: How much.}\n"
END = "destructor: end, summary: A box.}"
BAD: dict[str, tuple[str, str]] = {  # code: what to replace by what
    "doc-missing": ("summary: Prepare.", 'summary: ""'),
    "anchor-unknown": ("The next [[event]].", "The next [[occasion]]."),
    "out-last": (
        "    params: [{name: event, type: out event, doc: The event.}]\n",
        "    params: [{name: event, type: out event, doc: It.}, {name: late, type: u32, doc: It.}]\n",
    ),
    "handle-functions": (END, "destructor: finish, summary: A box.}"),
    "thread-class": (
        "role: destructor, since: 1, runs: post, threads: last",
        "role: destructor, since: 1, runs: post, threads: any",
    ),
    "callback-user-data": (
        "params: [{name: user data, type: user data, doc: What was stored.}]",
        "params: [{name: number, type: u32, doc: A number.}]",
    ),
    "lifetime-poll": ("  - name: poll\n    of: box", "  - name: take\n    of: box"),
    "returns": ("    returns: {type: flag, doc: Whether.}", "    returns: {type: bytes, doc: Whether.}"),
    "event-shape": ("carries: [data]", "carries: [dates]"),
    "name-twice": (
        "  - {name: peer id, since: 1, width: u32, none: 0, summary: Somebody.}",
        "  - {name: box, since: 1, width: u32, none: 0, summary: Somebody.}",
    ),
    "c-name-twice": (
        BUSY,
        BUSY + "  - name: error\n    since: 1\n    width: i32\n    prefix: error\n    summary: More.\n    members:\n"
        "      - {name: busy, value: 4, doc: Bad.}\n",
    ),
    "name-reserved": (SIZE, "      - {name: class, type: u32, doc: How large.}\n"),
    "param-twice": (
        "      - {name: user data, type: user data, doc: What.}\n",
        "      - {name: user data, type: user data, doc: What.}\n      - {name: box, type: u32, doc: Again.}\n",
    ),
    "number-twice": (BUSY, BUSY.replace("-4", "-3")),
    "number-width": (BUSY, BUSY.replace("-4", "-3000000000")),
    "flag-bits": (FLAG, FLAG.replace("value: 1", "value: 3")),
    "range-members": (
        "    summary: What happened.\n    members:",
        "    summary: What happened.\n    ranges: [{name: theirs, first: 1, last: 5, doc: Theirs.}]\n    members:",
    ),
    "result-unknown": ("    errors: [invalid argument]", "    errors: [bad luck]"),
    "since-future": (SIZE, SIZE.replace("type: u32", "type: u32, since: 2")),
    "since-older": (  # With revision 2.
        "  - {name: peer id, since: 1, width: u32, none: 0, summary: Somebody.}",
        "  - {name: peer id, since: 2, width: u32, none: 0, summary: Somebody.}",
    ),
    "field-appended": (LEN, LEN.replace("type: u32", "type: u32, since: 2")),  # With revision 2.
    "deprecated": ("role: setter\n", "role: setter\n    deprecated: box.nothing\n"),
    "field-type": (SIZE, SIZE.replace("type: u32", "type: event")),
    "length-order": ("length: data len,", "length: type,"),
    "pointer-order": (SIZE + PATH, PATH + SIZE),
    "padding": (SIZE, SIZE.replace("u32", "u16")),
    "struct-paths": ("    init: box.config init\n", "    init: box.config init\n    exclusive: [[path, nothing]]\n"),
    "struct-init": ("    init: box.config init\n", "    init: box.poll\n"),
    "target-path": ("", ""),  # In a file of its own, below.
}
SECOND_REVISION = {"since-older", "field-appended"}


def test_the_good_description_is_clean(tmp_path: Path) -> None:
    assert faults(tmp_path, GOOD) == ()


def test_every_rule_has_a_bad_description_here() -> None:
    assert set(RULES) == set(BAD)


@pytest.mark.parametrize("code", sorted(set(BAD) - {"target-path"}))
def test_a_bad_description_is_found_by(code: str, tmp_path: Path) -> None:
    text = spoiled(*BAD[code])
    if code == "since-older":
        text = text.replace("{name: watcher, type: watcher, doc: Who.}", "{name: who, type: peer id, doc: Who.}")
    found = faults(tmp_path, text, revision=2 if code in SECOND_REVISION else 1)
    mine = [fault for fault in found if fault.code == code]
    assert mine, [str(fault) for fault in found]
    assert all(fault.hint and fault.where.startswith("all.yaml:") for fault in mine)
    number = int(mine[0].where.partition(":")[2])
    first = next(at for at, (a, b) in enumerate(zip(GOOD.splitlines(), text.splitlines(), strict=False), 1) if a != b)
    nearby = {
        "handle-functions",
        "lifetime-poll",
        "struct-init",
        "c-name-twice",
        "length-order",
        "pointer-order",
        "padding",
    }
    assert abs(number - first) <= 12 or code in nearby | {"name-twice", "since-older"}, (number, first)


def test_a_target_file_that_speaks_of_nothing_is_found(tmp_path: Path) -> None:
    folder = descriptions.write(tmp_path)
    (folder / "targets").mkdir()
    (folder / "targets" / "lua.yaml").write_text("exclude: [box.fly]\n")
    assert [fault.code for fault in faults(tmp_path, GOOD)] == ["target-path"]


def test_every_code_can_be_explained() -> None:
    for code, rule in RULES.items():
        assert rule.why.endswith("."), code
        assert rule.remedy, code
    assert not set(RULES) & set(CODES)


def test_all_faults_are_told_together(tmp_path: Path) -> None:
    """Whoever mends a description wants one list, not one fault at a time."""
    text = spoiled(BUSY, BUSY.replace("-4", "-3")).replace("summary: Prepare.", 'summary: ""')
    codes = {fault.code for fault in faults(tmp_path, text)}
    assert codes >= {"number-twice", "doc-missing"}
