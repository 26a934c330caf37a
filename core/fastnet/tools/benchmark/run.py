"""One run of one contender: two processes on two cores, every wait bounded, nothing left behind."""

import contextlib
import json
import os
import select
import subprocess
import sys
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from fastnet.protocol.errors import FastNetError
from fastnet.testing.conditions import Conditions
from fastnet.testing.proxy import ImpairmentProxy
from fastnet.tools.benchmark.order import PATIENCE_MS, Order
from fastnet.tools.benchmark.peer import LOST, Contender

READY_TIMEOUT_S = 15.0
TIMER_SLACK = Path("/proc/self/timerslack_ns")
MESSAGE_TIME_S = 0.001
"""More than this per message, on average, is a hang."""
CONNECT_TIME_S = 0.05
"""So is more than this per connection."""
_ONE_WAYS = 4  # What nobody sends again is not waited for much longer than it travels.


class RunFailedError(FastNetError):
    """A contender's program ended badly, or not at all; the message quotes its last words."""


@dataclass(frozen=True, slots=True)
class Cores:
    """Where the two ends run."""

    server: int
    client: int


@dataclass(frozen=True, slots=True)
class Run:
    """What one run measured. `samples_ns` has no losses in it; a flood has no samples."""

    samples_ns: "array[int]"
    lost: int
    cpu_us: int
    elapsed_us: int
    delivered: int = 0
    peer_bytes: float | None = None
    """What a connected peer added to the server's memory, where that was asked."""

    @property
    def p50_ns(self) -> float:
        """The median; infinite when nothing arrived."""
        ordered = sorted(self.samples_ns)
        return ordered[len(ordered) // 2] if ordered else float("inf")

    @property
    def per_second(self) -> float:
        """Messages that arrived, by time."""
        return self.delivered / self.elapsed_us * 1e6 if self.elapsed_us else 0.0


def choose_cores(topology: Path = Path("/sys/devices/system/cpu")) -> Cores:
    """Two cores we may use, if possible not two threads of one. Raises FastNetError where there is only one."""
    mine = sorted(os.sched_getaffinity(0))
    if len(mine) < 2:
        raise FastNetError("a benchmark needs two CPU cores, one for each end; this process may use one only")
    client = mine[0]
    siblings = topology / f"cpu{client}/topology/thread_siblings_list"
    text = siblings.read_text() if siblings.exists() else str(client)
    strangers = [core for core in mine if core not in _core_list(text)]
    return Cores(server=(strangers or mine[1:])[0], client=client)


def _core_list(text: str) -> set[int]:
    """`0,4` or `0-1` as numbers."""
    found: set[int] = set()
    for part in text.strip().split(","):
        low, _, high = part.partition("-")
        found.update(range(int(low), int(high or low) + 1))
    return found


def run(contender: Contender, order: Order, cores: Cores) -> Run:
    """Start a server, let a client measure it, end both. Raises RunFailedError."""
    peer, variant = contender.peer, contender.variant
    if order.delay_us and variant.channel != "reliable":
        order = replace(order, patience_ms=order.delay_us // 1_000 * _ONE_WAYS + PATIENCE_MS)
    with _link(order) as proxy:
        if proxy is not None:
            order = replace(order, proxy_port=proxy.address[1])
        with _started(peer.serve_command(variant, order), cores.server) as server:
            ready = _ready_line(server, contender)
            if proxy is not None:
                proxy.server = ("127.0.0.1", peer.udp_port(ready))
            with _started(_client_command(contender, order, ready, server.pid), cores.client) as client:
                return _result(client, contender, order)


def _client_command(contender: Contender, order: Order, ready: str, server_pid: int) -> list[str]:
    """The peer's own client; a stranger needs none, for it knows nobody's protocol."""
    if order.kind != "garbage":
        return contender.peer.client_command(contender.variant, order, ready, server_pid)
    numbers = (contender.peer.udp_port(ready), order.payload_bytes, order.warmup, order.messages, server_pid)
    return [sys.executable, "-m", "fastnet.tools.benchmark.stranger", *map(str, numbers)]


@contextlib.contextmanager
def _link(order: Order) -> Iterator[ImpairmentProxy | None]:
    """The bad link between the two, if the order wants one. The same seed loses the same for everybody."""
    if not order.delay_us:
        yield None
        return
    with ImpairmentProxy(("127.0.0.1", 0), up=Conditions(loss=order.loss, delay_us=order.delay_us)) as proxy:
        yield proxy


@contextlib.contextmanager
def _started(command: list[str], core: int) -> Iterator[subprocess.Popen[bytes]]:
    """A process on `core`, which does not outlive the block."""
    mine = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})  # Inherited, also by whatever threads the program starts.
    with contextlib.suppress(OSError):  # As well: timers that fire when they are due, and not up to 50 us later.
        TIMER_SLACK.write_text("1")
    try:
        pipe = subprocess.PIPE
        process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe)
    except OSError as error:
        raise RunFailedError(f"cannot start {command[0]}: {error.strerror}") from error
    finally:
        os.sched_setaffinity(0, mine)
    with process:
        try:
            yield process
        finally:
            process.kill()


def _ready_line(server: subprocess.Popen[bytes], contender: Contender) -> str:
    assert server.stdout is not None
    assert server.stderr is not None
    if select.select([server.stdout], [], [], READY_TIMEOUT_S)[0]:
        line = server.stdout.readline().decode().strip()
        if line.startswith("ready "):
            return line.removeprefix("ready ")
    server.kill()
    raise RunFailedError(f"{contender.label}: the server did not start: {_last_words(server.stderr.read())}")


def _result(client: subprocess.Popen[bytes], contender: Contender, order: Order) -> Run:
    limit_s = READY_TIMEOUT_S + expected_s(order)
    try:
        output, words = client.communicate(timeout=limit_s)
    except subprocess.TimeoutExpired as error:
        raise RunFailedError(f"{contender.label}: no result within {limit_s:.0f} s") from error
    if client.returncode != 0:
        raise RunFailedError(f"{contender.label}: {_last_words(words)}")
    figures = json.loads(words.decode().strip().splitlines()[-1])
    samples = array("I", output)
    if "delivered" in figures:
        delivered = int(figures["delivered"])
    elif len(samples) == order.messages:
        delivered = len(samples) - samples.count(LOST)
    else:
        raise RunFailedError(f"{contender.label}: {len(samples)} samples instead of {order.messages}")
    return Run(
        array("I", [sample for sample in samples if sample != LOST]),
        order.messages - delivered,
        int(figures["cpu_us"]),
        int(figures["elapsed_us"]),
        delivered,
        figures.get("peer_bytes"),
    )


def expected_s(order: Order) -> float:
    """A run that takes longer than this, and the time to get ready, hangs."""
    paced_s = order.messages / order.per_second if order.per_second else 0.0
    link_s = order.warmup * 10 * order.delay_us / 1e6
    slow = max(1.0, order.payload_bytes / 65_536)  # A big message may take its time.
    connect_s = order.clients * CONNECT_TIME_S
    patience_s = order.patience_ms / 1e3
    return paced_s + link_s + connect_s + patience_s + (order.warmup + order.messages) * MESSAGE_TIME_S * slow


def _last_words(words: bytes) -> str:
    lines = words.decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else "it said nothing"
