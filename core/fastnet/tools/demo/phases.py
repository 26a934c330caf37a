"""One phase of the demonstration: a server process, a client process, and perhaps a bad link between them."""

import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from fastnet.protocol.errors import FastNetError
from fastnet.testing.conditions import Conditions, WireCounts
from fastnet.testing.proxy import ImpairmentProxy
from fastnet.tools.demo.messages import CHANNELS, Count, broken_promise, counts_of

BAD_LINK = Conditions(loss=0.05, duplicate=0.02, delay_us=30_000, jitter_us=12_000)
PHASE_LIMIT_S = 40.0
Progress = Callable[[Sequence[int], Sequence[int]], None]


class DemoError(FastNetError):
    """A process of the demonstration failed; the message is what it said last."""


class Child:
    """A Python process that speaks in lines of JSON and ends when its standard input does."""

    def __init__(self, module: str, *arguments: int) -> None:
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 (closed in __exit__)
        self._process = subprocess.Popen(
            [sys.executable, "-m", module, *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
        )
        self._watchdog = threading.Timer(PHASE_LIMIT_S, self._process.kill)
        self._watchdog.daemon = True
        self._watchdog.start()

    def hear(self) -> dict[str, Any]:
        """The next thing it says. Raises DemoError if it ended instead."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise DemoError(f"the demonstration stopped: {self._last_words()}")
        content: dict[str, Any] = json.loads(line)
        return content

    def stop(self) -> None:
        """Ask it to end; it may still say something."""
        assert self._process.stdin is not None
        self._process.stdin.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._watchdog.cancel()
        if kind is not None:
            self._process.kill()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()
        self._process.wait()
        self._errors.close()

    def _last_words(self) -> str:
        self._process.wait()
        self._errors.seek(0)
        lines = self._errors.read().decode(errors="replace").strip().splitlines()
        return lines[-1] if lines else f"a process ended with status {self._process.returncode}"


@dataclass(slots=True)
class Phase:
    """What one phase showed. Counts hold both directions: the client's messages, and the server's echoes."""

    title: str
    counts: dict[int, Count]
    round_trips_us: dict[int, list[float]]
    broken: dict[int, str]
    link: WireCounts | None = None
    """What the bad link did, both directions together."""
    promises_kept: bool = field(init=False)

    def __post_init__(self) -> None:
        self.promises_kept = not any(self.broken.values())


def run_clean(messages: int, rate_hz: int, progress: Progress) -> Phase:
    """Straight over the loopback interface."""
    with Child("fastnet.tools.demo.server", 0) as server:
        ports = server.hear()
        return _run(server, ports["tcp"], messages, rate_hz, progress, "clean link")


def run_impaired(messages: int, rate_hz: int, progress: Progress, seed: int = 1) -> Phase:
    """Through the proxy, `BAD_LINK` in both directions."""
    with ImpairmentProxy(("127.0.0.1", 0), up=BAD_LINK, seed=seed) as proxy:
        with Child("fastnet.tools.demo.server", proxy.address[1]) as server:
            ports = server.hear()
            proxy.server = ("127.0.0.1", ports["udp"])
            phase = _run(server, ports["tcp"], messages, rate_hz, progress, "bad link")
        up, down = proxy.counts()
        phase.link = up.plus(down)
    return phase


def _run(server: Child, tcp_port: int, messages: int, rate_hz: int, progress: Progress, title: str) -> Phase:
    with Child("fastnet.tools.demo.client", tcp_port, messages, rate_hz) as client:
        while "round_trips_us" not in (said := client.hear()):
            progress(said["sent"], said["returned"])
    server.stop()
    there, back = counts_of(server.hear()), counts_of(said["returned"])
    for channel in CHANNELS:
        there[channel].sent = said["sent"][str(channel)]
        back[channel].sent = there[channel].delivered
    progress([count.sent for count in there.values()], [count.delivered for count in back.values()])
    broken = {
        number: broken_promise(number, there[number]) or broken_promise(number, back[number]) for number in CHANNELS
    }
    return Phase(
        title,
        {channel: there[channel].plus(back[channel]) for channel in CHANNELS},
        {int(channel): times for channel, times in said["round_trips_us"].items()},
        broken,
    )
