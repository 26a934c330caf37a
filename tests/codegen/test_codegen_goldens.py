"""What each back end prints from the sink, file for file. FASTNET_UPDATE_GOLDENS=1 renews them; then read the diff."""

import printing
import pytest
from fastnet_codegen.backends import catalog

GOLDEN = printing.SINK / "golden"


@pytest.mark.parametrize("name", printing.OURS)
def test_a_back_end_prints_the_sink_as_reviewed(name: str) -> None:
    """A change of a template shows here, construct by construct."""
    printing.as_reviewed(GOLDEN / name, {artifact.path: artifact.text for artifact in printing.printed(name)})


@pytest.mark.parametrize("name", sorted(name for name, at in catalog.entries().items() if at.source == catalog.OURS))
def test_every_target_prints_every_construct(name: str) -> None:
    """A target that cannot says so in its capabilities; it does not fall over a width that we do not use yet."""
    assert printing.printed(name)
