"""What the page shows: every part with its declaration, its documentation and links to what it speaks of."""

from msgspec import Struct

from fastnet_codegen.backends.c_header.view import declared, wrapped
from fastnet_codegen.ir.model import Api, Block, Doc, Enum, Field, Function, Handle, Id, Record
from fastnet_codegen.ir.names import screaming
from fastnet_codegen.ir.refs import refs
from fastnet_codegen.render.comments import markdown, visible
from fastnet_codegen.render.prose import Prose


class Row(Struct, frozen=True):
    """One line of a table."""

    cells: list[str]


class Entry(Struct, frozen=True):
    """One part: its heading, a declaration if it has one, text, and a table if it has parts."""

    title: str
    code: str
    text: list[str]
    columns: list[str]
    rows: list[Row]
    after: list[str] = []


class Section(Struct, frozen=True):
    """Parts of one kind."""

    title: str
    entries: list[Entry]


class PageView:
    """The page."""

    def __init__(self, api: Api) -> None:
        self._api, self._refs = api, refs(api)
        self._prose = Prose(self._link, code=_code, text=markdown)
        self.name, self.version, self.revision, self.hash = api.name, api.version, api.revision, api.hash
        self.off = f"{screaming(api.prefix)}_OFF"
        self.intro = self._paragraphs(api.doc)
        modules = [
            Section(f"Functions: {module}", [self._function(part) for part in api.functions if part.module == module])
            for module in api.modules
        ]
        self.sections = [
            *modules,
            Section("Structs", [self._struct(part) for part in api.structs]),
            Section("Numbers", [self._enum(part) for part in api.enums]),
            Section("Handles, ids, callbacks", self._small()),
        ]

    def _link(self, path: str) -> str:
        ref = self._refs[path]
        if ref.kind == "param":
            return _code(ref.c)
        heading = ref.c
        if ref.kind in ("member", "field"):
            owner = self._refs[ref.owner]
            heading = owner.c
        return f"[`{ref.c}`](#{heading.lower()})"

    def _paragraphs(self, doc: Doc) -> list[str]:
        return [self._prose.line(doc.summary), *(self._block(block) for block in doc.details)]

    def _block(self, block: Block) -> str:
        if block.kind == "code":
            fence = "```" if "```" not in block.text else "````"
            return f"{fence}{block.language}\n{visible(block.text)}\n{fence}"
        if block.kind == "list":
            return "\n".join(f"- {self._prose.line(item)}" for item in block.items)
        return self._prose.line(block.inlines)

    def _brief(self, doc: Doc) -> str:
        return self._prose.brief(doc).replace("`OFF`", f"`{self.off}`")

    def _facts(self, doc: Doc) -> str:
        return " ".join(self._prose.line(fact) for fact in doc.facts)

    def _function(self, function: Function) -> Entry:
        code = wrapped(f"{function.returns.type.c} {function.c}({declared(function.c_params)});", 100)
        rows = [Row([_code(param.name.replace(" ", "_")), self._brief(param.doc)]) for param in function.params]
        if function.returns.type.kind != "void":
            rows.append(Row(["returns", self._brief(function.returns.doc)]))
        return Entry(function.c, code, self._paragraphs(function.doc), ["", ""], rows, [self._facts(function.doc)])

    def _struct(self, struct: Record) -> Entry:
        kind = "Frozen: it never grows." if struct.kind == "frozen" else "Sized: it may grow at its end."
        size = struct.extents["lp64"].size, struct.extents["ilp32"].size
        text = [*self._paragraphs(struct.doc), f"{kind} {size[0]} bytes, {size[1]} where pointers have 32 bits."]
        rows = [Row([_code(field.c), _code(_spelled(field)), self._brief(field.doc)]) for field in struct.fields]
        return Entry(struct.c, "", text, ["Field", "Type", ""], rows)

    def _enum(self, enum: Enum) -> Entry:
        text = self._paragraphs(enum.doc)
        text += [f"{part.first} to {part.last}: {self._brief(part.doc)}" for part in enum.ranges]
        rows = [Row([_code(member.c), str(member.value), self._brief(member.doc)]) for member in enum.members]
        return Entry(enum.c, "", text, ["Constant", "Value", ""], rows)

    def _small(self) -> list[Entry]:
        parts: list[Handle | Id] = [*self._api.handles, *self._api.ids]
        entries = [Entry(part.c, "", self._paragraphs(part.doc), [], []) for part in parts]
        for callback in self._api.callbacks:
            rows = [Row([_code(param.name.replace(" ", "_")), self._brief(param.doc)]) for param in callback.params]
            code = f"void {callback.c}({declared(callback.c_params)});"
            entries.append(Entry(callback.c, code, self._paragraphs(callback.doc), ["", ""], rows))
        return entries


def _code(text: str) -> str:
    """A code span, whatever is in it."""
    text = visible(text)
    fence = "`" if "`" not in text else "``"
    return f"{fence}{text}{fence}"


def _spelled(field: Field) -> str:
    return f"{field.type.c}[{field.count}]" if field.count > 1 else field.type.c
