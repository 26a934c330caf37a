"""`list`, `generate`, `diff` and `check`."""

import functools
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from fastnet_codegen.backends import catalog
from fastnet_codegen.cli.abi import LOCK, current, locked
from fastnet_codegen.cli.common import Job, Request, Setting, jobs
from fastnet_codegen.diagnostics import PluginError
from fastnet_codegen.render.write import Status, difference, orphans, status, write

FOLDER = click.Path(file_okay=False, exists=True, path_type=Path)
PROGRAM = click.Path(dir_okay=False, exists=True, resolve_path=True, path_type=Path)


def _chosen(command: Callable[..., None]) -> Any:
    """The arguments that choose what is printed and where; they reach the command as one Request."""

    @functools.wraps(command)
    def asked(
        setting: Setting,
        targets: tuple[str, ...],
        output: Path | None,
        template_dirs: tuple[Path, ...],
        plugins: tuple[Path, ...],
        options: tuple[str, ...],
        **others: Any,
    ) -> None:
        command(setting, Request(targets, template_dirs, plugins, output, options), **others)

    out = click.Path(file_okay=False, path_type=Path)
    decorated: Any = asked
    for decorate in (
        click.option("--option", "options", multiple=True, metavar="K=V", help="An option of the target."),
        click.option("--plugin", "plugins", multiple=True, type=PROGRAM, help="A program that prints."),
        click.option("--template-dir", "template_dirs", multiple=True, type=FOLDER, help="A folder of templates."),
        click.option("-o", "--output", type=out, help="Folder for the files, instead of each target's own."),
        click.argument("targets", nargs=-1),
        click.pass_obj,
    ):
        decorated = decorate(decorated)
    return decorated


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def list_(as_json: bool) -> None:
    """The targets, where they come from, and what is broken."""
    rows = []
    for name, entry in catalog.entries().items():
        try:
            backend = catalog.load(name)
            rows.append(
                {
                    "name": name,
                    "source": entry.source,
                    "ir": backend.ir,
                    "status": backend.status,
                    "folder": backend.folder,
                    "summary": backend.summary,
                }
            )
        except PluginError as error:
            rows.append(
                {
                    "name": name,
                    "source": entry.source,
                    "ir": "",
                    "status": "broken",
                    "folder": "",
                    "summary": str(error),
                }
            )
    if as_json:
        click.echo(json.dumps(rows, indent=2))
        return
    from rich.console import Console  # Here, for it takes longer than everything else together.
    from rich.table import Table

    table = Table("target", "status", "IR", "prints into", "summary", box=None)
    for row in rows:
        table.add_row(row["name"], row["status"], row["ir"], row["folder"], row["summary"])
    Console().print(table)


@click.command()
@_chosen
def generate(setting: Setting, request: Request) -> None:
    """Print targets, all of ours by default; files that are fresh stay untouched."""
    printed = jobs(setting, request)
    total = written = 0
    for job in printed:
        for artifact in job.artifacts:
            total += 1
            if write(job.folder, artifact):
                written += 1
                click.echo(f"{job.name}: {artifact.path}", err=True)
    click.echo(f"{written} of {total} files written", err=True)


@click.command()
@_chosen
def diff(setting: Setting, request: Request) -> None:
    """Show what `generate` would change."""
    changed = False
    for job in jobs(setting, request):
        for artifact in job.artifacts:
            for line in difference(job.folder, artifact):
                click.echo(line)
                changed = True
    sys.exit(1 if changed else 0)


@click.command()
@_chosen
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def check(setting: Setting, request: Request, as_json: bool) -> None:
    """For CI: ends with 1 if a printed file is missing, stale, or printed by nobody."""
    printed = jobs(setting, request)
    found = _statuses(printed, everything=request.everything)
    if as_json:
        click.echo(json.dumps([{"path": at.path, "state": at.state, "target": at.target} for at in found], indent=2))
    if request.everything and setting.folder:
        fresh = locked(setting) == current(setting.api())
        found.append(Status(LOCK, "fresh" if fresh else "stale", "abi lock"))
    bad = [at for at in found if at.state != "fresh"]
    for at in bad:
        click.echo(f"{at.state}: {at.path}", err=True)
    _explain(printed, bad)
    if bad:
        click.echo("renew with: fastnet-codegen generate, the lock with: abi lock; delete orphans", err=True)
    else:
        click.echo(f"{len(found)} files are fresh", err=True)
    sys.exit(1 if bad else 0)


def _statuses(printed: list[Job], everything: bool) -> list[Status]:
    found = [status(job.folder, artifact, job.name) for job in printed for artifact in job.artifacts]
    if everything:
        ours = {job.folder / artifact.path for job in printed for artifact in job.artifacts}
        folders = sorted({job.folder for job in printed})
        tops = [at for at in folders if not any(other in at.parents for other in folders)]
        found += [at for folder in tops for at in orphans(folder, ours)]
    return sorted(found)


def _explain(printed: list[Job], bad: list[Status]) -> None:
    stale = {(at.target, at.path) for at in bad if at.state in ("stale", "foreign")}
    for job in printed:
        for artifact in job.artifacts:
            if (job.name, artifact.path) in stale:
                for line in difference(job.folder, artifact):
                    click.echo(line, err=True)


COMMANDS = (list_, generate, diff, check)
