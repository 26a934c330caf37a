"""The Unreal plugin without the engine: compiled under a clean-room shim, run against the real library, and linted.

What this cannot show, the plugin's README says: no one has compiled it inside Unreal Engine.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import commands
import pytest
import tiers
from engine_runs import CSHARP_ARENA, CSHARP_CORE, compile_csharp
from unreal_build import Built
from unreal_files import ARENA, ROOT, sources

HERE = Path(__file__).parent
SCENARIOS = ("channels", "big", "broadcast", "endings", "moves", "mistakes", "trust", "subsystem", "quitter", "node")

pytestmark = pytest.mark.tier("unreal")
Finder = Callable[[str], tiers.Found]


@pytest.fixture(scope="module")
def promises(built: Built, objects: list[Path]) -> Path:
    """The program that checks what the plugin promises."""
    return built.program("promises", HERE / "promises.cpp", *objects)


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


@pytest.fixture(scope="module")
def arena(built: Built, objects: list[Path]) -> Path:
    """The sample game: server and players."""
    return built.program("arena", HERE / "arena.cpp", *sorted(ARENA.rglob("*.cpp")), *objects)


def test_the_sample_is_played(arena: Path, plugin: Path, home: dict[str, str]) -> None:
    verdict(arena, plugin, env=home)


@pytest.mark.tier("csharp")
def test_a_player_of_the_sample_joins_a_server_in_csharp(
    arena: Path, plugin: Path, home: dict[str, str], found: Finder, tmp_path: Path
) -> None:
    """The wire of examples/ARENA.md is the same for every engine."""
    tools, program = found("csharp"), ROOT / "examples/unity-arena/Program.cs"
    compile_csharp(tools["csc9"], tmp_path / "server.exe", [*CSHARP_CORE, *CSHARP_ARENA, program])
    native = plugin / "Binaries/ThirdParty/FastNet/Linux"
    shutil.copy2(native / "libfastnet.so", tmp_path)
    environment = os.environ | home | {"ARENA_RUNTIME": str(native / "fastnet_runtime")}
    command = [str(tools["run"]), "server.exe", "server", "0", "0"]
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            port = server.stdout.readline().split()[2]
            verdict(arena, plugin, "localhost", port, env=home)
        finally:
            server.kill()


@pytest.mark.slow
def test_the_plugin_under_sanitizers(built: Built, plugin: Path, home: dict[str, str]) -> None:
    sanitizers = ("-fsanitize=address,undefined", "-fno-sanitize-recover")
    checked = built.program("checked", HERE / "promises.cpp", *sources(), options=sanitizers)
    environment = home | {"ASAN_OPTIONS": "detect_leaks=0"}
    for scenario in SCENARIOS:
        verdict(checked, plugin, scenario, env=environment)
    verdict(checked, "/nowhere", "no library", env=environment)
