"""From runs to the rows of the result. The JSON is a contract: `docs/benchmarks.md` and CI read it."""

import json
import statistics
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from fastnet.tools.benchmark.order import Order
from fastnet.tools.benchmark.peer import Contender
from fastnet.tools.benchmark.rounds import Result
from fastnet.tools.benchmark.run import Run

_ENOUGH_PEERS = 100  # With fewer, what the server needs once would be told as theirs.


@dataclass(frozen=True, slots=True)
class Row:
    """One contender in one setting. Times are of all rounds together; the ratio is the median of each round's own: of
    the medians, for `throughput` of the messages a second, for `scale` of the CPU time. `cpu_us_per_message` is of both
    ends, and for `scale` of the server alone; it and `messages_per_s` count what arrived."""

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


def make_rows(result: Result) -> list[Row]:
    """A row for everyone who was measured in this setting."""
    return [make_row(each, result.order, runs, result.baseline) for each, runs in result.runs.items() if runs]


def make_row(contender: Contender, order: Order, runs: Sequence[Run], baseline: Sequence[Run]) -> Row:
    """The row of `contender`, whose runs and the baseline's are of the same rounds, in the same order."""
    samples = array("I")
    for run in runs:
        samples.extend(run.samples_ns)
    ordered = sorted(samples)
    messages, delivered = len(runs) * order.messages, sum(run.delivered for run in runs)
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
        cpu_us_per_message=round(sum(run.cpu_us for run in runs) / max(1, delivered), 3),
        messages_per_s=round(delivered / max(1, sum(run.elapsed_us for run in runs)) * 1e6, 1),
        ratio_to_raw_udp=_ratio(order, runs, baseline),
    )


def quantile_us(ordered_ns: Sequence[int], share: float) -> float | None:
    """The sample below which `share` of all lie; None of nothing."""
    if not ordered_ns:
        return None
    return ordered_ns[min(len(ordered_ns) - 1, int(len(ordered_ns) * share))] / 1_000


def _ratio(order: Order, runs: Sequence[Run], baseline: Sequence[Run]) -> float | None:
    figure = {"throughput": _per_second, "scale": _cpu, "garbage": _cpu}.get(order.kind, _median)
    pairs = zip(runs, baseline, strict=True) if baseline else ()
    figures = [(figure(run), figure(base)) for run, base in pairs if run.delivered and base.delivered]
    ratios = [ours / base for ours, base in figures if base]
    return round(statistics.median(ratios), 3) if ratios else None


def _per_second(run: Run) -> float:
    return run.per_second


def _cpu(run: Run) -> float:
    return run.cpu_us / run.delivered


def _median(run: Run) -> float:
    return run.p50_ns


def memory_of(results: Iterable[Result]) -> dict[str, int]:
    """By contender: what a connected peer adds to a server's resident memory, where enough of them were counted."""
    found = {}
    for result in results:
        for contender, runs in result.runs.items():
            sizes = [run.peer_bytes for run in runs if run.peer_bytes is not None]
            if sizes and result.order.clients >= _ENOUGH_PEERS:
                found[contender.label] = round(statistics.median(sizes))
    return found


def load_rows(path: Path) -> tuple[dict[str, object], list[Row]]:
    """What `save_json` wrote. Raises ValueError for anything else."""
    try:
        content = json.loads(path.read_text())
        return content["machine"], [Row(**row) for row in content["rows"]]
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(f"{path} holds no rows of `fastnet bench`: give what its option --json wrote") from error


def save_json(path: Path, machine: dict[str, object], rows: Iterable[Row]) -> None:
    """Write `{"machine": ..., "rows": [...]}`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"machine": machine, "rows": [asdict(row) for row in rows]}, indent=2) + "\n")
