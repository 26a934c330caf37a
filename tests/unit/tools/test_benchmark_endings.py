"""How a run ends when its programs do not do what they should: with a reason, soon, and with nobody left behind.

The programs are scripts; limits are small where a script waits for one of them to pass. No timings.
"""

import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

import pytest
from fastnet.tools.benchmark import processes, rounds
from fastnet.tools.benchmark import run as running
from fastnet.tools.benchmark.order import Order
from fastnet.tools.benchmark.peer import Contender, Variant
from fastnet.tools.benchmark.processes import RunFailedError
from fastnet.tools.benchmark.rows import make_rows
from fastnet.tools.benchmark.run import Cores, run
from rich.console import Console

FLOOD = Order("throughput", "block", payload_bytes=64, warmup=10, messages=100, patience_ms=100)
MEGABYTE_OF_WORDS = "sys.stderr.write('chatter ' * 131_072)\n"

LISTEN = "print('ready 4711', flush=True)\nsignal.pause()"
REPORT = """sys.stderr.write('{"cpu_us": 7, "elapsed_us": 1000, "delivered": 99}')\n"""
KILL_SERVER = "os.kill(server, signal.SIGKILL)\n"
AWAIT_ITS_END = KILL_SERVER + "import select\nselect.select([os.pidfd_open(server)], [], [])\n"


@dataclass(eq=False, slots=True)
class Scripted:
    """A peer whose two programs are scripts; the client's knows the process `server`."""

    latest: ClassVar[str] = ""
    name: str
    client: str
    server: str = LISTEN
    configuration: str = "scripted"
    servers: list[int] = field(default_factory=list)

    @property
    def variants(self) -> tuple[Variant, ...]:
        return (Variant(self.name, "unreliable", encrypted=False, kinds=frozenset({"throughput"})),)

    def build(self, folder: Path) -> str | None:
        return None

    def serve_command(self, variant: Variant, order: Order) -> list[str]:
        return script(self.server)

    def client_command(self, variant: Variant, order: Order, ready: str, server_pid: int) -> list[str]:
        self.servers.append(server_pid)
        Scripted.latest = self.name
        return script(f"server = {server_pid}\n{self.client}")

    def udp_port(self, ready: str) -> int:
        return int(ready)

    def contender(self) -> Contender:
        return Contender(self, self.variants[0])


def script(text: str) -> list[str]:
    return [sys.executable, "-S", "-c", f"import os, signal, sys\n{text}"]


def cores() -> Cores:
    mine = sorted(os.sched_getaffinity(0))
    return Cores(server=mine[-1], client=mine[0])


def be_impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Short limits for those who would use up any; nobody else comes near theirs."""
    monkeypatch.setattr(processes, "GRACE_S", 0.1)
    monkeypatch.setattr(running, "limit_s", lambda _: 0.2 if Scripted.latest == "stalls" else 60.0)


LOSES_ITS_PEER = Scripted("loses its peer", "sys.stderr.write('flooding\\nPeer not found\\n'); sys.exit(1)")
CRASHES = Scripted("crashes", "os.kill(os.getpid(), signal.SIGSEGV)")
LOSES_ITS_SERVER = Scripted("loses its server", KILL_SERVER + "signal.pause()")
STALLS = Scripted("stalls", "signal.pause()")

ILL = [peer.name for peer in (STALLS, LOSES_ITS_PEER, LOSES_ITS_SERVER)]


@pytest.mark.parametrize(
    ("peer", "reason"),
    [
        (LOSES_ITS_PEER, "loses its peer: Peer not found$"),
        (CRASHES, "crashes: it was ended by SIGSEGV$"),
        (Scripted("mumbles", "sys.stderr.write('done, I think')"), "a result that cannot be read: done, I think"),
        (Scripted("says half", """sys.stderr.write('{"cpu_us": 7}')"""), "a result that cannot be read"),
        (Scripted("never there", REPORT, server="sys.exit('no luck')"), "did not start: no luck"),
        (Scripted("another tongue", REPORT, server="print('bereit')"), "the server did not start"),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_a_program_that_ends_badly_says_why(peer: Scripted, reason: str) -> None:
    with pytest.raises(RunFailedError, match=reason):
        run(peer.contender(), FLOOD, cores())


@pytest.mark.parametrize(
    ("peer", "reason"),
    [
        (STALLS, "stalls: no result within"),
        (LOSES_ITS_SERVER, "the server ended before its client: it was ended by SIGKILL"),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_a_client_that_waits_for_ever_is_ended(peer: Scripted, reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    be_impatient(monkeypatch)
    with pytest.raises(RunFailedError, match=reason):
        run(peer.contender(), FLOOD, cores())
    with pytest.raises(ProcessLookupError):
        os.kill(peer.servers.pop(), 0)


@pytest.mark.parametrize("words", ["", "print('rea', end='', flush=True)\n"], ids=["silent", "half a word"])
def test_a_server_that_never_gets_ready_is_ended(words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "READY_TIMEOUT_S", 0.2)
    peer = Scripted("hesitates", REPORT, server=words + "signal.pause()")
    with pytest.raises(RunFailedError, match="hesitates: the server did not start within"):
        run(peer.contender(), FLOOD, cores())
    assert not peer.servers


def test_when_both_go_both_are_heard() -> None:
    peer = Scripted("both go", AWAIT_ITS_END + "sys.exit('connection reset')")
    with pytest.raises(RunFailedError, match="connection reset; the server ended: it was ended by SIGKILL"):
        run(peer.contender(), FLOOD, cores())


def test_a_result_counts_though_the_server_went_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """As one does that ends when its only client says goodbye."""
    monkeypatch.setattr(processes, "GRACE_S", 60.0)
    assert run(Scripted("hasty", AWAIT_ITS_END + REPORT).contender(), FLOOD, cores()).delivered == 99


def test_programs_may_say_more_than_a_pipe_holds() -> None:
    peer = Scripted("chatty", MEGABYTE_OF_WORDS + "print()\n" + REPORT, server=MEGABYTE_OF_WORDS + LISTEN)
    with pytest.raises(RunFailedError, match="cannot be read"):  # A line of output is not a number of samples.
        run(peer.contender(), FLOOD, cores())
    peer.client = MEGABYTE_OF_WORDS + "sys.stderr.write('\\n')\n" + REPORT
    assert run(peer.contender(), FLOOD, cores()).delivered == 99


def test_a_flood_that_some_cannot_finish_ends_and_names_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole way: everyone in two rounds, the rows of those who could, and the reasons of the others."""
    be_impatient(monkeypatch)
    peers = [Scripted("raw-udp", REPORT), STALLS, LOSES_ITS_PEER, LOSES_ITS_SERVER, Scripted("fine", REPORT)]
    contenders = [peer.contender() for peer in peers]
    (result,) = rounds.measure(contenders, [FLOOD], 2, cores(), Console(quiet=True))
    assert [(row.peer, row.rounds, row.lost) for row in make_rows(result)] == [("raw-udp", 2, 2), ("fine", 2, 2)]
    reasons = rounds.reasons([result])
    assert reasons["loses its peer in throughput, block, 64 B"] == "loses its peer: Peer not found"
    assert reasons.keys() == {f"{name} in throughput, block, 64 B" for name in ILL}
