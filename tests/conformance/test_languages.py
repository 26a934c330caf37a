"""Every language as client against every language as server: all scenarios, the same answers; scenarios/README.md."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import languages
import pytest
import tiers
import yaml

SCENARIOS = sorted((Path(__file__).parent / "scenarios").glob("*.yaml"))
PAIRS = [
    pytest.param(client, server, marks=languages.MARKS[client] + languages.MARKS[server], id=f"{client}-{server}")
    for client in languages.MARKS
    for server in languages.MARKS
]


def message_hash(size: int, seed: int) -> str:
    """FNV-1a of the message that `send .. SIZE SEED` sends."""
    value = 2166136261
    for index in range(size):
        value = ((value ^ ((seed + index * 31) & 255)) * 16777619) & 0xFFFFFFFF
    return f"{value:08x}"


def steps_of(items: list[object]) -> Iterator[tuple[str, str, str]]:
    """The steps of a scenario, repeats written out; `{n}` counts from 1."""
    for item in items:
        if isinstance(item, dict):
            for number in range(1, item["repeat"] + 1):
                for who, command, answer in steps_of(item["steps"]):
                    yield who, command.replace("{n}", str(number)), answer.replace("{n}", str(number))
        else:
            assert isinstance(item, list)
            who, command, answer = map(str, item)
            yield who, command, answer


def agrees(language: str, wanted: str, answer: str) -> bool:
    """Whether an answer is the wanted one, `*` being any word."""
    data = re.fullmatch(r"data (\S+) (\d+) (\d+) (\d+)", wanted)
    if data:
        wanted = f"data {data[1]} {data[2]} {data[3]} {message_hash(int(data[3]), int(data[4]))}"
    result = re.fullmatch(r"result (-\d+)", wanted)
    if result and language == "gdscript":
        wanted = f"error {languages.GODOT_ERRORS[int(result[1])]}"
    words, given = wanted.split(), answer.split()
    return len(words) == len(given) and all(word in ("*", got) for word, got in zip(words, given, strict=True))


def play(scenario: Path, runners: dict[str, languages.Runner]) -> None:
    """One scenario; raises AssertionError at the first answer that differs, with the transcript so far."""
    ports: dict[str, str] = {}
    transcript: list[str] = []
    for who, command, wanted in steps_of(yaml.safe_load(scenario.read_text())["steps"]):
        for name, port in ports.items():
            command = command.replace(f"{{{name}.tcp}}", port)
        answer = runners[who].ask(command)
        transcript.append(f"{who} {runners[who].language}: {command} -> {answer}")
        told = re.fullmatch(r"listening \d+ (\d+)", answer)
        if told:
            ports[command.split()[1]] = told[1]
        assert agrees(runners[who].language, wanted, answer), "\n".join([*transcript[-12:], f"wanted: {wanted}"])


@pytest.fixture(scope="session")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the runners are built, and the home of all."""
    return tmp_path_factory.mktemp("languages")


@pytest.mark.parametrize(("client", "server"), PAIRS)
def test_all_languages_answer_alike(
    workshop: Path, found: Callable[[str], tiers.Found], client: str, server: str
) -> None:
    """All scenarios in a row, in one process of each language: what one leaves behind would disturb the next."""
    runners: dict[str, languages.Runner] = {}
    try:
        for who, language in (("server", server), ("client", client)):
            folder = workshop / language.replace("mono", "csharp").replace("coreclr", "csharp")
            folder.mkdir(exist_ok=True)
            command = languages.built(language, folder, found)
            runners[who] = languages.start(language, command, workshop)
        for scenario in SCENARIOS:
            play(scenario, runners)
        assert [runner.end() for runner in runners.values()] == [0, 0]
    finally:
        for runner in runners.values():
            runner.release()


def test_a_wrong_answer_is_seen() -> None:
    """The comparison can fail: each of these differs in one word."""
    assert agrees("c", "data 2 0 5 10", f"data 2 0 5 {message_hash(5, 10)}")
    assert not agrees("c", "data 2 0 5 10", f"data 2 0 5 {message_hash(5, 11)}")
    assert not agrees("c", "data 2 0 5 10", f"data 2 1 5 {message_hash(5, 10)}")
    assert not agrees("c", "connected *", "connected")
    assert not agrees("c", "result -8", "result -9")
    assert not agrees("gdscript", "result -8", "error 33")
