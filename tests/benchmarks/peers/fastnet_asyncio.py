"""FastNet through asyncio."""

import sys
from pathlib import Path

from fastnet.tools.benchmark.build import missing
from fastnet.tools.benchmark.cipher import cipher_name
from fastnet.tools.benchmark.peer import OneProgram, Variant

PROGRAM = Path(__file__).parent.parent / "python" / "asyncio_echo.py"
BLOCK, SPIN = frozenset({"block"}), frozenset({"spin"})


class FastNetAsyncio(OneProgram):
    """`SecureSocket` on the standard event loop, which sleeps; with busy poll it asks before that."""

    name = "fastnet-asyncio"
    variants = (
        Variant("unreliable", "unreliable", encrypted=True, modes=BLOCK),
        Variant("reliable", "reliable", encrypted=True, modes=BLOCK),
        Variant("busy-poll", "unreliable", encrypted=True, modes=SPIN),
        Variant("busy-poll reliable", "reliable", encrypted=True, modes=SPIN),
    )
    configuration = (
        f"SecureSocket, default Config, the standard event loop, {cipher_name()}; busy-poll: both ends with "
        "busy_poll_us=100, every answer comes within that"
    )

    def build(self, folder: Path) -> str | None:
        """`make build` has done it."""
        return missing("fastnet.net.aio")

    def command(self, variant: Variant) -> list[str]:
        """The variant is its first argument."""
        return [sys.executable, str(PROGRAM), variant.name]

    def udp_port(self, ready: str) -> int:
        """It stands first."""
        return int(ready.partition(",")[0])


PEER = FastNetAsyncio()
