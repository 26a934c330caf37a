"""A runtime that is missing, damaged or of another release is an answer with a cure in it, never a crash or a hang."""

import shutil
from pathlib import Path

import building
import pytest

CURE = "copy the folder fastnet_runtime of the same release"
NOTHING_STARTS = "nothing_starts_and_the_text_says_why"


@pytest.fixture
def copy(checked: building.Build, tmp_path: Path) -> building.Build:
    """The library and its runtime in a folder of their own, with a space and other letters in its name."""
    folder = tmp_path / "with space, Grüße, 日本"
    folder.mkdir()
    shutil.copy(checked.library, folder)
    shutil.copytree(checked.runtime, folder / "fastnet_runtime")
    return building.Build(folder, checked.flavour)


def nothing_starts(copy: building.Build, checked: building.Build, text: str, **environment: str) -> None:
    program = checked.program("deaths.c")
    copy.run(program, NOTHING_STARTS, text, LD_LIBRARY_PATH=str(copy.folder), **environment)


def change(manifest: Path, old: str, new: str) -> None:
    text = manifest.read_text()
    assert old in text
    manifest.write_text(text.replace(old, new))


def test_a_path_with_any_letters_works(copy: building.Build, checked: building.Build) -> None:
    copy.run(
        checked.program("events.c"), "connect_leaves_connected_for_the_first_poll", LD_LIBRARY_PATH=str(copy.folder)
    )


def test_a_missing_folder_is_named(copy: building.Build, checked: building.Build) -> None:
    shutil.rmtree(copy.runtime)
    nothing_starts(copy, checked, f"{copy.runtime} is not there; {CURE}")


def test_a_file_in_place_of_the_folder_is_named(copy: building.Build, checked: building.Build) -> None:
    shutil.rmtree(copy.runtime)
    copy.runtime.write_text("")
    nothing_starts(copy, checked, f"is not there; {CURE}")


def test_a_missing_manifest_is_named(copy: building.Build, checked: building.Build) -> None:
    (copy.runtime / "runtime.json").unlink()
    nothing_starts(copy, checked, f"has no readable runtime.json; {CURE}")


@pytest.mark.parametrize("keep", [0, 1, 60, -4])
def test_a_cut_manifest_is_damaged(copy: building.Build, checked: building.Build, keep: int) -> None:
    manifest = copy.runtime / "runtime.json"
    manifest.write_bytes(manifest.read_bytes()[:keep])
    nothing_starts(copy, checked, CURE)


def test_random_bytes_in_the_manifest_are_damaged(copy: building.Build, checked: building.Build) -> None:
    (copy.runtime / "runtime.json").write_bytes(bytes(range(256)) * 100)
    nothing_starts(copy, checked, f"has a damaged runtime.json; {CURE}")


def test_another_version_is_named(copy: building.Build, checked: building.Build) -> None:
    change(copy.runtime / "runtime.json", '"library_version": "0.', '"library_version": "99.')
    nothing_starts(copy, checked, "is of version 99.")


def test_another_abi_is_named(copy: building.Build, checked: building.Build) -> None:
    change(copy.runtime / "runtime.json", '"abi_hash": "0x', '"abi_hash": "0xf')
    nothing_starts(copy, checked, "is of another build, with ABI hash")


def test_a_missing_file_is_named(copy: building.Build, checked: building.Build) -> None:
    (copy.runtime / "fastnet_core.so").unlink()
    nothing_starts(copy, checked, f"lacks the file fastnet_core.so; {CURE}")


def test_a_file_of_another_size_is_named(copy: building.Build, checked: building.Build) -> None:
    with (copy.runtime / "fastnet_core.so").open("ab") as file:
        file.write(b"x")
    nothing_starts(copy, checked, f"has a damaged file, of the wrong size: fastnet_core.so; {CURE}")


def test_a_core_that_does_not_load_is_named(copy: building.Build, checked: building.Build) -> None:
    core = copy.runtime / "fastnet_core.so"
    core.write_bytes(b"\x7fELF" + bytes(core.stat().st_size - 4))
    nothing_starts(copy, checked, "the core cannot be loaded")


def test_a_core_without_its_entry_is_named(copy: building.Build, checked: building.Build) -> None:
    source = copy.folder / "empty.c"
    source.write_text("int nothing_here(void) { return 0; }\n")
    core = copy.runtime / "fastnet_core.so"
    building.run_compiler("-shared", "-fPIC", str(source), "-o", str(core))
    (copy.runtime / "runtime.json").unlink()
    building.write_manifest(copy.runtime)
    nothing_starts(copy, checked, "the core cannot be loaded")


def test_a_core_of_another_build_refuses(copy: building.Build, checked: building.Build) -> None:
    core = copy.runtime / "fastnet_core.so"
    sources = [str(building.HERE / "fake_core.c"), "-o", str(core)]
    flags = [*building.FLAVOURS[checked.flavour], *building.COMMON, "-fPIC", "-shared", '-DFN_BUILD_ID="another"']
    building.run_compiler(*flags, *sources)
    (copy.runtime / "runtime.json").unlink()
    building.write_manifest(copy.runtime)
    nothing_starts(copy, checked, "this core is of another build")


@pytest.mark.parametrize(("wish", "text"), [("dead", "this core is dead on purpose"), ("mute", "without a word")])
def test_a_core_that_does_not_boot_is_an_answer(checked: building.Build, wish: str, text: str) -> None:
    checked.run(checked.program("deaths.c"), NOTHING_STARTS, text, FAKE_CORE=wish)


def test_a_missing_folder_may_be_put_there_later(checked: building.Build, tmp_path: Path) -> None:
    later = tmp_path / "later"
    checked.run(
        checked.program("deaths.c"), "a_folder_that_was_missing_may_be_put_there", str(later), str(checked.runtime)
    )
