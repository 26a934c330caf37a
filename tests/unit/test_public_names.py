"""`import fastnet` is free, and every public name still is where users look for it."""

import ast
import subprocess
import sys
from pathlib import Path

import fastnet
import pytest

TYPED = {  # What type checkers read: name -> module.
    alias.asname or alias.name: node.module
    for node in ast.walk(ast.parse(Path(fastnet.__file__).read_text()))
    if isinstance(node, ast.ImportFrom)
    for alias in node.names
}


def run(code: str) -> str:
    """What a fresh interpreter prints."""
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.strip()


@pytest.mark.parametrize("name", fastnet.__all__)
def test_every_public_name_is_the_one_that_type_checkers_see(name: str) -> None:
    home = __import__(TYPED[name], fromlist=[name])
    assert getattr(fastnet, name) is getattr(home, name)


def test_the_typed_names_are_the_public_ones() -> None:
    assert sorted(TYPED) == sorted(fastnet.__all__)


def test_names_are_listed_before_they_are_imported() -> None:
    assert run("import fastnet; print(set(fastnet.__all__) <= set(dir(fastnet)))") == "True"


def test_a_star_import_brings_all_public_names() -> None:
    code = "from fastnet import *; import fastnet; print(all(name in globals() for name in fastnet.__all__))"
    assert run(code) == "True"


def test_a_name_that_does_not_exist_is_an_attribute_error_that_names_it() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'Sokcet'"):
        fastnet.Sokcet  # type: ignore[attr-defined]  # noqa: B018
    with pytest.raises(ImportError, match="Sokcet"):
        from fastnet import Sokcet  # type: ignore[attr-defined]  # noqa: F401


def test_import_fastnet_imports_nothing_else_and_a_client_needs_no_asyncio() -> None:
    """The C library's runtime has no asyncio, and its start counts in milliseconds."""
    code = "import sys; import fastnet; print(any(name.startswith('fastnet.') for name in sys.modules))"
    assert run(code) == "False"
    assert run("import sys, fastnet; fastnet.Client, fastnet.Server; print('asyncio' in sys.modules)") == "False"
