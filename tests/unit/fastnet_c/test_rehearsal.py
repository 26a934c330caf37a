"""The rehearsal must get to its end: what failed in it would only show as a slower first connection."""

import logging
import socket

import pytest
from fastnet.net import tls, trust, udp_setup
from fastnet.protocol.address import parse_address
from fastnet_c import rehearsal


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the connection came to, in order."""
    seen: list[str] = []

    def watch(home: type, name: str) -> None:
        original = getattr(home, name)

        def told(*given: object, **named: object) -> object:
            result = original(*given, **named)
            seen.append(name)
            return result

        monkeypatch.setattr(home, name, told)

    watch(trust.Trust, "check")
    watch(tls.TlsEnd, "export")
    return seen


def test_it_connects_with_itself_up_to_the_keys_and_sends_nothing(
    played: list[str], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    made: list[socket.socket] = []

    original = socket.socket

    def note_socket(*given: int) -> socket.socket:
        made.append(original(*given))
        return made[-1]

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as there:
        there.bind(("127.0.0.1", 0))
        there.setblocking(False)
        monkeypatch.setattr(rehearsal, "_HERE", parse_address(*there.getsockname()))
        monkeypatch.setattr(udp_setup.socket, "socket", note_socket)
        with caplog.at_level(logging.DEBUG, "fastnet"):
            pieces = list(rehearsal.acts())
        with pytest.raises(BlockingIOError):
            there.recv(1)
    assert all(pieces)
    assert len(pieces) >= 5  # An order waits for one of them at most.
    assert played == ["check", "export"]
    assert not caplog.records
    assert [(one.type, one.fileno()) for one in made] == [(socket.SOCK_DGRAM, -1)]


def test_a_failure_ends_it_and_goes_no_further(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def break_down(*_given: object) -> None:
        raise RuntimeError("out of tune")

    monkeypatch.setattr(trust.Trust, "check", break_down)
    with caplog.at_level(logging.DEBUG, "fastnet"):
        assert all(rehearsal.acts())
    assert "out of tune" in caplog.text
