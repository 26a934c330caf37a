"""Both forms of a compiled pair: the extension, and its .py run as plain Python."""

import importlib
import importlib.machinery
import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

Forms = Callable[[str], ModuleType]

CORE = Path(__file__).parent.parent / "core"


def compiled_form(name: str) -> ModuleType:
    """The compiled `fastnet.protocol.<name>`; fails when only its source was found."""
    module = importlib.import_module(f"fastnet.protocol.{name}")
    suffixes = tuple(importlib.machinery.EXTENSION_SUFFIXES)
    assert str(module.__file__).endswith(suffixes), f"{name} is not compiled: run `make build`"
    return module


def plain_form(name: str) -> ModuleType:
    """The same module from its .py, uncompiled and under another name; what it imports stays compiled."""
    alias = f"plain_{name}"
    if alias not in sys.modules:
        loader = importlib.machinery.SourceFileLoader(alias, str(CORE / "fastnet" / "protocol" / f"{name}.py"))
        spec = importlib.util.spec_from_loader(alias, loader)
        assert spec is not None
        module = importlib.util.module_from_spec(spec)
        loader.exec_module(module)
        sys.modules[alias] = module
    return sys.modules[alias]
