"""Reads a description: YAML to typed parts, with `file:line` for every fault, all faults of all files at once."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from fastnet_codegen.diagnostics import DescriptionError, Diagnostic
from fastnet_codegen.spec.model import Description, Module, Root, Target

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml where it is: the same events, ten times as fast."""
Decoded = TypeVar("Decoded", Root, Module, Target)


class Sources:
    """Where each part was written: dotted paths to `file:line`."""

    def __init__(self) -> None:
        self._lines: dict[tuple[str, str], int] = {}
        self._named: dict[str, tuple[str, str]] = {}

    def mark(self, file: str, path: str, line: int) -> None:
        """Remember the line of a JSON path such as `$.functions[3]`."""
        self._lines[file, path] = line

    def name(self, dotted: str, file: str, path: str) -> None:
        """Give a place its dotted path; the first holds."""
        self._named.setdefault(dotted, (file, path))

    def line(self, file: str, path: str) -> str:
        """`file:line` of a JSON path, or of the nearest part around it."""
        while path and (file, path) not in self._lines:
            path = re.sub(r"(\.[^.\[\]]+|\[[^\[\]]*\]|\$)$", "", path)
        return f"{file}:{self._lines.get((file, path), 1)}"

    def of(self, dotted: str) -> str:
        """`file:line` of a dotted path, or of the nearest part around it; empty if it was not read from a file."""
        while dotted and dotted not in self._named:
            dotted = dotted.rpartition(".")[0]
        return self.line(*self._named[dotted]) if dotted else ""


def load(folder: Path) -> tuple[Description, Sources]:
    """Read `api.yaml`, the modules that it names and `targets/*.yaml`. Raises DescriptionError."""
    sources, faults = Sources(), list[Diagnostic]()
    root = _read(folder / "api.yaml", folder, Root, sources, faults)
    if root is None:
        raise DescriptionError(faults)
    modules = {name: _read(folder / f"{name}.yaml", folder, Module, sources, faults) for name in root.modules}
    targets = {
        path.stem: _read(path, folder, Target, sources, faults) for path in sorted((folder / "targets").glob("*.yaml"))
    }
    if faults:
        raise DescriptionError(faults)
    read = {name: module for name, module in modules.items() if module is not None}
    _name_all(read, sources)
    return Description(root, read, {name: target for name, target in targets.items() if target is not None}), sources


def _read(path: Path, folder: Path, kind: type[Decoded], sources: Sources, faults: list[Diagnostic]) -> Decoded | None:
    file = path.relative_to(folder).as_posix()
    try:
        text = path.read_text(encoding="utf-8")
        plain = _Reader(text, file, sources, faults).document()
        return msgspec.convert(plain if plain is not None else {}, kind, strict=True)
    except FileNotFoundError:
        faults.append(Diagnostic(file, "file-missing", f"{path} does not exist", "name an existing file in api.yaml"))
    except UnicodeDecodeError as error:
        faults.append(Diagnostic(file, "file-encoding", f"not UTF-8: {error.reason}", "save the file as UTF-8"))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f"{file}:{mark.line + 1}" if mark else file
        faults.append(Diagnostic(where, "yaml", str(error.problem), "quote text that holds ':' or '#'"))
    except yaml.YAMLError as error:
        faults.append(Diagnostic(file, "yaml", str(error).splitlines()[0]))
    except msgspec.ValidationError as error:
        message, _, where = str(error).partition(" - at `")
        faults.append(Diagnostic(sources.line(file, where.rstrip("`") or "$"), "shape", message))
    return None


class _Reader:
    """Plain values from the events of one YAML text, the lines noted on the way.

    YAML that means what it shows: no tags, which make objects, and no aliases, which multiply and nest for ever.
    """

    def __init__(self, text: str, file: str, sources: Sources, faults: list[Diagnostic]) -> None:
        self._events: Iterator[Any] = iter(yaml.parse(text, Loader=LOADER))
        self._file, self._sources, self._faults = file, sources, faults
        self._resolver, self._constructor = yaml.resolver.Resolver(), yaml.constructor.SafeConstructor()

    def document(self) -> Any:
        """The one document; None if there is none."""
        next(self._events)  # The stream begins.
        if isinstance(next(self._events), yaml.StreamEndEvent):
            return None
        value = self._value(next(self._events), "$")
        next(self._events)  # The document ends.
        end = next(self._events)
        if not isinstance(end, yaml.StreamEndEvent):
            raise yaml.composer.ComposerError(None, None, "a second document begins here", end.start_mark)
        return value

    def _value(self, event: Any, path: str) -> Any:
        if isinstance(event, yaml.AliasEvent) or event.tag:
            raise yaml.composer.ComposerError(None, None, "tags and aliases are not used here", event.start_mark)
        self._sources.mark(self._file, path, event.start_mark.line + 1)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        return self._mapping(path) if isinstance(event, yaml.MappingStartEvent) else self._scalar(event)

    def _scalar(self, event: Any) -> Any:
        tag = self._resolver.resolve(yaml.ScalarNode, event.value, event.implicit)  # type: ignore[no-untyped-call]
        return self._constructor.construct_object(yaml.ScalarNode(tag, event.value, event.start_mark))

    def _sequence(self, path: str) -> list[Any]:
        found: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            found.append(self._value(event, f"{path}[{len(found)}]"))
        return found

    def _mapping(self, path: str) -> dict[Any, Any]:
        found: dict[Any, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise yaml.composer.ComposerError(None, None, "a key is not text", event.start_mark)
            key = self._scalar(event)
            if key in found:
                line = event.start_mark.line + 1 if event.start_mark else 1
                where = f"{self._file}:{line}"
                self._faults.append(Diagnostic(where, "key-twice", f"the key {key!r} stands here twice", "remove one"))
            found[key] = self._value(next(self._events), f"{path}.{key}")
        return found


def _name_all(modules: dict[str, Module], sources: Sources) -> None:
    for module_name, module in modules.items():
        for kind in module.__struct_fields__:
            for at, part in enumerate(getattr(module, kind)):
                dotted = f"{part.of}.{part.name}" if kind == "functions" and part.of else str(part.name)
                dotted = f"events.{part.name}" if kind == "events" else dotted
                path = f"$.{kind}[{at}]"
                sources.name(dotted, f"{module_name}.yaml", path)
                for child, name in _children(part):
                    sources.name(f"{dotted}.{name}", f"{module_name}.yaml", f"{path}.{child}")


def _children(part: Any) -> Iterator[tuple[str, str]]:
    for kind in ("members", "ranges", "fields", "params"):
        for at, child in enumerate(getattr(part, kind, ())):
            yield f"{kind}[{at}]", child.name or f"reserved{at}"
