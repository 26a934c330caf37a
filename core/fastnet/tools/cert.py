"""`fastnet cert`: a certificate for a server, and what to tell the people who connect to it."""

from pathlib import Path

import click
from rich.console import Console

from fastnet.net.devca import KEY_KINDS, LOOPBACK_NAMES
from fastnet.tools.certificates import CertificateFiles, create_development, create_self_signed


@click.command()
@click.option("--self-signed", is_flag=True, help="Trusted by its pin or its file alone; for any host name.")
@click.option("--name", "names", multiple=True, help="A host name or address it is for; may be repeated.")
@click.option("--out", default=".", show_default=True, type=click.Path(file_okay=False, path_type=Path), help="Folder.")
@click.option("--kind", type=click.Choice(KEY_KINDS), help="Kind of key.  [default: ec]")
@click.option("--days", type=click.IntRange(1, 36_500), help="How long it is valid.  [default: 365]")
@click.option("--force", is_flag=True, help="Overwrite cert.pem and key.pem.")
def cert(self_signed: bool, names: tuple[str, ...], out: Path, kind: str | None, days: int | None, force: bool) -> None:
    """Make cert.pem and key.pem: a development certificate, which clients on this machine trust by themselves, or,
    with --self-signed, one that clients trust by the pin that is printed."""
    if self_signed:
        if not names:
            raise click.UsageError("--self-signed needs the --name of the host, such as --name play.example.org")
        made = create_self_signed(out, names, kind=kind or "ec", days=days or 365, overwrite=force)
    else:
        if kind or days:
            raise click.UsageError("--kind and --days belong to --self-signed")
        made = create_development(out, names or LOOPBACK_NAMES, overwrite=force)
    _tell(made)


def _tell(made: CertificateFiles) -> None:
    console = Console(highlight=False, soft_wrap=True)
    console.print(f"Certificate  {made.certificate}, for {', '.join(made.names)}, until {made.expires:%Y-%m-%d}")
    console.print(f"Private key  {made.key}: keep it secret")
    console.print(f"Pin          {made.pin}")
    if made.ca is None:
        console.print(f"Clients connect with Trust(pins=[{made.pin!r}]) or Trust(ca={str(made.certificate)!r}).")
    else:
        console.print(f"Signed by    {made.ca}: clients of this user on this machine trust it by themselves.")
