"""LiteNetLib, the usual choice of games in C#: named, so that a reader sees why it is not in the tables."""

from pathlib import Path

from fastnet.tools.benchmark.order import Order
from fastnet.tools.benchmark.peer import Variant


class LiteNetLib:
    """It comes from NuGet only, which none of the other peers needs."""

    name = "litenetlib"
    variants = (
        Variant("unreliable", "unreliable", encrypted=False),
        Variant("reliable", "reliable", encrypted=False),
    )
    configuration = "not measured"

    def build(self, folder: Path) -> str | None:
        """It is not had."""
        return "it comes from NuGet with a .NET SDK; no program for it is here yet (README.md says how to add one)"

    def serve_command(self, variant: Variant, order: Order) -> list[str]:
        """There is none."""
        return []

    def client_command(self, variant: Variant, order: Order, ready: str, server_pid: int) -> list[str]:
        """There is none."""
        return []

    def udp_port(self, ready: str) -> int:
        """There is none."""
        return 0


PEER = LiteNetLib()
