"""Archives from npm and PyPI, exactly those of pins.toml: fetched by npm and pip without running any install script."""

import hashlib
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

from cache import UnavailableError
from commands import demand, tool

PINS = tomllib.loads((Path(__file__).parent / "pins.toml").read_text())


def version(pin: str) -> str:
    """The pinned version of an archive."""
    return str(PINS[pin]["version"])


def unpack(pin: str, folder: Path) -> None:
    """Download one pinned archive, compare its hash, and unpack it into `folder`.

    Raises UnavailableError when it cannot be had, or is not the archive that was pinned.
    """
    folder.mkdir(parents=True)
    wanted = PINS[pin]
    archive = {"npm": _npm, "pypi": _pypi}[wanted["registry"]](wanted["package"], wanted["version"], folder)
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    if found != wanted["sha256"]:
        raise UnavailableError(f"{archive.name} is not the archive of pins.toml: its SHA-256 is {found}")
    if archive.suffix == ".tgz":
        with tarfile.open(archive) as tar:
            tar.extractall(folder, filter="data")
    else:
        with zipfile.ZipFile(archive) as wheel:
            wheel.extractall(folder)
    archive.unlink()


def _npm(package: str, version: str, folder: Path) -> Path:
    npm = tool("npm", "install Node.js (apt-get install npm)")
    demand(npm, "pack", "--silent", "--ignore-scripts", f"{package}@{version}", cwd=folder)
    return _only_file(folder)


def _pypi(package: str, version: str, folder: Path) -> Path:
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    demand(*pip, "download", "--quiet", "--no-deps", "--only-binary=:all:", f"{package}=={version}", cwd=folder)
    return _only_file(folder)


def _only_file(folder: Path) -> Path:
    (archive,) = (path for path in folder.iterdir() if path.is_file())
    return archive
