"""Numbers as people read them."""

from collections.abc import Sequence


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest value that at least `percent` of all do not exceed; 0.0 of nothing."""
    if not values:
        return 0.0
    ordered = sorted(values)
    rank = -(-len(ordered) * percent // 100)
    return ordered[max(0, int(rank) - 1)]


def time_text(time_us: float) -> str:
    """`87 us`, `1.24 ms`, `131 ms`: three digits are enough."""
    if time_us < 1_000:
        return f"{time_us:.0f} us"
    time_ms = time_us / 1_000
    return f"{time_ms:.2f} ms" if time_ms < 10 else f"{time_ms:.1f} ms" if time_ms < 100 else f"{time_ms:.0f} ms"


def bytes_text(count: float) -> str:
    """`512 B`, `1.4 kB`, `3.2 MB`."""
    for unit in ("B", "kB", "MB", "GB"):
        if count < 1_000 or unit == "GB":
            return f"{count:.0f} {unit}" if unit == "B" or count >= 100 else f"{count:.1f} {unit}"
        count /= 1_000
    raise AssertionError("unreachable")
