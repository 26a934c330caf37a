"""What a second core is worth to a server: `python tests/benchmarks/cores.py [--seconds S] [--rounds N] [--json FILE]`.

With n cores, n workers share the ports, one pinned to each core, and beside each, on the same core, runs a process with
clients of that worker, so a core's whole budget is one worker and its load: nothing is hidden on a third core. Clients
send 64 bytes, unreliable, and keep 32 echoes each on their way. Rounds with one and with two cores alternate; the ratio
is the median of the ratios within a round.
"""

import json
import multiprocessing
import os
import statistics
from multiprocessing.connection import Connection
from pathlib import Path

import click
from fastnet import Client, Data, Trust, Worker, Workers
from fastnet.net.clock import monotonic_ns
from fastnet.net.credentials import load_credentials
from fastnet.net.devca import certificate_pem, key_pem, self_signed

CLIENTS, ON_THEIR_WAY, PAYLOAD = 4, 32, bytes(64)


def echo(worker: Worker) -> None:
    """A worker on its core. The first word of a client is a question: which worker are you?"""
    os.sched_setaffinity(0, {sorted(os.sched_getaffinity(0))[worker.index]})
    server, known = worker.server, set()
    while not worker.stopping:
        server.wait()
        for event in server.poll():
            if isinstance(event, Data):
                answer = event.data if event.peer_id in known else b"%d" % worker.index
                known.add(event.peer_id)
                server.send(event.peer_id, event.channel, answer)


def ask(client: Client) -> int:
    """Which worker has this client."""
    client.send(1, 0, b"who?")
    while True:
        client.wait()
        for event in client.poll():
            if isinstance(event, Data):
                return int(event.data)


def load(index: int, address: tuple[str, int], pin: str, seconds: float, start: Connection) -> None:
    """Clients of worker `index`, on its core; says how many echoes a second came."""
    os.sched_setaffinity(0, {sorted(os.sched_getaffinity(0))[index]})
    mine: list[Client] = []
    while len(mine) < CLIENTS:
        client = Client.connect(address, trust=Trust(pins=[pin]))
        if ask(client) == index:
            mine.append(client)
        else:
            client.close()
    start.send("ready")
    start.recv()
    for client in mine:
        for _ in range(ON_THEIR_WAY):
            client.send(1, 1, PAYLOAD)
    echoes, began_ns = 0, monotonic_ns()
    until_ns = began_ns + int(seconds * 1e9)
    while (now_ns := monotonic_ns()) < until_ns:
        for client in mine:
            events = client.poll()
            echoes += len(events)
            for _ in events:
                client.send(1, 1, PAYLOAD)
    start.send(echoes * 1e9 / (now_ns - began_ns))
    for client in mine:
        client.close()


def measure(cores: int, seconds: float) -> float:
    """Echoes a second with so many cores."""
    made = self_signed(["localhost"])
    pin = load_credentials(certificate_pem(made), key_pem(made)).pin
    context = multiprocessing.get_context("spawn")
    with Workers(echo, cores, "127.0.0.1:0", "127.0.0.1:0", certificate_pem(made), key_pem(made)) as workers:
        pipes, processes = [], []
        for index in range(cores):
            ours, theirs = context.Pipe()
            process = context.Process(target=load, args=(index, workers.tcp_address, pin, seconds, theirs))
            process.start()
            pipes.append(ours)
            processes.append(process)
        for pipe in pipes:
            pipe.recv()
        for pipe in pipes:
            pipe.send("go")
        total = sum(pipe.recv() for pipe in pipes)
        for process in processes:
            process.join()
    return float(total)


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
        rows.append({"one_core_per_s": one, "two_cores_per_s": two, "ratio": two / one})
        click.echo(f"one core {one:9,.0f}/s   two cores {two:9,.0f}/s   ratio {two / one:.2f}")
    ratio = statistics.median(row["ratio"] for row in rows)
    click.echo(f"median ratio {ratio:.2f}")
    if json_file is not None:
        json_file.write_text(json.dumps({"rounds": rows, "median_ratio": ratio}, indent=2))


if __name__ == "__main__":
    main()
