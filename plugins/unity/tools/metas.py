"""Writes the .meta file of everything in the Unity package: the same GUID on every machine, and importers by kind.

usage: metas.py [PACKAGE] [--check]     PACKAGE: the folder, com.fastnet.transport if not given

Unity makes a random GUID for whatever has none, so references would break with every release. A GUID here is the MD5 of
"package name/path". Names that end in ~ are hidden from Unity and have no meta. `--check`: exit 1 when one is stale.
"""

import argparse
import hashlib
import sys
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "com.fastnet.transport"
DEFAULT = "DefaultImporter:\n  externalObjects: {}\n  userData: \n  assetBundleName: \n  assetBundleVariant: \n"
SIMPLE = {
    ".asmdef": "AssemblyDefinitionImporter",
    ".md": "TextScriptImporter",
    ".txt": "TextScriptImporter",
    ".pem": "DefaultImporter",
}
SCRIPT = """\
MonoImporter:
  externalObjects: {}
  serializedVersion: 2
  defaultReferences: []
  executionOrder: 0
  icon: {instanceID: 0}
  userData: 
  assetBundleName: 
  assetBundleVariant: 
"""  # noqa: W291
PLUGIN = """\
PluginImporter:
  externalObjects: {{}}
  serializedVersion: 2
  iconMap: {{}}
  executionOrder: {{}}
  defineConstraints: []
  isPreloaded: 0
  isOverridable: 0
  isExplicitlyReferenced: 0
  validateReferences: 1
  platformData:
  - first:
      Any: 
    second:
      enabled: 0
      settings: {{}}
  - first:
      Editor: Editor
    second:
      enabled: 1
      settings:
        CPU: {cpu}
        DefaultValueInitialized: true
        OS: {system}
  - first:
      Standalone: {standalone}
    second:
      enabled: 1
      settings:
        CPU: {cpu}
  userData: 
  assetBundleName: 
  assetBundleVariant: 
"""  # noqa: W291
PLATFORMS = {
    "linux-x86_64": {"system": "Linux", "standalone": "Linux64", "cpu": "x86_64"},
    "windows-x86_64": {"system": "Windows", "standalone": "Win64", "cpu": "x86_64"},
    "macos": {"system": "OSX", "standalone": "OSXUniversal", "cpu": "AnyCPU"},
}


def assets(package: Path) -> list[Path]:
    """Everything Unity sees, folders too, sorted; relative paths."""
    found = []
    for path in sorted(package.rglob("*")):
        name = path.relative_to(package)
        hidden = any(part.endswith("~") or part.startswith(".") for part in name.parts)
        if not hidden and path.suffix != ".meta":
            found.append(name)
    return found


def importer(package: Path, name: Path) -> str:
    """The importer's part of a meta file."""
    if (package / name).is_dir():
        return f"folderAsset: yes\n{DEFAULT}"
    if name.suffix == ".cs":
        return SCRIPT
    if name.parts[0] == "Plugins":
        return PLUGIN.format(**PLATFORMS[name.parts[1]])
    if name.as_posix() == "package.json":
        return DEFAULT.replace("DefaultImporter", "PackageManifestImporter")
    return DEFAULT.replace("DefaultImporter", SIMPLE.get(name.suffix, "DefaultImporter"))


def meta(package: Path, name: Path) -> str:
    """The whole meta file of one asset."""
    guid = hashlib.md5(f"{package.name}/{name.as_posix()}".encode(), usedforsecurity=False).hexdigest()
    return f"fileFormatVersion: 2\nguid: {guid}\n{importer(package, name)}"


def wanted(package: Path) -> dict[Path, str]:
    """Every meta file and its content."""
    return {package / f"{name}.meta": meta(package, name) for name in assets(package)}


def stale(package: Path) -> list[Path]:
    """Meta files that are missing, different, or of something that is gone."""
    files = wanted(package)
    present = {path for path in package.rglob("*.meta") if "~/" not in path.as_posix()}
    different = [path for path, text in files.items() if not path.exists() or path.read_text() != text]
    return sorted({*different, *(present - set(files))})


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("package", nargs="?", type=Path, default=PACKAGE)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    found = stale(options.package)
    if options.check:
        sys.exit("".join(f"stale: {path}\n" for path in found) + "renew them: metas.py" if found else 0)
    files = wanted(options.package)
    for path in found:
        path.unlink(missing_ok=True)
        if path in files:
            path.write_text(files[path], encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
