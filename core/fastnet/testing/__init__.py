"""Fakes that we ship, for our tests and for yours: a manual clock, a seeded network, two ends on it, a bad real link.

`from fastnet.testing.pair import Pair` for the two ends; it needs the compiled protocol, the rest does not.
"""

from fastnet.testing.clock import ManualClock
from fastnet.testing.conditions import CLEAN, Conditions, Wire, WireCounts
from fastnet.testing.network import Carried, SimulatedNetwork, TraceRecord

__all__ = ["CLEAN", "Carried", "Conditions", "ManualClock", "SimulatedNetwork", "TraceRecord", "Wire", "WireCounts"]
