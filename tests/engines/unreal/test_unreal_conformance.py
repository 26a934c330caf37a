"""Unreal's C++ plays the conformance scenarios: with itself, and with Python on either side."""

import sys
from pathlib import Path

import pytest
from unreal_build import Built

HERE = Path(__file__).parent
CONFORMANCE = HERE.parents[1] / "conformance"

pytestmark = pytest.mark.tier("unreal")


@pytest.fixture(scope="module")
def command(built: Built, objects: list[Path], plugin: Path) -> list[str]:
    """How to start the runner."""
    return [str(built.program("runner", HERE / "runner.cpp", *objects)), str(plugin)]


@pytest.mark.parametrize(("client", "server"), [("unreal", "unreal"), ("unreal", "python"), ("python", "unreal")])
def test_unreal_answers_like_the_others(
    command: list[str], home: dict[str, str], monkeypatch: pytest.MonkeyPatch, client: str, server: str
) -> None:
    monkeypatch.syspath_prepend(str(CONFORMANCE))
    import languages
    import test_languages

    commands = {"unreal": command, "python": [sys.executable, str(languages.RUNNERS / "runner.py")]}
    monkeypatch.setenv("XDG_CONFIG_HOME", home["XDG_CONFIG_HOME"])
    runners = {}
    try:
        for who, language in (("server", server), ("client", client)):
            runners[who] = languages.start(language, commands[language], Path(home["HOME"]))
        for scenario in test_languages.SCENARIOS:
            test_languages.play(scenario, runners)
        assert [runner.end() for runner in runners.values()] == [0, 0]
    finally:
        for runner in runners.values():
            runner.release()
