"""Reading a description: every fault with file and line, nothing guessed, nothing passed over."""

from pathlib import Path

import descriptions
import pytest
from descriptions import GOOD, faults, spoiled

CASES = {
    "an unknown key": (spoiled("    summary: Watch.\n", "    summary: Watch.\n    colour: red\n"), "shape"),
    "a missing key": (spoiled("    runs: shim\n    threads: one\n", "    runs: shim\n"), "shape"),
    "a number as text": (spoiled("value: -4", "value: four"), "shape"),
    "a boolean by accident": (spoiled("{name: fast,", "{name: on,"), "shape"),
    "capital letters in a name": (spoiled("{name: fast,", "{name: Fast,"), "shape"),
    "a key twice": (spoiled("    summary: Watch.\n", "    summary: Watch.\n    summary: Again.\n"), "key-twice"),
    "no YAML": (spoiled("    summary: Watch.\n", "    summary: Watch: it.\n"), "yaml"),
    "a type that is none": (spoiled("{name: size, type: u32", "{name: size, type: u33"), "type-unknown"),
    "a list of nothing": (spoiled("{name: size, type: u32", "{name: size, type: list out of x"), "type-unknown"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_fault_is_told_with_its_line(name: str, tmp_path: Path) -> None:
    text, code = CASES[name]
    found = faults(tmp_path, text)
    assert [fault.code for fault in found] == [code], [str(fault) for fault in found]
    pairs = zip(GOOD.splitlines(), text.splitlines(), strict=False)
    changed = next(at for at, (before, after) in enumerate(pairs, 1) if before != after)
    told = int(found[0].where.partition(":")[2])
    assert found[0].where.startswith("all.yaml:")
    assert changed - 8 <= told <= changed + 1, (told, changed)


def test_faults_of_several_files_come_together(tmp_path: Path) -> None:
    folder = descriptions.write(tmp_path, spoiled("value: -4", "value: four"))
    (folder / "targets").mkdir()
    (folder / "targets" / "lua.yaml").write_text("renames: [1, 2]\n")
    found = faults(tmp_path, spoiled("value: -4", "value: four"))
    assert sorted(fault.where.partition(":")[0] for fault in found) == ["all.yaml", "targets/lua.yaml"]


def test_a_module_that_is_not_there_is_named(tmp_path: Path) -> None:
    folder = descriptions.write(tmp_path)
    (folder / "api.yaml").write_text((folder / "api.yaml").read_text().replace("[all]", "[all, more]"))
    with pytest.raises(Exception, match=r"more\.yaml"):
        descriptions.build(folder)


def test_bytes_that_are_no_text_are_a_fault_and_no_crash(tmp_path: Path) -> None:
    folder = descriptions.write(tmp_path)
    (folder / "all.yaml").write_bytes(b"enums: \xff\xfe\n")
    with pytest.raises(Exception, match="file-encoding"):
        descriptions.build(folder)


@pytest.mark.parametrize("text", ["enums: !!python/object/apply:os.getcwd []\n", "enums: &a [*a]\n", "ids: !x []\n"])
def test_yaml_stays_data(text: str, tmp_path: Path) -> None:
    """A tag would make an object, an alias could nest for ever: both are refused."""
    assert [fault.code for fault in faults(tmp_path, text)] == ["yaml"]
