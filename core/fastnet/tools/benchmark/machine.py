"""The machine and build that a result belongs to."""

import os
import platform
import shlex
import subprocess
import sys
from importlib import metadata
from pathlib import Path

from cryptography.hazmat.backends.openssl import backend

from fastnet.net.build import build_name
from fastnet.tools.benchmark.run import Cores


def machine_facts(cores: Cores, configurations: dict[str, str]) -> dict[str, object]:
    """What a reader needs to judge, and to repeat, a result."""
    return {
        "command": shlex.join(["fastnet", *sys.argv[1:]]),
        "cpu": _cpu_model(),
        "cores": os.cpu_count(),
        "core_of_server": cores.server,
        "core_of_client": cores.client,
        "virtual": _is_virtual(),
        "governor": _read(f"/sys/devices/system/cpu/cpu{cores.client}/cpufreq/scaling_governor") or "unknown",
        "memory_bytes": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"),
        "system": f"{platform.system()} {platform.release()}",
        "libc": " ".join(platform.libc_ver()),
        "compiler": _first_line([os.environ.get("CC", "cc"), "--version"]),
        "python": platform.python_version(),
        "openssl": backend.openssl_version_text(),
        "fastnet": _version(),
        "build": build_name(),
        "load_before": round(os.getloadavg()[0], 2),
        "configurations": configurations,
    }


def _version() -> str:
    try:
        return metadata.version("fastnet-game")
    except metadata.PackageNotFoundError:
        return "not installed, from source"


def _cpu_model() -> str:
    for line in _read("/proc/cpuinfo").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _is_virtual() -> bool:
    return " hypervisor" in _read("/proc/cpuinfo")


def _first_line(command: list[str]) -> str:
    try:
        found = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False)
    except OSError:
        return "unknown"
    return found.stdout.partition("\n")[0]


def _read(path: str) -> str:
    try:
        return Path(path).read_text().strip()
    except OSError:
        return ""
