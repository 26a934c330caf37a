"""The command line: data to stdout, talk to stderr. 0 fine, 1 stale or breaking, 2 fault or usage, 3 plug-in failed."""

import sys
from collections.abc import Sequence

import click

from fastnet_codegen import __version__
from fastnet_codegen.cli import abi, asking, printing, starting
from fastnet_codegen.cli.common import Setting, find_description
from fastnet_codegen.diagnostics import DescriptionError, PluginError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--api",
    "folder",
    type=click.Path(file_okay=False, exists=True),
    help="The description; by default codegen/api here or above, else the packaged one.",
)
@click.version_option(__version__)
@click.pass_context
def tool(context: click.Context, folder: str | None) -> None:
    """Prints headers, bindings and references of a C API from one typed description."""
    context.obj = Setting(*find_description(folder))


for command in (*printing.COMMANDS, *asking.COMMANDS, *abi.COMMANDS, *starting.COMMANDS):
    tool.add_command(command)


def run(arguments: Sequence[str]) -> int:
    """One command; returns the status."""
    try:
        tool.main(list(arguments), prog_name="fastnet-codegen", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return 2
    except click.Abort:
        return 130
    except DescriptionError as error:
        click.echo(str(error), err=True)
        return 2
    except PluginError as error:
        click.echo(str(error), err=True)
        return 3
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    return 0


def main() -> None:
    """The console script."""
    sys.exit(run(sys.argv[1:]))
