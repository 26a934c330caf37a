"""The `fastnet` command as processes on real sockets: serve and ping, and the demonstration, which judges itself."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

COMMAND = (sys.executable, "-m", "fastnet.tools")
LIMIT_S = 60


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return os.environ | {"FASTNET_CONFIG_DIR": str(tmp_path / "config"), "COLUMNS": "200"}


def _hear_interrupts() -> None:
    """In the child: Ctrl-C counts, even where the tests run in the background of a shell, which ignores it for them."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.fixture
def server(environment: dict[str, str]) -> Iterator[tuple[int, str]]:
    """An echo server in a process of its own: its TCP port, and its pin."""
    arguments = (*COMMAND, "serve", "--host", "127.0.0.1", "--udp", "0", "--tcp", "0", "--log")
    with subprocess.Popen(
        arguments, env=environment, stdout=subprocess.PIPE, text=True, preexec_fn=_hear_interrupts
    ) as process:
        assert process.stdout is not None
        listening, pin = process.stdout.readline(), process.stdout.readline()
        port = re.search(r"TCP (\d+)", listening)
        assert port, listening
        yield int(port[1]), pin.removeprefix("Pin: ").strip()
        process.send_signal(signal.SIGINT)
        rest = process.stdout.read()
        assert process.wait(LIMIT_S) == 0
        assert rest.endswith("Ended.\n")


def run(environment: dict[str, str], *arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *map(str, arguments)], env=environment, capture_output=True, text=True, timeout=LIMIT_S, check=False
    )


def test_ping_measures_every_channel_of_a_server_it_trusts(
    server: tuple[int, str], environment: dict[str, str]
) -> None:
    port, pin = server
    for trust in ((), ("--pin", pin), ("--danger-accept-any-certificate",)):
        result = run(environment, "ping", f"127.0.0.1:{port}", "-c", 3, "-i", 0.05, *trust)
        assert result.returncode == 0, result.stdout + result.stderr
        for channel in ("0 reliable ordered", "1 unreliable", "2 reliable unordered", "3 sequenced"):
            assert re.search(rf"^{channel} +3 +3 +0\.0%", result.stdout, re.MULTILINE), result.stdout


def test_ping_refuses_a_server_with_another_key(server: tuple[int, str], environment: dict[str, str]) -> None:
    port, pin = server
    result = run(environment, "ping", f"127.0.0.1:{port}", "--pin", "sha256/" + "A" * 43 + "=")
    assert result.returncode == 1
    assert pin in result.stderr, "it names the pin that would have matched"
    assert "Traceback" not in result.stderr


def test_serve_on_a_port_in_use_is_one_clear_line(server: tuple[int, str], environment: dict[str, str]) -> None:
    port, _ = server
    result = run(environment, "serve", "--host", "127.0.0.1", "--udp", 0, "--tcp", port)
    assert result.returncode == 1
    assert result.stderr.startswith("Error: ")
    assert str(port) in result.stderr


def test_the_demonstration_keeps_every_promise_and_leaves_a_picture(
    environment: dict[str, str], tmp_path: Path
) -> None:
    picture = tmp_path / "out" / "demo.png"
    result = run(environment, "demo", "--messages", 200, "--picture", picture)
    assert result.returncode == 0, result.stdout + result.stderr
    assert result.stdout.count("kept") >= 8
    assert "Every channel kept its promise." in result.stdout
    assert picture.read_bytes().startswith(b"\x89PNG")
