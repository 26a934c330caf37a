"""FastNet through asyncio."""

import sys
from pathlib import Path

from fastnet.tools.benchmark.cipher import cipher_name
from fastnet.tools.benchmark.order import Order
from fastnet.tools.benchmark.peer import Variant

PROGRAM = Path(__file__).parent.parent / "python" / "asyncio_echo.py"
BLOCK, SPIN = frozenset({"block"}), frozenset({"spin"})


class FastNetAsyncio:
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
        try:
            import fastnet.net.aio  # noqa: F401 - only whether it can be had.
        except ImportError as error:
            return f"not built: {error}; run `make build`"
        return None

    def serve_command(self, variant: Variant, order: Order) -> list[str]:
        """The echo."""
        return [sys.executable, str(PROGRAM), variant.name, *order.server_arguments()]

    def client_command(self, variant: Variant, order: Order, ready: str, server_pid: int) -> list[str]:
        """The measuring client."""
        return [sys.executable, str(PROGRAM), variant.name, *order.client_arguments(ready, server_pid)]

    def udp_port(self, ready: str) -> int:
        """It stands first."""
        return int(ready.partition(",")[0])


PEER = FastNetAsyncio()
