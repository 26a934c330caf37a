"""What each suite asks of everybody: its settings as orders; a full run takes minutes, a quick one seconds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fastnet.tools.benchmark.order import Order
from fastnet.tools.benchmark.peer import BIG_BYTES

BIG_SHARE = 2_000
"""One big message of a flood stands for so many small ones."""
LOSS_PER_SECOND = 200
LOSS_WARMUP = 10
LOSS_PATIENCE_MS = 10_000
SCALE_PATIENCE_MS = 2_000
_US_PER_MS = 1_000


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured: rounds, messages over all of them, and the warm-up of each run."""

    rounds: int
    messages: int
    warmup: int

    @property
    def per_round(self) -> int:
        """Messages of one run."""
        return max(1, self.messages // self.rounds)


FULL = {
    "latency": Size(5, 30_000, 1_000),
    "throughput": Size(5, 1_000_000, 20_000),
    "scale": Size(3, 90_000, 2_000),
    "loss": Size(3, 3_000, LOSS_WARMUP),
}
QUICK = {
    "latency": Size(2, 4_000, 200),
    "throughput": Size(2, 100_000, 2_000),
    "scale": Size(2, 8_000, 500),
    "loss": Size(1, 200, 2),
}


def latency(size: Size, modes: Sequence[str], payloads: Sequence[int], rate: int) -> Iterator[Order]:
    """Round trips: a closed loop, or paced."""
    name = "latency-paced" if rate else "latency"
    for payload in payloads:
        for mode in modes:
            yield Order(name, mode, payload, size.warmup, size.per_round, per_second=rate)


def throughput(size: Size, modes: Sequence[str], payloads: Sequence[int]) -> Iterator[Order]:
    """One way: small messages on unreliable channels, big ones on reliable channels."""
    for payload in payloads:
        share = BIG_SHARE if payload > BIG_BYTES else 1
        for mode in modes:
            warmup, messages = max(1, size.warmup // share), max(2, size.per_round // share)
            yield Order("throughput", mode, payload, warmup, messages, patience_ms=LOSS_PATIENCE_MS)


def scale(size: Size, modes: Sequence[str], payloads: Sequence[int], clients: Sequence[int]) -> Iterator[Order]:
    """Bursts of round trips among more and more connections, then a stranger's garbage."""
    for payload in payloads:
        for mode in modes:
            for count in clients:
                more = {"clients": count, "patience_ms": SCALE_PATIENCE_MS}
                yield Order(f"scale-{count}", mode, payload, max(size.warmup, count), size.per_round, **more)
            if mode == "block":  # Who spins is always busy, so its CPU time says nothing about garbage.
                yield Order("scale-garbage", mode, payload, size.warmup, size.per_round)


def loss(
    size: Size, modes: Sequence[str], payloads: Sequence[int], losses: Sequence[int], delays_ms: Sequence[int]
) -> Iterator[Order]:
    """Paced round trips over links that lose and delay, the same both ways."""
    for payload in payloads:
        for mode in modes:
            for percent in losses:
                for delay_ms in delays_ms:
                    yield Order(
                        f"loss-{percent}%-{delay_ms}ms",
                        mode,
                        payload,
                        min(size.warmup, LOSS_WARMUP),
                        size.per_round,
                        per_second=LOSS_PER_SECOND,
                        patience_ms=LOSS_PATIENCE_MS,
                        loss=percent / 100,
                        delay_us=delay_ms * _US_PER_MS,
                    )
