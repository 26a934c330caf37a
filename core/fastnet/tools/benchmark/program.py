"""For peers written in Python: the arguments, the clock, and the result of a measured program (see peer.py)."""

import json
import struct
import sys
import time
from array import array
from collections.abc import Callable
from dataclasses import dataclass, field

from fastnet.tools.benchmark.peer import LOST

PATIENCE_NS = 200_000_000
NUMBER = struct.Struct("=I")
now_ns = time.monotonic_ns


@dataclass(slots=True)
class Task:
    """What a client has to do, and its result."""

    ready: str
    mode: str
    payload_bytes: int
    warmup: int
    messages: int
    interval_ns: int
    server_pid: int
    samples: "array[int]" = field(default_factory=lambda: array("I"))
    padding: bytes = b""
    is_measured: bool = False
    """False during the warm-up, which is always a closed loop."""

    @classmethod
    def from_arguments(cls, arguments: list[str]) -> "Task":
        """READY MODE PAYLOAD WARMUP MESSAGES PER_SECOND SERVER_PID."""
        ready, mode, payload, warmup, messages, per_second, pid = arguments
        interval_ns = 1_000_000_000 // int(per_second) if int(per_second) else 0
        task = cls(ready, mode, int(payload), int(warmup), int(messages), interval_ns, int(pid))
        task.padding = bytes(max(0, task.payload_bytes - NUMBER.size))
        return task

    def message(self, number: int) -> bytes:
        """The payload that carries `number`."""
        return NUMBER.pack(number) + self.padding

    def run(self, loop: Callable[["Task", int], None]) -> None:
        """`loop(task, count)` once for the warm-up and once for the record, which is then written."""
        self.samples = array("I", [LOST]) * self.warmup
        loop(self, self.warmup)
        self.samples, self.is_measured = array("I", [LOST]) * self.messages, True
        cpu_before, start = self._cpu_ns(), now_ns()
        loop(self, self.messages)
        elapsed, cpu = now_ns() - start, self._cpu_ns() - cpu_before
        sys.stdout.buffer.write(self.samples.tobytes())
        sys.stdout.buffer.flush()
        sys.stderr.write(json.dumps({"cpu_us": cpu // 1_000, "elapsed_us": elapsed // 1_000}) + "\n")

    def _cpu_ns(self) -> int:
        """Both processes' CPU time. The clock's number is Linux's own for the CPU clock of a process."""
        server_clock = (~self.server_pid << 3) | 2
        return time.process_time_ns() + time.clock_gettime_ns(server_clock)


def say_ready(what: object) -> None:
    """A server's one line."""
    sys.stdout.write(f"ready {what}\n")
    sys.stdout.flush()
