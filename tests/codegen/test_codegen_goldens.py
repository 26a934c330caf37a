"""What each back end prints from the sink, file for file. FASTNET_UPDATE_GOLDENS=1 renews them; then read the diff."""

import os
from pathlib import Path

import printing
import pytest
from fastnet_codegen.backends import catalog

GOLDEN = printing.SINK / "golden"
UPDATE = os.environ.get("FASTNET_UPDATE_GOLDENS") == "1"


@pytest.mark.parametrize("name", printing.OURS)
def test_a_back_end_prints_the_sink_as_reviewed(name: str) -> None:
    """A change of a template shows here, construct by construct."""
    printed = {artifact.path: artifact.text for artifact in printing.printed(name)}
    folder = GOLDEN / name
    if UPDATE:
        _renew(folder, printed)
    golden = {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}
    assert sorted(printed) == sorted(golden)
    for path, text in printed.items():
        assert text == golden[path], f"{name}/{path}: read the difference, then FASTNET_UPDATE_GOLDENS=1"


@pytest.mark.parametrize("name", sorted(name for name, at in catalog.entries().items() if at.source == catalog.OURS))
def test_every_target_prints_every_construct(name: str) -> None:
    """A target that cannot says so in its capabilities; it does not fall over a width that we do not use yet."""
    assert printing.printed(name)


def _renew(folder: Path, printed: dict[str, str]) -> None:
    for path in [*folder.rglob("*")]:
        if path.is_file() and path.relative_to(folder).as_posix() not in printed:
            path.unlink()
    for relative, text in printed.items():
        (folder / relative).parent.mkdir(parents=True, exist_ok=True)
        (folder / relative).write_text(text)
