"""How everyone looks in the pictures: a colour for each peer, the same in all of them, and a line for each variant."""

from dataclasses import dataclass

from fastnet.tools.benchmark.peer import Contender

INK = "#1d2433"
OURS = {"fastnet": "#2563c9", "fastnet-asyncio": "#8a4fc9", "fastnet-c": "#1a8f6d"}
OTHERS = {
    "raw-udp": "#7a8294",
    "asyncio-udp+aead": "#b07fb5",
    "enet": "#c08a3e",
    "quinn": "#c2574f",
    "fastnet-rs": "#6f9a56",
    "gns": "#4f9aa8",
    "python-socket": "#b3a58c",
}
GREY = "#9aa2b1"
_LINES = ("-", (0, (4, 1.5)), (0, (1, 1.2)), (0, (6, 1.5, 1, 1.5)))


@dataclass(frozen=True, slots=True)
class Look:
    """Of a curve or a bar."""

    colour: str
    width: float
    line: object


def look_of(contender: Contender) -> Look:
    """The baseline in ink, ours strong, the others quieter."""
    if contender.is_baseline:
        return Look(INK, 2.2, "-")
    names = [variant.name for variant in contender.peer.variants]
    line = _LINES[names.index(contender.variant.name) % len(_LINES)]
    if contender.peer.name in OURS:
        return Look(OURS[contender.peer.name], 2.6, line)
    return Look(OTHERS.get(contender.peer.name, GREY), 1.6, line)
