"""The Unreal plugin without the engine: compiled under a clean-room shim, run against the real library, and linted.

What this cannot show, the plugin's README says: no one has compiled it inside Unreal Engine.
"""

import base64
import json
import os
import re
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import commands
import engine_runs
import header_tool
import pytest
import tiers

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
PLUGIN = ROOT / "plugins/unreal/FastNet"
MODULE = PLUGIN / "Source/FastNet"
ARENA = ROOT / "examples/unreal/FastNetArena"
STRICT = ("-std=c++20", "-Wall", "-Wextra", "-Werror", "-O1", "-pthread")
SCENARIOS = ("channels", "big", "broadcast", "endings", "moves", "mistakes", "trust", "subsystem", "quitter", "node")
HEADERS = sorted([*PLUGIN.rglob("*.h"), *ARENA.rglob("*.h")])
KNOWN = frozenset[str]().union(*(header_tool.reflected(path.read_text()) for path in HEADERS))

pytestmark = pytest.mark.tier("unreal")
Finder = Callable[[str], tiers.Found]


@dataclass(frozen=True)
class Built:
    """A compiler, the options that find the shim and the plugin, and a folder for what is made."""

    compiler: Path
    options: tuple[str, ...]
    folder: Path

    def program(self, name: str, *sources: Path, options: tuple[str, ...] = ()) -> Path:
        """Compile and link; fails the test with the compiler's first words."""
        done = commands.run(
            *(self.compiler, *STRICT, *options, *self.options, *sources, "-o", self.folder / name, "-ldl"), seconds=300
        )
        assert done.returncode == 0, done.stderr[:4000]
        return self.folder / name


@pytest.fixture(scope="module")
def built(found: Finder, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Everything needed to compile a program with the plugin in it."""
    folder = tmp_path_factory.mktemp("unreal")
    generated = folder / "generated"
    generated.mkdir()
    for header in HEADERS:
        header_tool.write_generated(header, generated)
    includes = (HERE / "shim", generated, MODULE / "Public", MODULE / "Private", *ARENA.glob("Source/*"))
    options = (f"-isystem{ROOT / 'bindings/c/include'}", *(f"-I{path}" for path in includes))
    return Built(found("unreal")["g++"], options, folder)


def sources() -> list[Path]:
    """The plugin's own."""
    return sorted(MODULE.rglob("*.cpp"))


@pytest.fixture(scope="module")
def objects(built: Built) -> list[Path]:
    """The plugin, compiled once."""
    folder = built.folder / "objects"
    folder.mkdir()
    done = commands.run(built.compiler, *STRICT, *built.options, "-c", *sources(), cwd=folder, seconds=300)
    assert done.returncode == 0, done.stderr[:4000]
    return sorted(folder.glob("*.o"))


@pytest.fixture(scope="module")
def promises(built: Built, objects: list[Path]) -> Path:
    """The program that checks what the plugin promises."""
    return built.program("promises", HERE / "promises.cpp", *objects)


@pytest.fixture(scope="module")
def plugin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plugin's folder as it is shipped, with library and runtime: ours, or those of the folder FASTNET_LIBRARY."""
    folder = tmp_path_factory.mktemp("shipped") / "FastNet"
    shutil.copytree(PLUGIN, folder)
    given = os.environ.get("FASTNET_LIBRARY")
    shutil.copytree(Path(given) if given else engine_runs.build_library(), folder / "Binaries/ThirdParty/FastNet/Linux")
    return folder


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A home with a development authority, and a self-signed certificate for the tests of trust."""
    folder = tmp_path_factory.mktemp("home")
    environment = {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder / ".config")}
    cert = (Path(sys.executable).parent / "fastnet", "cert")
    commands.demand(*cert, "--out", folder / "leaf", env=environment)
    words = ("--self-signed", "--name", "play.example.org", "--out", folder / "self")
    pin = re.search(r"sha256/(\S+)", commands.demand(*cert, *words, env=environment))
    assert pin
    return environment | {
        "SELF_SIGNED_CERT": str(folder / "self/cert.pem"),
        "SELF_SIGNED_KEY": str(folder / "self/key.pem"),
        "SELF_SIGNED_PEM": (folder / "self/cert.pem").read_text(),
        "SELF_SIGNED_PIN64": pin[1],
        "SELF_SIGNED_PIN": base64.b64decode(pin[1]).hex(),
    }


def verdict(program: Path, *words: str | Path, env: dict[str, str]) -> str:
    """Run a program whose last line is its verdict, and return what it printed."""
    done = commands.run(program, *words, env=env, seconds=120)
    last = (done.stdout.splitlines() or [""])[-1]
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.fullmatch(r"[1-9]\d* passed, 0 failed", last), done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_plugin_keeps_its_promises(promises: Path, plugin: Path, home: dict[str, str], scenario: str) -> None:
    verdict(promises, plugin, scenario, env=home)


@pytest.mark.parametrize("scenario", ["settings", "specs"])
def test_the_settings_page_and_the_automation_specs(
    promises: Path, plugin: Path, home: dict[str, str], scenario: str
) -> None:
    verdict(promises, plugin, scenario, env=home)


def test_a_frame_costs_what_it_prints(promises: Path, plugin: Path, home: dict[str, str]) -> None:
    assert "frame of 4 sends and 4 events: p50" in verdict(promises, plugin, "frame", env=home)


def test_without_the_library_there_is_a_sentence_and_no_crash(promises: Path, home: dict[str, str]) -> None:
    verdict(promises, "/nowhere", "no library", env=home)


def test_a_library_of_another_release_is_refused_by_name(
    promises: Path, built: Built, tmp_path: Path, home: dict[str, str]
) -> None:
    place = tmp_path / "Binaries/ThirdParty/FastNet/Linux"
    place.mkdir(parents=True)
    (tmp_path / "old.c").write_text("unsigned fastnet_version(void) { return 1; }\n")
    commands.demand("cc", "-shared", "-fPIC", tmp_path / "old.c", "-o", place / "libfastnet.so")
    done = commands.run(promises, tmp_path, "no library", env=home)
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"libfastnet\.so has no fastnet_\w+\. It is of another release", done.stderr)


GIVEN = """
#include "Engine/GameInstance.h"
#include "FastNet.h"

class UMyGameInstance : public UGameInstance
{
public:
	virtual void Init() override;
	void Tick(float DeltaTime);
	void ProcessNetworkData(const TArray<uint8>& Data) { Received.Append(Data); }
	TArray<uint8> Received;
};

"""
AROUND = """
#include "Interfaces/IPluginManager.h"
#include "Modules/ModuleManager.h"
#include <thread>

// A server stands where the snippet connects to; it sends one message, which the snippet must process.
int main(int, char** Arguments)
{
	IPluginManager::Get().ShimPlugin->BaseDir = FString(UTF8_TO_TCHAR(Arguments[1]));
	std::unique_ptr<IModuleInterface> Module(ShimModules()[0].second());
	Module->StartupModule();
	FFastNetServer Server;
	if (!Server.Create(0, 7778))
		return std::printf("cannot listen: %s\\n", TCHAR_TO_UTF8(*FastNet::GetLastError())), 77;
	UMyGameInstance Game;
	Game.Init();
	FFastNetEvent Event;
	const TArray<uint8> Hello = {'h', 'i'};
	bool bSaid = false;
	for (int Turn = 0; Turn < 2000 && !Game.Received.Num(); ++Turn)
	{
		Server.Wait(5);
		while (Server.Poll(Event))
			bSaid = Event.Type == EFastNetEventType::Connected &&
				Server.Send(Event.PeerId, EFastNetChannel::ReliableOrdered, Hello) == EFastNetResult::Ok;
		Game.Tick(0.016f);
	}
	const bool bLogged = ShimLog().size() && ShimLog().back().Text == "Connected to server!";
	std::printf("%d passed, %d failed\\n", bSaid + bLogged + (Game.Received == Hello),
		3 - bSaid - bLogged - (Game.Received == Hello));
	Server.Destroy();
	NetworkClient->Disconnect();
	Module->ShutdownModule();
	return !(bSaid && bLogged && Game.Received == Hello);
}
"""


def the_given_snippet() -> str:
    """The README's Unreal example, as it stood before the first line of this project was written."""
    return (HERE / "given_snippet.txt").read_text()


def test_the_given_snippet_compiles_unchanged_and_runs(
    built: Built, objects: list[Path], plugin: Path, home: dict[str, str]
) -> None:
    source = built.folder / "snippet.cpp"
    source.write_text(GIVEN + the_given_snippet() + AROUND)
    # The snippet names a parameter that it does not use.
    program = built.program("snippet", source, *objects, options=("-Wno-unused-parameter",))
    verdict(program, plugin, env=home)


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


def staged(plugin: Path, folder: Path) -> Path:
    """The plugin with stand-ins for the libraries of the other platforms, as the zip has them."""
    shutil.copytree(plugin, folder, ignore=shutil.ignore_patterns("fastnet_runtime"))
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
def build_tool(found: Finder, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], str]:
    """Executes both Build.cs of a staged plugin for each platform, against a stub of the build tool's types."""
    mono = found("mono")
    program = tmp_path_factory.mktemp("build") / "BuildCheck.exe"
    rules = sorted(PLUGIN.rglob("*.Build.cs"))
    commands.demand(mono["mcs"], f"-out:{program}", "-warnaserror", *sorted(HERE.glob("*.cs")), *rules)

    def check(folder: Path) -> str:
        return commands.run(mono["mono"], program, folder, "Win64", "Mac", "Linux").stdout

    return check


@pytest.mark.tier("mono")
def test_build_cs_names_files_that_are_there(build_tool: Callable[[Path], str], plugin: Path, tmp_path: Path) -> None:
    out = build_tool(staged(plugin, tmp_path / "FastNet"))
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
    build_tool: Callable[[Path], str], plugin: Path, tmp_path: Path, missing: str, platform: str
) -> None:
    folder = staged(plugin, tmp_path / "FastNet")
    gone = folder / missing
    shutil.rmtree(gone) if gone.is_dir() else gone.unlink()
    out = build_tool(folder)
    assert f"MISSING for {platform}" in out
    assert "0 failed" not in out


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


def test_the_packager_is_told_of_everything_it_would_drop() -> None:
    """It takes Source, Content, Resources and the modules' binaries by itself."""
    filters = [line for line in (PLUGIN / "Config/FilterPlugin.ini").read_text().splitlines() if line.startswith("/")]
    own = {"FastNet.uplugin", "Source", "Resources", "Content"}
    for path in sorted(PLUGIN.iterdir()):
        assert path.name in own or any(line.startswith(f"/{path.name}") for line in filters), path.name
    assert "/Binaries/ThirdParty/..." in filters


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


@pytest.mark.slow
def test_the_plugin_under_sanitizers(built: Built, plugin: Path, home: dict[str, str]) -> None:
    sanitizers = ("-fsanitize=address,undefined", "-fno-sanitize-recover")
    checked = built.program("checked", HERE / "promises.cpp", *sources(), options=sanitizers)
    environment = home | {"ASAN_OPTIONS": "detect_leaks=0"}
    for scenario in SCENARIOS:
        verdict(checked, plugin, scenario, env=environment)
    verdict(checked, "/nowhere", "no library", env=environment)
