"""The floor: UDP echo in C, bare (`raw-udp`) and with the cipher alone (`raw-udp+aead`)."""

import os
import subprocess
from pathlib import Path

from fastnet.tools.benchmark.peer import Order, Variant

SOURCE = Path(__file__).parent.parent / "raw_udp" / "udp_echo.c"
EXTRA = {"raw-udp": [], "raw-udp+aead": ["-DAEAD", "-lcrypto"]}


class RawUdp:
    """Two builds of one C file."""

    name = "raw-udp"
    variants = (
        Variant("raw-udp", "unreliable", encrypted=False),
        Variant("raw-udp+aead", "unreliable", encrypted=True),
    )
    configuration = "C, cc -O2, connected client socket; +aead: four ChaCha20-Poly1305 calls of libcrypto a round trip"

    def __init__(self) -> None:
        self._folder = Path()

    def build(self, folder: Path) -> str | None:
        """Compile what is older than its source."""
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        for name, extra in EXTRA.items():
            program = folder / name
            if program.exists() and program.stat().st_mtime >= SOURCE.stat().st_mtime:
                continue
            command = [os.environ.get("CC", "cc"), "-O2", str(SOURCE), "-o", str(program), *extra]
            try:
                done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
            except OSError as error:
                return f"no C compiler: {error.strerror}"
            if done.returncode:
                return f"cannot be compiled: {done.stderr.strip().splitlines()[0]}"
        return None

    def serve_command(self, variant: Variant, order: Order) -> list[str]:
        """The echo."""
        return [str(self._folder / variant.name), "serve", order.mode]

    def client_command(self, variant: Variant, order: Order, ready: str, server_pid: int) -> list[str]:
        """The measuring client."""
        numbers = (order.payload_bytes, order.warmup, order.messages, order.per_second, server_pid)
        return [str(self._folder / variant.name), "client", ready, order.mode, *map(str, numbers)]


PEER = RawUdp()
