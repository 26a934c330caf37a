"""`fastnet serve`: an echo server on every channel, and a live table of its peers. `fastnet ping` talks to it."""

import sys
import time
from dataclasses import dataclass, field

import click
from rich.console import Console
from rich.live import Live
from rich.table import Table

import fastnet
from fastnet.net.credentials import Credentials, load_credentials
from fastnet.net.devca import ensure_dev_ca, issue_leaf
from fastnet.protocol.errors import UsageError
from fastnet.protocol.events import Connected, Data, Disconnected
from fastnet.protocol.figures import PeerStats
from fastnet.protocol.numbers import CloseCode
from fastnet.tools.echoes import Echoes
from fastnet.tools.figures import bytes_text, time_text
from fastnet.tools.options import DEFAULT_TCP_PORT, DEFAULT_UDP_PORT

ROWS_MAX = 30
REFRESH_S = 0.5
_TURN_S = 0.1


@dataclass(slots=True)
class PeerView:
    """What the table remembers of a peer from one refresh to the next."""

    since_s: float
    messages: int = 0
    rates: tuple[float, float] = (0.0, 0.0)
    _seen: tuple[float, int, int] = field(default=(0.0, 0, 0))

    def refresh(self, now_s: float, stats: PeerStats) -> None:
        """Work out bytes a second in and out since the last refresh."""
        before_s, received, sent = self._seen
        elapsed_s = now_s - (before_s or self.since_s)
        if elapsed_s > 0:
            self.rates = ((stats.bytes_received - received) / elapsed_s, (stats.bytes_sent - sent) / elapsed_s)
        self._seen = (now_s, stats.bytes_received, stats.bytes_sent)


class EchoServer:
    """Answers everything, and can say how its peers are doing."""

    def __init__(self, server: fastnet.Server, console: Console, *, logs: bool) -> None:
        self._server, self._console, self._logs = server, console, logs
        self._echoes = Echoes(server)
        self._views: dict[int, PeerView] = {}
        self._total = 0

    def turn(self) -> None:
        """Wait a moment, and answer what came."""
        self._server.wait(_TURN_S)
        for event in self._server.poll():
            match event:
                case Connected(peer_id):
                    self._views[peer_id] = PeerView(time.monotonic())
                    self._say(f"peer {peer_id} connected from {self._server.peer(peer_id).address}")
                case Data(peer_id, _, _):
                    self._answer(event)
                case Disconnected(peer_id, code, reason):
                    self._views.pop(peer_id, None)
                    self._echoes.forget(peer_id)
                    self._say(f"peer {peer_id} left: {_why(code, reason)}")
        self._echoes.retry()

    def table(self) -> Table:
        """A row for each peer, the longest connected first."""
        now_s = time.monotonic()
        table = Table(box=None, pad_edge=False, header_style="bold", title_justify="left")
        table.title = f"{len(self._views):,} peers, {self._total:,} messages echoed"
        for heading in ("peer", "address"):
            table.add_column(heading)
        for heading in ("for", "RTT", "jitter", "loss", "in", "out", "messages", "queued"):
            table.add_column(heading, justify="right")
        for peer_id, view in list(self._views.items())[:ROWS_MAX]:
            try:
                stats = self._server.peer(peer_id)
            except UsageError:
                continue  # It left between two polls.
            view.refresh(now_s, stats)
            table.add_row(*_cells(stats, view, now_s))
        if len(self._views) > ROWS_MAX:
            table.add_row("", f"and {len(self._views) - ROWS_MAX:,} more")
        return table

    def _answer(self, event: Data) -> None:
        self._total += 1
        view = self._views.get(event.peer_id)
        if view is not None:
            view.messages += 1
        if not self._echoes.answer(event):
            self._server.disconnect(event.peer_id, CloseCode.RESOURCE_LIMIT, "you send, but do not take the echoes")

    def _say(self, text: str) -> None:
        if self._logs:
            self._console.print(text)


def _cells(stats: PeerStats, view: PeerView, now_s: float) -> tuple[str, ...]:
    rtt, jitter = (time_text(value * 1_000) if value is not None else "-" for value in (stats.rtt_ms, stats.jitter_ms))
    queued = sum(channel.queued_bytes for channel in stats.channels.values())
    received, sent = view.rates
    return (
        str(stats.peer_id),
        stats.address,
        f"{now_s - view.since_s:.0f} s",
        rtt,
        jitter,
        f"{stats.loss:.1%}",
        f"{bytes_text(received)}/s",
        f"{bytes_text(sent)}/s",
        f"{view.messages:,}",
        bytes_text(queued),
    )


def _why(code: int, reason: str) -> str:
    known = CloseCode(code).name if code in set(CloseCode) else str(code)
    return f"{known}, {reason}" if reason else known


def _credentials(cert: str | None, key: str | None) -> Credentials:
    if (cert is None) != (key is None):
        raise click.UsageError("--cert and --key belong together: give both, or none for a development certificate")
    if cert is None or key is None:
        return issue_leaf(ensure_dev_ca().credentials)
    return load_credentials(cert, key)


@click.command()
@click.option("--host", default="", help="The address to listen on; every address of this machine if not given.")
@click.option("--udp", default=DEFAULT_UDP_PORT, show_default=True, type=click.IntRange(0, 65_535), help="UDP port.")
@click.option("--tcp", default=DEFAULT_TCP_PORT, show_default=True, type=click.IntRange(0, 65_535), help="TCP port.")
@click.option("--cert", type=click.Path(exists=True, dir_okay=False), help="Certificate chain, PEM.")
@click.option("--key", type=click.Path(exists=True, dir_okay=False), help="Its private key, PEM.")
@click.option("--log", "logs", is_flag=True, help="Lines instead of a live table; so it is without a terminal, too.")
def serve(host: str, udp: int, tcp: int, cert: str | None, key: str | None, logs: bool) -> None:
    """Run an echo server and watch its peers. Without --cert it uses a development certificate, which clients on this
    machine trust by themselves. Ctrl-C ends it and tells every peer."""
    console = Console(highlight=False)
    credentials = _credentials(cert, key)
    with fastnet.Server((host, udp), (host, tcp), credentials.chain, credentials.private_key) as server:
        console.print(f"Listening on UDP {server.udp_address[1]} and TCP {server.tcp_address[1]}; Ctrl-C ends it.")
        console.print(f"Pin: {credentials.pin}")
        sys.stdout.flush()
        try:
            _run(server, console, logs or not console.is_terminal)
        except KeyboardInterrupt:
            console.print("Ended.")


def _run(server: fastnet.Server, console: Console, logs: bool) -> None:
    echo = EchoServer(server, console, logs=logs)
    if logs:
        while True:
            echo.turn()
    with Live(echo.table(), console=console, auto_refresh=False) as live:
        refresh_s = 0.0
        while True:
            echo.turn()
            if time.monotonic() >= refresh_s:
                refresh_s = time.monotonic() + REFRESH_S
                live.update(echo.table(), refresh=True)
