"""A network in virtual time: the same seed and the same calls give the same story, byte for byte.

Rule 1: datagrams in flight lie in a heap by (time, order of sending), so equal times never depend on chance.
Rule 2: nothing here reads a clock; whoever drives the network passes `now_ns` and asks for `next_ns()`.
"""

import heapq
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from fastnet.protocol.ticket import NEVER_NS, Address
from fastnet.testing.conditions import CLEAN, Conditions, Wire


class Carried(NamedTuple):
    """One datagram on its way, as the receiver sees its addresses."""

    content: bytes
    source: Address
    destination: Address


@dataclass(slots=True)
class TraceRecord:
    """One datagram that somebody sent, and how many copies of it will arrive."""

    time_ns: int
    source: Address
    destination: Address
    size: int
    copies: int


class SimulatedNetwork:
    """Carries datagrams between addresses under `Conditions`, with hooks to watch, drop, forge and rewrite them."""

    def __init__(self, seed: int, conditions: Conditions = CLEAN, *, origin_ns: int = 0, trace: bool = False) -> None:
        self.prng = random.Random(seed)
        self.trace: list[TraceRecord] | None = [] if trace else None
        self.filters: list[Callable[[Carried], bool]] = []
        """Each is asked about every datagram sent; one that answers False makes it vanish. Good for watching, too."""
        self._default = conditions
        self._origin_ns = origin_ns
        self._routes: dict[tuple[Address | None, Address | None], Wire] = {}
        self._wires: dict[tuple[Address, Address], Wire] = {}
        self._outside: dict[Address, Address] = {}
        self._inside: dict[Address, Address] = {}
        self._heap: list[tuple[int, int, Carried]] = []
        self._order = 0

    # Set-up.

    def wire(self, conditions: Conditions) -> Wire:
        """A new wire, for `route`."""
        return Wire(conditions, self.prng, self._origin_ns)

    def route(self, source: Address | None, destination: Address | None, wire: Wire) -> None:
        """Send what goes from `source` to `destination` over `wire`; None stands for any address.

        The most exact rule wins, and the source before the destination. A wire under several rules is shared, as a
        bottleneck is. Without a rule, each pair of addresses gets a wire of its own with the default conditions.
        """
        self._routes[source, destination] = wire
        self._wires.clear()

    def find_wire(self, source: Address, destination: Address) -> Wire:
        """The wire that carries what goes from `source` to `destination` now."""
        wire = self._wires.get((source, destination))
        if wire is None:
            wire = self._choose_wire(source, destination)
            self._wires[source, destination] = wire
        return wire

    def rebind(self, inside: Address, outside: Address, *, keep_old: bool = False) -> None:
        """A NAT: from now on datagrams of `inside` appear to come from `outside`, and the other way round.

        The previous outside address goes dead, unless `keep_old`.
        """
        old = self._outside.get(inside)
        if old is not None and not keep_old:
            self._inside.pop(old, None)
        self._outside[inside] = outside
        self._inside[outside] = inside

    # Traffic.

    def send(self, content: bytes, source: Address, destination: Address, now_ns: int) -> int:
        """Put a datagram on the wire and return how many copies of it will arrive."""
        carried = Carried(content, self._outside.get(source, source), destination)
        passes = True
        for ask in self.filters:
            passes = ask(carried) and passes
        arrivals = self.find_wire(source, destination).carry(content, now_ns) if passes else []
        for time_ns, arriving in arrivals:
            self._push(time_ns, carried if arriving is content else carried._replace(content=arriving))
        if self.trace is not None:
            self.trace.append(TraceRecord(now_ns, source, destination, len(content), len(arrivals)))
        return len(arrivals)

    def inject(self, content: bytes, source: Address, destination: Address, time_ns: int) -> None:
        """Deliver a datagram at `time_ns` whatever the conditions, from any source: an attacker's hand."""
        self._push(time_ns, Carried(content, source, destination))

    def take_due(self, now_ns: int) -> Carried | None:
        """The next datagram that has arrived by `now_ns`, or None. `destination` is the real one, behind any NAT."""
        if not self._heap or self._heap[0][0] > now_ns:
            return None
        carried = heapq.heappop(self._heap)[2]
        inside = self._inside.get(carried.destination)
        return carried if inside is None else carried._replace(destination=inside)

    def next_ns(self) -> int:
        """When the next datagram arrives; `NEVER_NS` if none is in flight."""
        return self._heap[0][0] if self._heap else NEVER_NS

    @property
    def in_flight(self) -> int:
        """Datagrams that were sent and have not arrived."""
        return len(self._heap)

    def _push(self, time_ns: int, carried: Carried) -> None:
        self._order += 1
        heapq.heappush(self._heap, (time_ns, self._order, carried))

    def _choose_wire(self, source: Address, destination: Address) -> Wire:
        for rule in ((source, destination), (source, None), (None, destination), (None, None)):
            if rule in self._routes:
                return self._routes[rule]
        wire = self.wire(self._default)
        self._routes[source, destination] = wire  # Kept, so that a later `route` does not make it forget its queue.
        return wire
