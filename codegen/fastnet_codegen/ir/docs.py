"""Prose to a tree, parsed once: paragraphs, one-level lists, code spans, fenced code, `[[dotted.path]]`.

A small subset of CommonMark on purpose: every target can show it. What looks like other markup stays plain text and is
escaped by whoever prints it.
"""

import re
from collections.abc import Iterator

from fastnet_codegen.ir.model import Block, Doc, Inline

_INLINE = re.compile(r"`([^`\n]+)`|\[\[([a-z0-9 .]+)\]\]")
_FENCE = re.compile(r"^```(\w*)$")


def parse(summary: str, details: str = "") -> Doc:
    """The tree of a summary and of what follows it."""
    return Doc(summary=inlines(summary), details=tuple(_blocks(details.splitlines())))


def inlines(text: str) -> tuple[Inline, ...]:
    """A run of prose, white space folded; `[[path]]` becomes a reference whose text is the path."""
    return tuple(_inlines(" ".join(text.split())))


def references(doc: Doc) -> Iterator[str]:
    """The dotted paths that a tree points at."""
    runs = [doc.summary, *doc.facts]
    for block in doc.details:
        runs += [block.inlines, *block.items]
    return (inline.target for run in runs for inline in run if inline.kind == "ref")


def _inlines(text: str) -> Iterator[Inline]:
    at = 0
    for found in _INLINE.finditer(text):
        if found.start() > at:
            yield Inline("text", text[at : found.start()])
        code, target = found.groups()
        yield Inline("code", code) if code else Inline("ref", target, target)
        at = found.end()
    if at < len(text):
        yield Inline("text", text[at:])


def _blocks(lines: list[str]) -> Iterator[Block]:
    at = 0
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        fence = _FENCE.match(lines[at].strip())
        end = at + 1
        if fence:
            while end < len(lines) and lines[end].strip() != "```":
                end += 1
            yield Block("code", text="\n".join(lines[at + 1 : end]), language=fence[1])
            at = end + 1
            continue
        while end < len(lines) and lines[end].strip() and not _FENCE.match(lines[end].strip()):
            end += 1
        yield _paragraph_or_list(lines[at:end])
        at = end


def _paragraph_or_list(lines: list[str]) -> Block:
    if not lines[0].startswith("- "):
        return Block("paragraph", inlines=inlines(" ".join(lines)))
    items: list[str] = []
    for line in lines:
        if line.startswith("- "):
            items.append(line[2:])
        else:
            items[-1] += " " + line
    return Block("list", items=tuple(inlines(item) for item in items))
