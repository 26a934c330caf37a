"""A bare asyncio datagram echo with the cipher alone: the yardstick of `fastnet-asyncio`."""

import sys
from pathlib import Path

from fastnet.tools.benchmark.cipher import cipher_name
from fastnet.tools.benchmark.peer import OneProgram, Variant

PROGRAM = Path(__file__).parent.parent / "python" / "asyncio_echo.py"


class AsyncioUdp(OneProgram):
    """What an application would pay that seals its own datagrams and does nothing else."""

    name = "asyncio-udp+aead"
    variants = (Variant(name, "unreliable", encrypted=True),)
    configuration = (
        f"DatagramProtocol and transport of the standard event loop, four {cipher_name()} calls of cryptography a "
        "round trip on objects that keep their keys, no protocol; spin: a callback without end keeps the loop awake"
    )

    def build(self, folder: Path) -> str | None:
        """Nothing to do."""
        return None

    def command(self, variant: Variant) -> list[str]:
        """The variant is its first argument."""
        return [sys.executable, str(PROGRAM), variant.name]


PEER = AsyncioUdp()
