"""Says what pyproject.toml cannot: which modules are compiled, and how.

FASTNET_BUILD chooses the build: release (what ships), debug (bounds checked), sanitize (ASan, UBSan), fuzz (the same,
and every edge of code reported to tests/fuzz), coverage, annotate (HTML that shows where Python objects are touched).
FASTNET_ONLY, a comma list such as `protocol.replay`, compiles only these modules (for quick edits).
FASTNET_LIBSODIUM names a folder with another libsodium than the one that core/libsodium.py fetches and builds.
"""

import os
import subprocess
import sys

from Cython.Build import cythonize
from setuptools import Extension, setup

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
    "protocol.recovery": [],
    "protocol.repeats": [],
    "protocol.phases": [],
    "protocol.paths": [],
    "protocol.connection": [],
    "protocol.deadlines": [],
    "protocol.incoming": [],
    "protocol.outgoing": [],
    "protocol.places": [],
    "protocol.dirty": [],
    "protocol.endpoint": [],
    "protocol.bulk": [],
    "protocol.foresight": [],
    "protocol.replay": [],
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
    "net.udp_out": [],
    "net.waiter": [],
}
ONLY = os.environ.get("FASTNET_ONLY")
BUILD = os.environ.get("FASTNET_BUILD", "release")
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

chosen = {name: libraries for name, libraries in COMPILED.items() if not ONLY or name in ONLY.split(",")}

setup(
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
