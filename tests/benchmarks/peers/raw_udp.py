"""The floor: UDP echo in C, bare (`raw-udp`) and with the cipher alone (`raw-udp+aead`)."""

from pathlib import Path

from fastnet.tools.benchmark.build import compile_c
from fastnet.tools.benchmark.order import Order
from fastnet.tools.benchmark.peer import Variant

SOURCE = Path(__file__).parent.parent / "c" / "raw_udp.c"
EXTRA = {"raw-udp": [], "raw-udp+aead": ["-DAEAD", "-lcrypto"]}
EVERYTHING = frozenset({"latency", "throughput", "scale", "garbage", "loss"})


class RawUdp:
    """Two builds of one C file."""

    name = "raw-udp"
    variants = (
        Variant("raw-udp", "unreliable", encrypted=False, kinds=EVERYTHING),
        Variant("raw-udp+aead", "unreliable", encrypted=True, kinds=EVERYTHING - {"loss"}),
    )
    configuration = (
        "C, cc -O2, one connected socket per client, one system call per datagram, floods not paced; "
        "+aead: four ChaCha20-Poly1305 calls of libcrypto a round trip"
    )

    def __init__(self) -> None:
        self._folder = Path()

    def build(self, folder: Path) -> str | None:
        """Compile what is older than its source."""
        self._folder = folder
        reasons = [compile_c(SOURCE, folder / name, extra) for name, extra in EXTRA.items()]
        return next(filter(None, reasons), None)

    def serve_command(self, variant: Variant, order: Order) -> list[str]:
        """The end that answers or counts."""
        return [str(self._folder / variant.name), *order.server_arguments()]

    def client_command(self, variant: Variant, order: Order, ready: str, server_pid: int) -> list[str]:
        """The measuring client."""
        return [str(self._folder / variant.name), *order.client_arguments(ready, server_pid)]

    def udp_port(self, ready: str) -> int:
        """It is all that the server says."""
        return int(ready)


PEER = RawUdp()
