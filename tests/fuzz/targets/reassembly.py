"""Pieces to a message, against a plain dictionary of units: the first copy stays, nothing is written outside."""

import importlib.machinery
import importlib.util
import pathlib
from collections.abc import Hashable
from types import ModuleType

import fastnet.protocol
from fastnet.protocol import reassembly
from fastnet.protocol.datagram import Datagram
from fastnet.protocol.numbers import CloseCode

from .world import Script

_MAXIMUM = 5_000
_UNIT = 32


def _plain() -> ModuleType:
    """The same module as Python runs it, which a fuzzer of Python can see into."""
    path = pathlib.Path(fastnet.protocol.__path__[0]) / "reassembly.py"
    loader = importlib.machinery.SourceFileLoader("plain_reassembly", str(path))
    spec = importlib.util.spec_from_loader(loader.name, loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


_FORMS = (reassembly, _plain())


def seeds() -> list[bytes]:
    """A message in order, one with overlaps, and numbers at the edges of their types."""

    def piece(unit: int, length: int) -> bytes:
        return unit.to_bytes(8) + length.to_bytes(8)

    edges = (0, 1, 31, 32, 33, 2**31, 2**32 - 1, 2**59, 2**62 - 1, 2**63, 2**64 - 1)
    return [
        (100).to_bytes(2) + piece(0, 64) + piece(2, 36),
        (1_000).to_bytes(2)
        + b"".join(piece(unit, 96) for unit in (3, 0, 2, 6, 9, 12, 15, 18, 21, 24, 27))
        + piece(30, 40),
        (64).to_bytes(2) + b"".join(piece(unit, length) for unit in edges for length in edges),
        (4_999).to_bytes(2) + b"".join(piece(unit, 320) for unit in range(0, 160, 5)) + piece(156, 7),
    ]


def run(data: bytes) -> Hashable:
    script = Script(data)
    total = max(2, script.number(2))
    if total > _MAXIMUM:
        assert reassembly.pieces_valid(total, 0, 32, _MAXIMUM) == CloseCode.MESSAGE_TOO_LARGE
        return "too large"
    messages = [form.Reassembly(total) for form in _FORMS]
    model = bytearray(total)
    known: set[int] = set()
    inbound = Datagram(_MAXIMUM)
    verdicts = set()
    for step in range(64):
        if not script.left():
            break
        unit, length = script.number(8), script.number(8)
        codes = {form.pieces_valid(total, unit, length, _MAXIMUM) for form in _FORMS}
        assert codes == {_verdict(total, unit, length)}, (total, unit, length, codes)
        verdicts |= codes
        if codes != {0}:
            continue
        content = bytes([step + 1]) * length
        new = _apply(model, known, unit, content)
        for message in messages:
            inbound.load(content)
            assert message.add(inbound, unit, length) == new
            assert inbound.at == length, "the cursor is not behind the piece"
            assert message.complete == (len(known) == (total + _UNIT - 1) // _UNIT)
    if messages[0].complete:
        assert {message.message() for message in messages} == {bytes(model)}
    return messages[0].complete, tuple(sorted(verdicts)), len(known).bit_length()


def _verdict(total: int, unit: int, length: int) -> int:
    """PROTOCOL.md s. 5 in big integers."""
    if not 1 <= length < total or unit * _UNIT + length > total:
        return CloseCode.FRAME_INVALID
    if length % _UNIT and unit * _UNIT + length != total:
        return CloseCode.FRAME_INVALID
    return 0


def _apply(model: bytearray, known: set[int], unit: int, content: bytes) -> int:
    new = 0
    for at in range(0, len(content), _UNIT):
        number, part = unit + at // _UNIT, content[at : at + _UNIT]
        if number not in known:
            known.add(number)
            model[number * _UNIT : number * _UNIT + len(part)] = part
            new += len(part)
    return new
