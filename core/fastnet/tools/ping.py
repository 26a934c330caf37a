"""`fastnet ping HOST[:PORT]`: round trips to an echo server, on every channel. The server is `fastnet serve`."""

import struct
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

import click
from rich.console import Console
from rich.table import Table

import fastnet
from fastnet.protocol.errors import WouldBlockError
from fastnet.protocol.events import Data, Disconnected
from fastnet.tools.figures import percentile, time_text
from fastnet.tools.options import Target, TargetType, trust_of, trust_options

CHANNELS = {0: "reliable ordered", 1: "unreliable", 2: "reliable unordered", 3: "sequenced"}
_HEAD = struct.Struct(">IQ")
_NS_PER_S = 1_000_000_000
_LAST_WAIT_S = 1.0


@dataclass(slots=True)
class Tally:
    """The echoes of one channel."""

    sent: int = 0
    round_trips_us: list[float] = field(default_factory=list)

    @property
    def lost(self) -> int:
        """Messages without an echo."""
        return self.sent - len(self.round_trips_us)

    @property
    def jitter_us(self) -> float:
        """How much one round trip differs from the next, on average."""
        pairs = list(zip(self.round_trips_us, self.round_trips_us[1:], strict=False))
        return sum(abs(later - earlier) for earlier, later in pairs) / len(pairs) if pairs else 0.0


class Pinger:
    """Sends one message on each channel a round, and listens."""

    def __init__(self, client: fastnet.Client, size: int, console: Console) -> None:
        self.tallies = {channel: Tally() for channel in CHANNELS}
        self._client, self._console = client, console
        self._filling = bytes(size - _HEAD.size)
        self._current: dict[int, float] = {}
        self._round = 0

    def send_round(self) -> None:
        """The next message on every channel."""
        self._round += 1
        self._current.clear()
        for channel, tally in self.tallies.items():
            message = _HEAD.pack(self._round, time.monotonic_ns()) + self._filling
            try:
                self._client.send(1, channel, message)
            except WouldBlockError:
                continue  # The network has been gone for long: nothing was sent, so nothing is missed.
            tally.sent += 1

    def listen(self, seconds: float, until_all: bool = False) -> None:
        """Take echoes for `seconds`; with `until_all`, only until every one is back."""
        end_ns = time.monotonic_ns() + int(seconds * _NS_PER_S)
        while (left_ns := end_ns - time.monotonic_ns()) > 0:
            if until_all and not any(tally.lost for tally in self.tallies.values()):
                return
            self._client.wait(left_ns / _NS_PER_S)
            for event in self._client.poll():
                match event:
                    case Data(_, channel, data):
                        self._note(channel, data)
                    case Disconnected(_, code, reason):
                        raise click.ClickException(f"the server ended the connection: {reason or 'no reason'} ({code})")

    def say_round(self) -> None:
        """One line for the round: the time on each channel, or a dash."""
        times = [
            f"{name} {time_text(self._current[channel]) if channel in self._current else '-':>8}"
            for channel, name in CHANNELS.items()
        ]
        self._console.print(f"[dim]{self._round:>4}[/]  " + "   ".join(times))

    def _note(self, channel: int, data: bytes) -> None:
        if channel not in self.tallies or len(data) < _HEAD.size:
            return  # Not an echo of ours: the server says something of its own.
        number, sent_ns = _HEAD.unpack_from(data)
        round_trip_us = (time.monotonic_ns() - sent_ns) / 1_000
        self.tallies[channel].round_trips_us.append(round_trip_us)
        if number == self._round:
            self._current[channel] = round_trip_us


def summary(tallies: dict[int, Tally]) -> Table:
    """The figures, a row a channel."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("channel")
    for heading in ("sent", "echoed", "lost", "min", "p50", "p99", "max", "jitter"):
        table.add_column(heading, justify="right")
    for channel, tally in tallies.items():
        times = tally.round_trips_us
        lost = f"{tally.lost / tally.sent:.1%}" if tally.sent else "-"
        figures = (min(times), percentile(times, 50), percentile(times, 99), max(times)) if times else ()
        texts = [time_text(figure) for figure in figures] or ["-"] * 4
        jitter = time_text(tally.jitter_us) if len(times) > 1 else "-"
        table.add_row(f"{channel} {CHANNELS[channel]}", f"{tally.sent:,}", f"{len(times):,}", lost, *texts, jitter)
    return table


def _rounds(count: int | None) -> Iterable[int]:
    number = 0
    while count is None or number < count:
        yield number
        number += 1


@click.command()
@click.argument("target", type=TargetType())
@click.option("-c", "--count", type=click.IntRange(1), help="Rounds; without it, until Ctrl-C.")
@click.option("-i", "--interval", default=1.0, show_default=True, type=click.FloatRange(0.001), help="Seconds a round.")
@click.option("-s", "--size", default=64, show_default=True, type=click.IntRange(12, 16_384), help="Bytes a message.")
@trust_options
def ping(
    target: Target, count: int | None, interval: float, size: int, pins: tuple[str, ...], ca: str | None, danger: bool
) -> None:
    """Measure round trips to an echo server (`fastnet serve`), channel by channel.

    TARGET is HOST or HOST:PORT of its TCP port, 7778 if not given. Exit status 1 if nothing came back.
    """
    console = Console(highlight=False)
    with fastnet.Client.connect((target.host, target.port), trust=trust_of(pins, ca, danger)) as client:
        console.print(f"Connected to {target}; one message of {size:,} bytes on each channel every {interval:g} s.")
        pinger = Pinger(client, size, console)
        try:
            for number in _rounds(count):
                pinger.send_round()
                is_last = count is not None and number == count - 1
                pinger.listen(_LAST_WAIT_S if is_last else interval, until_all=is_last)
                pinger.say_round()
        except KeyboardInterrupt:
            console.print()
    console.print(summary(pinger.tallies))
    if not any(tally.round_trips_us for tally in pinger.tallies.values()):
        console.print("Nothing came back: does the server echo? `fastnet serve` does.")
        raise click.exceptions.Exit(1)
