"""Says what pyproject.toml cannot: which modules are compiled, and how.

FASTNET_BUILD chooses the build: release (what ships), debug (bounds checked), sanitize (ASan, UBSan), fuzz (the same,
and every edge of code reported to tests/fuzz), coverage, annotate (HTML that shows where Python objects are touched).
FASTNET_ONLY, a comma list such as `protocol.replay`, compiles only these modules (for quick edits).
FASTNET_LIBSODIUM names a folder with another libsodium than the one that core/libsodium.py fetches and builds.
FASTNET_TRAINED=no leaves an installed release as it was compiled: core/fuse.py says what training is.
"""

import os
import subprocess
import sys
import sysconfig

from Cython.Build import cythonize
from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext
from setuptools.command.install_lib import install_lib

COMPILED: dict[str, list[str]] = {  # module: libraries it links
    "protocol.datagram": [],
    "protocol.sealing": ["sodium"],
    "protocol.events": [],
    "protocol.settings": [],
    "protocol.sent": [],
    "protocol.timers": [],
    "protocol.channels.unsent": [],
    "protocol.channels.base": [],
    "protocol.channels.schedule": [],
    "protocol.channels.reliable": [],
    "protocol.channels.arrivals": [],
    "protocol.channels.unreliable": [],
    "protocol.channels.sequenced": [],
    "protocol.redundancy": [],
    "protocol.acknowledged": [],
    "protocol.recovery": [],
    "protocol.repeats": [],
    "protocol.phases": [],
    "protocol.paths": [],
    "protocol.connection": [],
    "protocol.deadlines": [],
    "protocol.incoming": [],
    "protocol.opening": [],
    "protocol.outgoing": [],
    "protocol.places": [],
    "protocol.dirty": [],
    "protocol.endpoint": [],
    "protocol.bulk": [],
    "protocol.foresight": [],
    "protocol.replay": [],
    "protocol.resets": [],
    "protocol.acks": [],
    "protocol.rtt": [],
    "protocol.congestion": [],
    "protocol.pacing": [],
    "protocol.credit": [],
    "protocol.reassembly": [],
    "net.build": [],
    "net.clock": [],
    "net.pump": [],
    "net.driver": [],
    "net.client": [],
    "net.aio_busy_poll": [],
    "net.aio_news": [],
    "net.aio_turns": [],
    "net.server": [],
    "net.udp": [],
    "net.udp_counters": [],
    "net.udp_names": [],
    "net.udp_gro": [],
    "net.udp_in": [],
    "net.udp_out": [],
    "net.waiter": [],
}
ONLY = os.environ.get("FASTNET_ONLY")
BUILD = os.environ.get("FASTNET_BUILD", "release")
TRAINED = BUILD == "release" and sys.platform == "linux" and os.environ.get("FASTNET_TRAINED") != "no"
CHECKED = BUILD in ("debug", "coverage")
SANITIZE = ["-fsanitize=address,undefined", "-fno-omit-frame-pointer", "-Wno-sign-compare"]
FLAGS = {
    # Cython compares its Py_ssize_t with our unsigned sizes; both are checked to be small, so no warning.
    "release": ["-O3", "-fno-plt", "-fno-semantic-interposition", "-Wno-sign-compare"],
    "annotate": ["-O2"],
    "debug": ["-O1", "-g"],
    "sanitize": ["-O1", "-g", *SANITIZE],
    "fuzz": ["-O1", "-g", *SANITIZE, "-fsanitize-coverage=trace-pc"],
    "coverage": ["-O0", "-DCYTHON_TRACE=1", "-DCYTHON_USE_SYS_MONITORING=0"],
}[BUILD]

SODIUM = os.environ.get("FASTNET_LIBSODIUM")
if SODIUM is None:
    SODIUM = "build/libsodium"
    if subprocess.run([sys.executable, "core/libsodium.py", SODIUM]).returncode:
        sys.exit(1)  # It has said why.
# What is linked in stays in: a program's own libsodium must not take its place.
HIDING = [] if sys.platform == "darwin" else ["-Wl,--exclude-libs,ALL"]


class BuildExt(build_ext):
    """What will be trained need not be compiled before."""

    def run(self) -> None:
        """In the source tree, and for whom there is no training."""
        if self.inplace or not TRAINED:
            super().run()


class InstallLib(install_lib):
    """The release that is installed is built by what a training run counted, or else as it is in the source tree."""

    def run(self) -> None:
        """Copy the sources, and put the trained object beside them; all modules if it cannot be had."""
        super().run()
        if TRAINED and not self.is_trained():
            print("fastnet: not trained, for the reason above: it will work as well, and be about a tenth slower")
            build_ext.run(self.get_finalized_command("build_ext"))
            super().run()

    def is_trained(self) -> bool:
        """Count, and build by it."""
        commands = [self.command("count"), [*self.command("use"), "--into", self.install_dir]]
        return not any(subprocess.run(command).returncode for command in commands)

    def command(self, step: str) -> list[str]:
        """core/fuse.py, with all that the modules are built of."""
        modules = [f"fastnet.{name}=build/{BUILD}/core/fastnet/{name.replace('.', '/')}.c" for name in chosen]
        given = ["--modules", *modules, "--archives", f"{SODIUM}/lib/libsodium.a"]
        include = ["--include", f"{SODIUM}/include", "core", sysconfig.get_paths()["include"]]
        return [sys.executable, "core/fuse.py", "build/fused", step, *given, *include]


chosen = {name: libraries for name, libraries in COMPILED.items() if not ONLY or name in ONLY.split(",")}

setup(
    cmdclass={"build_ext": BuildExt, "install_lib": InstallLib},
    options={"build_ext": {"parallel": os.cpu_count()}},
    ext_modules=cythonize(
        [
            Extension(
                f"fastnet.{name}",
                [f"core/fastnet/{name.replace('.', '/')}.py"],
                libraries=libraries,
                include_dirs=[f"{SODIUM}/include"],
                library_dirs=[f"{SODIUM}/lib"],
                define_macros=[("FASTNET_BUILD", f'"{BUILD}"')],  # What `net.build` tells.
                extra_compile_args=FLAGS,
                extra_link_args=[*HIDING, *(flag for flag in FLAGS if flag.startswith("-fsanitize="))],
            )
            for name, libraries in chosen.items()
        ],
        build_dir=f"build/{BUILD}",
        include_path=["core"],
        annotate=BUILD == "annotate",
        nthreads=2,
        compiler_directives={
            "language_level": 3,
            "annotation_typing": False,  # A hint `int` would contradict the C type in the .pxd.
            "wraparound": False,
            "cdivision": True,
            "auto_pickle": False,
            "boundscheck": CHECKED,
            "initializedcheck": CHECKED,
            "nonecheck": CHECKED,
            "linetrace": BUILD == "coverage",
        },
    ),
)
