"""Does a process grow while messages flow? `growth.py [--seconds S] [--rate N] [--limit BYTES] [--json FILE]`

Two processes on loopback: a client sends so many messages a second, on all four channels and of several sizes, and the
server sends each back. Beside them the resident memory of both is read from the kernel, evenly over the run. The first
part is warm-up, in which caches and arenas fill. Of the rest counts the slope: the median of the slopes between all
pairs of readings, which noise and a single step hardly move. By the rate it becomes bytes a message. What leaks loses
tens of bytes each time it does, so even one leak in a hundred messages is above the limit.
"""

import contextlib
import itertools
import json
import multiprocessing
import os
import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any

import click
from fastnet import Client, Data, FastNetError, Server, Trust, WouldBlockError
from fastnet.net.clock import monotonic_ns
from fastnet.net.devca import certificate_pem, key_pem, self_signed

HERE = ("127.0.0.1", 0)
PAYLOADS = [bytes(size) for size in (8, 60, 200, 1_000)]
CHANNELS = 4
TURN_S, READY_S, LATE_FACTOR = 0.001, 60.0, 10
READINGS, WARM_UP_SHARE = 240, 0.2
LINES = 12
KIB, MIB, MINUTE_S = 1_024, 1_048_576, 60
HELD_SHARE = 0.98
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Reading:
    """Resident bytes of both ends, so many seconds after the first message."""

    at_s: float
    server: int
    client: int


@dataclass(frozen=True, slots=True)
class Flow:
    """What the client did."""

    sent: int
    returned: int
    per_second: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """Bytes of memory that each end keeps of a message, and whether that and the rate are what was asked for."""

    server_bytes_a_message: float
    client_bytes_a_message: float
    grows: bool
    rate_held: bool


def slope(points: Sequence[tuple[float, float]]) -> float:
    """The median of the slopes between all pairs of points (Theil and Sen)."""
    pairs = itertools.combinations(points, 2)
    return statistics.median((later - earlier) / (end - begin) for (begin, earlier), (end, later) in pairs)


def judge(readings: Sequence[Reading], flow: Flow, rate: int, limit: float) -> Verdict:
    """What the readings after the warm-up say."""
    warm_s = readings[-1].at_s * WARM_UP_SHARE
    warm = [each for each in readings if each.at_s >= warm_s]
    server = slope([(each.at_s, each.server) for each in warm]) / flow.per_second
    client = slope([(each.at_s, each.client) for each in warm]) / flow.per_second
    return Verdict(server, client, max(server, client) > limit, flow.per_second >= rate * HELD_SHARE)


def resident_bytes(process_id: int) -> int:
    """What a process holds of the machine's memory."""
    return int(Path(f"/proc/{process_id}/statm").read_text().split()[1]) * PAGE_BYTES


def serve(parent: Connection) -> None:
    """Send every message back, until the process is ended."""
    own = self_signed(["localhost"])
    with Server(HERE, HERE, certificate_pem(own), key_pem(own)) as server:
        parent.send((server.tcp_address, server.pin))
        while True:
            for event in server.poll(READY_S):
                if isinstance(event, Data):
                    with contextlib.suppress(WouldBlockError):  # A reliable queue is full: this one does not return.
                        server.send(event.peer_id, event.channel, event.data)


def load(parent: Connection, address: tuple[str, int], pin: str, count: int, rate: int) -> None:
    """Send `count` messages, each at its time or as soon as there is room, and take what comes back."""
    with Client.connect(address, trust=Trust(pins=(pin,))) as client:
        parent.send(None)
        sent = returned = 0
        began_ns = monotonic_ns()
        while sent < count:
            due = min(count, (monotonic_ns() - began_ns) * rate // 1_000_000_000)
            sent += send_until(client, sent, due)
            returned += sum(isinstance(event, Data) for event in client.poll(TURN_S))
        parent.send(Flow(sent, returned, sent * 1e9 / (monotonic_ns() - began_ns)))


def send_until(client: Client, sent: int, due: int) -> int:
    """Send the messages from number `sent` to `due`; how many the library took."""
    for number in range(sent, due):
        try:
            client.send(1, number % CHANNELS, PAYLOADS[number // CHANNELS % len(PAYLOADS)])
        except WouldBlockError:
            return number - sent
    return due - sent


def measure(seconds: float, rate: int, server_of: Callable[[Connection], None] = serve) -> tuple[list[Reading], Flow]:
    """Run both ends, and read their memory meanwhile. `server_of` is the program of the server."""
    with contextlib.ExitStack() as stack:
        server, server_says = stack.enter_context(running(server_of))
        address, pin = hear(server_says, READY_S)
        client, client_says = stack.enter_context(running(load, address, pin, round(seconds * rate), rate))
        hear(client_says, READY_S)
        assert server.pid is not None
        assert client.pid is not None
        readings, began_ns = [], monotonic_ns()
        while not client_says.poll(seconds / READINGS):
            at_s = (monotonic_ns() - began_ns) / 1e9
            readings.append(Reading(at_s, resident_bytes(server.pid), resident_bytes(client.pid)))
            if at_s > READY_S + LATE_FACTOR * seconds:
                raise FastNetError(
                    f"{rate} messages a second take more than {LATE_FACTOR} times as long as they should"
                )
        return readings, hear(client_says, 0)


@contextlib.contextmanager
def running(target: Callable[..., None], *arguments: object) -> Iterator[tuple[SpawnProcess, Connection]]:
    """A process that says something through a pipe, and does not outlive the block."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=target, args=(theirs, *arguments), daemon=True)
    process.start()
    theirs.close()  # So that the end of the process is the end of the pipe.
    try:
        yield process, ours
    finally:
        process.kill()
        process.join()


def hear(pipe: Connection, limit_s: float) -> Any:
    """What a process says."""
    if not pipe.poll(limit_s):
        raise FastNetError(f"a process says nothing within {limit_s:.0f} s")
    try:
        return pipe.recv()
    except EOFError as error:
        raise FastNetError("a process ended before its time; what it said stands above") from error


def lines_of(readings: Sequence[Reading], flow: Flow, rate: int, verdict: Verdict) -> Iterator[str]:
    """The table that people read."""
    yield "  time     server     client"
    step = max(1, len(readings) // LINES)
    for each in readings[::step]:
        yield f"{each.at_s:4.0f} s {each.server / MIB:6.2f} MiB {each.client / MIB:6.2f} MiB"
    yield f"{flow.sent:,} messages, {flow.per_second:,.0f} a second; {flow.sent - flow.returned:,} did not return"
    kept = (("server", verdict.server_bytes_a_message), ("client", verdict.client_bytes_a_message))
    for name, bytes_a_message in kept:
        minute = bytes_a_message * flow.per_second * MINUTE_S / KIB
        yield f"{name}: {bytes_a_message:+.3f} bytes a message, {minute:+,.0f} KiB a minute"
    yield (
        "verdict: "
        + ("memory grows" if verdict.grows else "no growth")
        + ("" if verdict.rate_held else f", but the rate was not held: {flow.per_second:,.0f} of {rate:,} a second")
    )


@click.command(help=__doc__)
@click.option("--seconds", default=600.0, show_default=True, type=click.FloatRange(1), help="Length of the run.")
@click.option("--rate", default=20_000, show_default=True, type=click.IntRange(1), help="Messages a second, each way.")
@click.option("--limit", default=0.1, show_default=True, help="Bytes a message that count as growth.")
@click.option("--json", "json_file", type=click.Path(path_type=Path), help="Write the readings and the verdict here.")
def main(seconds: float, rate: int, limit: float, json_file: Path | None) -> None:
    """See the module. Exit status 1: it grows, or the rate was not held."""
    readings, flow = measure(seconds, rate)
    verdict = judge(readings, flow, rate, limit)
    for line in lines_of(readings, flow, rate, verdict):
        click.echo(line)
    if json_file is not None:
        content = {"flow": asdict(flow), "verdict": asdict(verdict), "readings": [asdict(each) for each in readings]}
        json_file.write_text(json.dumps(content, indent=2))
    raise SystemExit(verdict.grows or not verdict.rate_held)


if __name__ == "__main__":
    main()
