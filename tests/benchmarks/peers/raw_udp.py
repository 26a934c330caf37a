"""The floor: UDP echo in C, bare (`raw-udp`) and with the cipher alone (`raw-udp+aead`)."""

import os
from pathlib import Path

from fastnet.tools.benchmark.build import compile_c
from fastnet.tools.benchmark.cipher import cipher_name
from fastnet.tools.benchmark.peer import OneProgram, Variant

SOURCE = Path(__file__).parent.parent / "c" / "raw_udp.c"
ROOT = Path(__file__).parents[3]
SODIUM = Path(os.environ.get("FASTNET_LIBSODIUM", ROOT / "build" / "libsodium"))  # As setup.py has it.
EXTRA = {
    "raw-udp": [],
    "raw-udp+aead": ["-DAEAD", f"-I{SODIUM}/include", f"{SODIUM}/lib/libsodium.a", "-pthread"],
}
EVERYTHING = frozenset({"latency", "throughput", "scale", "garbage", "loss"})


class RawUdp(OneProgram):
    """Two builds of one C file."""

    name = "raw-udp"
    variants = (
        Variant("raw-udp", "unreliable", encrypted=False, kinds=EVERYTHING),
        Variant("raw-udp+aead", "unreliable", encrypted=True, kinds=EVERYTHING - {"loss"}),
    )
    configuration = (
        "C, cc -O2, one connected socket per client, one system call per datagram, floods not paced; "
        f"+aead: four {cipher_name()} calls of libsodium a round trip, with keys prepared once"
    )

    def __init__(self) -> None:
        self._folder = Path()

    def build(self, folder: Path) -> str | None:
        """Compile what is older than its source."""
        self._folder = folder
        reasons = [compile_c(SOURCE, folder / name, extra) for name, extra in EXTRA.items()]
        return next(filter(None, reasons), None)

    def command(self, variant: Variant) -> list[str]:
        """One build for each variant; the one that seals is told its cipher."""
        return [str(self._folder / variant.name), *([cipher_name()] if variant.encrypted else [])]


PEER = RawUdp()
