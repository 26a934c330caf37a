"""One run of one contender: its two programs, the link between them if it is a bad one, and what comes of it."""

import contextlib
import json
import os
import sys
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from fastnet.protocol.errors import FastNetError
from fastnet.testing.conditions import Conditions
from fastnet.testing.proxy import ImpairmentProxy
from fastnet.tools.benchmark.order import PATIENCE_MS, Order
from fastnet.tools.benchmark.peer import BIG_BYTES, LOST, Contender
from fastnet.tools.benchmark.processes import Program, RunFailedError, await_client, ready_line, started

READY_TIMEOUT_S = 15.0
MESSAGE_TIME_S = 0.001
"""More than this per message, on average, is a hang."""
FLOOD_MESSAGE_TIME_S = 0.0001
"""So is more than this for a small message that need not be answered."""
CONNECT_TIME_S = 0.05
"""So is more than this per connection."""
_ONE_WAYS = 4  # What nobody sends again is not waited for much longer than it travels.


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
    """Start a server, let a client measure it, end both. Raises RunFailedError: whatever the programs do, it takes no
    longer than `READY_TIMEOUT_S` for the one and `limit_s` for the other."""
    variant = contender.variant
    if order.delay_us and variant.channel != "reliable":
        order = replace(order, patience_ms=order.delay_us // 1_000 * _ONE_WAYS + PATIENCE_MS)
    try:
        with _link(order) as proxy:
            return _measured(contender, order, cores, proxy)
    except RunFailedError as error:
        raise RunFailedError(f"{contender.label}: {error}") from error


def _measured(contender: Contender, order: Order, cores: Cores, proxy: ImpairmentProxy | None) -> Run:
    if proxy is not None:
        order = replace(order, proxy_port=proxy.address[1])
    with started(contender.peer.serve_command(contender.variant, order), cores.server, is_server=True) as server:
        ready = ready_line(server, READY_TIMEOUT_S)
        if proxy is not None:
            proxy.server = ("127.0.0.1", contender.peer.udp_port(ready))
        command = _client_command(contender, order, ready, server.pid)
        with started(command, cores.client, is_server=False) as client:
            await_client(client, server, limit_s(order))
            return _result(client, order)


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


def _result(client: Program, order: Order) -> Run:
    words = client.last_words()
    try:
        figures, samples = json.loads(words), array("I", client.samples())
        cpu_us, elapsed_us = int(figures["cpu_us"]), int(figures["elapsed_us"])
        delivered = int(figures.get("delivered", len(samples) - samples.count(LOST)))
    except (ValueError, TypeError, KeyError) as error:
        raise RunFailedError(f"a result that cannot be read: {words}") from error
    if "delivered" not in figures and len(samples) != order.messages:
        raise RunFailedError(f"{len(samples)} samples instead of {order.messages}")
    arrived = array("I", [sample for sample in samples if sample != LOST])
    return Run(arrived, order.messages - delivered, cpu_us, elapsed_us, delivered, figures.get("peer_bytes"))


def limit_s(order: Order) -> float:
    """A client that takes longer than this hangs."""
    return READY_TIMEOUT_S + expected_s(order)


def expected_s(order: Order) -> float:
    """How long the work may take, without the time to get ready."""
    paced_s = order.messages / order.per_second if order.per_second else 0.0
    link_s = order.warmup * 10 * order.delay_us / 1e6
    connect_s = order.clients * CONNECT_TIME_S
    patience_s = order.patience_ms / 1e3
    return paced_s + link_s + connect_s + patience_s + (order.warmup + order.messages) * _message_s(order)


def _message_s(order: Order) -> float:
    if order.kind == "throughput" and order.payload_bytes <= BIG_BYTES:
        return FLOOD_MESSAGE_TIME_S
    return MESSAGE_TIME_S * max(1.0, order.payload_bytes / 65_536)  # A big message may take its time.
