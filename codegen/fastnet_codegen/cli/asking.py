"""`ir`, `schema`, `explain` and `doctor`: questions about the description, the rules and this machine."""

import json
import shutil
import subprocess
import sys

import click
import msgspec

from fastnet_codegen.check import RULES
from fastnet_codegen.cli.codes import CODES
from fastnet_codegen.cli.common import Setting
from fastnet_codegen.diagnostics import DescriptionError, Diagnostic
from fastnet_codegen.ir.model import Api
from fastnet_codegen.ir.passes import PASSES, build, canonical
from fastnet_codegen.ir.refs import refs
from fastnet_codegen.spec.schema import schemas

TOOLS = {  # What proves printed files, and how it tells its version.
    "gcc": "--version", "g++": "--version", "clang": "--version", "mcs": "--version", "mono": "--version",
    "dotnet": "--version", "luajit": "-v", "rustc": "--version", "swiftc": "--version", "nm": "--version",
}  # fmt: skip


@click.command()
@click.option("--pass", "last", type=click.Choice(PASSES), default=PASSES[-1], help="Stop after this pass.")
@click.option("--filter", "path", help="Only the part of this dotted path.")
@click.pass_obj
def ir(setting: Setting, last: str, path: str | None) -> None:
    """The model that back ends get, as JSON."""
    api = build(setting.folder, last) if setting.folder else setting.api()
    if path is None:
        click.echo(canonical(api).decode(), nl=False)
        return
    found = _part(api, path)
    click.echo(msgspec.json.format(msgspec.json.encode(found, order="sorted"), indent=2).decode())


def _part(api: Api, path: str) -> object:
    """The innermost part that a path names."""
    ref = refs(api).get(path)
    if ref is None:
        raise DescriptionError(
            [
                Diagnostic(
                    "", "path-unknown", f"nothing is called {path!r}", "paths: client.send, event.data, result.timeout"
                )
            ]
        )
    if ref.kind == "function":
        return api.function(path)
    if ref.kind == "param":
        return api.function(ref.owner).param(path.removeprefix(f"{ref.owner}."))
    if ref.kind in ("member", "field"):
        children = api.enum(ref.owner).members if ref.kind == "member" else api.struct(ref.owner).fields
        return next(child for child in children if f"{ref.owner}.{child.name}" == path)
    return next(part for part in api.named if part.name == path)


@click.command()
def schema() -> None:
    """JSON Schemas of the description and of the model."""
    click.echo(json.dumps(schemas(), indent=2, sort_keys=True))


@click.command()
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """Why a rule is there, and what to do; without CODE, all of them."""
    known = {name: (rule.why, rule.remedy) for name, rule in RULES.items()} | CODES
    if code is None:
        for name in sorted(known):
            click.echo(f"{name}: {known[name][0]}")
        return
    if code not in known:
        raise DescriptionError(
            [Diagnostic("", "code-unknown", f"no rule has the code {code!r}", "fastnet-codegen explain lists them")]
        )
    why, remedy = known[code]
    click.echo(f"{code}: {why}\n\nremedy: {remedy}")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_obj
def doctor(setting: Setting, as_json: bool) -> None:
    """The toolchains that are here, and what targets say differently."""
    tools = {name: _version(name, flag) for name, flag in TOOLS.items()}
    api = setting.api()
    escapes = {
        name: {"renames": target.renames, "exclude": list(target.exclude), "lower": target.lower}
        for name, target in api.targets.items()
    }
    if as_json:
        click.echo(json.dumps({"python": sys.version.split()[0], "tools": tools, "targets": escapes}, indent=2))
        return
    from rich.console import Console  # Here, for it takes longer than everything else together.
    from rich.table import Table

    table = Table("tool", "version", box=None)
    for name, version in tools.items():
        table.add_row(name, version or "absent")
    Console().print(table)
    for name, parts in escapes.items():
        for kind, said in parts.items():
            if said:
                click.echo(f"{name} {kind}: {json.dumps(said)}")


def _version(name: str, flag: str) -> str:
    """The first line that a tool says of itself; empty if it is absent."""
    path = shutil.which(name)
    if path is None:
        return ""
    try:
        said = subprocess.run([path, flag], capture_output=True, text=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return "does not answer"
    return next(iter((said.stdout or said.stderr).splitlines()), "")


COMMANDS = (ir, schema, explain, doctor)
