"""From runs to the rows of the result. The JSON is a contract: `docs/benchmarks.md` and CI read it."""

import json
import statistics
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from fastnet.tools.benchmark.peer import Contender, Order
from fastnet.tools.benchmark.run import Run


@dataclass(frozen=True, slots=True)
class Row:
    """One contender in one setting. Times are of all rounds together; the ratio is the median of each round's own."""

    suite: str
    peer: str
    variant: str
    mode: str
    channel: str
    encrypted: bool
    payload_bytes: int
    messages: int
    lost: int
    rounds: int
    p50_us: float | None
    p99_us: float | None
    p999_us: float | None
    max_us: float | None
    mean_us: float | None
    cpu_us_per_message: float
    messages_per_s: float
    ratio_to_raw_udp: float | None


def make_row(contender: Contender, order: Order, runs: Sequence[Run], baseline: Sequence[Run]) -> Row:
    """The row of `contender`, whose runs and the baseline's are of the same rounds, in the same order."""
    samples = array("I")
    for run in runs:
        samples.extend(run.samples_ns)
    ordered = sorted(samples)
    messages = len(runs) * order.messages
    return Row(
        suite=order.suite,
        peer=contender.peer.name,
        variant=contender.variant.name,
        mode=order.mode,
        channel=contender.variant.channel,
        encrypted=contender.variant.encrypted,
        payload_bytes=order.payload_bytes,
        messages=messages,
        lost=sum(run.lost for run in runs),
        rounds=len(runs),
        p50_us=quantile_us(ordered, 0.5),
        p99_us=quantile_us(ordered, 0.99),
        p999_us=quantile_us(ordered, 0.999),
        max_us=quantile_us(ordered, 1.0),
        mean_us=round(statistics.fmean(ordered) / 1_000, 3) if ordered else None,
        cpu_us_per_message=round(sum(run.cpu_us for run in runs) / messages, 3),
        messages_per_s=round(len(ordered) / sum(run.elapsed_us for run in runs) * 1e6),
        ratio_to_raw_udp=_ratio(runs, baseline),
    )


def quantile_us(ordered_ns: Sequence[int], share: float) -> float | None:
    """The sample below which `share` of all lie; None of nothing."""
    if not ordered_ns:
        return None
    return ordered_ns[min(len(ordered_ns) - 1, int(len(ordered_ns) * share))] / 1_000


def _ratio(runs: Sequence[Run], baseline: Sequence[Run]) -> float | None:
    ratios = [run.p50_ns / base.p50_ns for run, base in zip(runs, baseline, strict=True) if run.samples_ns]
    return round(statistics.median(ratios), 3) if ratios else None


def save_json(path: Path, machine: dict[str, object], rows: Iterable[Row]) -> None:
    """Write `{"machine": ..., "rows": [...]}`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"machine": machine, "rows": [asdict(row) for row in rows]}, indent=2) + "\n")
