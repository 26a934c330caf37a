"""Our API with hostile sentences everywhere, printed by every target: none of them leaves its comment or string."""

import io
import json
import re
import tokenize
import xml.etree.ElementTree as ElementTree
from functools import cache
from typing import Any

import msgspec
import pytest
from fastnet_codegen.backends import catalog
from fastnet_codegen.backends.base import Artifact
from fastnet_codegen.cli.common import run
from fastnet_codegen.ir import docs
from fastnet_codegen.ir.model import Api
from printing import real

MARK = "Eviltext"
HOSTILE = f'{MARK} */ {MARK} --> ]]> ]] -- ??/ """ & <b> "{MARK}" \\ \u202e\u2028 {MARK} \\'
HIDDEN = ("\u202e", "\u2028")
C_LIKE = (".h", ".c", ".cpp", ".hpp", ".cs", ".inl")


def spoiled(part: Any) -> Any:
    """A part of the model as JSON, every piece of documentation in it hostile."""
    if isinstance(part, list):
        return [spoiled(child) for child in part]
    if not isinstance(part, dict):
        return part
    changed = {key: spoiled(child) for key, child in part.items()}
    if isinstance(part.get("doc"), dict) and "summary" in part["doc"]:
        tree = docs.parse(HOSTILE, HOSTILE)
        changed["doc"] = {**changed["doc"], **msgspec.to_builtins(tree)}
    return changed


@cache
def hostile() -> Api:
    """The Api that says such things of everything."""
    return msgspec.convert(spoiled(msgspec.to_builtins(real())), Api)


def bare_c(text: str) -> str:
    """C, C++ or C# without comments and strings."""
    tokens = r'/\*.*?\*/|//[^\n]*|@"(?:[^"]|"")*"|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)+\''
    return re.sub(tokens, " ", text, flags=re.DOTALL)


def bare_python(text: str) -> str:
    """Python without comments and strings."""
    read = tokenize.generate_tokens(io.StringIO(text).readline)
    return " ".join(token.string for token in read if token.type not in (tokenize.COMMENT, tokenize.STRING))


def examine(artifact: Artifact) -> None:
    """Nothing hostile outside of comments and strings; nothing invisible anywhere."""
    suffix, text = "." + artifact.path.rpartition(".")[2], artifact.text
    if suffix == ".json":
        json.loads(text)  # Data: whoever shows it escapes it.
        return
    assert not any(char in text for char in HIDDEN), artifact.path
    if suffix in C_LIKE:
        assert MARK not in bare_c(text), artifact.path
    elif suffix == ".py":
        assert MARK not in bare_python(text), artifact.path
    elif suffix == ".xml":
        ElementTree.fromstring(text)
    elif suffix == ".md":
        assert "<b>" not in re.sub(r"`+[^`]*`+", "", text)
    elif suffix == ".lua":
        assert MARK not in re.sub(r"--[^\n]*", "", text), artifact.path


@pytest.mark.parametrize(
    "name", sorted(name for name, entry in catalog.entries().items() if entry.source == catalog.OURS)
)
def test_hostile_sentences_stay_sentences(name: str) -> None:
    backend = catalog.load(name)
    artifacts = run(backend, hostile(), backend.Options())
    assert artifacts
    for artifact in artifacts:
        examine(artifact)


def test_the_examination_notices_what_it_should() -> None:
    """The check of the check: a comment that ends early, and a mark that nobody sees."""
    with pytest.raises(AssertionError):
        examine(Artifact("x.h", f"/* {HOSTILE.replace(HIDDEN[0], '').replace(HIDDEN[1], '')} */ int x;"))
    with pytest.raises(AssertionError):
        examine(Artifact("x.h", "/* \u202e */"))
    with pytest.raises(AssertionError):
        examine(Artifact("x.py", f"# fine\n{MARK} = 1\n"))
    assert sum(
        MARK in artifact.text
        for artifact in run(catalog.load("c_header"), hostile(), catalog.load("c_header").Options())
    )
