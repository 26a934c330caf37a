"""Packs the three plugins: zips to drop into a Godot, Unity or Unreal project, with the library inside.

usage: pack.py [--require PLATFORM ...]

Takes the library, its runtime and its licences from dist/fastnet-V-PLATFORM.zip (`make lib`), and the Godot
extension from plugins/godot/addons/fastnet/bin (`scons -C plugins/godot`). Writes dist/fastnet-ENGINE-V.zip for each
engine. What was not built for a platform is left out with a line that says so; --require makes that an error. Same
inputs, same bytes.
"""

import argparse
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
DIST = ROOT / "dist"
sys.path[:0] = [str(ROOT / "bindings/c/packaging"), str(HERE / "unity/tools")]

import facts  # noqa: E402 - Neighbours that are programs, not packages.
import metas  # noqa: E402
from release import write_zip  # noqa: E402


@dataclass(frozen=True)
class Platform:
    """What each engine calls a platform, and the names of its files."""

    ours: str
    library: str
    folder: str
    """Where library and runtime lie in the release."""
    godot: str
    extension: str
    unreal: str


PLATFORMS = (
    Platform("linux-x86_64", "libfastnet.so", "lib", "linux.x86_64", "libfastnet_godot.so", "Linux"),
    Platform("windows-x86_64", "fastnet.dll", "bin", "windows.x86_64", "fastnet_godot.dll", "Win64"),
)


@dataclass(frozen=True)
class Release:
    """One unpacked release of the C library."""

    platform: Platform
    root: Path

    @property
    def library(self) -> Path:
        return self.root / self.platform.folder / self.platform.library

    @property
    def runtime(self) -> Path:
        return self.root / self.platform.folder / "fastnet_runtime"


def unpack(version: str, folder: Path, required: Iterable[str]) -> list[Release]:
    """The releases there are; exits with what to do when none is, or a required one is missing."""
    found = []
    for platform in PLATFORMS:
        archive = DIST / f"fastnet-{version}-{platform.ours}.zip"
        if not archive.exists():
            line = f"{archive.name} is missing: make lib platform={platform.ours.split('-')[0]}"
            if platform.ours in required:
                sys.exit(line)
            print(f"left out: {line}")
            continue
        with zipfile.ZipFile(archive) as zipped:
            zipped.extractall(folder)
        found.append(Release(platform, folder / archive.stem))
    return found if found else sys.exit("no release of the C library in dist: make lib")


def copy_tree(source: Path, target: Path, *ignored: str) -> None:
    """A folder without caches and what is named."""
    shutil.copytree(
        source, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__", ".sconsign*", *ignored)
    )


def copy_native(release: Release, target: Path) -> None:
    """Library and runtime, side by side."""
    target.mkdir(parents=True, exist_ok=True)
    shutil.copy2(release.library, target)
    copy_tree(release.runtime, target / "fastnet_runtime")


def copy_licences(releases: list[Release], target: Path) -> None:
    """The texts of everything inside, and the bills of materials, by platform."""
    target.mkdir(parents=True, exist_ok=True)
    for name in ("LICENSE-MIT", "LICENSE-APACHE"):
        shutil.copy2(ROOT / name, target / name)
    for release in releases:
        place = target / release.platform.ours
        copy_tree(release.root / "licences", place)
        for name in ("THIRD_PARTY.md", "sbom.cdx.json"):
            shutil.copy2(release.root / name, place / name)


def godot(tree: Path, releases: list[Release]) -> None:
    """addons/fastnet, as a user unzips it into a project."""
    addon = tree / "addons/fastnet"
    copy_tree(HERE / "godot/addons/fastnet", addon, "bin", "*.import")
    for release in releases:
        place = addon / "bin" / release.platform.godot
        extension = HERE / "godot/addons/fastnet/bin" / release.platform.godot / release.platform.extension
        if not extension.exists():
            system = release.platform.ours.split("-")[0]
            sys.exit(f"{extension.relative_to(ROOT)} is missing: scons -C plugins/godot platform={system}")
        copy_native(release, place)
        shutil.copy2(extension, place)
        (place / "fastnet_runtime/.gdignore").touch()
    copy_licences(releases, addon / "licences")
    (addon / "licences/.gdignore").touch()


def unity(tree: Path, releases: list[Release]) -> None:
    """com.fastnet.transport: the library where the importer sees it, the runtime where it does not."""
    package = tree / "com.fastnet.transport"
    copy_tree(HERE / "unity/com.fastnet.transport", package)
    for release in releases:
        plugins = package / "Plugins" / release.platform.ours
        plugins.mkdir(parents=True)
        shutil.copy2(release.library, plugins)
        copy_tree(release.runtime, package / "Native~" / release.platform.ours / "fastnet_runtime")
    copy_licences(releases, package / "Native~/licences")
    for path, text in metas.wanted(package).items():
        path.write_text(text, encoding="utf-8", newline="\n")


def unreal(tree: Path, releases: list[Release]) -> None:
    """FastNet, as a user unzips it into Plugins/ of a project."""
    plugin = tree / "FastNet"
    copy_tree(HERE / "unreal/FastNet", plugin)
    external = plugin / "Source/ThirdParty/FastNetLibrary"
    copy_tree(ROOT / "bindings/c/include", external / "include")
    for release in releases:
        copy_native(release, plugin / "Binaries/ThirdParty/FastNet" / release.platform.unreal)
        import_library = release.root / "lib/fastnet.lib"
        if import_library.exists():
            (external / "lib/Win64").mkdir(parents=True)
            shutil.copy2(import_library, external / "lib/Win64")
    copy_licences(releases, plugin / "LICENSES")
    shutil.copy2(ROOT / "LICENSE-MIT", plugin / "LICENSE")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--require", nargs="*", default=[], metavar="PLATFORM")
    options = parser.parse_args()
    version = facts.version_of(ROOT / "bindings/c/include/fastnet/fastnet.h")
    with tempfile.TemporaryDirectory() as scratch:
        releases = unpack(version, Path(scratch, "releases"), options.require)
        for pack in (godot, unity, unreal):
            tree = Path(scratch, pack.__name__)
            tree.mkdir()
            pack(tree, releases)
            archive = DIST / f"fastnet-{pack.__name__}-{version}.zip"
            write_zip(next(tree.iterdir()), archive)  # Each is one folder.
            platforms = ", ".join(release.platform.ours for release in releases)
            print(f"{archive.relative_to(ROOT)}  {archive.stat().st_size / 2**20:.1f} MiB  {platforms}")


if __name__ == "__main__":
    main()
