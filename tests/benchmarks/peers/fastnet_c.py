"""FastNet through its C library, with the runtime that is shipped: caller-pumped, and with its network thread."""

from pathlib import Path

from fastnet.net.devca import certificate_pem, key_pem, self_signed, write_private
from fastnet.tools.benchmark.build import compile_c
from fastnet.tools.benchmark.peer import OneProgram, Variant

ROOT = Path(__file__).parents[3]
SOURCE = ROOT / "tests" / "benchmarks" / "c" / "fastnet_c.c"
LIBRARY = ROOT / "build" / "lib" / "linux-x86_64"
PUMPED = frozenset({"latency", "throughput"})
BLOCKING = frozenset({"block"})
"""Two ends with a spinning thread beside a spinning game need four cores."""


class FastNetC(OneProgram):
    """Variants `WAY CHANNEL`."""

    name = "fastnet-c"
    variants = (
        Variant("fastnet-c unreliable", "unreliable", encrypted=True, kinds=PUMPED),
        Variant("fastnet-c reliable", "reliable", encrypted=True, kinds=PUMPED),
        Variant("fastnet-c threaded", "unreliable", encrypted=True, modes=BLOCKING),
    )
    configuration = (
        "libfastnet of `make lib`, default configuration, caller-pumped; threaded: idle policy SLEEP; throughput: "
        "manual flush every 128 messages, budget and channel windows of 16 MiB; the C API cannot announce the port of "
        "a link, so it takes no part in loss"
    )

    def __init__(self) -> None:
        self._folder = Path()

    def build(self, folder: Path) -> str | None:
        """Compile against what `make lib` left, and make a certificate."""
        if not (LIBRARY / "libfastnet.so").exists():
            return "the C library is not built; run `make lib`"
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        made = self_signed(["localhost", "127.0.0.1"])
        (folder / "chain.pem").write_bytes(certificate_pem(made))
        write_private(folder / "key.pem", key_pem(made))
        include = ROOT / "bindings" / "c" / "include"
        link = [f"-I{include}", f"-L{LIBRARY}", "-lfastnet", f"-Wl,-rpath,{LIBRARY}"]
        return compile_c(SOURCE, folder / "fastnet-c", link)

    def command(self, variant: Variant) -> list[str]:
        """Channel, way, and the folder with the certificate."""
        way = "threaded" if variant.name.endswith("threaded") else "pumped"
        return [str(self._folder / "fastnet-c"), variant.channel, way, str(self._folder)]


PEER = FastNetC()
