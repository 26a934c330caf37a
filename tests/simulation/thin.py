"""A game's thin flow over a bad link, in virtual time: what `fastnet bench loss` does, exactly and for many seeds.

    .venv/bin/python tests/simulation/thin.py [SEEDS [MESSAGES [LOSS_PERCENT,.. [ONE_WAY_MS,..]]]]

prints, for each link, the round trips of 64-byte reliable messages, 200 a second, each echoed at once, and their cost.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field

from fastnet.protocol.config import Config
from fastnet.protocol.events import Data, Event
from fastnet.testing.conditions import Conditions
from fastnet.testing.pair import End, Pair

MS = 1_000_000
PATIENCE_S = 20.0


@dataclass(slots=True)
class Told:
    """What came of one run, or of several added up. Times in ms from the intended time to the echo."""

    messages: int = 0
    taken_ms: list[float] = field(default_factory=list)
    datagrams: int = 0
    bytes_carried: int = 0
    """UDP payload of both directions, lost datagrams included."""
    repeated: int = 0
    """Messages that went again before anyone knew whether they were lost."""

    def add(self, other: "Told") -> None:
        """Both together."""
        self.messages += other.messages
        self.taken_ms = sorted(self.taken_ms + other.taken_ms)
        self.datagrams += other.datagrams
        self.bytes_carried += other.bytes_carried
        self.repeated += other.repeated

    def quantile(self, share: float) -> float:
        """The round trip below which `share` of all lie."""
        return self.taken_ms[min(len(self.taken_ms) - 1, int(len(self.taken_ms) * share))]


def echo(
    seed: int,
    link: Conditions,
    *,
    messages: int = 1_000,
    rate_hz: int = 200,
    size: int = 64,
    config: Config | None = None,
) -> Told:
    """`messages` at `rate_hz` from the client, each sent back by the server as soon as it is delivered."""
    pair = Pair(seed, up=link, config=config, trace=True)
    pair.connect()
    told = Told(messages)

    def answer(event: Event) -> None:
        if isinstance(event, Data):
            pair.server.send(event.channel, event.data)

    def hear(event: Event) -> None:
        if isinstance(event, Data):
            told.taken_ms.append((pair.now_ns - int.from_bytes(event.data[:8])) / MS)

    def speak() -> None:
        pair.client.send(0, pair.now_ns.to_bytes(8) + bytes(size - 8))

    pair.server.on_event, pair.client.on_event = answer, hear
    assert pair.network.trace is not None
    pair.network.trace.clear()
    for number in range(messages):
        pair.after(number / rate_hz, speak)
    pair.run_until(lambda: len(told.taken_ms) == messages, messages / rate_hz + PATIENCE_S)
    told.taken_ms.sort()
    told.datagrams = len(pair.network.trace)
    told.bytes_carried = sum(record.size for record in pair.network.trace)
    told.repeated = repeated_by(pair.client) + repeated_by(pair.server)
    return told


def repeated_by(end: End) -> int:
    """How many messages `end` has repeated to its first peer."""
    peer = end.endpoint.slots[0]
    assert peer is not None
    count: int = peer.recovery.repeated
    return count


def echoes(seeds: Sequence[int], link: Conditions, messages: int = 1_000, size: int = 64) -> Told:
    """`echo` for each of the seeds, added up."""
    total = Told()
    for seed in seeds:
        total.add(echo(seed, link, messages=messages, size=size))
    return total


def study(seeds: Sequence[int], messages: int, losses: Sequence[float], delays_ms: Sequence[int]) -> None:
    """Print a line for each link."""
    print("loss %  one way ms   arrived      p50      p99    p99.9      max   datagrams/msg  bytes/msg")
    for percent in losses:
        for delay_ms in delays_ms:
            total = echoes(seeds, Conditions(loss=percent / 100, delay_us=delay_ms * 1_000), messages)
            times = " ".join(f"{total.quantile(share):8.1f}" for share in (0.5, 0.99, 0.999, 1.0))
            arrived = len(total.taken_ms) / total.messages
            costs = f"{total.datagrams / total.messages:13.2f} {total.bytes_carried / total.messages:10.1f}"
            print(f"{percent:6g} {delay_ms:11} {arrived:8.2%} {times} {costs}", flush=True)


def main() -> None:
    """The arguments, with what `fastnet bench loss` takes as defaults."""
    given = [*sys.argv[1:], *("20", "1000", "0,1,2,5", "25,100")[len(sys.argv) - 1 :]]
    seeds, messages = range(int(given[0])), int(given[1])
    study(seeds, messages, [float(text) for text in given[2].split(",")], [int(text) for text in given[3].split(",")])


if __name__ == "__main__":
    main()
