"""For peers written in Python: the arguments, the clock, and the result of a measured program (see peer.py)."""

import contextlib
import json
import os
import signal
import struct
import sys
import time
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fastnet.tools.benchmark.peer import BURST, CLEAR, LOST, REPORT

NUMBER = struct.Struct("=I")
TALLY = struct.Struct("=IQQQ")
TOP_BYTE = 3 if sys.byteorder == "little" else 0
"""Where a number has its highest byte .."""
TOP_OF_QUESTIONS = CLEAR >> 24
""".. which in CLEAR and REPORT is this."""
ASK_NS, ASK_LIMIT_NS = 50_000_000, 5_000_000_000
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
now_ns = time.monotonic_ns


@dataclass(slots=True)
class Task:
    """What a client has to do, and its result."""

    verb: str
    ready: str
    mode: str
    payload_bytes: int
    warmup: int
    messages: int
    interval_ns: int
    server_pid: int
    clients: int
    patience_ns: int
    proxy_port: int
    samples: "array[int]" = field(default_factory=lambda: array("I"))
    padding: bytes = b""
    is_measured: bool = False
    """False during the warm-up, which is never paced."""
    idle_bytes: int = 0
    """The server's resident memory before anybody called."""

    @classmethod
    def from_arguments(cls, arguments: list[str]) -> "Task":
        """As `Order.client_arguments` gives them."""
        verb, ready, mode, *rest = arguments
        payload, warmup, messages, per_second, pid, clients, patience_ms, proxy_port = map(int, rest)
        interval_ns = 1_000_000_000 // per_second if per_second else 0
        patience_ns = patience_ms * 1_000_000
        task = cls(*(verb, ready, mode, payload, warmup, messages, interval_ns, pid, clients, patience_ns, proxy_port))
        task.padding = bytes(max(0, task.payload_bytes - NUMBER.size))
        task.idle_bytes = task.server_bytes()
        return task

    def message(self, number: int) -> bytes:
        """The payload that carries `number`."""
        return NUMBER.pack(number) + self.padding

    def server_bytes(self) -> int:
        """The server's resident memory."""
        return int(Path(f"/proc/{self.server_pid}/statm").read_text().split()[1]) * PAGE_BYTES

    def run(self, loop: Callable[["Task", int], None]) -> None:
        """`loop(task, count)` once for the warm-up and once for the record, which is then written."""
        is_burst = self.verb == "burst"
        more = {"peer_bytes": (self.server_bytes() - self.idle_bytes) / self.clients} if is_burst else {}
        self.samples = array("I", [LOST]) * self.warmup
        loop(self, self.warmup)
        self.samples, self.is_measured = array("I", [LOST]) * self.messages, True
        cpu_before, start = self._cpu_ns(both=not is_burst), now_ns()
        loop(self, self.messages)
        elapsed, cpu = now_ns() - start, self._cpu_ns(both=not is_burst) - cpu_before
        sys.stdout.buffer.write(self.samples.tobytes())
        sys.stdout.buffer.flush()
        _write({"cpu_us": cpu // 1_000, "elapsed_us": elapsed // 1_000, **more})

    def run_flood(self, flood: Callable[[int], None], ask: Callable[[int], tuple[int, int, int] | None]) -> None:
        """`flood(count)` sends; `ask(what)` asks the sink once, and returns its tally if it answers soon."""
        flood(self.warmup)
        _insist(ask, CLEAR)
        cpu_before = self._cpu_ns(both=True)
        flood(self.messages)
        delivered, first_ns, last_ns = _insist(ask, REPORT)
        cpu = self._cpu_ns(both=True) - cpu_before
        _write({"cpu_us": cpu // 1_000, "elapsed_us": (last_ns - first_ns) // 1_000, "delivered": delivered})

    @contextlib.contextmanager
    def server_stopped(self) -> Iterator[None]:
        """It stands still while a burst is sent: it then finds the same queue, however quick its client is."""
        os.kill(self.server_pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(self.server_pid, signal.SIGCONT)

    def bursts(self, count: int) -> Iterator[range]:
        """The numbers of the messages of each burst; a message goes to client number modulo `clients`."""
        yield from (range(start, min(count, start + BURST)) for start in range(0, count, BURST))

    def _cpu_ns(self, *, both: bool) -> int:
        """The server's CPU time, or both processes'. The clock's number is Linux's own for that of a process."""
        server_ns = time.clock_gettime_ns((~self.server_pid << 3) | 2)
        return server_ns + time.process_time_ns() if both else server_ns


class Sink:
    """The server's end of a flood."""

    def __init__(self) -> None:
        self._count = self._first_ns = self._last_ns = 0

    def count(self, messages: int) -> None:
        """So many came just now, at once."""
        if messages:
            self._last_ns = now_ns()
            self._first_ns = self._first_ns or self._last_ns
            self._count += messages

    def answer(self, message: bytes, before: int) -> bytes | None:
        """None for a message that is only to be counted; the answer to a question, `before` which so many came."""
        number: int = NUMBER.unpack_from(message)[0]
        if number < CLEAR:
            return None
        self.count(before)
        if number == CLEAR:
            self._count = self._first_ns = self._last_ns = 0
        return TALLY.pack(number, self._count, self._first_ns, self._last_ns)


def tally_of(message: bytes, what: int) -> tuple[int, int, int] | None:
    """The count, the first and the last time, if this is the sink's answer to `what`."""
    if len(message) != TALLY.size or NUMBER.unpack_from(message)[0] != what:
        return None
    _, count, first_ns, last_ns = TALLY.unpack(message)
    return count, first_ns, last_ns


def _insist(ask: Callable[[int], tuple[int, int, int] | None], what: int) -> tuple[int, int, int]:
    limit = now_ns() + ASK_LIMIT_NS
    while now_ns() < limit:
        if (tally := ask(what)) is not None:
            return tally
    raise SystemExit("the sink does not answer")


def _write(figures: dict[str, Any]) -> None:
    sys.stderr.write(json.dumps(figures) + "\n")


def say_ready(what: object) -> None:
    """A server's one line."""
    sys.stdout.write(f"ready {what}\n")
    sys.stdout.flush()
