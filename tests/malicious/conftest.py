"""Malicious peers use the scripted peer of the simulations."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "simulation"))
