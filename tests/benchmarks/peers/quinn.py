"""QUIC by the Rust crate `quinn`: TLS 1.3, congestion control; unreliable datagrams and a reliable stream."""

from pathlib import Path

from fastnet.tools.benchmark.build import cargo_build
from fastnet.tools.benchmark.order import Order
from fastnet.tools.benchmark.peer import Variant

WORKSPACE = Path(__file__).parent / "rust"
PACKAGE = "bench-quinn"
UNRELIABLE = frozenset({"latency", "throughput", "garbage"})
RELIABLE = frozenset({"latency", "throughput", "loss"})


class Quinn:
    """One program; datagram or stream is its first argument."""

    name = "quinn"
    variants = (
        Variant("datagram", "unreliable", encrypted=True, kinds=UNRELIABLE),
        Variant("stream", "reliable", encrypted=True, kinds=RELIABLE),
    )
    configuration = (
        "Rust, release, LTO, one thread of tokio an end, spinning by a task that never rests; its own choice of cipher "
        "(AES-GCM where there is hardware for it), its own batches and segmentation offload; windows of 16 MiB; "
        "a stream's messages have a length before them"
    )

    def __init__(self) -> None:
        self._program = Path()

    def build(self, folder: Path) -> str | None:
        """From the locked dependencies."""
        self._program = folder / "rust" / "release" / PACKAGE
        return cargo_build(WORKSPACE, PACKAGE, folder / "rust")

    def serve_command(self, variant: Variant, order: Order) -> list[str]:
        """The end that answers or counts."""
        return [str(self._program), variant.name, *order.server_arguments()]

    def client_command(self, variant: Variant, order: Order, ready: str, server_pid: int) -> list[str]:
        """The measuring client."""
        return [str(self._program), variant.name, *order.client_arguments(ready, server_pid)]

    def udp_port(self, ready: str) -> int:
        """It stands before the certificate."""
        return int(ready.partition(",")[0])


PEER = Quinn()
