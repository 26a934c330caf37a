# cython: annotation_typing=True
"""The clock: the only reader of time in the product. Everything else gets `now_ns` as an argument."""

import cython
from cython.cimports.fastnet.net.libc import CLOCK_MONOTONIC, CLOCK_REALTIME, fastnet_clock_ns
from cython.cimports.libc.stdint import uint64_t


def monotonic_ns() -> uint64_t:
    """Nanoseconds since some fixed moment; never goes back. Does not count time the machine is asleep."""
    return fastnet_clock_ns(CLOCK_MONOTONIC)


def later_ns(now_ns: uint64_t, seconds: cython.double) -> uint64_t:
    """The time `seconds` after `now_ns`: at once when negative; what lies beyond 100 years is never, 2**64 - 1."""
    if seconds > 3e9:
        return cython.cast(uint64_t, 0xFFFFFFFFFFFFFFFF)
    return now_ns + cython.cast(uint64_t, seconds * 1e9) if seconds > 0 else now_ns


def wall_s() -> uint64_t:
    """Whole seconds since 1970, for tokens and certificates; may jump when someone sets the clock."""
    return fastnet_clock_ns(CLOCK_REALTIME) // 1_000_000_000
