"""The Rust crate `fastnet`, the original of this project's idea, in the version of its claims and in the newest."""

from pathlib import Path

from fastnet.tools.benchmark.build import cargo_build
from fastnet.tools.benchmark.peer import OneProgram, Variant

WORKSPACE = Path(__file__).parent / "rust"
PACKAGES = {"0.1.3": "bench-fastnet-rs-0-1-3", "0.3.1": "bench-fastnet-rs"}
KINDS = {"unreliable": frozenset({"latency", "throughput", "garbage"}), "reliable": frozenset({"latency"})}
# The client of 0.1.3 never sleeps: its `poll` returns at once.
MODES = {"0.1.3": frozenset({"spin"}), "0.3.1": frozenset({"spin", "block"})}


class FastnetRs(OneProgram):
    """Two programs from one source."""

    name = "fastnet-rs"
    variants = tuple(
        Variant(f"{version} {channel}", channel, encrypted=True, kinds=kinds, modes=MODES[version])
        for version in PACKAGES
        for channel, kinds in KINDS.items()
    )
    configuration = (
        "Rust, release, LTO, one thread of tokio an end, spinning by a task that never rests; ChaCha20-Poly1305; in "
        "floods the sink sends receipts and 32 messages are under way, for a header acknowledges no more; its "
        "reliable channel never sends again what was lost, so it takes no part in loss and in big messages"
    )

    def __init__(self) -> None:
        self._folder = Path()

    def build(self, folder: Path) -> str | None:
        """From the locked dependencies."""
        self._folder = folder / "rust"
        reasons = [cargo_build(WORKSPACE, package, self._folder) for package in PACKAGES.values()]
        return next(filter(None, reasons), None)

    def udp_port(self, ready: str) -> int:
        """It stands behind the TCP port."""
        return int(ready.partition(",")[2])

    def command(self, variant: Variant) -> list[str]:
        """The version is a program of its own; the channel is the first argument."""
        version, _, channel = variant.name.partition(" ")
        return [str(self._folder / "release" / PACKAGES[version]), channel]


PEER = FastnetRs()
