"""What we say about the processor."""

import sys
from pathlib import Path

import pytest
from fastnet.net import cpu


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("flags\t\t: fpu aes pclmulqdq\n", True),
        ("Features\t: fp asimd aes pmull\n", True),
        ("flags\t\t: fpu aes\n", False),
        ("model name\t: aes pclmulqdq\n", False),
        ("", False),
    ],
)
def test_aes_needs_both_instructions(
    text: str, expected: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "cpuinfo").write_text(text)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(cpu, "_FACTS", str(tmp_path / "cpuinfo"))
    assert cpu.has_aes.__wrapped__() is expected


def test_where_we_cannot_tell_there_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "platform", "plan9")
    monkeypatch.setattr(cpu, "_FACTS", str(tmp_path / "missing"))
    assert cpu.has_aes.__wrapped__() is False
