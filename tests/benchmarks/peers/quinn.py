"""QUIC by the Rust crate `quinn`: TLS 1.3, congestion control; unreliable datagrams and a reliable stream."""

from pathlib import Path

from fastnet.tools.benchmark.build import cargo_build
from fastnet.tools.benchmark.peer import OneProgram, Variant

WORKSPACE = Path(__file__).parent / "rust"
PACKAGE = "bench-quinn"
UNRELIABLE = frozenset({"latency", "throughput", "garbage"})
RELIABLE = frozenset({"latency", "throughput", "loss"})


class Quinn(OneProgram):
    """Datagrams, and one stream."""

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

    def command(self, variant: Variant) -> list[str]:
        """Datagram or stream is its first argument."""
        return [str(self._program), variant.name]

    def udp_port(self, ready: str) -> int:
        """It stands before the certificate."""
        return int(ready.partition(",")[0])


PEER = Quinn()
