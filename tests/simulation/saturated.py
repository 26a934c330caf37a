"""Thin flows on a link with little room above what they need, in virtual time; thin.py has one on a link with room.

    .venv/bin/python tests/simulation/saturated.py [SEEDS [FLOWS [LOSS_%,.. [CAPACITY,.. [QUEUE_MS,.. [DELAY_MS,..]]]]]]

prints, for each link that loses at random and has CAPACITY times what the flows need, the round trips of 64-byte
reliable messages, 200 a second and flow, each echoed at once, for 20 seconds; what the full queue dropped, what a
message cost, and how evenly the flows were served.
"""

import itertools
import random
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from fastnet.protocol.events import Data, Event
from fastnet.testing.conditions import Conditions, WireCounts
from fastnet.testing.pair import End, Pair
from thin import MS, Told, repeated_by

NEED_BYTES_PER_S = 19_800
"""What one flow sends each way on a link that loses nothing: UDP payload, acks included."""


class Crowd:
    """`flows` thin flows through one bottleneck each way. What came: `told`, `counts`, `per_flow_ms`."""

    def __init__(self, seed: int, flows: int, link: Conditions, *, seconds: float = 20.0, rest_s: float = 5.0) -> None:
        self.pair = pair = Pair(seed, up=Conditions(delay_us=link.delay_us), clients=flows)
        pair.connect()
        self.up, self.down = pair.network.wire(link), pair.network.wire(link)
        self.per_flow_ms: list[list[float]] = [[] for _ in range(flows)]
        pair.server.on_event = self._answer
        each = int(200 * seconds)
        chance = random.Random(seed)  # A game's frames are not on time to the microsecond.
        for index, client in enumerate(pair.clients):
            pair.network.route(client.address, pair.server.address, self.up)
            pair.network.route(pair.server.address, client.address, self.down)
            client.on_event = partial(self._hear, index)
            for number in range(each):
                pair.after((number + chance.random()) / 200, partial(self._speak, client))
        pair.network.trace = []
        pair.run_until(lambda: sum(map(len, self.per_flow_ms)) == flows * each, seconds + rest_s)
        self.told = self._sum_up(flows * each)
        self.counts: WireCounts = self.up.counts.plus(self.down.counts)

    def _speak(self, client: End) -> None:
        client.send(0, self.pair.now_ns.to_bytes(8) + bytes(56))

    def _answer(self, event: Event) -> None:
        if isinstance(event, Data):
            self.pair.server.send(0, event.data, event.peer_id)

    def _hear(self, index: int, event: Event) -> None:
        if isinstance(event, Data):
            self.per_flow_ms[index].append((self.pair.now_ns - int.from_bytes(event.data[:8])) / MS)

    def _sum_up(self, messages: int) -> Told:
        trace = self.pair.network.trace
        assert trace is not None
        told = Told(messages, sorted(time for times in self.per_flow_ms for time in times), len(trace))
        told.bytes_carried = sum(record.size for record in trace)
        told.repeated = sum(repeated_by(client) for client in self.pair.clients)
        return told


def jain(shares: Sequence[float]) -> float:
    """Jain's index of fairness: 1 when all get the same, 1/n when one gets all."""
    return sum(shares) ** 2 / (len(shares) * sum(share * share for share in shares))


def one(flows: int, link: Conditions, seed: int) -> tuple[Told, WireCounts, float]:
    """A run, and the fairness of the mean round trips."""
    crowd = Crowd(seed, flows, link, seconds=20.0)
    means = [sum(times) / len(times) for times in crowd.per_flow_ms if times]
    return crowd.told, crowd.counts, jain(means)


def study(
    pool: ProcessPoolExecutor, seeds: int, flows: int, loss: float, capacity: float, rest: tuple[int, int]
) -> str:
    """A line for one link, `capacity` times what the flows need; `rest` is its queue and its delay one way, in ms."""
    queue_ms, delay_ms = rest
    rate = int(capacity * flows * NEED_BYTES_PER_S)
    link = Conditions(loss=loss / 100, delay_us=delay_ms * 1_000, rate_bytes_per_s=rate, queue_ms=queue_ms)
    told, counts, fair = Told(), WireCounts(), 0.0
    for run in pool.map(partial(one, flows, link), range(seeds)):
        told.add(run[0])
        counts = counts.plus(run[1])
        fair += run[2] / seeds
    arrived, dropped = len(told.taken_ms) / told.messages, counts.queue_full / counts.offered
    costs = f"{told.bytes_carried / told.messages:10.1f} {told.repeated / told.messages:12.2f}"
    times = f"{told.quantile(0.5):8.1f} {told.quantile(0.99):8.1f}"
    where = f"{flows:5} {loss:6g} {capacity:8g} {queue_ms:8} {delay_ms:10}"
    return f"{where} {arrived:9.2%} {times} {dropped:9.2%} {costs} {fair:5.2f}"


def main() -> None:
    """The arguments, or what docs/performance.md shows."""
    given = [*sys.argv[1:], *("20", "1", "1", "0.9,1,1.1,1.3,2", "10,30,100,200", "25")[len(sys.argv) - 1 :]]
    losses, capacities, queues, delays = (part.split(",") for part in given[2:])
    print(
        "flows loss % capacity queue ms one way ms  arrived      p50      p99   dropped  bytes/msg  repeats/msg  fair"
    )
    with ProcessPoolExecutor() as pool:
        for loss, capacity, queue_ms, delay_ms in itertools.product(losses, capacities, queues, delays):
            rest = int(queue_ms), int(delay_ms)
            print(study(pool, int(given[0]), int(given[1]), float(loss), float(capacity), rest), flush=True)


if __name__ == "__main__":
    main()
