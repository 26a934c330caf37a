"""ENet, from Debian: reliable UDP without a cipher, the usual choice of games."""

import subprocess
from pathlib import Path

from fastnet.tools.benchmark.build import compile_c, fetch_debian
from fastnet.tools.benchmark.order import Order
from fastnet.tools.benchmark.peer import Variant

BENCHMARKS = Path(__file__).parents[1]
SOURCE = BENCHMARKS / "c" / "enet.c"
PACKAGES = ("libenet-dev", "libenet7")
UNRELIABLE = frozenset({"latency", "throughput", "scale", "garbage"})
RELIABLE = frozenset({"latency", "throughput", "loss"})


class Enet:
    """One program; the channel is its first argument."""

    name = "enet"
    variants = (
        Variant("unreliable", "unreliable", encrypted=False, kinds=UNRELIABLE),
        Variant("reliable", "reliable", encrypted=False, kinds=RELIABLE),
    )
    configuration = (
        "C, cc -O2, Debian's libenet, one host a process, one channel; flushed after each message, except in floods "
        "and among many clients; throttle off; 256 KiB socket buffers (its default); peers are allocated when it starts"
    )

    def __init__(self) -> None:
        self._program = Path()

    def build(self, folder: Path) -> str | None:
        """With the installed library, or else with Debian's packages unpacked beside the program."""
        self._program = folder / "enet"
        if _is_installed():
            return compile_c(SOURCE, self._program, ["-lenet"])
        prefix = folder / "debian-enet"
        if (why := fetch_debian(BENCHMARKS / "fetch_debian.sh", prefix, PACKAGES)) is not None:
            return why
        include, library = prefix / "usr" / "include", next((prefix / "usr" / "lib").glob("*-linux-gnu*"))
        places = [f"-I{include}", f"-L{library}", f"-Wl,-rpath,{library.resolve()}"]
        return compile_c(SOURCE, self._program, [*places, "-lenet"])

    def serve_command(self, variant: Variant, order: Order) -> list[str]:
        """The end that answers or counts."""
        return [str(self._program), variant.name, *order.server_arguments()]

    def client_command(self, variant: Variant, order: Order, ready: str, server_pid: int) -> list[str]:
        """The measuring client."""
        return [str(self._program), variant.name, *order.client_arguments(ready, server_pid)]

    def udp_port(self, ready: str) -> int:
        """It is all that the server says."""
        return int(ready)


def _is_installed() -> bool:
    try:
        done = subprocess.run(["pkg-config", "--exists", "libenet"], check=False)
    except OSError:
        return False
    return done.returncode == 0


PEER = Enet()
