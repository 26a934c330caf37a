"""Names, prose and layout: small models that are too simple to be wrong say the same."""

import ctypes
from pathlib import Path

import descriptions
import pytest
from fastnet_codegen.ir import docs, names
from fastnet_codegen.ir.layout import MODELS, layout
from fastnet_codegen.ir.model import Doc, Inline
from fastnet_codegen.render.prose import Prose
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

C = {"u8": ctypes.c_uint8, "u16": ctypes.c_uint16, "u32": ctypes.c_uint32, "u64": ctypes.c_uint64,
     "i16": ctypes.c_int16, "i64": ctypes.c_int64, "f32": ctypes.c_float, "f64": ctypes.c_double}  # fmt: skip


@pytest.mark.parametrize(
    ("casing", "expected"),
    [
        (names.snake, "rtt_us"),
        (names.screaming, "RTT_US"),
        (names.kebab, "rtt-us"),
        (names.pascal, "RttUs"),
        (names.camel, "rttUs"),
    ],
)
def test_names_are_cased(casing: object, expected: str) -> None:
    assert casing("rtt us") == expected  # type: ignore[operator]


def test_acronyms_are_for_those_who_want_them() -> None:
    assert names.pascal("smooth rtt us", {"rtt"}) == "SmoothRTTUs"
    assert names.camel("smooth rtt us", {"rtt"}) == "smoothRTTUs"
    assert names.camel("rtt") == "rtt"


def test_prose_becomes_a_tree_and_text_again() -> None:
    text = "One line\nof text with `code [[x]]` and [[client.send]].\n\n- first\n- second\n  goes on\n\n"
    text += "```c\nint x;\n\nint y;\n```\nEnd."
    tree = docs.parse("Summary of [[event]].", text)
    assert tree.summary == (Inline("text", "Summary of "), Inline("ref", "event", "event"), Inline("text", "."))
    assert [block.kind for block in tree.details] == ["paragraph", "list", "code", "paragraph"]
    assert set(docs.references(tree)) == {"event", "client.send"}, "what stands in code is no reference"
    prose = Prose(lambda path: path.upper())
    assert prose.summary(tree) == "Summary of EVENT."
    assert prose.details(tree) == [
        "One line of text with `code [[x]]` and CLIENT.SEND.",
        "- first",
        "- second goes on",
        "int x;\n\nint y;\n",
        "End.",
    ]


@given(st.text(alphabet="ab `[]*-\n#", max_size=60))
def test_any_text_can_be_parsed_and_nothing_is_lost(text: str) -> None:
    shown = "".join(Prose(lambda path: f"[[{path}]]").details(docs.parse("", text)))
    assert [char for char in shown if char in "ab"] == [char for char in text if char in "ab"]


def test_facts_are_made_from_the_description(tmp_path: Path) -> None:
    api = descriptions.api(tmp_path)
    prose = Prose(lambda path: path)
    facts = " ".join(prose.line(fact) for fact in api.function("box.poll").doc.facts)
    assert "One thread at a time per handle." in facts
    assert "result.invalid handle" in facts
    data = next(field for field in api.struct("event").fields if field.name == "data")
    assert "until the next poll" in prose.brief(data.doc)
    assert Doc().facts == ()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(sorted(C)), st.integers(1, 4)), min_size=1, max_size=10))
def test_layout_agrees_with_ctypes(tmp_path_factory: pytest.TempPathFactory, chosen: list[tuple[str, int]]) -> None:
    """Any mix of widths, and arrays: offsets and size as this machine's C has them."""
    api = descriptions.api(tmp_path_factory.mktemp("api"))
    base = api.struct("event").fields[1]
    fields = tuple(
        replace(
            base,
            name=f"f{at}",
            c=f"f{at}",
            count=count,
            type=replace(base.type, kind="float" if name[0] == "f" else "int", name=name),
        )
        for at, (name, count) in enumerate(chosen)
    )
    laid = layout(replace(api, structs=(replace(api.struct("event"), fields=fields),))).structs[0]
    pairs = [(f"f{at}", C[name] * count if count > 1 else C[name]) for at, (name, count) in enumerate(chosen)]
    theirs = type("theirs", (ctypes.Structure,), {"_fields_": pairs})
    assert laid.extents["lp64"].size == ctypes.sizeof(theirs)
    assert laid.extents["lp64"].align == ctypes.alignment(theirs)
    for field in laid.fields:
        assert field.places["lp64"].offset == getattr(theirs, field.c).offset
    assert set(laid.extents) == set(MODELS)
