"""FastNet itself through the frame-loop API of Python: `poll`, `wait`, `send`."""

import sys
from pathlib import Path

from fastnet.tools.benchmark.build import missing
from fastnet.tools.benchmark.cipher import cipher_name
from fastnet.tools.benchmark.peer import OneProgram, Variant

PROGRAM = Path(__file__).parent.parent / "python" / "frame_loop.py"
KINDS = frozenset({"latency", "throughput", "scale", "garbage"})


class FastNetFrame(OneProgram):
    """Everything on: TLS handshake, AEAD, acks, congestion control, pacing."""

    name = "fastnet"
    variants = (
        Variant("unreliable", "unreliable", encrypted=True, kinds=KINDS),
        Variant("reliable", "reliable", encrypted=True, kinds=frozenset({"latency", "throughput", "loss"})),
    )
    configuration = (
        f"Python frame-loop API, default Config, {cipher_name()}; "
        "scale: handshake limits raised; throughput: auto_flush off, "
        "send_all and flush every 128 messages, send queues and channel windows of 16 MiB"
    )

    def build(self, folder: Path) -> str | None:
        """`make build` has done it."""
        return missing("fastnet.protocol.endpoint")

    def command(self, variant: Variant) -> list[str]:
        """The channel is its first argument."""
        return [sys.executable, str(PROGRAM), variant.name]

    def udp_port(self, ready: str) -> int:
        """It stands between the TCP port and the pin."""
        return int(ready.split(",")[1])


PEER = FastNetFrame()
