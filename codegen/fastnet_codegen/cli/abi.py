"""`abi diff`, `abi lock` and `abi show`: what binaries depend on, on record in `abi.lock.json`."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from fastnet_codegen.cli.common import Setting
from fastnet_codegen.diagnostics import DescriptionError, Diagnostic
from fastnet_codegen.ir import abi as facts_of
from fastnet_codegen.ir.changes import Change, changes, remedy, since
from fastnet_codegen.render.write import replace_text

LOCK = "abi.lock.json"


def lock_text(api: Any) -> str:
    """What the lock says of an Api: canonical, sorted by name."""
    return json.dumps(current(api), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def current(api: Any) -> dict[str, Any]:
    """The facts of an Api with its revision and hashes."""
    return {"revision": api.revision, "hashes": api.hashes, **facts_of.facts(api)}


def locked(setting: Setting) -> dict[str, Any] | None:
    """The facts on record; None if there are none."""
    path = _path(setting)
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


def _path(setting: Setting) -> Path:
    if setting.folder is None:
        hint = "run it in the repository, or give --api"
        raise DescriptionError([Diagnostic("", "no-description", "there is no codegen/api here or above", hint)])
    return setting.folder / LOCK


def _show(found: list[Change]) -> None:
    for change in found:
        click.echo(f"{change.kind}: {change.name} {change.what}")


@click.group()
def abi() -> None:
    """What binaries depend on."""


@abi.command()
@click.argument("revision", type=int, required=False)
@click.pass_obj
def diff(setting: Setting, revision: int | None) -> None:
    """Compare with the lock, or with what REVISION had; ends with 1 if something breaks."""
    new, old = current(setting.api()), locked(setting)
    if old is None:
        click.echo("there is no lock yet: fastnet-codegen abi lock", err=True)
        sys.exit(1)
    if revision is not None:
        old = since(old, revision)
    found = changes(old, new)
    _show(found)
    needed = remedy(found, old, new) if revision is None else ""
    if needed:
        click.echo(needed, err=True)
    sys.exit(1 if needed or any(change.kind == "breaking" for change in found) else 0)


@abi.command()
@click.pass_obj
def lock(setting: Setting) -> None:
    """Put the present API on record; refuses what its major and revision do not cover."""
    api, old = setting.api(), locked(setting)
    found = changes(old, current(api)) if old else []
    _show(found)
    needed = remedy(found, old, current(api)) if old else ""
    if needed:
        click.echo(needed, err=True)
        sys.exit(1)
    replace_text(_path(setting), lock_text(api))
    click.echo(f"locked: revision {api.revision}, hash {api.hash}", err=True)


@abi.command()
@click.pass_obj
def show(setting: Setting) -> None:
    """The facts, as the lock would say them."""
    click.echo(lock_text(setting.api()), nl=False)


COMMANDS = (abi,)
