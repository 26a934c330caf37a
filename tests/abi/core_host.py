"""Runs host.c with the development build of the library, and speaks its lines. It also lends a server in Python."""

import contextlib
import fcntl
import os
import select
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from fastnet import (
    Config,
    Connected,
    Data,
    Disconnected,
    NotConnectedError,
    Server,
    UnknownPeerError,
    WouldBlockError,
)
from fastnet.net.devca import certificate_pem, self_signed

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
LIBRARY = ROOT / "bindings" / "c"
OUT = ROOT / "build" / "lib" / "develop"
CONNECTED, DATA, DISCONNECTED, ERROR = 1, 2, 3, 4
LIMIT_S = 60.0
_Kind = TypeVar("_Kind", Connected, Data, Disconnected)


def build() -> Path:
    """The development build and the host program, made by one process for all; returns the program."""
    OUT.mkdir(parents=True, exist_ok=True)
    program = OUT / "host"
    with (OUT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        sources = [HERE / "host.c", *_sources()]
        if not program.exists() or program.stat().st_mtime < max(file.stat().st_mtime for file in sources):
            subprocess.run([sys.executable, str(LIBRARY / "develop.py"), str(OUT)], check=True, timeout=300)
            link = [f"-I{LIBRARY / 'include'}", f"-L{OUT}", "-lfastnet", f"-Wl,-rpath,{OUT}"]
            warn = ["-std=c11", "-Wall", "-Wextra", "-Werror", "-O2"]
            subprocess.run(["cc", *warn, str(HERE / "host.c"), "-o", str(program), *link], check=True, timeout=60)
    return program


def _sources() -> Iterator[Path]:
    """All that the build is made of: the core's declarations too, for the compiled half knows its layouts."""
    for folder, pattern in (("src", "*.[ch]"), ("fastnet_c", "*.p*"), (".", "*.py")):
        yield from (file for file in (LIBRARY / folder).glob(pattern) if file.suffix != ".pyi")
    yield from (ROOT / "core" / "fastnet").rglob("*.pxd")


class Host:
    """One run of host.c."""

    def __init__(self, program: Path, home: Path, **environment: str) -> None:
        """`home` is where its user's files are."""
        variables = {"PATH": os.environ["PATH"], "HOME": str(home), "XDG_CONFIG_HOME": str(home), **environment}
        pipe = subprocess.PIPE
        self.process = subprocess.Popen([str(program)], stdin=pipe, stdout=pipe, stderr=pipe, env=variables)
        self._buffer = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.communicate()

    def tell(self, line: str) -> None:
        """Give a command without waiting for its end."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n".encode())
        self.process.stdin.flush()

    def answer(self, limit_s: float = LIMIT_S) -> list[str]:
        """The lines of the command given; the last is `ok` or `failed ..`."""
        lines: list[str] = []
        until = time.monotonic() + limit_s
        while not lines or (lines[-1] != "ok" and not lines[-1].startswith("failed ")):
            lines.append(self._line(until))
        return lines

    def _line(self, until: float) -> str:
        assert self.process.stdout is not None
        while b"\n" not in self._buffer:
            ready, _, _ = select.select([self.process.stdout], [], [], max(0.0, until - time.monotonic()))
            read = os.read(self.process.stdout.fileno(), 65536) if ready else b""
            if not read:
                self.process.kill()
                _, errors = self.process.communicate()
                raise AssertionError(f"the host said {self._buffer!r} and then nothing; {errors.decode()[-3000:]}")
            self._buffer += read
        line, _, self._buffer = self._buffer.partition(b"\n")
        return line.decode().rstrip()

    def do(self, line: str) -> list[str]:
        """One command and all it says, which must end well; without the `ok`."""
        self.tell(line)
        lines = self.answer()
        assert lines[-1] == "ok", lines
        return lines[:-1]

    def refused(self, line: str) -> str:
        """One command that must fail; the result and its text."""
        self.tell(line)
        lines = self.answer()
        assert lines[-1].startswith("failed "), lines
        return lines[-1].removeprefix("failed ")

    def end(self) -> str:
        """Close its input, wait for its exit; what it wrote to standard error."""
        _, errors = self.process.communicate(timeout=LIMIT_S)
        assert self.process.returncode == 0, errors.decode()
        return errors.decode()


class Echo:
    """A server in Python on a thread of its own, which echoes and keeps what it heard."""

    def __init__(self, folder: Path, config: Config | None = None, *, echoes: bool = True) -> None:
        made = self_signed(["localhost", "127.0.0.1"])
        self.ca = folder / "ca.pem"
        self.ca.write_bytes(certificate_pem(made))
        self.server = Server(("127.0.0.1", 0), ("127.0.0.1", 0), made.chain, made.private_key, config=config)
        self.port = self.server.tcp_address[1]
        self.heard: list[Connected | Data | Disconnected] = []
        self._echoes = echoes
        self._owed: deque[Data] = deque()
        self._changed = threading.Condition()
        self._stop = False
        self.lock = threading.Lock()
        """Hold it to use `server` from another thread."""
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop = True
        self.server.wake()
        self._thread.join()
        self.server.close()

    @property
    def where(self) -> str:
        """What a host's `client` command needs to get here."""
        return f"127.0.0.1 {self.port} ca={self.ca}"

    def _run(self) -> None:
        while not self._stop:
            self.server.wait(0.2)
            self.step()

    def step(self) -> None:
        """One turn."""
        with self.lock:
            events = self.server.poll()
            self._owed += [event for event in events if isinstance(event, Data) and self._echoes]
            self._answer()
        with self._changed:
            self.heard += events
            self._changed.notify_all()

    def _answer(self) -> None:
        """Send back what the channels take now; the rest when the peer has acknowledged some."""
        while self._owed:
            event = self._owed[0]
            with contextlib.suppress(NotConnectedError, UnknownPeerError):  # It left without waiting.
                try:
                    self.server.send(event.peer_id, event.channel, event.data)
                except WouldBlockError:
                    return
            self._owed.popleft()

    def await_event(
        self, kind: type[Connected | Data | Disconnected], count: int = 1
    ) -> Connected | Data | Disconnected:
        """The `count`th event of a kind."""
        with self._changed:
            found: list[Connected | Data | Disconnected] = []

            def is_there() -> bool:
                found[:] = [event for event in self.heard if isinstance(event, kind)]
                return len(found) >= count

            assert self._changed.wait_for(is_there, LIMIT_S), f"no {kind.__name__} among {self.heard[-20:]}"
            return found[count - 1]


@contextlib.contextmanager
def servers_certificate(folder: Path) -> Iterator[tuple[Path, Path]]:
    """A certificate and its key as files."""
    from fastnet.net.devca import key_pem, write_private

    made = self_signed(["localhost", "127.0.0.1"])
    chain, key = folder / "chain.pem", folder / "key.pem"
    chain.write_bytes(certificate_pem(made))
    write_private(key, key_pem(made))
    yield chain, key
