"""Documentation trees to the words of one target: references become its names, code its quotes."""

from collections.abc import Callable, Iterable

from fastnet_codegen.ir.model import Doc, Inline


class Prose:
    """How one target says things. `refer` gives the shown text of a dotted path; `code` and `text` quote the rest."""

    def __init__(
        self,
        refer: Callable[[str], str],
        code: Callable[[str], str] = lambda text: f"`{text}`",
        text: Callable[[str], str] = lambda text: text,
    ) -> None:
        self._refer, self._code, self._text = refer, code, text

    def line(self, inlines: Iterable[Inline]) -> str:
        """A run of prose as one line."""
        shown = {"text": lambda at: self._text(at.text), "code": lambda at: self._code(at.text)}
        return "".join(shown.get(at.kind, lambda ref: self._refer(ref.target))(at) for at in inlines)

    def summary(self, doc: Doc) -> str:
        """The first sentence, and nothing else."""
        return self.line(doc.summary)

    def brief(self, doc: Doc) -> str:
        """Summary and facts on one line, for parameters and fields."""
        return " ".join(filter(None, (self.line(doc.summary), *(self.line(fact) for fact in doc.facts))))

    def details(self, doc: Doc) -> list[str]:
        """What follows the summary: one string for each paragraph, item (`- x`) and block of code (with line ends)."""
        found: list[str] = []
        for block in doc.details:
            if block.kind == "paragraph":
                found.append(self.line(block.inlines))
            elif block.kind == "list":
                found += [f"- {self.line(item)}" for item in block.items]
            else:
                found.append(f"{block.text}\n")
        return found

    def paragraphs(self, doc: Doc) -> list[str]:
        """Summary, details, and the facts together as a last paragraph."""
        facts = " ".join(self.line(fact) for fact in doc.facts)
        return [text for text in (self.line(doc.summary), *self.details(doc), facts) if text]
