"""fastnet_c without C: `_fastnet`, which exists inside the library alone, with the same structs from cffi."""

import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import cffi
import pytest
from build_core import HERE, types_of


@pytest.fixture(scope="session")
def ffi() -> Any:
    """The printed declarations, as the core sees them."""
    made = cffi.FFI()
    made.cdef(types_of((HERE / "include" / "fastnet" / "fastnet.cdef.h").read_text()))
    return made


@pytest.fixture
def settings(ffi: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """fastnet_c.settings, imported over that."""
    border = ModuleType("_fastnet")
    border.ffi = ffi  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "_fastnet", border)
    sys.modules.pop("fastnet_c.settings", None)
    from fastnet_c import settings

    yield settings
    sys.modules.pop("fastnet_c.settings", None)
