"""Texts of the description stay comments and strings, whatever they say: `*/`, `--`, `]]>`, `&`, quotes, directions."""

import ast
import json
import re
import xml.etree.ElementTree as ElementTree

import pytest
from fastnet_codegen.render import comments
from hypothesis import example, given
from hypothesis import strategies as st

PIECES = [
    "*/", "/*", "//", "--", "]]", "]]>", "-->", "<!--", "&amp;", "<b>", '"', '"""', "'", "`", "\\", "\\n",
    "??/", "??", "#",
    "{{", "}}", "{%", "%}", "$(", "\u202e", "\u2066", "\u200b", "\u2028", "\u2029",
    "\x00", "\x0b", "\x0c", "\x85", "\ufeff",
    "*", "/", "-", "]", "?", " ", "word", "日本", "é", "@param", "|", "~", "[x](y)",
]  # fmt: skip
hostile = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


@given(hostile)
def test_nothing_hides_or_turns_the_direction(text: str) -> None:
    for name, escape in comments.ESCAPES.items():
        assert not UNSEEN.search(escape(text)), name


@given(hostile)
def test_a_c_comment_ends_where_it_was_meant_to(text: str) -> None:
    escaped = comments.c_block(text)
    assert "*/" not in escaped
    assert "/*" not in escaped
    assert "??" not in escaped, "a trigraph could be a backslash"


@given(hostile)
def test_a_line_comment_is_one_line_that_does_not_go_on(text: str) -> None:
    escaped = comments.line_comment(text + "\n" + text)
    assert len(escaped.splitlines()) <= 1
    assert not escaped.rstrip().endswith("\\")
    assert not escaped.rstrip().endswith("??/")


@given(hostile)
def test_xml_reads_back_as_it_was(text: str) -> None:
    escaped = comments.xml(text)
    assert ElementTree.fromstring(f"<a>{escaped}</a>").text in (comments.visible(text), None if not text else "")
    ElementTree.fromstring(f"<a><!-- {escaped} --></a>")
    ElementTree.fromstring(f"<a><![CDATA[{escaped}]]></a>")


@given(hostile)
@example('\\"')
@example('\\\\"')
@example('""""')
def test_a_docstring_reads_back_as_it_was(text: str) -> None:
    assert ast.literal_eval(f'"""{comments.docstring(text)}"""') == comments.visible(text)


@given(hostile)
def test_a_string_reads_back_as_it_was(text: str) -> None:
    escaped = comments.c_string(text)
    as_json = re.sub(r"\\(.)", lambda found: "?" if found[1] == "?" else found[0], escaped)
    assert json.loads(f'"{as_json}"') == comments.visible(text)
    assert "??" not in escaped


@given(hostile)
def test_lua_and_markdown_are_inert(text: str) -> None:
    assert "]]" not in comments.lua_block(text)
    escaped = comments.markdown(text)
    assert "<" not in escaped
    assert not re.search(r"(?<!\\)(\\\\)*[`*|\[\]]", escaped)


@given(st.lists(hostile, max_size=4), st.integers(0, 8))
def test_comments_of_several_lines_are_comments_on_each(paragraphs: list[str], indent: int) -> None:
    for prefix in {"// ", "/// ", "# ", "-- ", "; "}:
        for line in comments.lines(paragraphs, prefix, indent).splitlines():
            assert line.startswith(" " * indent + prefix.rstrip())
            assert not line.endswith("\\")


@given(st.lists(hostile.filter(str.strip), min_size=1, max_size=4), st.integers(0, 8))
def test_doxygen_is_one_comment(paragraphs: list[str], indent: int) -> None:
    text = comments.doxygen(paragraphs, indent)
    assert text.strip().startswith("/**")
    assert text.endswith("*/")
    assert text.count("*/") == 1
    assert text.count("/*") == 1


@pytest.mark.parametrize(
    ("text", "shown"), [("a\u202eb", "a<U+202E>b"), ("a\u2028b", "a<U+2028>b"), ("日本 é", "日本 é")]
)
def test_what_cannot_be_seen_is_shown_by_its_number(text: str, shown: str) -> None:
    assert comments.visible(text) == shown
