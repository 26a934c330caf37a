"""ENet, from Debian: reliable UDP without a cipher, the usual choice of games."""

import subprocess
from pathlib import Path

from fastnet.tools.benchmark.build import compile_c, fetch_debian
from fastnet.tools.benchmark.peer import OneProgram, Variant

BENCHMARKS = Path(__file__).parents[1]
SOURCE = BENCHMARKS / "c" / "enet.c"
PACKAGES = ("libenet-dev", "libenet7")
UNRELIABLE = frozenset({"latency", "throughput", "scale", "garbage"})
RELIABLE = frozenset({"latency", "throughput", "loss"})


class Enet(OneProgram):
    """Both its channels."""

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

    def command(self, variant: Variant) -> list[str]:
        """The channel is its first argument."""
        return [str(self._program), variant.name]


def _is_installed() -> bool:
    try:
        done = subprocess.run(["pkg-config", "--exists", "libenet"], check=False)
    except OSError:
        return False
    return done.returncode == 0


PEER = Enet()
