"""`fastnet bench frame`: measures, shows and saves."""

import json
from dataclasses import asdict
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from fastnet.tools.benchmark import frame
from fastnet.tools.benchmark.machine import machine_facts
from fastnet.tools.benchmark.peer import load_peers
from fastnet.tools.benchmark.run import choose_cores


def carry_out(peers: Path, programs: Path, root: Path, quick: bool, json_path: Path | None) -> None:
    """Build what is needed, measure, and print the table."""
    console = Console()
    peer = next((each for each in load_peers(peers) if each.name == "fastnet-c"), None)
    if peer is None:
        raise click.ClickException("the peers are in FastNet's source tree: run this from a checkout")
    if (why := peer.build(programs)) is not None:
        raise click.ClickException(why)
    amount = frame.QUICK if quick else frame.FULL
    try:
        with console.status("measuring"):
            library = root / "build" / "lib" / "linux-x86_64"
            found = list(frame.figures(peer, programs, library, root / "dist", amount))
    except (OSError, ValueError) as error:
        raise click.ClickException(str(error)) from error
    console.print(table_of(found))
    if json_path is not None:
        rows = [asdict(figure) for figure in found]
        json_path.write_text(json.dumps({"machine": machine_facts(choose_cores(), {}), "rows": rows}, indent=1))
        console.print(f"figures: {json_path}")


def table_of(found: list[frame.Figure]) -> Table:
    """Each figure beside its promise; what does not keep it stands out."""
    table = Table("figure", "value", "promise", box=None, title="The C library in a game's process")
    for figure in found:
        promise = f"<= {figure.limit:g} {figure.unit}" if figure.limit is not None else ""
        style = "" if figure.kept else "red"
        table.add_row(figure.name, f"{figure.value:,.3g} {figure.unit}", promise, style=style)
    return table
