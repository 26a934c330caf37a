"""The Unreal plugin as files: lints of its headers, Build.cs executed, descriptor, what the packager takes along."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import commands
import header_tool
import pytest
import tiers
from unreal_files import ARENA, HEADERS, MODULE, PLUGIN, ROOT, sources

HERE = Path(__file__).parent
KNOWN = frozenset[str]().union(*(header_tool.reflected(path.read_text()) for path in HEADERS))

pytestmark = pytest.mark.tier("unreal")
Finder = Callable[[str], tiers.Found]


@pytest.mark.parametrize("header", HEADERS, ids=lambda path: path.name)
def test_the_header_tool_would_find_nothing(header: Path) -> None:
    assert list(header_tool.problems(header.read_text(), header.stem, KNOWN)) == []


def test_handlers_of_dynamic_delegates_are_known_to_the_header_tool() -> None:
    found = 0
    for source in [*sources(), *sorted(ARENA.rglob("*.cpp"))]:
        header = next((path for path in HEADERS if path.stem == source.stem), None)
        if header:
            assert list(header_tool.unbound(source.read_text(), header.read_text())) == []
            found += source.read_text().count("AddDynamic")
    assert found


GOOD = """#pragma once
#include "CoreMinimal.h"
#include "Good.generated.h"
DECLARE_DYNAMIC_MULTICAST_DELEGATE_OneParam(FHeard, int32, Number);
UENUM(BlueprintType)
enum class EKind : uint8
{
	One
};
UCLASS()
class X_API UGood : public UObject
{
	GENERATED_BODY()

public:
	UFUNCTION(BlueprintCallable, Category = "X")
	bool Say(const FString& Text, int32 Times = 1);

	UPROPERTY(BlueprintAssignable, Category = "X")
	FHeard OnHeard;
};
"""
BAD = {
    "not the last include": ('#include "Good.generated.h"', '#include "Good.generated.h"\n#include "Other.h"'),
    "is not included": ('#include "Good.generated.h"\n', ""),
    "one GENERATED_BODY": ("\tGENERATED_BODY()\n", ""),
    "begins with U or A": ("UGood", "FGood"),
    "begins with E": ("EKind", "Kind"),
    "is a uint8": (": uint8", ": int32"),
    "Blueprints cannot hold": ("int32 Times", "uint32 Times"),
    "no dynamic multicast delegate": (
        "DECLARE_DYNAMIC_MULTICAST_DELEGATE_OneParam",
        "DECLARE_MULTICAST_DELEGATE_OneParam",
    ),
    "without Category": ('BlueprintCallable, Category = "X"', "BlueprintCallable"),
    "no literal": ("Times = 1", "Times = Count()"),
    "inside #if": ("\tUPROPERTY", "#if PLATFORM_LINUX\n\tUPROPERTY"),
    "neither a value nor a const reference": ("int32, Number", "FString&, Number"),
    "is a UFUNCTION twice": (
        "\n\tUPROPERTY",
        '\n\tUFUNCTION(BlueprintCallable, Category = "X")\n\tbool Say(int32 Times);\n\n\tUPROPERTY',
    ),
}


def test_a_good_header_passes_the_lints() -> None:
    assert list(header_tool.problems(GOOD, "Good")) == []


@pytest.mark.parametrize("complaint", BAD)
def test_the_lints_catch(complaint: str) -> None:
    before, after = BAD[complaint]
    assert before in GOOD
    assert [problem for problem in header_tool.problems(GOOD.replace(before, after), "Good") if complaint in problem]


def staged(folder: Path) -> Path:
    """The plugin with stand-ins for the libraries of the other platforms, as the zip has them."""
    shutil.copytree(PLUGIN, folder)
    names = {"Win64": "fastnet.dll", "Linux": "libfastnet.so", "Mac": "libfastnet.dylib"}
    for platform, name in names.items():
        place = folder / "Binaries/ThirdParty/FastNet" / platform
        (place / "fastnet_runtime").mkdir(parents=True)
        (place / name).touch()
        (place / "fastnet_runtime/manifest").touch()
    library = folder / "Source/ThirdParty/FastNetLibrary"
    shutil.copytree(ROOT / "bindings/c/include", library / "include")
    (library / "lib/Win64").mkdir(parents=True)
    (library / "lib/Win64/fastnet.lib").touch()
    return folder


@pytest.fixture(scope="module")
def build_tool(found: Finder, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """Executes both Build.cs of a staged plugin for each platform, against a stub of the build tool's types."""
    mono = found("mono")
    program = tmp_path_factory.mktemp("build") / "BuildCheck.exe"
    rules = sorted(PLUGIN.rglob("*.Build.cs"))
    commands.demand(mono["mcs"], f"-out:{program}", "-warnaserror", *sorted(HERE.glob("*.cs")), *rules)

    def check(folder: Path, *platforms: str) -> str:
        return commands.run(mono["mono"], program, folder, *(platforms or ("Win64", "Mac", "Linux"))).stdout

    return check


@pytest.mark.tier("mono")
def test_build_cs_names_files_that_are_there(build_tool: Callable[..., str], tmp_path: Path) -> None:
    out = build_tool(staged(tmp_path / "FastNet"))
    assert re.search(r"^[1-9]\d+ passed, 0 failed$", out, re.M), out
    assert "Win64 delay-loads fastnet.dll" in out


@pytest.mark.tier("mono")
@pytest.mark.parametrize(
    ("missing", "platform"),
    [
        ("Binaries/ThirdParty/FastNet/Win64/fastnet.dll", "Win64"),
        ("Binaries/ThirdParty/FastNet/Linux/libfastnet.so", "Linux"),
        ("Binaries/ThirdParty/FastNet/Mac/fastnet_runtime/manifest", "Mac"),
        ("Source/ThirdParty/FastNetLibrary/lib/Win64/fastnet.lib", "Win64"),
        ("Source/ThirdParty/FastNetLibrary/include", "Linux"),
    ],
)
def test_build_cs_is_caught_when_a_file_is_missing(
    build_tool: Callable[..., str], tmp_path: Path, missing: str, platform: str
) -> None:
    folder = staged(tmp_path / "FastNet")
    gone = folder / missing
    shutil.rmtree(gone) if gone.is_dir() else gone.unlink()
    out = build_tool(folder)
    assert f"MISSING for {platform}" in out
    assert "0 failed" not in out


def packed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The plugin as `make plugins` zips it, from stand-ins for the releases of the C library."""
    monkeypatch.syspath_prepend(str(PLUGIN.parents[1]))
    import pack

    releases = []
    for platform in pack.PLATFORMS:
        release = pack.Release(platform, folder / platform.ours)
        for name in ("fastnet_runtime/manifest", platform.library, "../lib/fastnet.lib"):
            (release.library.parent / name).parent.mkdir(parents=True, exist_ok=True)
            (release.library.parent / name).touch()
        (release.root / "licences/CPython").mkdir(parents=True)
        for name in ("THIRD_PARTY.md", "sbom.cdx.json", "licences/CPython/LICENSE.txt"):
            (release.root / name).touch()
        if platform.unreal != "Win64":
            (release.root / "lib/fastnet.lib").unlink()
        releases.append(release)
    pack.unreal(folder / "tree", releases)
    return folder / "tree/FastNet"


@pytest.mark.tier("mono")
def test_the_zip_has_what_build_cs_names_and_the_packager_keeps_it(
    build_tool: Callable[..., str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = packed(tmp_path, monkeypatch)
    assert re.search(r"^[1-9]\d* passed, 0 failed$", build_tool(folder, "Win64", "Linux"), re.M)
    assert dropped(folder) == []


DESCRIPTION_KEYS = (
    "FileVersion Version VersionName FriendlyName Description Category CreatedBy CreatedByURL DocsURL MarketplaceURL"
    " SupportURL CanContainContent IsBetaVersion IsExperimentalVersion Installed Modules"
)
MODULE_KEYS = {"Name", "Type", "LoadingPhase", "PlatformAllowList"}


def test_the_descriptor_is_what_the_engine_reads() -> None:
    described = json.loads((PLUGIN / "FastNet.uplugin").read_text())
    assert set(described) <= set(DESCRIPTION_KEYS.split())
    assert described["FileVersion"] == 3
    assert "EngineVersion" not in described  # Packagers add it.
    for module in described["Modules"]:
        assert set(module) == MODULE_KEYS
        assert (PLUGIN / "Source" / module["Name"] / f"{module['Name']}.Build.cs").is_file()
    assert (PLUGIN / "Resources/Icon128.png").read_bytes().startswith(b"\x89PNG")


def dropped(folder: Path) -> list[str]:
    """What the packager would leave behind: it takes Source, Content, Resources and the modules' binaries by itself."""
    filters = [line for line in (PLUGIN / "Config/FilterPlugin.ini").read_text().splitlines() if line.startswith("/")]
    own = {"FastNet.uplugin", "Source", "Resources", "Content"}
    kept = own | {line.split("/")[1] for line in filters}
    return [path.name for path in sorted(folder.iterdir()) if path.name not in kept]


def test_the_packager_is_told_of_everything_it_would_drop(tmp_path: Path) -> None:
    assert dropped(PLUGIN) == []
    (tmp_path / "Forgotten").touch()
    assert dropped(tmp_path) == ["Forgotten"]


def test_no_two_headers_are_one_file_on_windows_or_macos() -> None:
    names = [path.name.lower() for path in (*(MODULE / "Public").iterdir(), *(MODULE / "Private").glob("*.h"))]
    assert len(names) == len(set(names))
    assert "fastnet.h" in names  # The wrapper; the C header lies elsewhere, in a folder of its own.
    assert not list(MODULE.rglob("fastnet.h"))


def test_the_readme_says_what_no_one_has_run() -> None:
    text = " ".join((PLUGIN / "README.md").read_text().split())
    assert (
        "No one on this project has compiled this plugin inside Unreal Engine. It was compiled and run against stand-in"
        " headers, and its build script was executed against a stand-in build tool." in text
    )


def test_the_shim_is_ours_alone() -> None:
    """No line of the engine's headers: none of their notices, and nothing longer than a few names need."""
    for path in (HERE / "shim").rglob("*.h"):
        text = path.read_text()
        assert not re.search(r"Epic Games|Copyright|All Rights Reserved", text), path
        assert len(text.splitlines()) < 260, path
