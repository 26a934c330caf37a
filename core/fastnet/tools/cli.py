"""`fastnet`, the command: one group whose commands are imported only when they are used."""

import importlib
import sys
from typing import Any

try:
    import click
except ImportError:
    sys.exit("fastnet: the command line needs its extra packages: pip install 'fastnet-game[tools]'")

from fastnet.protocol.errors import FastNetError

COMMANDS = {
    "cert": ("fastnet.tools.cert", "Make a development certificate, or a self-signed one, and print its pin."),
    "serve": ("fastnet.tools.serve", "Run an echo server and watch its peers."),
    "ping": ("fastnet.tools.ping", "Measure round trips to a server, channel by channel."),
    "demo": ("fastnet.tools.demo.command", "See all four channels keep their word, on a good link and on a bad one."),
    "doctor": ("fastnet.tools.doctor", "Check this machine, and say how to mend what it lacks."),
    "bench": ("fastnet.tools.bench", "Measure speed against raw UDP."),
}
EXTRA_PACKAGES = ("rich", "matplotlib", "platformdirs")


class LazyGroup(click.Group):
    """Knows its commands by name and imports one when it is called. What FastNet raises becomes one clear line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command itself; None for a name that is not in the table."""
        if cmd_name not in COMMANDS:
            return None
        module_name = COMMANDS[cmd_name][0]
        try:
            command = getattr(importlib.import_module(module_name), cmd_name)
        except ImportError as error:
            raise click.ClickException(_why_missing(cmd_name, module_name, error)) from error
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list in `--help`, without importing anything."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an error of FastNet's is for people to read, not a traceback."""
        try:
            return super().invoke(ctx)
        except FastNetError as error:
            raise click.ClickException(str(error)) from error


def _why_missing(command: str, module: str, error: ImportError) -> str:
    missing = (error.name or "").partition(".")[0]
    if missing in EXTRA_PACKAGES:
        return f"`fastnet {command}` needs {missing}: pip install 'fastnet-game[tools]'"
    if error.name == module:
        return f"this installation has no `fastnet {command}`"
    return f"`fastnet {command}` cannot start: {error}; is FastNet built? Try `make build`, then `fastnet doctor`"


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="fastnet-game", prog_name="fastnet")
def cli() -> None:
    """Encrypted real-time networking for games: certificates, servers, measurements, and a demonstration."""


def main() -> None:
    """The entry point of the `fastnet` command."""
    cli(prog_name="fastnet")
