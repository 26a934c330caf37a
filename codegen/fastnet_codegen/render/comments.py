"""Prose made inert for comments: whatever a description says, it stays a comment, in every language.

Characters that turn the direction of text or end a line for some compilers are shown by their number.
"""

import re
import textwrap
from collections.abc import Callable, Iterable

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
WIDTH = 120

HEADER = (
    "Printed by fastnet-codegen from codegen/api.",
    "Do not edit: change the description, or the template, and print again.",
)


def header(target: str) -> tuple[str, str, str]:
    """The three lines on top of each printed file."""
    return (*HEADER, f"To renew it: fastnet-codegen generate {target}")


def visible(text: str) -> str:
    """Text without characters that hide or deceive: `\\u202e` becomes `<U+202E>`."""
    return _UNSEEN.sub(lambda found: f"<U+{ord(found[0]):04X}>", text)


def c_block(text: str) -> str:
    """Inert inside `/* */`, also as Doxygen and with trigraphs."""
    text = visible(text)
    text = re.sub(r"/(?=\*)", "/ ", re.sub(r"\*(?=/)", "* ", text))
    return re.sub(r"\?(?=\?)", "? ", text)


def line_comment(text: str) -> str:
    """Inert behind `//`, `///`, `#`, `;` and `--`: one line that continues nowhere."""
    text = re.sub(r"\?(?=\?)", "? ", visible(text).replace("\n", " "))
    return f"{text} ." if text.rstrip().endswith("\\") else text


def lua_block(text: str) -> str:
    """Inert inside `--[[ ]]`."""
    return re.sub(r"\](?=\])", "] ", visible(text))


def xml(text: str) -> str:
    """Inert as XML text, in CDATA sections, in XML comments and in C# documentation."""
    text = visible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("--", "-&#45;")


def docstring(text: str) -> str:
    """Inert inside triple double quotes of Python."""
    text = visible(text).replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    return re.sub(r'(?<!\\)((?:\\\\)*)"\Z', r'\1\\"', text)  # A last quote that nothing escapes yet.


def markdown(text: str) -> str:
    """Inert as Markdown prose."""
    text = visible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"([\\`*_\[\]{}|#~])", r"\\\1", text)


def c_string(text: str) -> str:
    """Inert inside double quotes of C, C++, C#, Java, Rust and JSON-like languages; UTF-8 stays."""
    text = visible(text).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return re.sub(r"(?<=\?)\?", r"\\?", text)


ESCAPES: dict[str, Callable[[str], str]] = {
    "c": c_block,
    "line": line_comment,
    "lua": lua_block,
    "xml": xml,
    "python": docstring,
    "markdown": markdown,
    "string": c_string,
}
LINES = {  # What begins each line of a comment of several lines, by the name of a style.
    "c": "// ", "cs": "/// ", "rust": "/// ", "swift": "/// ", "python": "# ", "lua": "-- ", "sql": "-- ", "ini": "; ",
    "cpp": "// ", "gdscript": "## ", "yaml": "# ", "toml": "# ", "sh": "# ",
}  # fmt: skip


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most `width` characters, words whole; nothing for no text."""
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)


def rows(paragraphs: Iterable[str], width: int) -> list[str]:
    """Paragraphs as lines, empty ones between them.

    Items (`- x`) and tags (`@param x`) stay together and hang; a paragraph with line ends is code, kept as it is.
    """
    found: list[str] = []
    before = ""
    for text in paragraphs:
        start = next((mark for mark in ("@", "- ") if text.startswith(mark)), "")
        if found and not (start and start == before):
            found.append("")
        before = start
        if "\n" in text:
            found += [f"    {line}" for line in text.rstrip("\n").split("\n")]
            continue
        hang = {"@": "    ", "- ": "  "}.get(start, "")
        first, *others = wrap(text, width - len(hang)) or [""]
        found += [first, *(hang + line for line in others)]
    return found


def lines(paragraphs: Iterable[str], prefix: str, indent: int = 0, width: int = WIDTH) -> str:
    """Paragraphs as comment lines, each behind `prefix`."""
    start = " " * indent + prefix
    return "\n".join((start + line_comment(row)).rstrip() for row in rows(paragraphs, width - len(start)))


def doxygen(paragraphs: Iterable[str], indent: int = 0, width: int = WIDTH) -> str:
    """Paragraphs as one Doxygen comment; on one line if it fits."""
    start = " " * indent
    texts = [c_block(text) for text in paragraphs]
    if len(texts) == 1 and len(texts[0]) + indent + 7 <= width and "\n" not in texts[0]:
        return f"{start}/** {texts[0]} */"
    found = [f"{start} * {row}".rstrip() for row in rows(texts, width - indent - 3)]
    return "\n".join([f"{start}/**", *found, f"{start} */"])
