"""The house rules as functions: each takes one file and names what is wrong. `test_tidy.py` asks them all.

A rule gets a `Source` and yields problems as text; the path comes in front later. Standard library only.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

FUNCTION_LINES_MAX, MODULE_LINES_MAX, LINE_MAX = 70, 400, 120
SHORT_STATEMENTS = 6
ROOMS = {  # Room of core/fastnet: the rooms it may import. An empty name is the package itself.
    "protocol": {"protocol"},
    "net": {"net", "protocol"},
    "testing": {"testing", "protocol"},
    "tools": {"tools", "testing", "net", "protocol", ""},
    "": {"net", "protocol"},
}
PURE = {  # All that protocol/ may import besides itself: nothing that touches the system, the clock or chance.
    "abc", "base64", "bisect", "collections", "cryptography", "cython", "dataclasses", "enum", "functools", "hashlib",
    "heapq", "hmac", "ipaddress", "itertools", "math", "operator", "struct", "types", "typing",
}  # fmt: skip
PURE_CIMPORTS = ("cython", "libc.stdint", "libc.stdlib", "libc.string", "cpython.", "fastnet.protocol")
CLOCKS = {"time", "sched", "timeit"}
CALENDARS = {"datetime"}  # Certificates have dates; net/ may know them.
CHANCES = {"random", "secrets", "uuid"}
MARKERS = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK")) + r")\b")
MACHINE = re.compile(r"(?<![\w.])(/wo" + r"rk/|/ho" + r"me/\w|/ro" + r"ot/|/Us" + r"ers/\w|[A-Z]:\\Users)")
CODE = {".py", ".pyx", ".pxd", ".pyi", ".c", ".h"}


@dataclass(frozen=True)
class Source:
    """One file: its path in the repository, with slashes, and its text. `raw`: a stub stands beside it."""

    path: str
    text: str
    raw: bool = False

    @property
    def pure_path(self) -> PurePosixPath:
        return PurePosixPath(self.path)

    @property
    def room(self) -> str | None:
        """The room of core/fastnet that the file is in; None outside of it."""
        parts = self.pure_path.parts
        if parts[:2] != ("core", "fastnet"):
            return None
        return parts[2] if len(parts) > 3 else ""

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    def nodes(self, *kinds: type[ast.AST]) -> Iterator[ast.AST]:
        return (node for node in ast.walk(self.tree) if isinstance(node, kinds))


def imported(source: Source) -> Iterator[tuple[int, str]]:
    """Line and full name of every import, relative ones resolved."""
    package = source.path.removeprefix("core/").rpartition("/")[0].replace("/", ".")
    for node in source.nodes(ast.Import, ast.ImportFrom):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package.split(".")[: len(package.split(".")) + 1 - node.level]) if node.level else ""
            module = ".".join(filter(None, (base, node.module)))
            names = [alias.name for alias in node.names] if module in ("fastnet", "cython.cimports") else [""]
            yield from ((node.lineno, f"{module}.{name}".rstrip(".")) for name in names)


# Python: who may know whom.


def arrows(source: Source) -> Iterator[str]:
    """Imports follow ARCHITECTURE.md."""
    if source.room is None:
        return
    for line, name in imported(source):
        top, _, rest = name.removeprefix("cython.cimports.").partition(".")
        room = rest.partition(".")[0] if rest.partition(".")[0] in ROOMS else ""
        if top == "fastnet" and room not in ROOMS.get(source.room, {source.room}):
            yield f"line {line}: {source.room or 'fastnet'} imports {name}"


def sans_io(source: Source) -> Iterator[str]:
    """protocol/ imports nothing that touches the system, the clock or chance."""
    if source.room != "protocol":
        return
    for line, name in imported(source):
        if name.startswith("cython.cimports."):
            if not name.removeprefix("cython.cimports.").startswith(PURE_CIMPORTS):
                yield f"line {line}: protocol cimports {name}"
        elif name.partition(".")[0] not in PURE | {"fastnet"}:
            yield f"line {line}: protocol imports {name}"


def time_and_chance(source: Source) -> Iterator[str]:
    """The clock and the system's randomness are named in net, testing and tools only; in net the clock in clock.py."""
    if source.room is None or source.room in ("testing", "tools"):
        return
    in_net = source.room == "net"
    for line, name in imported(source):
        top = name.partition(".")[0]
        clock = top in CLOCKS and source.path != "core/fastnet/net/clock.py"
        if clock or (top in CHANCES | CALENDARS and not in_net):
            yield f"line {line}: imports {name}"
    for node in source.nodes(ast.Attribute):
        if isinstance(node, ast.Attribute) and node.attr in ("urandom", "getrandom") and not in_net:
            yield f"line {node.lineno}: names {node.attr}"


def second_opinion(source: Source) -> Iterator[str]:
    """The conformance decoder imports nothing of ours; only test_our_*.py do, and the runner of Python's sockets."""
    ours = source.pure_path.name.startswith("test_our_") or "tests/conformance/runners/" in source.path
    if "tests/conformance/" not in source.path or ours:
        return
    for line, name in imported(source):
        if name.partition(".")[0] == "fastnet":
            yield f"line {line}: imports {name}"


# Python: how it reads.


def long_functions(source: Source) -> Iterator[str]:
    for node in source.nodes(ast.FunctionDef, ast.AsyncFunctionDef):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LINES_MAX:
                yield f"{node.name} has {length} lines, more than {FUNCTION_LINES_MAX}"


def long_modules(source: Source) -> Iterator[str]:
    """One problem for each line too many, so that a ratchet can count them."""
    for line in range(MODULE_LINES_MAX + 1, source.text.count("\n") + 1):
        yield f"line {line} is one too many for a module"


def long_lines(source: Source) -> Iterator[str]:
    for number, line in enumerate(source.text.splitlines(), 1):
        if len(line) > LINE_MAX:
            yield f"line {number} has {len(line)} characters, more than {LINE_MAX}"


def module_docstring(source: Source) -> Iterator[str]:
    if source.tree.body and not ast.get_docstring(source.tree):
        yield "the module has no docstring"


def public_names(source: Source) -> Iterator[str]:
    """Public classes and functions of core say what they are; short methods and overrides may let others speak."""
    if source.room is not None:
        yield from _undocumented(source.tree, "")


def _undocumented(parent: ast.Module | ast.ClassDef, prefix: str) -> Iterator[str]:
    for node in parent.body:
        if not isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) or node.name.startswith("_"):
            continue
        name = f"{prefix}{node.name}"
        spoken_for = isinstance(parent, ast.ClassDef) and (bool(parent.bases) or _short(node))
        if not ast.get_docstring(node) and not spoken_for:
            yield f"line {node.lineno}: {name} has no docstring"
        if isinstance(node, ast.ClassDef):
            yield from _undocumented(node, f"{name}.")


def _short(node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether a method is so plain that its name tells all."""
    return isinstance(node, ast.FunctionDef) and len(node.body) <= SHORT_STATEMENTS


def annotations(source: Source) -> Iterator[str]:
    """Every argument and result in core has a hint. Raw modules have a stub instead."""
    if source.room is None or source.raw:
        return
    for node in source.nodes(ast.FunctionDef, ast.AsyncFunctionDef):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        arguments = node.args.posonlyargs + node.args.args + node.args.kwonlyargs
        for at, argument in enumerate(arguments):
            if argument.annotation is None and not (at == 0 and argument.arg in ("self", "cls", "mcs")):
                yield f"line {node.lineno}: {node.name}: {argument.arg} has no hint"
        if node.returns is None and node.name not in ("__init__", "__cinit__", "__dealloc__"):
            yield f"line {node.lineno}: {node.name} has no hint for its result"


def habits(source: Source) -> Iterator[str]:
    """No bare except, no wildcard import, no print in the library, no sleep that waits for luck in a test."""
    library = source.room is not None or source.path.startswith("codegen/")
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ExceptHandler) and node.type is None:
            yield f"line {node.lineno}: bare except"
        if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names):
            yield f"line {node.lineno}: wildcard import"
        if library and isinstance(node, ast.Call) and ast.unparse(node.func) == "print":
            yield f"line {node.lineno}: print"


# Cython pairs.


def pair_module(source: Source) -> Iterator[str]:
    """A compiled .py: plain unless raw; a raw one says so on line one; no negative index, which is unchecked there."""
    names = {name.partition(".")[0] for _, name in imported(source)}
    if "cython" in names and not source.raw:
        yield "imports cython, but has no .pyi beside it"
    if "cython" in names and source.text.splitlines()[0] != "# cython: annotation_typing=True":
        yield "imports cython, but line one is not its directive"
    for node in source.nodes(ast.Subscript):
        if isinstance(node, ast.Subscript):
            parts = [node.slice.lower, node.slice.upper] if isinstance(node.slice, ast.Slice) else [node.slice]
            if any(isinstance(part, ast.UnaryOp) and isinstance(part.op, ast.USub) for part in parts):
                yield f"line {node.lineno}: negative index"


def declarations(source: Source) -> Iterator[str]:
    """A .pxd: a docstring, final classes, no logic; under protocol/ nothing of the system."""
    lines = source.text.splitlines()
    if not source.text.lstrip().startswith('"""'):
        yield "the declarations have no docstring"
    for at, line in enumerate(lines):
        words = line.strip()
        if words.startswith("cdef class") and words.endswith(":"):
            if "@cython.final" not in lines[max(0, at - 3) : at]:
                yield f"line {at + 1}: {words} is not final"
        elif words.startswith(("def ", "cdef ", "cpdef ")) and words.endswith("):"):
            yield f"line {at + 1}: a function with a body"
        module = re.match(r"(?:from\s+([\w.]+)\s+)?cimport\s+([\w.]+)", words)
        name = (module.group(1) or module.group(2)) if module else ""
        if source.room == "protocol" and name and not name.startswith(PURE_CIMPORTS):
            yield f"line {at + 1}: protocol cimports {name}"


# Any text.


def words(source: Source) -> Iterator[str]:
    """No leftover marker, no path of one machine."""
    for number, line in enumerate(source.text.splitlines(), 1):
        for pattern, what in ((MARKERS, "leftover marker"), (MACHINE, "path of a machine")):
            found = pattern.search(line)
            if found:
                yield f"line {number}: {what} {found.group()}"


def anchors(text: str) -> set[str]:
    """The anchors that the headings of a Markdown page make."""
    titles = re.findall(r"^#+\s+(.+?)\s*$", without_code(text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


PLACES = ("", "core/fastnet/", "core/fastnet/protocol/", "bindings/c/", "codegen/", "plugins/", "examples/", "tests/")
"""Where a path that a page names may begin."""


def named_paths(text: str) -> set[str]:
    """What a page says in backticks, or at the head of a line of a picture, that looks like a file or a folder."""
    quoted = re.findall(r"`([\w./-]+(?:/|\.\w+))`", text)
    drawn = re.findall(r"(?:^| {2,})([\w./-]+/|[\w-]+\.py)(?=[ ,:(])", text, re.MULTILINE)
    return {path for path in (*quoted, *drawn) if re.search(r"/|\.py$", path)}


def map_of(page: Source, root: Path, folders: Iterable[Path]) -> Iterator[str]:
    """A page that shows the tree names nothing that is not there, and each of these folders."""
    for name in sorted(named_paths(page.text)):
        if not any((root / place / name).exists() for place in PLACES):
            yield f"{name} is not there"
    for folder in folders:
        if not re.search(rf"(?<![\w-]){re.escape(folder.name)}\b", page.text):
            yield f"{folder.relative_to(root)} is not named"


def without_code(text: str) -> str:
    """A Markdown page without its blocks of code."""
    return re.sub(r"^\s*```.*?^\s*```\s*$", "", text, flags=re.MULTILINE | re.DOTALL)


def markdown(source: Source, root: Path) -> Iterator[str]:
    """One title; links inside the repository lead somewhere."""
    prose = without_code(source.text)
    titles = re.findall(r"^# .+$", prose, re.MULTILINE)
    if len(titles) != 1:
        yield f"{len(titles)} titles instead of one"
    for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`]*`", "", prose)):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        page = (root / source.path).parent / name
        if not page.exists():
            yield f"the link {target} leads nowhere"
        elif anchor and anchor not in anchors(page.read_text() if name else source.text):
            yield f"the link {target} has no such heading"
