"""What Unreal's header tool would refuse, as far as its documentation says, and the X.generated.h that the shim needs.

Not a parser of C++: it reads the shape in which this project writes reflected headers, and complains about any other.
"""

import re
from collections.abc import Iterator
from pathlib import Path

PLAIN = {"bool", "uint8", "int32", "int64", "float", "double", "FString", "FName", "FText", "void", "UObject*"}
LITERAL = re.compile(r"""-?\d+(\.\d+)?f?|true|false|nullptr|TEXT\(".*"\)|".*"|E\w+::\w+""")
TYPE = re.compile(r"^(UCLASS|USTRUCT|UENUM)\((.*)\)\n(?:class|struct|enum class)\s+(?:\w+_API\s+)?(\w+)(.*)", re.M)
PREFIX = {"UCLASS": ("U", "A"), "USTRUCT": ("F",), "UENUM": ("E",)}
DELEGATE = re.compile(r"^DECLARE_(DYNAMIC_MULTICAST_DELEGATE\w*|\w*DELEGATE\w*)\(\s*(\w+)(.*?)\);", re.M | re.S)
MARKED = re.compile(r"^\t(UFUNCTION|UPROPERTY)\((.*)\)\n\t(.*)", re.M)


def problems(text: str, name: str, known: frozenset[str] = frozenset()) -> Iterator[str]:
    """Everything wrong with one header; `known` are reflected types of other headers."""
    if not TYPE.search(text):
        return
    text = re.sub(r"^(\tU(?:FUNCTION|PROPERTY)\(.*),\n\t\t", r"\1, ", text, flags=re.M)
    yield from _includes(text, name)
    yield from _types(text)
    yield from _conditions(text)
    delegates = {found[2]: found for found in DELEGATE.finditer(text)}
    types = known | {found[3] for found in TYPE.finditer(text)} | set(re.findall(r"^class (\w+);", text, re.M))
    for found in delegates.values():
        yield from _delegate(found, types)
    functions: list[str] = []
    for found in MARKED.finditer(text):
        kind, words, line = found.groups()
        yield from _category(kind, words, line)
        if kind == "UPROPERTY":
            yield from _property(words, line, delegates, types)
        else:
            functions.append(re.split(r"\(", line)[0].split()[-1])
            yield from _function(words, line, types)
    yield from (f"{twice} is a UFUNCTION twice" for twice in {one for one in functions if functions.count(one) > 1})
    if re.search(r"^\s*UFUNCTION.*\n(?!\t\S.*;)", text, re.M):
        yield "a UFUNCTION whose declaration is not on the next line"


def _includes(text: str, name: str) -> Iterator[str]:
    includes = re.findall(r'^#include "(.*)"', text, re.M)
    if f"{name}.generated.h" not in includes:
        yield f"{name}.generated.h is not included"
    elif includes[-1] != f"{name}.generated.h":
        yield f"{name}.generated.h is not the last include"


def _types(text: str) -> Iterator[str]:
    for macro, words, name, rest in TYPE.findall(text):
        if not name.startswith(PREFIX[macro]):
            yield f"{name}: the name of a {macro} begins with {' or '.join(PREFIX[macro])}"
        if macro == "UENUM" and "BlueprintType" in words and ": uint8" not in rest:
            yield f"{name}: an enumeration for Blueprints is a uint8"
    bodies = len(re.findall(r"^\tGENERATED_BODY\(\)", text, re.M))
    if bodies != len([macro for macro, *_ in TYPE.findall(text) if macro != "UENUM"]):
        yield "there must be one GENERATED_BODY() for each reflected class and struct"
    if re.search(r"^namespace .*\n\{(?:.*\n)*?\s+(UCLASS|USTRUCT|UENUM)\(", text, re.M):
        yield "a reflected type in a namespace"


def _conditions(text: str) -> Iterator[str]:
    depth: list[str] = []
    for line in text.splitlines():
        if found := re.match(r"#if(?:def|ndef)?\s+(.*)", line):
            depth.append(found[1])
        elif line.startswith("#endif"):
            depth.pop()
        elif re.match(r"\s*U(PROPERTY|FUNCTION)\(", line) and [one for one in depth if one != "WITH_EDITORONLY_DATA"]:
            yield f"a reflected member inside #if {depth[-1]}"


def _category(kind: str, words: str, line: str) -> Iterator[str]:
    if re.search(r"Blueprint|Edit|Visible", words) and "Category" not in words:
        yield f"{kind} without Category: {line}"


def is_blueprint_type(spelled: str, types: frozenset[str] | set[str]) -> bool:
    """Whether Blueprints can hold a value of this type."""
    bare = re.sub(r"\bconst\b|&", "", spelled).strip()
    if inner := re.fullmatch(r"(?:TArray|TObjectPtr|TSubclassOf)<(.*)>", bare):
        return is_blueprint_type(inner[1], types)
    return bare in PLAIN or bare.rstrip("*") in types


def _property(words: str, line: str, delegates: dict[str, re.Match[str]], types: set[str]) -> Iterator[str]:
    found = re.fullmatch(r"([^=]*[^=\s])\s+(\w+)(?:\s*=\s*(.*))?;", line)
    if not found:
        yield f"cannot read the property {line}"
        return
    spelled = found[1]
    if "BlueprintAssignable" in words:
        if not (spelled in delegates and delegates[spelled][1].startswith("DYNAMIC_MULTICAST")):
            yield f"BlueprintAssignable on {spelled}, which is no dynamic multicast delegate"
    elif not is_blueprint_type(spelled, types):
        yield f"Blueprints cannot hold {spelled}"


def _arguments(text: str) -> list[str]:
    """Arguments of a declaration, split at commas outside angle brackets."""
    return [one.strip() for one in re.split(r",(?![^<]*>)", text) if one.strip()]


def _function(words: str, line: str, types: set[str]) -> Iterator[str]:
    found = re.fullmatch(r"(?:static |virtual )?([^(]*\S)\s+(\w+)\((.*)\)(?: const)?(?: override)?;", line)
    if not found:
        yield f"cannot read the function {line}"
        return
    returned, name, arguments = found.groups()
    spelled = [returned] if "Blueprint" in words else []
    for argument in _arguments(arguments):
        declared, _, default = argument.partition("=")
        spelled.append(declared.strip().rpartition(" ")[0])
        if default and not LITERAL.fullmatch(default.strip()):
            yield f"{name}: the default of {argument} is no literal"
    yield from (f"{name}: Blueprints cannot hold {one}" for one in spelled if not is_blueprint_type(one, types))


def _delegate(found: re.Match[str], types: set[str]) -> Iterator[str]:
    arguments = _arguments(found[3].lstrip(", \n\t"))
    for spelled in arguments[::2]:
        if not is_blueprint_type(spelled, types):
            yield f"{found[2]}: Blueprints cannot hold {spelled}"
        if spelled.endswith("&") and not spelled.startswith("const "):
            yield f"{found[2]}: {spelled} is neither a value nor a const reference"


def unbound(source: str, header: str) -> Iterator[str]:
    """Handlers that a source file binds to dynamic delegates and that are no UFUNCTION in its header."""
    for handler in re.findall(r"(?:Add|Remove)Dynamic\(\w+, &\w+::(\w+)\)", source):
        if not re.search(rf"^\tUFUNCTION\(.*\)\n\t.*\b{handler}\(", header, re.M):
            yield f"{handler} is bound to a dynamic delegate and is no UFUNCTION"


def reflected(text: str) -> frozenset[str]:
    """The names of the reflected types of a header."""
    return frozenset(found[3] for found in TYPE.finditer(text))


def generated(text: str, name: str) -> str:
    """X.generated.h for the shim: what each GENERATED_BODY() stands for, by its line."""
    lines = ["#undef SHIM_FILE", f"#define SHIM_FILE {name}"]
    owner = base = ""
    for number, line in enumerate(text.splitlines(), 1):
        if found := re.match(r"(?:class|struct)\s+(?:\w+_API\s+)?(\w+)(?:\s*:\s*public\s+(\w+))?\s*$", line):
            owner, base = found[1], found[2] or ""
        if line.strip() == "GENERATED_BODY()":
            words = f"typedef {base} Super; typedef {owner} ThisClass; private:" if base else ""
            lines.append(f"#define {name}_body_{number} {words}".rstrip())
    return "\n".join(lines) + "\n"


def write_generated(header: Path, folder: Path) -> None:
    """Write the generated header of one header, if it includes one."""
    text = header.read_text()
    if TYPE.search(text):
        (folder / f"{header.stem}.generated.h").write_text(generated(text, header.stem))
