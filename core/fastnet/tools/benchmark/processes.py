"""The two processes of a run: each on its core, every wait bounded, their last words kept, nothing left behind."""

import contextlib
import os
import select
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from fastnet.protocol.errors import FastNetError

TIMER_SLACK = Path("/proc/self/timerslack_ns")
GRACE_S = 2.0
"""A client whose server has ended may have its result already, and have just that long to hand it over."""
READY = b"ready "
_LINE_BYTES_MAX = 65_536


class RunFailedError(FastNetError):
    """A contender's program ended badly, or not at all; the message quotes its last words."""


@dataclass(frozen=True, slots=True)
class Program:
    """A process that runs. Its words and a client's samples go into files, so that it waits for no reader."""

    process: subprocess.Popen[bytes]
    output: IO[bytes]
    words: IO[bytes]
    ended: int
    """A descriptor that can be read once the process has ended."""

    @property
    def pid(self) -> int:
        """Its number."""
        return self.process.pid

    def last_words(self) -> str:
        """The last line of its standard error, or what else is known of its end."""
        lines = _content(self.words).decode(errors="replace").strip().splitlines()
        return lines[-1] if lines else self._silent_end()

    def samples(self) -> bytes:
        """The standard output of a client that has ended."""
        return _content(self.output)

    def _silent_end(self) -> str:
        status = self.process.poll()
        if status is not None and status < 0:
            return f"it was ended by {signal.Signals(-status).name}"
        return "it said nothing"


def _content(file: IO[bytes]) -> bytes:
    """All of it, without moving the place where the process goes on writing."""
    return os.pread(file.fileno(), os.fstat(file.fileno()).st_size, 0)


@contextlib.contextmanager
def started(command: list[str], core: int, *, is_server: bool) -> Iterator[Program]:
    """A process on `core`, which does not outlive the block. A server is listened to, until it is ready."""
    with contextlib.ExitStack() as stack:
        words, output = (stack.enter_context(tempfile.TemporaryFile()) for _ in range(2))
        process = _spawn(command, core, subprocess.PIPE if is_server else output, words)
        stack.enter_context(process)
        stack.callback(process.kill)  # Before it is waited for: what was entered last is left first.
        ended = os.pidfd_open(process.pid)
        stack.callback(os.close, ended)
        yield Program(process, process.stdout or output, words, ended)


def _spawn(command: list[str], core: int, output: "int | IO[bytes]", words: IO[bytes]) -> subprocess.Popen[bytes]:
    mine = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})  # Inherited, also by whatever threads the program starts.
    with contextlib.suppress(OSError):  # As well: timers that fire when they are due, and not up to 50 us later.
        TIMER_SLACK.write_text("1")
    try:
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=output, stderr=words)
    except OSError as error:
        raise RunFailedError(f"cannot start {command[0]}: {error.strerror}") from error
    finally:
        os.sched_setaffinity(0, mine)


def ready_line(server: Program, limit_s: float) -> str:
    """What a server says when it can be called. Raises RunFailedError if that is something else, or late."""
    line, part, end_s = b"", b"more", time.monotonic() + limit_s
    while part and b"\n" not in line and len(line) < _LINE_BYTES_MAX:
        if not _readable([server.output], end_s - time.monotonic()):
            raise RunFailedError(f"the server did not start within {limit_s:.0f} s: {server.last_words()}")
        part = os.read(server.output.fileno(), _LINE_BYTES_MAX)
        line += part
    if line.startswith(READY) and b"\n" in line:
        return line.removeprefix(READY).partition(b"\n")[0].decode().strip()
    _readable([server.ended], GRACE_S)  # Who closes its output may be about to end, and then says why.
    raise RunFailedError(f"the server did not start: {server.last_words()}")


def await_client(client: Program, server: Program, limit_s: float) -> None:
    """Until the client has ended well. Raises RunFailedError if not, or not in time, or its server ends before it."""
    ended = _readable([client.ended, server.ended], limit_s)
    if not ended:
        raise RunFailedError(f"no result within {limit_s:.0f} s")
    if client.ended not in ended and not _readable([client.ended], GRACE_S):
        raise RunFailedError(f"the server ended before its client: {server.last_words()}")
    if client.process.wait() != 0:
        raise RunFailedError(client.last_words() + _end_of(server))


def _end_of(server: Program) -> str:
    """That a server has ended, as well, may be why its client failed."""
    return "" if server.process.poll() is None else f"; the server ended: {server.last_words()}"


def _readable(descriptors: "Sequence[int | IO[bytes]]", limit_s: float) -> "list[int | IO[bytes]]":
    return select.select(descriptors, [], [], max(0.0, limit_s))[0]
