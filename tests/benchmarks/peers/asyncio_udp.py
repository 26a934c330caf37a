"""A bare asyncio datagram echo with the cipher alone: the yardstick of `fastnet-asyncio`."""

import sys
from pathlib import Path

from fastnet.tools.benchmark.order import Order
from fastnet.tools.benchmark.peer import Variant

PROGRAM = Path(__file__).parent.parent / "python" / "asyncio_echo.py"
BLOCK = frozenset({"block"})


class AsyncioUdp:
    """What an application would pay that seals its own datagrams and does nothing else."""

    name = "asyncio-udp+aead"
    variants = (Variant(name, "unreliable", encrypted=True, modes=BLOCK),)
    configuration = (
        "DatagramProtocol and transport of the standard event loop, four ChaCha20Poly1305 calls of cryptography a "
        "round trip, no protocol"
    )

    def build(self, folder: Path) -> str | None:
        """Nothing to do."""
        return None

    def serve_command(self, variant: Variant, order: Order) -> list[str]:
        """The echo."""
        return [sys.executable, str(PROGRAM), variant.name, *order.server_arguments()]

    def client_command(self, variant: Variant, order: Order, ready: str, server_pid: int) -> list[str]:
        """The measuring client."""
        return [sys.executable, str(PROGRAM), variant.name, *order.client_arguments(ready, server_pid)]

    def udp_port(self, ready: str) -> int:
        """It is all that the server says."""
        return int(ready)


PEER = AsyncioUdp()
