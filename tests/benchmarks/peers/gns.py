"""GameNetworkingSockets, from Debian testing, which runs on the C library of its own suite: nothing is installed."""

import platform
from pathlib import Path

from fastnet.tools.benchmark.build import compile_c, compile_object, fetch_debian
from fastnet.tools.benchmark.peer import OneProgram, Variant

BENCHMARKS = Path(__file__).parents[1]
SOURCE, LINK = BENCHMARKS / "c" / "gns.c", BENCHMARKS / "c" / "gns_link.cpp"
PACKAGES = ("suite=forky", "libgamenetworkingsockets-dev", "libc6")
UNRELIABLE = frozenset({"latency", "throughput", "garbage"})
RELIABLE = frozenset({"latency", "loss"})


class Gns(OneProgram):
    """Both its kinds of message."""

    name = "gns"
    variants = (
        Variant("unreliable", "unreliable", encrypted=True, kinds=UNRELIABLE),
        Variant("reliable", "reliable", encrypted=True, kinds=RELIABLE),
    )
    configuration = (
        "C++, -O2, Debian testing's GameNetworkingSockets, whose build checks itself (containers of libstdc++, and all "
        "packets in flight for each one sent) and is slower for it; turns in our thread, AES-256-GCM, no limit of the "
        "sending rate, buffers of 16 MiB; no Nagle except in floods, where the sink sends receipts and 512 messages "
        "are under way; its messages have at most 512 KiB"
    )

    def __init__(self) -> None:
        self._program = Path()

    def build(self, folder: Path) -> str | None:
        """Debian's packages unpacked beside the program, and the program linked to run on them."""
        self._program = folder / "gns"
        if platform.machine() != "x86_64":
            return f"its libraries are fetched for x86_64 only, and this is {platform.machine()}"
        prefix = folder / "debian-gns"
        if (why := fetch_debian(BENCHMARKS / "fetch_debian.sh", prefix, PACKAGES)) is not None:
            return why
        part = folder / "gns_link.o"
        include = prefix / "usr" / "include" / "GameNetworkingSockets"
        if (why := compile_object(LINK, part, ["-std=c++17", "-isystem", str(include)])) is not None:
            return why
        return compile_c(SOURCE, self._program, [str(part), *_linking(prefix)])

    def command(self, variant: Variant) -> list[str]:
        """The channel is its first argument."""
        return [str(self._program), variant.name]


def _linking(prefix: Path) -> list[str]:
    """Against libraries that are newer than this machine's, with their own loader."""
    libraries = (prefix / "usr" / "lib" / "x86_64-linux-gnu").resolve()
    return [
        *(f"-L{libraries}", "-lGameNetworkingSockets", "-lstdc++"),
        *("-Wl,--allow-shlib-undefined", "-Wl,--disable-new-dtags", f"-Wl,-rpath,{libraries}"),
        f"-Wl,--dynamic-linker={libraries / 'ld-linux-x86-64.so.2'}",
    ]


PEER = Gns()
