"""What a second core is worth to a server: `python tests/benchmarks/cores.py [--seconds S] [--rounds N] [--json FILE]`.

With n cores, n workers share the ports, one pinned to each core, and beside each, on the same core, runs a process with
clients of that worker, so a core's whole budget is one worker and its load: nothing is hidden on a third core. Clients
send 64 bytes, unreliable, and keep 32 echoes each on their way. Rounds with one and with two cores alternate.

Two ratios, each the median of the ratios within a round. `throughput`: echoes a second on two cores, to those on one.
`server`: the same if clients cost nothing, which is twice the CPU time a worker spends on an echo when it is alone, to
what it spends beside another. Whatever workers take from each other, in the kernel or in the caches, lowers both; how
dear the clients are moves only the first.
"""

import contextlib
import json
import multiprocessing
import os
import statistics
import time
from dataclasses import asdict, dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import click
from fastnet import Client, Data, FastNetError, Trust, Worker, Workers
from fastnet.net.clock import monotonic_ns
from fastnet.net.credentials import load_credentials
from fastnet.net.devca import certificate_pem, key_pem, self_signed

CLIENTS, ON_THEIR_WAY, PAYLOAD = 4, 32, bytes(64)
CALLS_MAX, PATIENCE_S, READY_S = 200, 10.0, 60.0


@dataclass(frozen=True, slots=True)
class Echoes:
    """What one load process, or all of them together, saw in one measurement."""

    per_second: float
    cpu_us_each: float
    """CPU time of the workers alone for each echo."""


def echo(worker: Worker) -> None:
    """A worker on its core. The first word of a client is a question: which worker are you?"""
    pin_to(worker.index)
    server, known = worker.server, set()
    for event in worker.events():
        if isinstance(event, Data):
            answer = event.data if event.peer_id in known else b"%d" % worker.index
            known.add(event.peer_id)
            with contextlib.suppress(FastNetError):  # The peer of an event may be gone by the time it is read.
                server.send(event.peer_id, event.channel, answer)


def pin_to(index: int) -> None:
    """This process, to the core with that place among ours."""
    os.sched_setaffinity(0, {sorted(os.sched_getaffinity(0))[index]})


def ask(client: Client) -> int:
    """Which worker has this client."""
    client.send(1, 0, b"who?")
    until_ns = monotonic_ns() + int(PATIENCE_S * 1e9)
    while monotonic_ns() < until_ns:
        client.wait(PATIENCE_S)
        for event in client.poll():
            if isinstance(event, Data):
                return int(event.data)
    raise FastNetError(f"no worker answers within {PATIENCE_S:.0f} s")


def clients_of(index: int, address: tuple[str, int], pin: str) -> list[Client]:
    """Connect until worker `index` has its clients; those of others leave again."""
    mine: list[Client] = []
    for _ in range(CALLS_MAX):
        client = Client.connect(address, trust=Trust(pins=[pin]))
        if ask(client) == index:
            mine.append(client)
        else:
            client.close()
        if len(mine) == CLIENTS:
            return mine
    raise FastNetError(f"{CALLS_MAX} connections miss worker {index}: not chance")


def cpu_ns(process_id: int) -> int:
    """The CPU time of another process: the clock's number is Linux's own."""
    return time.clock_gettime_ns((~process_id << 3) | 2)


def load(index: int, worker_id: int, address: tuple[str, int], pin: str, seconds: float, orders: Connection) -> None:
    """Clients of worker `index`, on its core; says how many echoes a second came, and what they cost the worker."""
    pin_to(index)
    mine = clients_of(index, address, pin)
    orders.send(None)
    orders.recv()
    for client in mine:
        for _ in range(ON_THEIR_WAY):
            client.send(1, 1, PAYLOAD)
    keep_echoing(mine, seconds / 10)
    cpu_before_ns, began_ns = cpu_ns(worker_id), monotonic_ns()
    count = keep_echoing(mine, seconds)
    elapsed_ns, used_ns = monotonic_ns() - began_ns, cpu_ns(worker_id) - cpu_before_ns
    orders.send(Echoes(count * 1e9 / elapsed_ns, used_ns / 1e3 / count))
    for client in mine:
        client.release()


def keep_echoing(clients: list[Client], seconds: float) -> int:
    """A new message for each echo that comes, until time is up; how many came."""
    count, until_ns = 0, monotonic_ns() + int(seconds * 1e9)
    while monotonic_ns() < until_ns:
        for client in clients:
            events = client.poll()
            count += len(events)
            for _ in events:
                client.send(1, 1, PAYLOAD)
    return count


def measure(cores: int, seconds: float) -> Echoes:
    """So many workers on so many cores, each with its load beside it."""
    made = self_signed(["localhost"])
    pin = load_credentials(certificate_pem(made), key_pem(made)).pin
    context = multiprocessing.get_context("spawn")
    with Workers(echo, cores, "127.0.0.1:0", "127.0.0.1:0", certificate_pem(made), key_pem(made)) as workers:
        pipes = []
        for index, worker_id in enumerate(workers.process_ids):
            ours, theirs = context.Pipe()
            arguments = (index, worker_id, workers.tcp_address, pin, seconds, theirs)
            context.Process(target=load, args=arguments, daemon=True).start()
            pipes.append(ours)
        for pipe in pipes:
            hear(pipe, READY_S)
        for pipe in pipes:
            pipe.send(None)
        found = [hear(pipe, READY_S + 2 * seconds) for pipe in pipes]
    total = sum(each.per_second for each in found)
    return Echoes(total, sum(each.cpu_us_each * each.per_second for each in found) / total)


def hear(pipe: Connection, limit_s: float) -> Echoes:
    """What a load process says."""
    if not pipe.poll(limit_s):
        raise FastNetError(f"a load process says nothing within {limit_s:.0f} s")
    return pipe.recv()


@click.command(help=__doc__)
@click.option("--seconds", default=3.0, help="Length of one measurement.")
@click.option("--rounds", default=5, help="How many pairs of measurements.")
@click.option("--json", "json_file", type=click.Path(path_type=Path), help="Write the numbers here.")
def main(seconds: float, rounds: int, json_file: Path | None) -> None:
    """See the module."""
    if len(os.sched_getaffinity(0)) < 2:
        raise click.ClickException("this needs two cores")
    rows = []
    for _ in range(rounds):
        one, two = measure(1, seconds), measure(2, seconds)
        ratios = {"throughput": two.per_second / one.per_second, "server": 2 * one.cpu_us_each / two.cpu_us_each}
        rows.append({"one_core": asdict(one), "two_cores": asdict(two), **ratios})
        click.echo(f"{say(one)} on one core, {say(two)} on two: x {ratios['throughput']:.2f}, {ratios['server']:.2f}")
    medians = {name: statistics.median(row[name] for row in rows) for name in ("throughput", "server")}
    click.echo(f"two cores to one, medians: throughput {medians['throughput']:.2f}, server {medians['server']:.2f}")
    if json_file is not None:
        json_file.write_text(json.dumps({"rounds": rows, "medians": medians}, indent=2))


def say(echoes: Echoes) -> str:
    """Echoes a second, and the workers' share of a core that they took."""
    return f"{echoes.per_second:7,.0f}/s ({echoes.cpu_us_each:.2f} us of a worker each)"


if __name__ == "__main__":
    main()
