"""What takes part in a benchmark: a `Peer` brings two programs, and an `Order` says what they are to do.

The programs may be written in any language. The contract, in full (order.py has the arguments, and the headers
`tests/benchmarks/c/bench.h`, `program.py` and the Rust crate `common` are its three implementations):

- A server prints one line, `ready ANYTHING`, when it can be called, and runs until it is killed. `serve` answers every
  message with itself; `sink` counts messages and answers only those whose number is CLEAR or REPORT (below).
- A client calls it with what stood after `ready`, sends `warmup` messages that are not measured, then `messages` that
  are. Each begins with its number, a native u32.
- `client`, closed loop: the next message leaves when this one's answer is back, or after the patience without, which is
  a loss. Paced: messages leave at their intended times whatever happens, and count from those times.
- `burst`: `clients` connections of one process; BURST messages leave at once, each on another connection, in turns,
  while the server is stopped (SIGSTOP), so that it finds the same queue however quick its client is; the next burst
  leaves when all answers are back. `cpu_us` is the server's alone, `peer_bytes` what each connection added to
  the server's resident memory.
- `flood`: one way, as fast as the peer can without losing much. The client asks with CLEAR, sends, and asks with
  REPORT, each again and again until answered; the answer repeats the number, and then holds the u64 count of messages
  since CLEAR and the u64 CLOCK_MONOTONIC ns of the first and the last of them, which make `delivered` and `elapsed_us`.
  A library that acknowledges only, or sooner, with data of its own may send receipts of its own kind back.
- A client writes one native u32 of nanoseconds per message to standard output (`LOST` for a loss; nothing for `flood`),
  and a line of JSON as the last one of standard error: `cpu_us` of both processes together, and `elapsed_us`, both of
  the measured part only; more where it says so above.
- Both wait as `mode` says: `spin` asks again and again and never sleeps, `block` sleeps in the kernel.
"""

import importlib.util
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from fastnet.tools.benchmark.order import Order

LOST = 2**32 - 1
CLEAR, REPORT = 2**32 - 2, 2**32 - 1
"""Numbers of messages that ask a `sink` to begin anew, and to tell what it counted."""
BURST = 50
"""Messages that leave at once in a `burst`."""
BIG_BYTES = 65_000
"""A message above this is more than a datagram can hold."""
BASELINE = "raw-udp"
"""The peer, and its variant, to which all others are compared."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to use a peer. `channel` is what it promises: unreliable or reliable, so that like meets like."""

    name: str
    channel: str
    encrypted: bool
    kinds: frozenset[str] = frozenset({"latency"})
    """The kinds of order it can carry out."""
    modes: frozenset[str] = frozenset({"spin", "block"})
    """The ways it can wait."""

    def can(self, order: Order) -> bool:
        """Whether it takes part. Big messages are a matter of the reliable channels, small floods of the others."""
        if order.kind not in self.kinds or order.mode not in self.modes:
            return False
        is_big = order.payload_bytes > BIG_BYTES
        return order.kind != "throughput" or is_big == (self.channel == "reliable")


class Peer(Protocol):
    """A library, or a way to use the kernel, that can echo messages."""

    @property
    def name(self) -> str:
        """How `--peers` calls it."""

    @property
    def variants(self) -> Sequence[Variant]:
        """The ways it is measured."""

    @property
    def configuration(self) -> str:
        """How it was set up, for the reader of the result."""

    def build(self, folder: Path) -> str | None:
        """Make the programs in `folder`; None, or why this cannot be done here."""

    def serve_command(self, variant: Variant, order: Order) -> list[str]:
        """The program that answers."""

    def client_command(self, variant: Variant, order: Order, ready: str, server_pid: int) -> list[str]:
        """The program that asks and measures. `ready` is what the server said; its pid is for its CPU time."""

    def udp_port(self, ready: str) -> int:
        """Where the server that said this takes datagrams: for links and strangers."""


class OneProgram:
    """Most of a peer whose two ends are one program: its command line, then what the order wants of that end."""

    def command(self, variant: Variant) -> list[str]:
        """The program, with all that a variant needs and an order does not say."""
        raise NotImplementedError

    def serve_command(self, variant: Variant, order: Order) -> list[str]:
        """The end that answers or counts."""
        return [*self.command(variant), *order.server_arguments()]

    def client_command(self, variant: Variant, order: Order, ready: str, server_pid: int) -> list[str]:
        """The measuring client."""
        return [*self.command(variant), *order.client_arguments(ready, server_pid)]

    def udp_port(self, ready: str) -> int:
        """It is all that the server says, unless the peer knows better."""
        return int(ready)


@dataclass(frozen=True, slots=True)
class Contender:
    """One variant of one peer: a line of the table."""

    peer: Peer
    variant: Variant

    @property
    def is_baseline(self) -> bool:
        """Whether the others are measured against this one."""
        return self.peer.name == self.variant.name == BASELINE

    @property
    def label(self) -> str:
        """How people call it."""
        return label(self.peer.name, self.variant.name)


def label(peer: str, variant: str) -> str:
    """`fastnet reliable`; a variant that already says whose it is needs no prefix."""
    return variant if variant.startswith(peer) else f"{peer} {variant}"


def load_peers(folder: Path) -> Iterator[Peer]:
    """Every `PEER` of the modules in `folder`, the baseline first."""
    found = [_load(path) for path in sorted(folder.glob("*.py"))]
    yield from sorted(filter(None, found), key=lambda peer: (peer.name != BASELINE, peer.name))


def _load(path: Path) -> Peer | None:
    spec = importlib.util.spec_from_file_location(f"fastnet_bench_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    peer: Peer | None = getattr(module, "PEER", None)
    return peer


def choose(peers: Iterable[Peer], names: Sequence[str]) -> list[Contender]:
    """The contenders of these names (peers or labels; `all`), with the baseline in any case. Raises LookupError."""
    everyone = [Contender(peer, variant) for peer in peers for variant in peer.variants]
    known = {contender.peer.name for contender in everyone} | {contender.label for contender in everyone}
    for name in names:
        if name != "all" and name not in known:
            raise LookupError(f"no peer is called {name!r}; there are {', '.join(sorted(known))}")
    wanted = set(names)
    return [
        contender
        for contender in everyone
        if contender.is_baseline or "all" in wanted or wanted & {contender.peer.name, contender.label}
    ]
