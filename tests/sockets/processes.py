"""Processes that tests start, hear and kill; whatever happens, none survives its test."""

import json
import os
import select
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import fastnet
from fastnet.net.clock import monotonic_ns
from socket_world import LIMIT_S

HERE = Path(__file__).parent
CORE = Path(fastnet.__file__).parent.parent


class Process:
    """A Python program; `hear` waits for a line it says."""

    def __init__(self, script: Path, *arguments: str, cwd: Path | None = None, **environment: str) -> None:
        path = os.pathsep.join(filter(None, [str(CORE), os.environ.get("PYTHONPATH")]))
        self._popen = subprocess.Popen(
            [sys.executable, str(script), *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=cwd,
            env={**os.environ, "PYTHONPATH": path, **environment},
        )
        self._pending = b""
        self.lines: list[str] = []

    def line(self, limit_s: float = LIMIT_S) -> str | None:
        """The next line; None once the program has ended. Fails after `limit_s`."""
        assert self._popen.stdout is not None
        limit_ns = monotonic_ns() + int(limit_s * 1e9)
        while b"\n" not in self._pending:
            left_s = (limit_ns - monotonic_ns()) / 1e9
            assert left_s > 0, f"nothing new from the process; it said {self.lines}"
            if select.select([self._popen.stdout], [], [], left_s)[0]:
                got = os.read(self._popen.stdout.fileno(), 65_536)
                if not got:
                    return None
                self._pending += got
        line, self._pending = self._pending.split(b"\n", 1)
        self.lines.append(line.decode())
        return self.lines[-1]

    def wait(self) -> int:
        """Hear it out; its exit status."""
        while self.line() is not None:
            pass
        return self._popen.wait(LIMIT_S)

    def kill(self) -> None:
        """SIGKILL: no goodbye."""
        self._popen.kill()
        self._popen.wait(LIMIT_S)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        if self._popen.stdout is not None:
            self._popen.stdout.close()


class Peer(Process):
    """`peer_process.py`, whose lines are JSON."""

    def __init__(self, *arguments: str) -> None:
        super().__init__(HERE / "peer_process.py", *arguments)

    def hear(self, what: str, limit_s: float = LIMIT_S) -> Sequence[Any]:
        """The details of the next `what`."""
        while (line := self.line(limit_s)) is not None:
            said = json.loads(line) if line.startswith("[") else [line]
            if said[0] == what:
                details: list[Any] = said[1:]
                return details
        raise AssertionError(f"the process ended before {what}; it said {self.lines}")
