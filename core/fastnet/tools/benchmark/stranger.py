"""A stranger who sends garbage: what each such datagram costs the server in CPU time. Knows nobody's protocol.

    python -m fastnet.tools.benchmark.stranger UDP_PORT PAYLOAD WARMUP MESSAGES SERVER_PID

Datagrams leave in bursts that fit into the server's socket, and the next burst waits until the kernel's table shows
that the queue is empty; so all that is sent is also handled, or counted by the kernel as dropped.
"""

import json
import random
import select
import socket
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from fastnet.protocol.errors import FastNetError

SEED = 1
CALLS, DATAGRAMS_A_CALL = 2, 60
BURST = CALLS * DATAGRAMS_A_CALL
UDP_SEGMENT = 103
"""Linux: one send of many datagrams, so that a burst waits whole in the server's socket before it wakes."""
LIMIT_S = 5.0
TABLES = (Path("/proc/net/udp"), Path("/proc/net/udp6"))


def main() -> None:
    """Send the garbage and write the figures, as peer.py's contract says."""
    port, payload, warmup, messages, pid = map(int, sys.argv[1:])
    sock = _socket_towards(port, payload)
    bursts = list(_bursts(payload))
    _send(sock, bursts, warmup, port)
    cpu_before, dropped_before, start_ns = _cpu_ns(pid), queue_of(port)[1], time.monotonic_ns()
    sent = _send(sock, bursts, messages, port)
    elapsed_ns = time.monotonic_ns() - start_ns
    delivered = sent - (queue_of(port)[1] - dropped_before)
    cpu_ns = _settled_cpu_ns(pid) - cpu_before
    share = messages / sent  # Bursts are whole, so a few more were sent than were asked for.
    figures = {
        "cpu_us": round(cpu_ns / 1_000 * share),
        "elapsed_us": elapsed_ns // 1_000,
        "delivered": round(delivered * share),
    }
    sys.stderr.write(json.dumps(figures) + "\n")


def _socket_towards(port: int, payload: int) -> socket.socket:
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.setsockopt(socket.IPPROTO_UDP, UDP_SEGMENT, payload)
    sock.connect(("127.0.0.1", port))
    return sock


def _bursts(payload: int) -> Iterable[list[bytes]]:
    """Random bytes, with every value of a first byte alike: whatever kinds of packet a protocol has, all are tried."""
    prng = random.Random(SEED)
    for number in range(64):
        datagrams = [bytes([(number * BURST + at) & 255]) + prng.randbytes(payload - 1) for at in range(BURST)]
        yield [b"".join(datagrams[call * DATAGRAMS_A_CALL :][:DATAGRAMS_A_CALL]) for call in range(CALLS)]


def _send(sock: socket.socket, bursts: list[list[bytes]], messages: int, port: int) -> int:
    """At least `messages` datagrams, burst by burst; returns how many."""
    sent = 0
    while sent < messages:
        for joined in bursts[sent // BURST % len(bursts)]:
            sock.send(joined)
        sent += BURST
        _await_empty(port)
    return sent


def _await_empty(port: int) -> None:
    limit = time.monotonic() + LIMIT_S
    while queue_of(port)[0]:
        if time.monotonic() > limit:
            raise FastNetError(f"the server does not read its port {port}")


def queue_of(port: int) -> tuple[int, int]:
    """(bytes that wait, datagrams dropped) of the sockets bound to this port, as the kernel's table has them."""
    waiting = dropped = 0
    local = f":{port:04X}"
    for table in TABLES:
        lines = table.read_text().splitlines()[1:] if table.exists() else []
        for fields in map(str.split, lines):
            if fields[1].endswith(local):
                waiting += int(fields[4].partition(":")[2], 16)
                dropped += int(fields[12])
    return waiting, dropped


def _settled_cpu_ns(pid: int) -> int:
    """The server's CPU time once it has done with the last burst: when the clock stands still."""
    recent = (-1, _cpu_ns(pid))
    limit = time.monotonic() + LIMIT_S
    while recent[0] != recent[1] and time.monotonic() < limit:
        select.select([], [], [], 0.005)
        recent = (recent[1], _cpu_ns(pid))
    return recent[1]


def _cpu_ns(pid: int) -> int:
    """Of another process: the clock's number is Linux's own for the CPU clock of a process."""
    return time.clock_gettime_ns((~pid << 3) | 2)


if __name__ == "__main__":
    main()
