"""`init`: a working start of a back end, with a golden test and a checklist."""

import re
from pathlib import Path

import click
from msgspec import Struct

from fastnet_codegen.diagnostics import DescriptionError, Diagnostic
from fastnet_codegen.ir.model import IR_VERSION
from fastnet_codegen.render.environment import Templates
from fastnet_codegen.render.write import replace_text

SKELETONS = Path(__file__).parent / "skeletons"
NAME = re.compile(r"[a-z][a-z0-9-]*")


class Kind(Struct, frozen=True):
    """One door: its files by template, what to say about it, and the arguments that print it."""

    files: dict[str, str]
    how: str
    arguments: str


KINDS = {
    "template": Kind(
        {"binding.toml": "template/binding.toml.j2", "{module}.txt.j2": "template/binding.txt.j2"},
        "A folder of templates: `binding.toml` says how things are spelled, `*.j2` print.",
        "--template-dir .",
    ),
    "python": Kind(
        {
            "pyproject.toml": "python/pyproject.toml.j2",
            "fastnet_codegen_{module}/__init__.py": "python/package.py.j2",
            "fastnet_codegen_{module}/numbers.txt.j2": "python/numbers.txt.j2",
        },
        "A Python package: `pip install -e .` makes its entry point known.",
        "{name}",
    ),
    "executable": Kind(
        {"fastnet-codegen-{name}": "executable/program.j2"},
        "A program that reads one JSON and writes one; on the PATH it is found by its name.",
        "--plugin ./fastnet-codegen-{name}",
    ),
}
SHARED = {"README.md": "checklist.md.j2", "test_{module}.py": "test.py.j2"}


def skeleton(name: str, kind: str) -> dict[str, str]:
    """The files of a start, by path."""
    door, module = KINDS[kind], name.replace("-", "_")
    arguments = door.arguments.format(name=name)
    context = {
        "name": name,
        "module": module,
        "ir": IR_VERSION,
        "how": door.how,
        "command": f"fastnet-codegen generate {arguments} -o out",
        "argv": ", ".join(f'"{word}"' for word in arguments.split()),
    }
    templates = Templates(SKELETONS)
    return {
        path.format(name=name, module=module): templates.render(template, **context).lstrip("\n")
        for path, template in {**door.files, **SHARED}.items()
    }


@click.command()
@click.argument("name")
@click.option("--kind", type=click.Choice(list(KINDS)), required=True, help="Which door.")
def init(name: str, kind: str) -> None:
    """Write a working start of a back end into the new folder NAME."""
    folder = Path(name)
    if not NAME.fullmatch(name):
        raise DescriptionError(
            [Diagnostic("", "init-name", f"{name!r} is no name", "lower-case letters, digits and '-'")]
        )
    if folder.exists():
        raise DescriptionError([Diagnostic("", "init-exists", f"{name} is there already", "choose another name")])
    for path, text in skeleton(name, kind).items():
        replace_text(folder / path, text)
        if path.startswith("fastnet-codegen-"):
            (folder / path).chmod(0o755)
    click.echo(f"{name}/ is ready: read {name}/README.md", err=True)


COMMANDS = (init,)
