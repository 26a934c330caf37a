"""Where the Unreal plugin and its sample lie, and what they consist of."""

from pathlib import Path

ROOT = Path(__file__).parents[3]
PLUGIN = ROOT / "plugins/unreal/FastNet"
MODULE = PLUGIN / "Source/FastNet"
ARENA = ROOT / "examples/unreal/FastNetArena"
HEADERS = sorted([*PLUGIN.rglob("*.h"), *ARENA.rglob("*.h")])


def sources() -> list[Path]:
    """The plugin's own, in order."""
    return sorted(MODULE.rglob("*.cpp"))
