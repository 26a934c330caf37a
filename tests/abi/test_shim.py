"""The plain-C half of the library: every TEST in these sources, under AddressSanitizer, UBSan and ThreadSanitizer."""

import building
import pytest

SOURCES = ("rings.c", "handles.c", "events.c", "waits.c", "bad_input.c", "texts.c", "budgets.c", "pumped.c", "deaths.c")


@pytest.mark.parametrize(("source", "name"), building.cases(*SOURCES))
def test_shim(checked: building.Build, source: str, name: str) -> None:
    checked.run(checked.program(source), name)


@pytest.mark.parametrize(("source", "name"), building.cases("starts.c"))
def test_starts(checked: building.Build, source: str, name: str) -> None:
    """With a core that takes 200 ms to boot."""
    checked.run(checked.program(source), name, FAKE_CORE="slow")
