"""The arena of examples/godot-arena: a dedicated server and two bots in three headless engines, and a picture."""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import tiers
from engine_runs import ROOT
from test_godot import Godot, lines_until, open_project

ARENA = ROOT / "examples/godot-arena"
SEEN = re.compile(r"BOT id (\d+) players (\d+) snapshots (\d+) chats (\d+) things (\d+)")


@pytest.fixture(scope="module")
def arena(tmp_path_factory: pytest.TempPathFactory, found: Callable[[str], tiers.Found]) -> Godot:
    """The sample."""
    return open_project(ARENA, tmp_path_factory.mktemp("arena") / "project", found("godot")["godot"])


def start(arena: Godot, *arguments: str) -> "subprocess.Popen[str]":
    """One engine in the background."""
    return subprocess.Popen(
        arena.command("--", *arguments),
        env=arena.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.mark.tier("godot")
def test_two_bots_see_each_other_on_a_dedicated_server(arena: Godot) -> None:
    """Each sees both players, snapshots, both greetings and the things that lie about."""
    with start(arena, "server", "0", "0") as server:
        try:
            port = list(lines_until(server, "LISTENING"))[-1].split()[2]
            with start(arena, "bot", "localhost", port, "6") as one, start(arena, "bot", "localhost", port, "6") as two:
                texts = [bot.communicate(timeout=60)[0] for bot in (one, two)]
        finally:
            server.kill()
    for text in texts:
        seen = SEEN.search(text)
        assert seen, text
        assert "SCRIPT ERROR" not in text, text
        _id, players, snapshots, chats, things = map(int, seen.groups())
        assert snapshots > 60, text
        assert things >= 5, text  # One may just have been taken, its successor on the way.
        assert players >= 1, text  # The other bot may have left a moment before.
        assert chats >= 1, text
    assert any("players 2" in text for text in texts) or any("chats 2" in text for text in texts), texts


@pytest.mark.tier("godot")
def test_the_sample_prints_its_frame_cost(arena: Godot) -> None:
    """The number is for people; that it is measured on frames with four events is checked."""
    text = arena.run("--", "frame-cost")
    cost = re.search(r"frame cost us: p50 (\d+) p99 (\d+) frames (\d+)", text)
    assert cost, text
    assert int(cost[3]) > 100, text


@pytest.mark.tier("picture")
def test_a_picture_of_the_sample(arena: Godot, found: Callable[[str], tiers.Found], tmp_path: Path) -> None:
    """Under a virtual screen with a software renderer: three players, things, and the overlay."""
    folder = tmp_path / "project"
    shutil.copytree(arena.folder, folder)
    command = [str(found("picture")["shot"]), str(folder), "godot", "--path", str(folder)]
    options = ["--rendering-driver", "opengl3", "--audio-driver", "Dummy", "--", "demo", "4", "shot.png"]
    done = subprocess.run([*command, *options], capture_output=True, text=True, timeout=120)
    picture = folder / "shot.png"
    assert picture.exists(), done.stdout + done.stderr
    assert picture.stat().st_size > 3_000  # A black screen compresses to less.
