"""The cross-built library for Windows, under wine: it echoes both ways, alone and beside a Python of the host's.

Builds for a minute and a half, so `make soak` runs it. What wine cannot tell: the real loader, Defender, timers.
"""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from building import HERE, LIBRARY, ROOT
from core_host import Echo, Host
from engine_runs import build_library

FETCHED = ROOT / "build" / "lib" / "windows"
SIZE_MAX_MIB = 12
CC = "x86_64-w64-mingw32-gcc"
TOOLS = {CC: "gcc-mingw-w64-x86-64", "wine": "wine64", "osslsigncode": "osslsigncode"}
MISSING = [package for tool, package in TOOLS.items() if not shutil.which(tool)]
WINE = {
    "PATH": os.environ["PATH"],
    "WINEPREFIX": str(FETCHED / "prefix"),
    "WINEDEBUG": "-all",
    "WINEARCH": "win64",
    "HOME": str(FETCHED),
}
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(MISSING), reason=f"apt-get install {' '.join(MISSING)}"),
]


def run(*command: object) -> str:
    """A program that must end well."""
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


def windows_path(path: Path) -> str:
    """As programs under wine see it."""
    return f"Z:{path}"


def under_wine(*command: object, orders: str = "\n") -> str:
    """What a program prints. wine gives usable standard handles only where they are pipes."""
    done = subprocess.run(
        ["wine", *map(str, command)], input=orders, capture_output=True, text=True, timeout=180, env=WINE
    )
    assert done.returncode == 0, f"{done.returncode}: {done.stdout}{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def game(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An unpacked release with two programs of ours beside the library."""
    build_library("platform=windows", "zip=yes")
    archive = max((ROOT / "dist").glob("fastnet-*-windows-x86_64.zip"), key=lambda path: path.stat().st_mtime)
    assert archive.stat().st_size < SIZE_MAX_MIB * 2**20
    target = tmp_path_factory.mktemp("windows")
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(target)
    release = next(target.iterdir())
    for name in ("host", "wine_two_pythons"):
        flags = [f"-I{release / 'include'}", f"-L{release / 'lib'}", "-lfastnet"]
        run(CC, "-O2", HERE / f"{name}.c", "-o", release / "bin" / f"{name}.exe", *flags)
    run(CC, "-shared", HERE / "wine_random.c", "-o", release / "bin" / "bcryptprimitives.dll", "-ladvapi32")
    return release / "bin"


def test_a_windows_client_echoes_on_four_channels(game: Path, tmp_path: Path) -> None:
    sizes = (10, 1000, 100_000, 5)
    sends = "".join(f"send 1 {channel} 65 {size}\nuntil 2 20000\n" for channel, size in enumerate(sizes))
    with Echo(tmp_path) as echo:
        orders = f"client 127.0.0.1 {echo.port} ca={windows_path(echo.ca)}\nuntil 1 60000\n{sends}end\nshutdown\nexit\n"
        told = under_wine(game / "host.exe", orders=orders).splitlines()
    for channel, size in enumerate(sizes):
        assert f"data 1 {channel} 65 {size}" in told, told


def test_a_windows_server_serves_a_linux_client(game: Path, tmp_path: Path) -> None:
    certs = tmp_path / "certs"
    run(Path(sys.executable).with_name("fastnet"), "cert", "--self-signed", "--name", "127.0.0.1", "--out", certs)
    program = tmp_path / "host"
    layout = build_library()
    run(
        "cc",
        HERE / "host.c",
        "-o",
        program,
        f"-I{LIBRARY / 'include'}",
        f"-L{layout}",
        "-lfastnet",
        f"-Wl,-rpath,{layout}",
    )
    command = ["wine", str(game / "host.exe")]
    pipes = dict.fromkeys(("stdin", "stdout"), subprocess.PIPE)  # Python inside wants pipes where wine has none.
    with subprocess.Popen(command, **pipes, stderr=subprocess.STDOUT, text=True, env=WINE) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        paths = f"cert={windows_path(certs / 'cert.pem')} key={windows_path(certs / 'key.pem')}"
        server.stdin.write(f"server {paths} bind=127.0.0.1\nuntil 2 60000\nend\nshutdown\nexit\n")
        server.stdin.flush()
        port = next(line for line in server.stdout if line.startswith("ports ")).split()[2]
        with Host(program, tmp_path) as host:
            host.do(f"client 127.0.0.1 {port} ca={certs / 'cert.pem'}")
            host.do("until 1 30000")
            host.do("send 1 0 66 50000")
            told = server.stdout.read().splitlines()
        assert "data 2 0 66 50000" in told, told
        server.wait(60)


def test_beside_a_hosts_own_python_of_the_same_version_both_run(game: Path) -> None:
    assert "both run" in under_wine(game / "wine_two_pythons.exe", windows_path(FETCHED / "theirs"))
