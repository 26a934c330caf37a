"""The README's examples run, against each other, and are the files that it shows."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastnet.net.devca import certificate_pem, ensure_dev_ca, issue_leaf, key_pem, write_private, write_public
from processes import Process

ROOT = Path(__file__).parent.parent.parent
EXAMPLES = ROOT / "examples" / "python"
LISTENING = re.compile(r"Server listening on \('127.0.0.1', \d+\), clients connect to \('127.0.0.1', (\d+)\)")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which `fastnet cert --out certs` was run, by a user of its own."""
    monkeypatch.setenv("FASTNET_CONFIG_DIR", str(tmp_path / "config"))
    made = issue_leaf(ensure_dev_ca().credentials)
    write_public(tmp_path / "certs" / "cert.pem", certificate_pem(made))
    write_private(tmp_path / "certs" / "key.pem", key_pem(made))
    return tmp_path


def started(server: str, home: Path) -> tuple[Process, str]:
    """A server, and the TCP port that it says it listens on."""
    process = Process(EXAMPLES / server, "127.0.0.1:0", "127.0.0.1:0", cwd=home)
    line = process.line()
    found = LISTENING.fullmatch(line or "")
    if not found:
        process.kill()
    assert found, (line, process.lines)
    return process, found[1]


@pytest.mark.parametrize("server", ["echo_server.py", "frame_server.py", "workers_server.py"])
@pytest.mark.parametrize(
    ("client", "says"),
    [("echo_client.py", r"Received: b'Hello, server!'"), ("frame_client.py", r"\d+ echoes in 60 frames")],
)
def test_every_example_client_talks_to_every_example_server(home: Path, server: str, client: str, says: str) -> None:
    serving, port = started(server, home)
    with serving, Process(EXAMPLES / client, f"localhost:{port}", cwd=home) as talking:
        assert talking.wait() == 0, talking.lines
        assert re.fullmatch(says, talking.lines[-1]), talking.lines
        assert re.fullmatch(r"Peer \d+ connected", serving.line() or "")
        assert re.fullmatch(r"Peer \d+ disconnected: 0 ?", serving.line() or "")


def python_blocks(text: str) -> Iterator[str]:
    return (found[1] for found in re.finditer(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))


def test_the_readme_shows_the_examples_to_the_letter() -> None:
    """Every Python block of the README is one of the files here, and every file is shown."""
    shown = list(python_blocks((ROOT / "README.md").read_text()))
    files = {path.name: path.read_text() for path in sorted(EXAMPLES.glob("*.py"))}
    for name, content in files.items():
        assert content in shown, f"README.md does not show {name} as it is"
    for block in shown:
        assert block in files.values(), f"README.md shows what no example runs:\n{block}"
